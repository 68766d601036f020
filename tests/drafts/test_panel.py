"""The findings beside the text: put together, folded, answered once, mended with one press."""

from dataclasses import replace
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from drafts.forms import answers_in
from drafts.panel import Panel, groups_of, items_of
from drafts.services import Problem
from policy.core import Citation, Finding, Severity, Where
from tests.factories import Scene
from tests.pages import Element, Page

CITATION = Citation("Guidance", "Part 3", "Say less, mean more.", ("A1",))
PLAIN = Finding(
    rule="some-rule", title="Some rule", pack="neutral", pack_version=1,
    severity=Severity.NEEDS_REASON, start=0, end=3, excerpt="One", message="This is odd.",
    suggestion="Say it otherwise.", replacements=(), citation=CITATION, confidence=1.0,
    overridable_by="", answers=("It is fine",),
)  # fmt: skip


def found(excerpt: str, **about: Any) -> Finding:
    return replace(PLAIN, excerpt=excerpt, **about)


def shown(*findings: Finding, **context: Any) -> Element:
    """The panel as the page draws it."""
    panel = Panel(text="x" * 50, findings=items_of(findings, {}))
    return Page.of(render_to_string("drafts/_check.html", {"check": panel, **context})).root


class TestFindingsOfOneRule:
    def test_are_put_together_in_their_order(self) -> None:
        other = found("b", rule="other")
        groups = groups_of(items_of((found("a"), other, found("c")), {}))
        assert [[i.finding.excerpt for i in group.items] for group in groups] == [["a", "c"], ["b"]]

    def test_are_kept_apart_by_weight_and_by_title(self) -> None:
        findings = (
            found("a"),
            found("a", severity=Severity.ADVISE),
            found("a", title="This could not be checked"),
        )
        assert len(groups_of(items_of(findings, {}))) == 3

    def test_are_answered_once_for_all(self) -> None:
        findings = (found("a"), found("b", rule="other"), found("c"))
        root = shown(*findings)
        sent = {box.attrs["name"]: box.attrs["value"] for box in root.all("input", type="hidden")}
        answered = answers_in(
            sent | {"answer-0": "other", "answer-0-other": "Seen", "answer-1": "Y"}
        )
        assert answered == {findings[0].key: "Seen", findings[2].key: "Seen", findings[1].key: "Y"}

    def test_show_an_answer_that_is_given_to_all_of_them_only(self) -> None:
        findings = (found("a"), found("b"))
        keys = [finding.key for finding in findings]
        both = groups_of(items_of(findings, dict.fromkeys(keys, "It is fine")))
        one = groups_of(items_of(findings, {keys[0]: "It is fine"}))
        assert [both[0].answer, one[0].answer] == ["It is fine", ""]

    def test_say_once_that_the_answer_is_missing(self) -> None:
        findings = (found("a"), found("b"))
        problems = [Problem("Give your reason.", finding=finding.key) for finding in findings]
        items = items_of(findings, {}, problems)
        assert [item.error for item in items] == ["Give your reason.", ""]
        assert {item.field for item in items} == {"answer-0"}

    def test_still_say_it_when_only_the_second_is_missing(self) -> None:
        findings = (found("a"), found("b"))
        items = items_of(findings, {}, [Problem("Give your reason.", finding=findings[1].key)])
        (group,) = groups_of(items)
        assert (group.error, items[1].field) == ("Give your reason.", "answer-0")

    def test_are_mended_with_one_press_when_each_has_one_way(self) -> None:
        def one_press(*replacements: tuple[str, ...], **about: Any) -> bool:
            findings = [found(str(n), replacements=r, **about) for n, r in enumerate(replacements)]
            return groups_of(items_of(tuple(findings), {}))[0].is_mended_at_once

        assert one_press(("a",), ("b",))
        assert not one_press(("a",))
        assert not one_press(("a",), ())
        assert not one_press(("a",), ("b", "c"))
        assert not one_press(("a",), ("b",), where=Where.ALT)

    def test_say_what_they_share_once(self) -> None:
        root = shown(found("a"), found("b"))
        assert root.text.count("This is odd.") == root.text.count("Say it otherwise.") == 1
        root = shown(found("a"), found("b", message="This is odder."))
        assert "This is odd." in root.text
        assert "This is odder." in root.text


class TestManyFindings:
    def test_are_folded_but_for_the_first(self) -> None:
        root = shown(*(found("a", rule=f"rule-{number}") for number in range(12)))
        folds = root.all("details", class_="bl-finding__fold")
        assert ["open" in fold.attrs for fold in folds] == [True] * 3 + [False] * 9

    def test_that_are_few_stay_open(self) -> None:
        root = shown(*(found("a", rule=f"rule-{number}") for number in range(4)))
        assert all("open" in d.attrs for d in root.all("details", class_="bl-finding__fold"))

    def test_open_where_an_answer_is_missing(self) -> None:
        findings = tuple(found("a", rule=f"rule-{number}") for number in range(6))
        items = items_of(findings, {}, [Problem("Why?", finding=findings[5].key)])
        panel = Panel(text="x" * 50, findings=items)
        root = Page.of(render_to_string("drafts/_check.html", {"check": panel})).root
        folds = root.all("details", class_="bl-finding__fold")
        assert ["open" in fold.attrs for fold in folds] == [True] * 3 + [False] * 2 + [True]

    @pytest.mark.parametrize(
        ("heavy", "light", "folded"), [(1, 1, True), (0, 3, False), (0, 4, True), (1, 0, False)]
    )
    def test_fold_their_advice_beneath_what_is_heavier(
        self, heavy: int, light: int, *, folded: bool
    ) -> None:
        advice = [found("a", rule=f"r{n}", severity=Severity.ADVISE) for n in range(light)]
        root = shown(*(found("a", rule=f"heavy{n}") for n in range(heavy)), *advice)
        words = [summary.text for summary in root.all("summary", class_="bl-advice__summary")]
        assert words == ([f"Advice ({light})"] if folded else [])
        assert len(root.all("li", class_="bl-finding")) == heavy + light


class TestOneFinding:
    def test_says_why_and_from_where_and_leads_to_the_rule(self) -> None:
        why = shown(found("a")).one("details", class_="bl-why")
        assert "Why?" in why.one("summary").text
        assert "Say less, mean more." in why.text
        assert "Guidance, Part 3." in why.text
        assert "A1" not in why.text
        assert why.one("a").attrs["href"] == "/rulebook/#some-rule"

    def test_of_the_law_says_that_nobody_can_pass_over_it(self) -> None:
        legal = found("a", severity=Severity.BLOCK, is_legal=True)
        root = shown(legal, comms_desk="07700 900100")
        assert (
            "The law stops this. Nobody can pass over it: call the comms desk, 07700 900100."
            in root.text
        )
        assert "Nobody can pass over it" not in shown(found("a", severity=Severity.BLOCK)).text

    def test_offers_every_replacement(self) -> None:
        fixes = shown(found("a", replacements=("b", "c", ""))).all("button", class_="bl-fix")
        assert [fix.attrs["data-replacement"] for fix in fixes] == ["b", "c", ""]
        assert [fix.text for fix in fixes] == ["Use “b”", "Use “c”", "Take out “a”"]

    def test_of_a_text_beside_offers_none_that_would_land_in_the_box(self) -> None:
        assert not shown(found("a", replacements=("b",), where=Where.ALT)).all("button")


@pytest.mark.django_db
class TestWhatWasRefused:
    @pytest.fixture
    def officer(self, client: Client) -> User:
        """Signed in with `client`."""
        scene = Scene()
        scene.person(Role.COMMS_APPROVER)
        officer = scene.person()
        client.force_login(officer)
        return officer

    def test_is_said_once_for_several_places_of_one_rule(
        self, client: Client, officer: User
    ) -> None:
        account = officer.current_memberships[0].lpt
        assert account
        typed = {
            "text": "Our shift ends at 10, signing off at 11. #A1 #B2 #C3 #D4 #E5",
            "account": str(account.accounts.get().pk),
            "when": "asap",
            "action": "submit",
        }
        page = Page.of(client.post("/write/", typed))
        said = [words for words, _ in page.problems]
        assert len(said) == len(set(said)) == 2
        assert len(page.beside("id_text")) == 1
