"""What a victim may be recognised by, each in a sentence and as it is underlined."""

import pytest

from policy.core import CaseFacts, CaseStage, Context, Offence, Post, check
from tests.policy.core.packs import DEMONSTRATION

RULE = "sexual-offence-anonymity"


def told(text: str, *, is_naming_decided: bool = False) -> list[tuple[str, str]]:
    """The words that are underlined, and what they give."""
    facts = CaseFacts(CaseStage.CHARGED, Offence.SEXUAL, is_naming_decided=is_naming_decided)
    findings = check(Post(text, case=facts), Context(), DEMONSTRATION).findings
    ends = ", by which a victim may be recognised."
    return [
        (each.excerpt, each.message.removeprefix("This gives ").removesuffix(ends))
        for each in findings
        if each.rule == RULE
    ]


class TestAVictim:
    @pytest.mark.parametrize(
        ("text", "words", "what"),
        [
            ("Rape: Ann Sample spoke", "Ann Sample", "a name"),
            ("Rape: a victim aged 19 from Saltmere", "aged 19", "an age and a place"),
            ("Rape: it was in Mill Lane", "Mill Lane", "a street"),
            ("Rape: it was his own niece", "his own niece", "a relation"),
            ("Rape: the mother of the victim", "mother of the victim", "a relation"),
            ("Rape: a close family friend", "close family friend", "a relation"),
            ("Rape: the two were married", "were married", "a relation"),
            ("Rape: all within the family", "within the family", "a relation"),
            ("A case of incest", "incest", "a relation"),
            ("A case of domestic sexual abuse", "domestic sexual", "a relation"),
            ("Rape: a classmate saw it", "classmate", "a school"),
            ("Rape: his old school knew", "his old school", "a school"),
            ("Rape: one boarder at that time", "boarder at", "a school"),
            ("Rape: it was near the old nursery", "near the old nursery", "a school"),
            ("Rape: an employee of it", "employee of", "a place of work"),
            ("Rape: a barmaid in town", "barmaid in", "a place of work"),
            ("Rape: her workplace knew", "her workplace", "a place of work"),
        ],
    )
    def test_may_be_recognised_by(self, text: str, words: str, what: str) -> None:
        assert told(text) == [(words, what)]

    @pytest.mark.parametrize(
        "text",
        [
            "Rape: the jury is out at Kingsmarl Crown Court",
            "Rape: a man, 45, from Saltmere was charged",
            "Rape: charged a man aged 45 from Saltmere",
            "Rape: a victim aged 19",
        ],
    )
    def test_is_not_told_by(self, text: str) -> None:
        assert told(text) == []

    def test_is_told_by_an_age_where_the_sentence_speaks_of_the_victim(self) -> None:
        text = "Rape: a woman aged 19 from Saltmere was attacked before he was arrested"
        assert told(text) == [("aged 19", "an age and a place")]

    def test_may_be_named_where_that_is_decided(self) -> None:
        assert told("Rape: Ann Sample spoke", is_naming_decided=True) == []
