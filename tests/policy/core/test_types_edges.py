"""Borders of the values that go in and come out."""

from dataclasses import replace

import pytest

from policy.core import CaseStage, Citation, Finding, Severity, Where
from tests.policy.core.packs import checked, found


class TestAFinding:
    def test_of_a_first_version_is_of_no_legal_class(self) -> None:
        (finding,) = found("See example.com", "external-link")
        written = finding.as_dict()
        del written["is_legal"]
        assert Finding.from_dict(written) == finding
        assert Finding.from_dict(written | {"is_legal": True}).is_legal is True

    @pytest.mark.parametrize("part", ["rule", "severity", "where", "answers", "citation"])
    def test_that_lacks_a_part_is_refused(self, part: str) -> None:
        (finding,) = found("See example.com", "external-link")
        written = finding.as_dict()
        del written[part]
        with pytest.raises(KeyError):
            Finding.from_dict(written)

    def test_key_ignores_capitals_and_spaces(self) -> None:
        (finding,) = found("See example.com", "external-link")
        assert replace(finding, excerpt=" Example\n .COM").key == "external-link:example .com"

    def test_is_written_with_its_place(self) -> None:
        (finding,) = found("See example.com", "external-link")
        written = finding.as_dict()
        assert (written["where"], written["index"]) == (Where.TEXT.value, 0)
        assert (written["start"], written["end"]) == (4, 15)
        assert written["is_legal"] is False


class TestAReport:
    def test_sorts_its_findings_by_weight(self) -> None:
        report = checked("See example.com, shift ends at 10")
        assert "external-link" in {one.rule for one in report.blocking}
        assert "duty-times" in {one.rule for one in report.needing_reason}
        assert {one.severity for one in report.blocking} == {Severity.BLOCK}
        assert {one.severity for one in report.needing_reason} == {Severity.NEEDS_REASON}
        assert all(one.severity is Severity.ADVISE for one in report.advice)

    def test_says_how_much_room_is_left(self) -> None:
        assert checked("a" * 270).remaining == 10
        assert checked("a" * 290).remaining == -10


class TestASeverity:
    def test_weighs_from_nothing_to_three(self) -> None:
        assert [one.weight for one in Severity] == [0, 1, 2, 3]
        assert Severity.BLOCK.weight > Severity.NEEDS_REASON.weight > Severity.ADVISE.weight


class TestACaseStage:
    def test_is_active_from_a_warrant_to_the_sentence(self) -> None:
        active = [stage.value for stage in CaseStage if stage.is_active]
        assert active == ["wanted", "arrested", "charged", "on-trial", "convicted"]


class TestACitation:
    def test_comes_back_as_it_was_written(self) -> None:
        citation = Citation("D", "S", "P.", ("A1", "B2"))
        assert Citation.from_dict(citation.as_dict()) == citation
        assert citation.as_dict()["requirements"] == ["A1", "B2"]
        assert Citation("D", "S", "P.").requirements == ()
