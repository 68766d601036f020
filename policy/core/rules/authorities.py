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
