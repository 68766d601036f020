"""What the rules on situations and tone find beyond the words of their examples."""

from __future__ import annotations

from typing import Final

import pytest

from bench.policy import report_on

_SAID: Final = {
    "live-incident": ("Foot chase on Mill Lane, ETA 2 mins", "Suspect outstanding, containment on"),
    "misper": ("Please help bring Ella home", "Our search for Pat continues"),
    "wanted-or-suspect-appeal": ("Escaped prisoner Sam Sample may be in Kingsmarl",),
    "duty-times": ("Lates this week 2pm - midnight", "Going home now, see you all tomorrow"),
    "crime-report-handling": ("Anyone with info about the burglary reply to this tweet",),
    "rumour": ("Not yet verified: second explosion", "Some say it was arson"),
    "opinion-politics": ("Parliament should do something", "Our MP does nothing"),
    "joke": ("Knock knock. Who's there? Police",),
    "death-or-serious-injury": ("Two killed in crash", "The victim did not survive"),
}
_ORDINARY: Final = {
    "live-incident": ("Our drone team visited a school", "Don't go near railway lines"),
    "misper": ("Concerned about a child? Call the NSPCC", "Have you seen our new van?"),
    "wanted-or-suspect-appeal": ("Most wanted Christmas gift: a bike lock",),
    "duty-times": ("Great work on night shift by D team: 4 arrested",),
    "crime-report-handling": ("Comment below with your best cake recipe",),
    "rumour": ("Scam texts are circulating, do not click",),
    "opinion-politics": ("The council has repaired the lights",),
    "joke": ("Hope you like our new newsletter",),
    "death-or-serious-injury": ("No one was seriously hurt", "Nobody died in the fire"),
}


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule, texts in _SAID.items() for text in texts]
)
def test_is_found_in_other_words(rule: str, text: str) -> None:
    assert rule in {finding.rule for finding in report_on(text).findings}


@pytest.mark.parametrize(
    ("rule", "text"), [(rule, text) for rule, texts in _ORDINARY.items() for text in texts]
)
def test_leaves_look_alikes_alone(rule: str, text: str) -> None:
    assert rule not in {finding.rule for finding in report_on(text).findings}
