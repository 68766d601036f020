"""Borders of packs as files: templates, and what a pack that extends another changes of them."""

from pathlib import Path

import pytest

from policy.core import CaseStage, PackError
from tests.policy.core.test_packs import WHOLE, loaded

TEMPLATE = """
[templates.next-meeting]
label = "Next meeting"
category = "meeting"
text = "Meet us on [day] at [place]."
"""
CHILD = 'id = "child"\nname = "A child"\nversion = 1\nextends = "force"\n'


class TestATemplate:
    def test_is_read_with_everything_in_it(self, tmp_path: Path) -> None:
        template = loaded(tmp_path, force=WHOLE + TEMPLATE)["force"].templates["next-meeting"]
        assert template.id == "next-meeting"
        assert (template.label, template.category) == ("Next meeting", "meeting")
        assert template.text == "Meet us on [day] at [place]."
        assert template.stage is CaseStage.NONE

    def test_may_belong_to_a_stage_of_a_case(self, tmp_path: Path) -> None:
        text = WHOLE + TEMPLATE + 'stage = "charged"\n'
        template = loaded(tmp_path, force=text)["force"].templates["next-meeting"]
        assert template.stage is CaseStage.CHARGED

    def test_is_inherited_and_may_be_changed_in_part(self, tmp_path: Path) -> None:
        parent = WHOLE + TEMPLATE + 'stage = "charged"\n'
        child = CHILD + '[templates.next-meeting]\nlabel = "Soon"\n'
        packs = loaded(tmp_path, force=parent, child=child, other=CHILD.replace("child", "other"))
        changed = packs["child"].templates["next-meeting"]
        assert (changed.label, changed.text) == ("Soon", "Meet us on [day] at [place].")
        assert (changed.category, changed.stage) == ("meeting", CaseStage.CHARGED)
        assert packs["other"].templates == packs["force"].templates

    def test_of_a_child_is_not_its_parents(self, tmp_path: Path) -> None:
        packs = loaded(tmp_path, force=WHOLE, child=CHILD + TEMPLATE)
        assert not packs["force"].templates
        assert list(packs["child"].templates) == ["next-meeting"]

    @pytest.mark.parametrize(
        ("template", "message"),
        [
            (TEMPLATE.replace('"meeting"', '"x"'), "category: There is no category called “x”"),
            (TEMPLATE + 'stage = "x"', "stage: This must be one of none, reported"),
            (TEMPLATE + 'note = "x"', "note: There is no part called “note”"),
            (TEMPLATE.replace("label", "# label"), "label: This is missing"),
            (TEMPLATE.replace("text", "# text"), "text: This is missing"),
            (TEMPLATE.replace("category", "# category"), "category: This is missing"),
        ],
    )
    def test_that_is_not_right_is_refused(
        self, tmp_path: Path, template: str, message: str
    ) -> None:
        with pytest.raises(PackError, match=message) as refused:
            loaded(tmp_path, force=WHOLE + template)
        assert "templates.next-meeting" in str(refused.value)


class TestACategory:
    def test_of_a_child_keeps_what_it_does_not_say(self, tmp_path: Path) -> None:
        parent = WHOLE + "is_case = true\n"
        child = CHILD + '[categories.meeting]\nlabel = "Surgery"\n'
        category = loaded(tmp_path, force=parent, child=child)["child"].categories["meeting"]
        assert (category.label, category.purpose) == ("Surgery", "To meet")
        assert (category.guess, category.off) == (("surgery",), frozenset({"hashtags-max"}))
        assert category.is_case is True

    def test_is_no_case_unless_it_says_so(self, tmp_path: Path) -> None:
        assert loaded(tmp_path, force=WHOLE)["force"].categories["meeting"].is_case is False

    def test_says_so_with_true_or_false_only(self, tmp_path: Path) -> None:
        with pytest.raises(PackError, match="is_case: This must be true or false"):
            loaded(tmp_path, force=WHOLE + "is_case = 1\n")


class TestEveryTable:
    @pytest.mark.parametrize("table", ["naming", "reporting", "limits", "lists"])
    def test_refuses_what_it_does_not_know(self, tmp_path: Path, table: str) -> None:
        text = WHOLE.replace(f"[{table}]\n", f"[{table}]\nunheard_of = 1\n")
        with pytest.raises(PackError, match=f"{table}.unheard_of: There is no"):
            loaded(tmp_path, force=text)

    @pytest.mark.parametrize("table", ["naming", "reporting", "limits", "lists", "rules"])
    def test_must_be_a_table(self, tmp_path: Path, table: str) -> None:
        child = f'id = "child"\nname = "A"\nversion = 1\nextends = "force"\n{table} = 1\n'
        with pytest.raises(PackError, match=f"line 5, {table}: This must be a table"):
            loaded(tmp_path, force=WHOLE, child=child)


class TestAPair:
    @pytest.mark.parametrize("pair", ["RTC = crash", "RTC=crash", "a b = c d", "A = @b", " a=b "])
    def test_has_something_on_both_sides(self, tmp_path: Path, pair: str) -> None:
        text = WHOLE.replace("RTC = crash", pair)
        assert len(loaded(tmp_path, force=text)["force"].pairs("jargon")) == 1

    @pytest.mark.parametrize(
        "pair", ["RTC", "RTC =", "RTC = ", "= crash", " = crash", "RTC = @", "=", "a = b = c"]
    )
    def test_is_refused_with_less_or_more(self, tmp_path: Path, pair: str) -> None:
        with pytest.raises(PackError, match=r"jargon: .* must be a pair"):
            loaded(tmp_path, force=WHOLE.replace("RTC = crash", pair))


class TestARule:
    def test_of_a_child_keeps_its_citation(self, tmp_path: Path) -> None:
        child = CHILD + '[rules.protective-marking]\nseverity = "advise"\n'
        packs = loaded(tmp_path, force=WHOLE, child=child)
        parents = packs["force"].rules["protective-marking"]
        childs = packs["child"].rules["protective-marking"]
        assert childs.citation == parents.citation
        assert childs.citation.section == "4.2"
        assert childs.params == parents.params
        assert packs["child"].rules["hashtags-max"] == packs["force"].rules["hashtags-max"]
