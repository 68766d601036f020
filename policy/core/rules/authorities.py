"""The places in the two guidance documents that the catalogue's rules rest on.

Every paraphrase is in our own words; the ids are those of the product's requirements.
"""

from __future__ import annotations

from typing import Final

from policy.core.types import Citation

STAFFORDSHIRE: Final = "Staffordshire Police, Twitter basics for local policing teams"
WEST_MIDLANDS: Final = "West Midlands Police, The use of social media: Twitter guidance"

LENGTH: Final = Citation(
    WEST_MIDLANDS,
    "Values and principles: Avoid the use of text speak",
    "A tweet has room for so many characters and no more: keep it brief, in whole words.",
    ("B11",),
)
PURPOSE: Final = Citation(
    WEST_MIDLANDS,
    "The use of social media",
    "Whatever goes out has to serve a policing purpose; a text that says nothing serves none.",
    ("B14",),
)
CLEAR: Final = Citation(
    STAFFORDSHIRE,
    "Strategy",
    "What the force writes is to be clear, short and written by a person for people.",
    ("A16", "C17"),
)
HASHTAGS: Final = Citation(
    STAFFORDSHIRE,
    "Followers, retweets, #tags",
    "Tag your area or your subject, three times in one tweet at the most.",
    ("A1", "A2"),
)
LINKS: Final = Citation(
    STAFFORDSHIRE,
    "What not to tweet",
    "No links to sites outside the force, unless you retweet them from a senior account.",
    ("A5", "B3"),
)
MARKINGS: Final = Citation(
    WEST_MIDLANDS,
    "Information posted online should not",
    "Nothing that carries a protective marking, or is sensitive or restricted, may be published.",
    ("B18",),
)
DUTY: Final = Citation(
    WEST_MIDLANDS,
    "Dos and don'ts",
    "Offenders must not be able to read from your tweets when your team is at work.",
    ("A8", "B5"),
)
INCIDENTS: Final = Citation(
    STAFFORDSHIRE,
    "Using the account",
    "While a critical incident is on, retweet the force's or the LPT commander's account "
    "and post nothing else.",
    ("A24",),
)
PERSONAL_DETAILS: Final = Citation(
    WEST_MIDLANDS,
    "Information posted online should not",
    "Nothing that you post may hold other people's personal details.",
    ("B17",),
)
CREDENTIALS: Final = Citation(
    STAFFORDSHIRE,
    "Using the account",
    "Keep the password to yourself: comms holds those of all accounts.",
    ("A19",),
)
EXACT_PLACES: Final = Citation(
    STAFFORDSHIRE,
    "What not to tweet",
    "Do not say exactly where a crime took place.",
    ("A4", "B25"),
)
STOP_CHECKS: Final = Citation(
    STAFFORDSHIRE,
    "What to tweet",
    "Tell of a stop check that is worth it, and leave everybody in it anonymous.",
    ("A10",),
)
STAFF_SECURITY: Final = Citation(
    WEST_MIDLANDS,
    "Information posted online should not",
    "Nothing may weaken an operation or make staff, or those who belong to them, less safe.",
    ("B49",),
)
OFFENDERS: Final = Citation(
    STAFFORDSHIRE,
    "What not to tweet",
    "Leave out the names of offenders.",
    ("A3", "C2"),
)
CHILDREN: Final = Citation(
    WEST_MIDLANDS,
    "Pictures and Twitpic",
    "Nothing may show who a child is unless parents and the safeguarding board agree.",
    ("B24", "B27", "C4"),
)
DESCRIPTORS: Final = Citation(
    WEST_MIDLANDS,
    "Pictures and Twitpic",
    "Appeals about suspects are not for local accounts, nor is what could mark a community out.",
    ("C2", "B24"),
)
SEXUAL_OFFENCES: Final = Citation(
    WEST_MIDLANDS,
    "Pictures and Twitpic",
    "Do nothing that could tell who a victim is; after a sexual offence the law protects them "
    "for life.",
    ("C3", "B25"),
)
LIVE: Final = Citation(
    WEST_MIDLANDS,
    "Dos and don'ts",
    "Do not tweet from an incident while it goes on, nor on the way to one: it becomes news and "
    "may harm the case, or turn out to be nothing.",
    ("B6", "B7"),
)
MISSING: Final = Citation(
    WEST_MIDLANDS,
    "Dos and don'ts",
    "Tweet about missing people only once the family agrees and the force has appealed, and tell "
    "people when they are found.",
    ("B21", "B22"),
)
APPEALS: Final = Citation(
    WEST_MIDLANDS,
    "Pictures and Twitpic",
    "Pictures of wanted people and of suspects do not belong in a team's tweets.",
    ("B24", "B25"),
)
DEATHS: Final = Citation(
    "College of Policing, Authorised Professional Practice",
    "Media and communications",
    "The family hears of a death or a grave injury before the public does, and contact with the "
    "police is agreed with those who look into it.",
    ("C6", "B24"),
)
CONTEMPT: Final = Citation(
    "Contempt of Court Act 1981",
    "Section 2 and Schedule 1",
    "From arrest, warrant, summons or charge until the sentence nothing may be published that "
    "could seriously prejudice the case.",
    ("C1", "C2", "A3"),
)
CASE_WORDS: Final = Citation(
    WEST_MIDLANDS,
    "Some useful messages",
    "An arrest may be told, without names; whether somebody did it is for the court to say.",
    ("C1", "B43", "B19"),
)
ANONYMITY: Final = Citation(
    "Sexual Offences (Amendment) Act 1992",
    "Section 1",
    "Nothing may be published, for life, by which people could tell who complained of a sexual "
    "offence.",
    ("C3", "B25"),
)
UNDER_18: Final = Citation(
    "Children and Young Persons Act 1933; Youth Justice and Criminal Evidence Act 1999",
    "Section 49; section 45",
    "Nobody under 18 in a case may be made known.",
    ("C4", "B24"),
)
RESTRICTIONS: Final = Citation(
    "Contempt of Court Act 1981",
    "Section 4(2) and section 11",
    "What a court has restricted is published by nobody.",
    ("C5",),
)
ELECTIONS: Final = Citation(
    WEST_MIDLANDS,
    "Values and principles: Be careful about personal opinions",
    "Stay out of party politics, most of all in the weeks before an election.",
    ("C7", "B8"),
)
# Tone, wording, handles, posting
JOKES: Final = Citation(
    WEST_MIDLANDS,
    "Dos and don'ts",
    "Leave out jokes and teasing: they look unprofessional, and the media pick them up.",
    ("A6", "B4"),
)
OPINIONS: Final = Citation(
    WEST_MIDLANDS,
    "Values and principles: Be careful about personal opinions",
    "You speak for the force: no politics, no views on the news, no criticism of others.",
    ("B8", "A9"),
)
EMOTIVE: Final = Citation(
    STAFFORDSHIRE,
    "Monitoring and support",
    "Keep away from subjects that stir up strong feelings.",
    ("A9",),
)
ARGUMENTS: Final = Citation(
    STAFFORDSHIRE,
    "Monitoring and support",
    "Do not let anybody draw you into an argument; tell supervision and comms what is coming up.",
    ("A9", "A31"),
)
RUMOURS: Final = Citation(
    STAFFORDSHIRE,
    "What not to tweet",
    "Leave out what nobody has confirmed.",
    ("A7",),
)
GRAPHIC: Final = Citation(
    WEST_MIDLANDS,
    "Pictures and Twitpic",
    "Show and say nothing that is gory or made to shock, such as cars after a crash.",
    ("B24",),
)
LIBEL: Final = Citation(
    WEST_MIDLANDS,
    "Information posted online should not",
    "Publish nothing that may be libel.",
    ("B19",),
)
COPYRIGHT: Final = Citation(
    WEST_MIDLANDS,
    "Information posted online should not",
    "Use nothing that belongs to others without their leave.",
    ("B19",),
)
OPERATIONS: Final = Citation(
    WEST_MIDLANDS,
    "Information posted online should not",
    "Publish nothing that could spoil an operation or endanger staff.",
    ("B19",),
)
REPUTATION: Final = Citation(
    WEST_MIDLANDS,
    "Information posted online should not",
    "Publish nothing that harms the good name of the force.",
    ("B19", "A16"),
)
CRIME_REPORTS: Final = Citation(
    WEST_MIDLANDS,
    "Values and principles: People reporting crime",
    "Nobody can report a crime on social media: give them the force's number and page.",
    ("B41", "A27"),
)
DIRECT_MESSAGES: Final = Citation(
    STAFFORDSHIRE,
    "Mentions and direct messages",
    "Direct messages are not secure, and an answer can be made public with one tap.",
    ("A28",),
)
TEXT_SPEAK: Final = Citation(
    WEST_MIDLANDS,
    "Values and principles: Avoid the use of text speak",
    "Write words out: a police account is no place for the shorthand of text messages.",
    ("B9",),
)
JARGON: Final = Citation(
    WEST_MIDLANDS,
    "Dos and don'ts",
    "Use everyday words instead of police terms and official language.",
    ("B10",),
)
CAPITALS: Final = Citation(
    STAFFORDSHIRE,
    "Strategy",
    "Write as one person talks to another. Capitals read like shouting and are hard to read.",
    ("A16", "C17"),
)
BLANKS: Final = Citation(
    WEST_MIDLANDS,
    "Some useful messages",
    "Prepared messages are there to be filled in with what is true for your area.",
    ("B43",),
)
COLLEAGUES: Final = Citation(
    STAFFORDSHIRE,
    "Twitter basics",
    "Leave the private accounts of colleagues alone.",
    ("A14",),
)
CELEBRITIES: Final = Citation(
    STAFFORDSHIRE,
    "Using the account",
    "Your account is there for the area, not for the stars that you like.",
    ("A22",),
)
MENTIONS: Final = Citation(
    WEST_MIDLANDS,
    "Twitter terms: @mentions",
    "Name another account with its @ handle, so that they see it and can answer.",
    ("B13",),
)
RETWEETS: Final = Citation(
    STAFFORDSHIRE,
    "Followers, retweets, #tags",
    "Pass on what matters to your area: the force's accounts above all, and kind words from it.",
    ("A13", "B12"),
)
REPEATS: Final = Citation(
    WEST_MIDLANDS,
    "Values and principles: Keep it interesting",
    "Give followers something new to read each time.",
    ("B48", "A16"),
)
PICTURES: Final = Citation(
    WEST_MIDLANDS,
    "Pictures and Twitpic",
    "Before a picture goes out: leave of those in it, no child, no suspect, no evidence, "
    "no address.",
    ("B24", "B25", "B26", "B27", "B19"),
)
ALT_TEXTS: Final = Citation(
    STAFFORDSHIRE,
    "Strategy",
    "Be clear and open to everybody, those who cannot see a picture included.",
    ("C17", "B28"),
)
WEATHER: Final = Citation(
    STAFFORDSHIRE,
    "What to tweet",
    "Weather comes from the Met Office.",
    ("A11",),
)
LINK_BACK: Final = Citation(
    WEST_MIDLANDS,
    "Dos and don'ts",
    "Lead people back to the force's site, best to your team's own page.",
    ("B3", "G1"),
)
AREA_TAGS: Final = Citation(
    STAFFORDSHIRE,
    "Followers, retweets, #tags",
    "Tag the names and subjects of your area, so that people find you.",
    ("A2",),
)
SHORT_TAGS: Final = Citation(
    WEST_MIDLANDS,
    "Twitter terms: Hash tag",
    "Keep a tag unmistakable and short: it takes room from your words.",
    ("B1",),
)
MEETINGS: Final = Citation(
    WEST_MIDLANDS,
    "Dos and don'ts",
    "Tell people the dates of your team's meetings.",
    ("B44", "A12"),
)
OTHER_PEOPLE: Final = Citation(
    WEST_MIDLANDS,
    "Information posted online should not",
    "What you post may not hold details about people who are not police.",
    ("B17", "A3"),
)
