"""Words by which a tweet is bound to its time, so that whoever moves it looks at them."""

import re

DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday"
MONTHS = (
    "january|february|march|april|may|june|july|august|september|october|november|december"
    "|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
)
TIMED = re.compile(
    rf"""\b(?:
        today | tonight | tomorrow | yesterday | (?:this|last|next)\ (?:morning|afternoon|evening
            |night|week(?:end)?|month|hour) | right\ now | in\ an\ hour
        | (?:{DAYS})s?
        | \d{{1,2}}(?:st|nd|rd|th)?\ (?:{MONTHS}) | (?:{MONTHS})\ \d{{1,2}}(?:st|nd|rd|th)?
        | \d{{1,2}}/\d{{1,2}}(?:/\d{{2,4}})?
        | (?:[01]?\d|2[0-3])[:.][0-5]\d(?:\ ?[ap]m)? | (?:1[0-2]|[1-9])\ ?[ap]m
        | noon | midday | midnight
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)


def timed_words(text: str) -> list[str]:
    """The words of `text` that name a day or a time, each once, as they stand there."""
    return list(dict.fromkeys(match.group() for match in TIMED.finditer(text)))
