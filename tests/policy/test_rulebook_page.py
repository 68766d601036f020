"""docs/rulebook.md says what the code says, and every requirement has something that serves it."""

import pytest

from policy.core import RULEBOOK, Rule
from policy.core.pack import LISTS
from tools import rulebook
from tools.requirements import REQUIREMENTS, Requirement

EVERY = [pytest.param(one, id=one.id) for one in REQUIREMENTS]
IN_THE_DOCUMENTS = [
    *(f"A{number}" for number in range(1, 35)),
    *(f"B{number}" for number in range(1, 50)),
    *(f"C{number}" for number in (*range(1, 10), 11, 12, 13, *range(15, 19))),
    *(f"G{number}" for number in range(1, 6)),
]


class TestThePage:
    def test_is_current(self) -> None:
        written = rulebook.PAGE.read_text(encoding="utf-8")
        assert rulebook.rewritten(written) == written, "Run make docs."

    def test_keeps_what_people_wrote(self) -> None:
        page = "".join(
            f"before {name}\n<!-- {name}: written by make docs -->\n\nfrom last year"
            f"\n\n<!-- end of {name} -->\n"
            for name in rulebook.SECTIONS
        )
        again = rulebook.rewritten(page)
        assert "from last year" not in again
        assert [line for line in again.splitlines() if line.startswith("before ")] == [
            f"before {name}" for name in rulebook.SECTIONS
        ]

    def test_is_refused_without_its_markers(self) -> None:
        with pytest.raises(ValueError, match="no markers for rules"):
            rulebook.rewritten("Nothing here")

    @pytest.mark.parametrize("rule", [pytest.param(rule, id=rule.id) for rule in RULEBOOK])
    def test_names_every_rule(self, rule: Rule) -> None:
        assert f"| `{rule.id}` |" in rulebook.PAGE.read_text(encoding="utf-8")


class TestTheRequirements:
    def test_are_those_of_the_documents(self) -> None:
        assert [one.id for one in REQUIREMENTS] == IN_THE_DOCUMENTS

    def test_are_all_that_rules_cite(self) -> None:
        cited = set(rulebook.rules_by_requirement())
        ticked = {name for ids in rulebook.attestations().values() for name in ids}
        assert cited | ticked <= set(IN_THE_DOCUMENTS)

    @pytest.mark.parametrize("requirement", EVERY)
    def test_are_served_now_or_later(self, requirement: Requirement) -> None:
        assert rulebook.served_by(requirement) or requirement.later

    @pytest.mark.parametrize("requirement", EVERY)
    def test_name_lists_that_packs_have(self, requirement: Requirement) -> None:
        assert set(requirement.lists) <= set(LISTS)

    def test_name_the_rules_that_cite_them(self) -> None:
        (tags,) = (one for one in REQUIREMENTS if one.id == "A1")
        assert "`hashtags-max`" in rulebook.served_by(tags)


class TestATable:
    def test_has_a_line_for_its_head_and_each_row(self) -> None:
        assert rulebook.table(("a", "b"), [("1|2", "3")]) == "| a | b |\n|---|---|\n| 1\\|2 | 3 |"
