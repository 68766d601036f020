"""What makes somebody recognisable besides the name: a street, a school, a relation."""

from __future__ import annotations

from typing import Final

import regex

# Longer than any name: without an end a row of "O'O'O'" is walked again from each letter.
_LETTERS: Final = "{1,30}+"
_ROAD: Final = (
    r"(?:Road|Rd|Street|Lane|Ln|Avenue|Ave|Close|Drive|Way|Crescent|Terrace|Gardens|Grove|Mews|Row"
    r"|Walk|Rise|Parade|Square|Place|(?<!(?:Magistrates'?|Crown|Youth|County|Family|Supreme|Appeal"
    r"|High|Police|Coroner'?s'?|Tennis|Food) )Court)"
)
STREET: Final = regex.compile(
    r"\b(?!(?:The|One|No|This|That|Right|Best|Only|Park|Market)\s(?:Way|Drive|Place|Row|Court))"
    rf"\p{{Lu}}[\p{{L}}'\-]{_LETTERS}(?:\s\p{{Lu}}[\p{{L}}'\-]{_LETTERS})?\s{_ROAD}\b(?!\sPolice)"
    rf"|#\p{{Lu}}\p{{L}}{{2,20}}(?:Road|Street|Lane|Avenue|Close|Drive)\b"
)
SCHOOL: Final = regex.compile(
    rf"\b(?:\p{{Lu}}[\p{{L}}'.\-]{_LETTERS}\s){{1,4}}(?:School|Academy|College|Sixth\sForm|Nursery)\b"
    rf"|\b(?:at|from|of|outside|near)\s(?:\p{{Lu}}[\p{{L}}'.\-]{_LETTERS}\s){{1,3}}(?:High|Primary|Grammar|Juniors?|Infants?)\b"
    r"(?!\s(?:St|Street|Road|Rd|Court|Hill|Town|Wood|Lane))"
    r"|(?i)\b(?:pupils?|students?|year\s\d{1,2}|school(?:boys?|girls?|children))\s(?:at|from|of)\s"
    r"(?:the\s)?(?-i:\p{Lu})[\p{L}'\-]++"
)
RELATION: Final = regex.compile(
    r"""(?i)\b(?:his|her|their|the\s\w+'s|\w+'s|own)\s(?:own\s)?(?:\d{1,2}[- ]year[- ]old\s)?
    (?:(?:young|little|baby|teenage|eldest|youngest|step|foster|adopted|half|twin)[- ]?){0,2}
    (?:son|daughter|brother|sister|niece|nephew|stepson|stepdaughter|grandson|granddaughter|cousin
      |grandchild(?:ren)?|child(?:ren)?|sibling|baby|twins?|pupil)\b
    |\b(?:son|daughter|brother|sister|niece|nephew|child|mother|father|mum|dad|parents?)\sof\s
    (?!(?:three|two|four|five|six|one|\d)\b)(?:the\s|a\s|an\s)?""",
    regex.VERBOSE,
)
SENTENCE: Final = regex.compile(r"[^.!?\n]++(?:[.!?](?=\S)[^.!?\n]++)*+")
