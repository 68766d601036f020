"""What is asked before a pattern runs never hides what the pattern would have found."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
import regex

from policy.core.reading import Reading, Stems
from policy.core.rules import RULEBOOK, credentials, identifiers, places, staff
from policy.core.rules.details import money, numbers, papers, plates, streets
from policy.core.rules.people import children, descriptors, sexual
from policy.core.rules.tone import humour, opinions
from tests.policy.core.test_redos import hostile_texts

STEMMED = {
    "illnesses": (identifiers._ILLNESSES, identifiers._ILLNESS),
    "sexual offences": (sexual._OFFENCES, sexual._OFFENCE),
    "groups of children": (children._CHILDREN, children._FEW),
    "children of a school": (children._CHILDREN, children._MANY),
    "descriptors": (descriptors._HINTS, descriptors._DESCRIBED),
    "laughter in letters": (humour._LAUGHS, regex.compile(r"(?i)\b(?:ha(?:ha)++|he(?:he)++)\b")),
    "flats": (places._FLATS, places._FLAT),
    "officers' numbers": (papers._COLLARS, papers._COLLAR),
    "digits in words": (numbers._NUMERALS, numbers._IN_WORDS),
    "vehicles": (plates._VEHICLES, plates._VEHICLE),
    "judgements": (opinions._JUDGING, opinions._JUDGED),
    **{message: (stems, gate) for stems, gate, _, message in staff._ABOUT},
}
# What the plain engine is asked about the folded text before a pattern runs over it.
GATED = {
    "streets": (streets._MAYBE_ENDING, streets._ENDING),
    "accounts": (money._MAYBE_IBAN, money._IBAN),
    "degrees": (places._MAYBE_DEGREES, places._DEGREES),
}
# Where neither the examples nor the judged texts have any.
BESIDES = (
    "She suffers from dementia and may be confused",
    "Ben has been diagnosed with epilepsy",
    "Log in with oldermoor and Bluelamp77",
    "Use 'truncheon' as the password",
    "Pay into GB82 WEST 1234 5698 7654 32",
    "Found at 52.806, -2.117",
    "Warrant no. 4417 was shown at the door",
)
CREDENTIALS = ("_VALUE", "_BARE", "_PAIR", "_LOGGED_IN", "_USED")


def texts() -> Iterator[str]:
    for path in sorted(Path(__file__).parent.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)["text"]
    for rule in RULEBOOK:
        yield from (example.post.text for example in (*rule.wrong, *rule.right))
    yield from BESIDES
    yield from (text[:300] for text in hostile_texts(100))


READINGS = [Reading(text) for text in texts()]


class TestStems:
    @pytest.mark.parametrize("what", STEMMED)
    def test_are_in_whatever_the_pattern_matches(self, what: str) -> None:
        stems, pattern = STEMMED[what]
        hidden = [
            reading.raw
            for reading in READINGS
            for text in (reading.folded.text, reading.plain)
            if not stems.are_in(reading) and pattern.search(text)
        ]
        assert not hidden

    @pytest.mark.parametrize("what", sorted(STEMMED.keys() - {"laughter in letters"}))
    def test_are_tried_by_texts_that_match(self, what: str) -> None:
        _, pattern = STEMMED[what]
        assert any(
            pattern.search(text)
            for reading in READINGS
            for text in (reading.folded.text, reading.plain)
        )

    @pytest.mark.parametrize("name", CREDENTIALS)
    def test_of_credentials_hide_none(self, name: str) -> None:
        pattern = getattr(credentials, name)
        found = [reading for reading in READINGS if pattern.search(reading.folded.text)]
        assert found
        assert not [
            reading.raw
            for reading in found
            if not credentials._STEMS.are_in(reading)
            and not credentials._PASS.search(reading.folded.text)
        ]

    @pytest.mark.parametrize(
        ("text", "is_in"),
        [
            ("A man was wanted", True),
            ("WANTED", True),
            ("W4NTED", True),
            ("We want you", False),
            ("a pin", True),
            ("a p", False),
            ("granted, undaunted, vaunted", False),
            ("", False),
        ],
    )
    def test_are_whole(self, text: str, is_in: bool) -> None:  # noqa: FBT001
        assert Stems("wanted", "pin").are_in(Reading(text)) is is_in

    def test_are_found_in_capitals_of_other_alphabets(self) -> None:
        assert Stems("missing").are_in(Reading("MİSSİNG"))


class TestAGate:
    @pytest.mark.parametrize("what", GATED)
    def test_hides_nothing(self, what: str) -> None:
        gate, pattern = GATED[what]
        found = [reading.folded.text for reading in READINGS if pattern.search(reading.folded.text)]
        assert found
        assert not [
            text for text in found if not gate.search(text) and not gate.search(text.lower())
        ]

    @pytest.mark.parametrize("what", GATED)
    def test_keeps_something_out(self, what: str) -> None:
        gate, _ = GATED[what]
        assert not all(gate.search(reading.folded.text.lower()) for reading in READINGS)
