"""The values that go in and come out."""

import json
from dataclasses import replace
from enum import StrEnum

import pytest

from policy.core import (
    CaseStage,
    Citation,
    Finding,
    Kind,
    Offence,
    Platform,
    Report,
    Severity,
    SourceKind,
    Where,
)

FINDING = Finding(
    rule="hashtags-max",
    title="Too many hashtags",
    pack="neutral",
    pack_version=1,
    severity=Severity.BLOCK,
    start=30,
    end=38,
    excerpt="#Surgery",
    message="You have 4 hashtags.",
    suggestion="Remove one.",
    replacements=("Surgery", ""),
    citation=Citation("D", "S", "P.", ("A1",)),
    confidence=1.0,
    overridable_by="policy.override_block",
    answers=(),
    where=Where.ALT,
    index=1,
)


@pytest.mark.parametrize(
    ("values", "kept"),
    [
        (Severity, "off advise needs-reason block"),
        (Kind, "original retweet quote reply"),
        (SourceKind, "none force commander lpt senior partner other"),
        (Platform, "x mastodon bluesky"),
        (Where, "text alt source"),
        (
            CaseStage,
            "none reported wanted arrested charged on-trial convicted sentenced ended",
        ),
        (Offence, "none sexual death other"),
    ],
)
def test_values_are_those_on_record(values: type[StrEnum], kept: str) -> None:
    # Reports, answers and declared facts are kept with them for years.
    assert [value.value for value in values] == kept.split()


class TestASeverity:
    def test_has_a_weight(self) -> None:
        assert [severity.weight for severity in Severity] == [0, 1, 2, 3]


class TestAFinding:
    def test_survives_json(self) -> None:
        assert Finding.from_dict(json.loads(json.dumps(FINDING.as_dict()))) == FINDING

    def test_cannot_be_read_from_half_of_itself(self) -> None:
        with pytest.raises(KeyError):
            Finding.from_dict({"rule": "hashtags-max"})

    def test_keeps_its_key_when_the_words_move(self) -> None:
        moved = replace(FINDING, start=0, end=9, excerpt="#SURGERY ")
        assert moved.key == FINDING.key == "hashtags-max:#surgery"

    def test_has_another_key_for_other_words(self) -> None:
        assert replace(FINDING, excerpt="#Leek").key != FINDING.key


class TestAReport:
    @pytest.fixture
    def report(self) -> Report:
        findings = [
            replace(FINDING, severity=severity)
            for severity in (Severity.BLOCK, Severity.NEEDS_REASON, Severity.ADVISE)
        ]
        return Report("neutral", 1, 290, 280, valid=False, findings=tuple(findings))

    def test_says_how_much_room_is_left(self, report: Report) -> None:
        assert report.remaining == -10

    def test_sorts_findings_by_what_they_ask_for(self, report: Report) -> None:
        assert report.blocking == report.findings[:1]
        assert report.needing_reason == report.findings[1:2]
        assert report.advice == report.findings[2:]

    def test_is_json(self, report: Report) -> None:
        shown = json.loads(json.dumps(report.as_dict()))
        assert shown["weighted_length"] == 290
        assert shown["valid"] is False
        assert shown["findings"][0]["citation"]["paraphrase"] == "P."
