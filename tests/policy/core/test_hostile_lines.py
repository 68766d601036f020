"""Lines of `manage.py check_post` that are no text, or far too much of it."""

import json
from functools import partial

import pytest

from policy.core.lines import answer
from tests.policy.core.hostile import FRAGMENTS, PIECES
from tests.policy.core.packs import PACKS, WEST_MIDLANDS
from tests.policy.core.speed import takes_longer

LONG = 100_000
# Milliseconds for a line of LONG characters, and how many times that a busy day may take.
LIMIT, GENEROUS = 150.0, 4


class TestALine:
    @pytest.mark.parametrize("piece", [*PIECES, *FRAGMENTS])
    def test_of_a_hundred_thousand_characters_is_answered_soon(self, piece: str) -> None:
        line = json.dumps({"text": (piece * LONG)[:LONG]}).encode()
        assert not answer(line, PACKS, WEST_MIDLANDS)["valid"]
        assert not takes_longer(
            lambda: partial(answer, line, PACKS, WEST_MIDLANDS), LIMIT * GENEROUS, tries=3
        )

    @pytest.mark.parametrize(
        "line",
        [
            b'{"text": "\xff\xfe"}',
            b'{"text": "\xc3\x28"}',
            b'{"text": "\xed\xa0\x80"}',
            b'{"text": "\xf0\x9f\x91"}',
            b'\xff\xfe{\x00"\x00t\x00',
            b"\x00" * 1000,
            b"[" * LONG,
            b'{"text": ' * LONG,
            b'{"text": "' + b"a" * LONG,
            b'{"text": 1' + b"0" * LONG + b"}",
            b'"text"',
            b"",
        ],
        ids=lambda line: repr(line[:16]),
    )
    def test_that_is_no_text_is_answered_with_a_sentence(self, line: bytes) -> None:
        said = answer(line, PACKS, WEST_MIDLANDS)
        assert list(said) == ["error"]
        assert said["error"].endswith(".")

    @pytest.mark.parametrize("text", ["\ud800", "a\udc00b", "\udc6e\ud83d", "#\ud800a"])
    def test_with_half_a_character_is_checked_and_cannot_be_sent(self, text: str) -> None:
        line = json.dumps({"text": text}).encode()
        said = answer(line, PACKS, WEST_MIDLANDS)
        assert not said["valid"]
        assert "invalid-characters" in {finding["rule"] for finding in said["findings"]}
        assert json.dumps(said)
