"""JSON from outside is read up to a depth, and no text makes the reader slow."""

import time
from typing import Any

import pytest

from policy.core.bounded_json import DEEPEST, read_json


class TestReadJson:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ('{"a": [1, {"b": null}]}', {"a": [1, {"b": None}]}),
            ('"' + "[" * 500 + '"', "[" * 500),
            (r'"\"' + "[{" * 500 + r'\\"', '"' + "[{" * 500 + "\\"),
            ("[" * DEEPEST + "]" * DEEPEST, None),
            ("[" + "[]," * 500 + "[]]", [[]] * 501),
        ],
    )
    def test_says_what_the_text_says(self, text: str, value: Any) -> None:
        read = read_json(text)
        assert value is None or read == value

    @pytest.mark.parametrize(
        "text",
        [
            "[" * (DEEPEST + 1) + "]" * (DEEPEST + 1),
            '{"a":' * (DEEPEST + 1) + "1" + "}" * (DEEPEST + 1),
            '["x", ' * (DEEPEST + 1),
            "]" * 500 + "[",
            "",
            "1" * 5000,
            '"never closed',
        ],
    )
    def test_refuses_what_cannot_be_read(self, text: str) -> None:
        with pytest.raises(ValueError, match=r"."):
            read_json(text)

    @pytest.mark.parametrize("piece", ['\\"', '"', "[]", '"\\', "a", "[{"])
    def test_looks_at_a_hostile_text_once(self, piece: str) -> None:
        text = '["' + piece * (1_000_000 // len(piece))
        start = time.process_time()
        with pytest.raises(ValueError, match=r"."):
            read_json(text)
        assert time.process_time() - start < 5.0
