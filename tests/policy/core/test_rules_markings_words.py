"""The ways in which a marking is written, each as it is underlined."""

import pytest

from tests.policy.core.packs import excerpts, found

RULE = "protective-marking"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("OFFICIAL SENSITIVE", "OFFICIAL SENSITIVE"),
        ("O F F I C I A L  S E N S I T I V E", "O F F I C I A L  S E N S I T I V E"),
        ("See: strictly confidential", "strictly confidential"),
        ("It is GSC secret, they say", "GSC secret"),
        ("GPMS restricted", "GPMS restricted"),
        ("Op Nightjar SECRET", "Op Nightjar SECRET"),
        ("PROTECT - personal", "PROTECT - personal"),
        ("It is law enforcement sensitive", "law enforcement sensitive"),
        ("Not for public release", "Not for public release"),
        ("A S3CRET plan", "S3CRET"),
        ("Classification: confidential", "Classification: confidential"),
        ("Handling: official", "Handling: official"),
        ("The report is classified secret", "report is classified secret"),
        ("The briefing was marked as restricted", "briefing was marked as restricted"),
        ("For police use only", "police use only"),
    ],
)
def test_is_found(text: str, words: str) -> None:
    assert excerpts(text, RULE) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "The official sense of it",
        "Calls are strictly confidential and free",
        "Operation Nightjar is no secret",
        "We protect personal data",
        "Not for public transport",
        "The report is about secret gardens",
        "The restricted car park",
    ],
)
def test_is_not_seen_in(text: str) -> None:
    assert not found(text, RULE)
