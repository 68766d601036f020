"""The rulebook on standard input and output."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings


def check_post(
    monkeypatch: pytest.MonkeyPatch, given: bytes, *arguments: str
) -> list[dict[str, Any]]:
    out = io.StringIO()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
    call_command("check_post", *arguments, stdout=out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


class TestCheckPost:
    def test_answers_every_line_in_order(self, monkeypatch: pytest.MonkeyPatch) -> None:
        lines = [json.dumps({"text": "a" * length}) for length in range(1, 400)]
        answers = check_post(monkeypatch, "\n".join(lines).encode())
        assert [answer["weighted_length"] for answer in answers] == list(range(1, 400))

    def test_writes_nothing_for_nothing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        assert check_post(monkeypatch, b"") == []

    def test_goes_on_after_lines_that_it_cannot_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        given = b'\n{"text"\n\xff\xfe\n{"text": "\\ud800"}\n{"text": "Hello"}\n'
        answers = check_post(monkeypatch, given)
        assert ["error" in answer for answer in answers] == [True, True, True, False, False]
        assert answers[4]["findings"] == []

    def test_keeps_to_one_line_whatever_the_text_holds(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        given = json.dumps({"text": "a\nb\r\u2028c\x85 example.com"}).encode()
        assert len(check_post(monkeypatch, given)) == 1

    def test_uses_the_pack_that_is_asked_for(self, monkeypatch: pytest.MonkeyPatch) -> None:
        given = b'{"text": "Hello"}\n{"text": "Hello", "pack": "staffordshire"}\n'
        answers = check_post(monkeypatch, given, "--pack", "west_midlands")
        assert [answer["pack"] for answer in answers] == ["west_midlands", "staffordshire"]

    def test_refuses_a_pack_that_there_is_not(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with pytest.raises(CommandError, match="There is no pack called “nobody”"):
            check_post(monkeypatch, b"", "--pack", "nobody")

    def test_refuses_to_start_with_a_broken_pack(
        self, monkeypatch: pytest.MonkeyPatch, settings: Settings, tmp_path: Path
    ) -> None:
        (tmp_path / "neutral.toml").write_text('id = "other"\n')
        settings.POLICY_PACKS = tmp_path
        with pytest.raises(CommandError, match=r"neutral\.toml, line 1, id"):
            check_post(monkeypatch, b"")
