"""What texts are made of that make a parser or a pattern work hard."""

from typing import Final

# Pieces that cost most when repeated: they open something and never close it, nearly fit a
# pattern, or grow when they are folded.
PIECES: Final = (
    *(" ", "\t", "off duty ", "O'"),
    *("a", "(", "1 ", "A1 ", "a.", "a@", "@a ", "#a", "#a ", "$a.b", "é ", "\u200b", "\n", "-."),
    *("a.co.", "b.co._.", "a_.co.", "(a.com/", "a.com/((a)", "x.com ?", ".com", "あ.", "あ.com"),
    *("http://", "http://a@", "http://a.com/(", "xn--", "a[.]", "a dot ", "é.com_", "e\u0301"),
    *("👨\u200d", "😀", "🇬", "1\ufe0f\u20e3", "🏴\U000e0067", "\u0435a", "ﷺ", "\ud800"),
    *("OFFICIAL ", "O F F ", "SECRET ", "[", "shift ", "on duty ", "we out ", "just one ", "back "),
)
# Beginnings of what rules look for: people, places, numbers, incidents, words, handles.
FRAGMENTS: Final = (
    *("missing ", "wanted ", "we're now at a ", "the thief arrested ", "known to ", "died "),
    *("aged 14 from A ", "found safe ", "Ann and ", "a white ", "his son ", "PC Ann, "),
    *("Ann ", "Ann Sample ", "Mr ", "PC Ann ", "O'", "Ann-", "aged ", "aged 1", "a 15-year-old "),
    *("boy ", "victim ", "suspect ", "jailed ", "arrested on ", "charged with ", "named as "),
    *(
        "Mill Lane ",
        "14 Mill ",
        "Flat 1, ",
        "AB1 ",
        "AB1 2C",
        "51.50, -0.1",
        "///a.b.",
        "near the ",
    ),
    *("AB12 ", "AB12 CDE ", "07700 900", "07700900", "0", "+44 ", "1-", "12/", "12.", "AB 12 34 5"),
    *("4111 1111 ", "GB00 ", "a@b.", "password: ", "password is ", "login ", "DOB ", "passport "),
    *("on scene ", "en route ", "avoid the area ", "missing from ", "last seen ", "have you seen "),
    *("apparently ", "lol ", "gr8 ", "RTC ", "haha", "vote ", "DM us ", "call 101 ", "RT @a: "),
    *("6pm ", "6pm to ", "until ", "off duty ", "from 6", "Met Office ", "#ab", "#Ab1", "@a_1 "),
    *(
        "very ",
        "\t",
        "  ",
        "... ",
        "!!! ",
        "'",
        '"',
        "£1",
        "%",
        "&amp;",
        "A A ",
        "Aa",
        "aA",
        "AAA ",
    ),
)
