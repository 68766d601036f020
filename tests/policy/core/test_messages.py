"""What an officer reads beside the words that are underlined."""

import pytest

from policy.core import RULEBOOK, check
from tests.policy.core.packs import WITH_LISTS, found

BY_ID = {rule.id: rule for rule in RULEBOOK}


@pytest.mark.parametrize(
    ("rule", "number", "message", "suggestion"),
    [
        ("tweet-length", 0, "This is 8 over the limit of 280.", ""),
        ("tweet-empty", 0, "There is nothing to post.", ""),
        ("invalid-characters", 0, "Your text holds a character that cannot be sent (U+FFFE).", ""),
        (
            "hidden-characters",
            0,
            "Your text holds a character that cannot be seen (zero width space).",
            "",
        ),
        (
            "hidden-characters",
            1,
            "Your text holds 2 characters that cannot be seen (pop directional formatting, "
            "right-to-left override).",
            "",
        ),
        ("mixed-script", 0, "“Pоlice” mixes letters of two alphabets.", ""),
        ("styled-letters", 0, "Screen readers cannot read these letters: Meet your team", ""),
        ("hashtags-max", 0, "You have 4 hashtags. Use at most 3.", ""),
        ("external-link", 0, "This links to tickets.example.com, outside the force.", ""),
        ("external-link", 1, "bit.ly hides where this link leads.", ""),
        (
            "external-link",
            2,
            "The platform makes a link of “town.it”.",
            "If it is none, put a space after the full stop.",
        ),
        ("external-link", 3, "This spells out a link to tickets.example.com.", ""),
        ("protective-marking", 0, "This carries a security marking. It must not be published.", ""),
        (
            "critical-incident-lock",
            0,
            "A critical incident is on for Foxhollow since 14:05. Nothing goes out until it is "
            "stood down.",
            "",
        ),
        ("personal-identifiers", 0, "This looks like a mobile number.", ""),
        ("personal-identifiers", 1, "This looks like a personal e-mail address.", ""),
        ("personal-identifiers", 2, "This looks like the full postcode of somebody's home.", ""),
        ("personal-identifiers", 3, "This looks like a date of birth.", ""),
        ("personal-identifiers", 4, "This looks like a vehicle registration.", ""),
        ("personal-identifiers", 5, "This looks like the number of a payment card.", ""),
        ("personal-identifiers", 6, "This looks like an NHS number.", ""),
        ("credential-disclosure", 0, "This gives away a password or a code.", ""),
        (
            "case-stage",
            0,
            "You seem to name Ben Example in a case before the courts.",
            "Take the name out: say “a 34-year-old man from Oldermoor”."
            " A team never names anyone; comms may.",
        ),
        (
            "case-stage",
            1,
            "This tells what somebody has done before.",
            "Take out what the person has done before, or is known for.",
        ),
        ("case-stage", 3, "This tells what the evidence is.", "Take the evidence out."),
        (
            "case-stage",
            4,
            "There is a picture with a case that is before the courts.",
            "Take the picture off until the sentence.",
        ),
        (
            "sexual-offence-anonymity",
            0,
            "This gives a relation, by which a victim may be recognised.",
            "",
        ),
        (
            "sexual-offence-anonymity",
            1,
            "This gives an age and a place, by which a victim may be recognised.",
            "",
        ),
        (
            "sexual-offence-anonymity",
            3,
            "This gives a name, by which a victim may be recognised.",
            "",
        ),
        (
            "sexual-offence-anonymity",
            4,
            "This gives a street, by which a victim may be recognised.",
            "",
        ),
        ("under-18-in-a-case", 0, "Somebody under 18 is part of this case.", ""),
        (
            "restricted-matter",
            0,
            "This touches a matter that a court has restricted. Call comms.",
            "",
        ),
        ("case-stage-unknown", 0, "This seems to be about a case: say how far it is.", ""),
        (
            "case-words",
            0,
            "This tells what somebody has done before, in a case that may be open.",
            "Take out what the person has done before, or is known for.",
        ),
        ("case-words", 1, "This says that somebody did it, before the court decides.", ""),
        (
            "politics-in-election-period",
            0,
            "A pre-election period is on in Saltmere until 6 May 2027.",
            "",
        ),
        (
            "sexual-offence-words",
            5,
            "Naming Ann Sample in a tweet about a sexual offence may tell who the victim is.",
            "",
        ),
        ("juvenile-identified", 0, "You seem to name a child: Amy Fictional.", ""),
        (
            "juvenile-identified",
            1,
            "With the street (“Mill Lane”) people may recognise a child.",
            "",
        ),
        (
            "juvenile-identified",
            3,
            "With the family (“his 6-year-old daughter”) people may recognise a child.",
            "",
        ),
        (
            "name-offender",
            0,
            "You seem to name Ann Sample in connection with a crime.",
            "Take the name out. Say “a 34-year-old person from Oldermoor”.",
        ),
        (
            "name-offender",
            5,
            "You seem to name Tariq Example in connection with a crime.",
            "Take the name out. Say “a man”.",
        ),
        ("name-private-person", 0, "You seem to name Amy Fictional.", ""),
        ("suspect-descriptor", 0, "“white man” tells what group a suspect belongs to.", ""),
        (
            "exact-location",
            0,
            "“Mill Lane” tells exactly where this happened.",
            "Name the area instead: “in the Oldermoor area”.",
        ),
        (
            "exact-location",
            1,
            "This gives the number of a house on Acacia Avenue.",
            "Name the area instead: “in the Brackenford area”.",
        ),
        ("exact-location", 2, "This is the number of a flat.", ""),
        ("exact-location", 4, "This is a full postcode.", ""),
        ("exact-location", 6, "This is a what3words address.", ""),
        ("stop-check-details", 0, "A stop check may not give a vehicle registration.", ""),
        ("stop-check-details", 1, "A stop check may not give a full postcode.", ""),
        ("stop-check-details", 2, "A stop check may not give the number of a house.", ""),
        ("live-incident", 0, "This may tell of an incident while it goes on.", ""),
        ("misper", 0, "This may be an appeal for a missing person.", ""),
        (
            "misper",
            4,
            "This says that a missing person was found.",
            "Give neither name nor picture any more, and delete the appeal.",
        ),
        (
            "wanted-or-suspect-appeal",
            0,
            "This may be an appeal for a wanted person or a suspect.",
            "",
        ),
        ("wanted-picture", 0, "This seems to show a picture of a wanted person or a suspect.", ""),
        ("death-or-serious-injury", 0, "This tells of a death or a serious injury.", ""),
        (
            "death-or-serious-injury",
            2,
            "This seems to tell of a suicide.",
            "Say nothing of how or where, and add the Samaritans: 116 123, free, day and night.",
        ),
        (
            "death-or-serious-injury",
            3,
            "This may be about a death or an injury after contact with the police.",
            "Ask comms whether the IOPC or Professional Standards look into it and agree.",
        ),
        ("duty-times", 0, "This may tell people when your team is off duty.", ""),
        ("staff-security", 4, "This looks like an officer's own mobile number.", ""),
        (
            "operational-harm",
            0,
            "“Warrants planned in Saltmere for tomorrow” warns those whom it is meant for.",
            "",
        ),
        ("operational-harm", 2, "“undercover officers” tells how you work.", ""),
        ("joke", 1, "“Not the wisest idea” can look like a joke.", ""),
        ("opinion-politics", 1, "“thug” can be read as an opinion or as taking sides.", ""),
        ("rumour", 0, "“Apparently” sounds like a rumour.", ""),
        ("emotive-subject", 0, "People feel strongly about “Brexit”.", ""),
        ("argument", 0, "You have answered this person 2 times already.", ""),
        ("graphic-sensational", 1, "“Distressing image” may shock people and hurt a family.", ""),
        ("libel", 0, "“dodgy garage” may be libel unless a court has found so.", ""),
        ("copyright", 1, "“©” sounds like somebody else's work.", ""),
        ("reputation", 0, "“Fed up with” may damage people's trust in the force.", ""),
        ("colleague-mention", 0, "@asha_at_home is a colleague's own account.", ""),
        (
            "partner-handle",
            0,
            "You name Marlshire Fire.",
            "Write @MarlshireFire, so that they see it.",
        ),
        (
            "partner-handle",
            2,
            "@Marlshire_Fire is not your partner's account.",
            "Write @MarlshireFire, so that they see it.",
        ),
        (
            "retweet-relevance",
            0,
            "@bakes_by_bea is neither an account of the force nor a partner's.",
            "",
        ),
        ("celebrity", 0, "@StarOfSaltmere is the account of a celebrity.", ""),
        (
            "crime-report-handling",
            0,
            "Somebody calls for help or reports a crime here.",
            "Write: We cannot take reports here: please call 101, or 999 if it is happening "
            "now. https://www.police.uk/pu/contact-us/",
        ),
        (
            "crime-report-handling",
            1,
            "This offers to take a report on social media.",
            "Write: We cannot take reports here: please call 101, or 999 if it is happening "
            "now. https://www.police.uk/pu/contact-us/",
        ),
        (
            "crime-report-handling",
            2,
            "This takes a report on without a number to call.",
            "Write: We cannot take reports here: please call 101, or 999 if it is happening "
            "now. https://www.police.uk/pu/contact-us/",
        ),
        ("dm-sensitive", 0, "Direct messages are not secure.", ""),
        ("duplicate-text", 0, "The same words were sent or submitted on 26 November at 10:00.", ""),
        ("duplicate-text", 1, "The same words go out on 26 November at 15:00.", ""),
        (
            "media-attestation-missing",
            0,
            "You have not said yet that everybody to be recognised has signed a release, no "
            "child is in it, it is no evidence, no suspect or wanted person is in it, no "
            "address can be made out and it is ours to use.",
            "",
        ),
        ("media-attestation-missing", 1, "You have not said yet that no child is in it.", ""),
        ("alt-text-missing", 0, "A picture has no description.", ""),
        ("weather-source", 0, "This says nothing of the Met Office, where weather comes from.", ""),
        (
            "weather-source",
            3,
            "People cannot tap on the words “Met Office”.",
            "Write @metoffice, or link to its warnings.",
        ),
        (
            "link-back",
            0,
            "This links to nothing.",
            "Add your team's page: https://marlshire.example.org/oldermoor",
        ),
        (
            "meeting-details",
            0,
            "People cannot tell the day and the time and the place of the meeting.",
            "",
        ),
        ("meeting-details", 1, "People cannot tell the place of the meeting.", ""),
        ("hashtag-unknown", 0, "Nobody has listed #Oldermore yet.", ""),
        (
            "hashtag-long",
            0,
            "#OldermoorNeighbourhoodPolicingTeam has 34 characters. Keep tags to 20.",
            "",
        ),
        (
            "hashtag-case",
            0,
            "Screen readers read #meetyourteam as one word.",
            "Write #MeetYourTeam.",
        ),
        ("emoji-few-and-last", 0, "You have 4 emoji. Use at most 3.", ""),
        ("emoji-few-and-last", 1, "An emoji interrupts the sentence.", ""),
        ("unfilled-blank", 0, "[day] still has to be filled in.", ""),
        ("text-speak", 0, "“gr8” is text speak.", "Write “great”."),
        ("text-speak", 2, "“Thx” is text speak.", "Write “Thanks”."),
        ("jargon", 0, "Not everybody knows what “RTC” means.", "Say “Crash”."),
        ("jargon", 1, "“proceeded” is police or official language.", "Say “went”."),
        ("shouting", 0, "A sentence in capitals reads like shouting.", ""),
    ],
)
def test_is_this(rule: str, number: int, message: str, suggestion: str) -> None:
    example = BY_ID[rule].wrong[number]
    findings = check(example.post, example.context, WITH_LISTS).findings
    first = next(finding for finding in findings if finding.rule == rule)
    assert (first.message, first.suggestion) == (message, suggestion or BY_ID[rule].advice)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("Ring Sam on +33 6 12 34 56 78", "a telephone number abroad"),
        ("Ring him on 020 7946 0123", "somebody's home number"),
        ("His passport number is 123456789", "a passport number"),
        ("National Insurance QQ 12 34 56 C", "a National Insurance number"),
        ("Sort code 12-34-56", "a sort code"),
        ("Write to sam.sample@mill.co.uk", "an e-mail address that may be somebody's own"),
        ("Ben is epileptic", "somebody's state of health"),
        ("CVV 123", "the security code of a card"),
        ("Account number 12345678", "the number of a bank account"),
        ("Sam lives in Mill Lane", "the street that somebody lives in"),
    ],
)
def test_names_the_detail(text: str, what: str) -> None:
    assert f"This looks like {what}." in {
        each.message for each in found(text, "personal-identifiers", WITH_LISTS)
    }
