"""How templates speak: times as people say them, findings as marks, entities as colours."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django import forms
from hypothesis import given, settings
from hypothesis import strategies as st

from insights.templatetags.bluelamp import (
    advice,
    answered_otherwise,
    choices,
    control,
    control_id,
    due,
    fix_label,
    has_errors,
    kind,
    marked,
    said,
    severity_words,
    severity_words_read,
    top_fields,
    uk_time,
    verdict,
    weighty,
    when,
    with_entities,
)
from policy.core import Severity
from tests.pages import Page

NOON = datetime(2026, 7, 15, 11, 0, tzinfo=UTC)  # 12:00 in the UK, a Wednesday


def finding(start: int = 0, end: int = 0, severity: str = "advise", **more: object) -> object:
    parts = {"start": start, "end": end, "severity": Severity(severity), "where": "text"}
    return SimpleNamespace(**(parts | more))


def item(
    severity: str,
    *,
    answer: str = "",
    error: str = "",
    rule: str = "a-rule",
    passed_over: object = None,
) -> SimpleNamespace:
    found = SimpleNamespace(
        severity=Severity(severity), answers=("Prepared",), rule=rule, title="A rule"
    )
    return SimpleNamespace(finding=found, answer=answer, error=error, passed_over=passed_over)


class TestATime:
    @pytest.mark.parametrize(
        ("ahead", "words"),
        [
            (timedelta(seconds=59), "in less than a minute"),
            (timedelta(seconds=-1), "less than a minute ago"),
            (timedelta(minutes=1), "in 1 minute"),
            (timedelta(minutes=40), "in 40 minutes"),
            (timedelta(minutes=-1), "1 minute ago"),
            (timedelta(minutes=-59), "59 minutes ago"),
            (timedelta(hours=2, minutes=30), "today at 14:30"),
            (timedelta(hours=-3), "today at 09:00"),
            # Midnight is that of the UK.
            (timedelta(hours=12), "tomorrow at 00:00"),
            (timedelta(hours=-12, minutes=-1), "yesterday at 23:59"),
            (timedelta(days=3), "on Saturday 18 July at 12:00"),
            (timedelta(days=200), "on Sunday 31 January 2027 at 11:00"),
        ],
    )
    def test_is_said_as_people_say_it(self, ahead: timedelta, words: str) -> None:
        assert said(NOON + ahead, NOON) == words

    def test_is_exact_for_those_who_want_it_exact(self) -> None:
        element = Page.of(str(when(NOON + timedelta(hours=2), NOON))).root.one("time")
        assert element.attrs == {
            "datetime": "2026-07-15T13:00:00+00:00",
            "title": "Wednesday 15 July 2026, 14:00, UK time",
        }
        assert element.text == "today at 14:00"

    def test_of_nothing_is_nothing(self) -> None:
        assert (when(None), uk_time(None), due(None)) == ("", "", "")

    def test_is_due_or_was(self) -> None:
        assert str(due(datetime(2020, 1, 1, tzinfo=UTC))).startswith("was due ")
        assert str(due(datetime(2999, 1, 1, tzinfo=UTC))).startswith("due ")


class TestMarks:
    def test_stand_around_the_words_that_were_found(self) -> None:
        html = marked("Meet <us> now", [finding(5, 9, "block")])
        assert html == 'Meet <mark class="bl-mark bl-mark--block">&lt;us&gt;</mark> now'

    def test_show_the_heaviest_where_two_overlap(self) -> None:
        html = marked("abcdef", [finding(0, 4, "advise"), finding(2, 6, "needs-reason")])
        marks = Page.of(html).root.all("mark")
        assert [(mark.text, mark.attrs["class"].split()[1]) for mark in marks] == [
            ("ab", "bl-mark--advise"),
            ("cdef", "bl-mark--needs-reason"),
        ]

    def test_are_not_for_other_texts_or_for_places_that_are_not_there(self) -> None:
        others = [finding(0, 3, where="alt"), finding(9, 12), finding(2, 1), finding(-5, 0)]
        assert marked("abc", others) == "abc"
        assert marked("abc", []) == "abc"

    @settings(deadline=None)
    @given(
        st.text(alphabet="a<&\"'é👮\n", max_size=30),
        st.lists(
            st.tuples(st.integers(-5, 35), st.integers(-5, 35), st.sampled_from(list(Severity)[1:]))
        ),
    )
    def test_never_change_the_words(
        self, text: str, spans: list[tuple[int, int, Severity]]
    ) -> None:
        html = marked(text, [finding(*span) for span in spans])
        page = Page.of(html)
        assert page.root.raw_text == text
        assert {element.tag for element in page.root.walk()} <= {"", "mark"}


class TestEntities:
    def test_are_coloured_and_never_links(self) -> None:
        html = with_entities("See https://marlshire.example.org/a @Marl #ASB $GBP <b>")
        page = Page.of(html)
        assert [span.text for span in page.root.all("span", class_="bl-entity")] == [
            "https://marlshire.example.org/a",
            "@Marl",
            "#ASB",
            "$GBP",
        ]
        assert not page.root.all("a")
        assert html.endswith("&lt;b&gt;")

    @settings(deadline=None)
    @given(st.text(alphabet="a#@$:/.<&\"' é👮\n", max_size=40))
    def test_never_change_the_words(self, text: str) -> None:
        assert Page.of(with_entities(text)).root.raw_text == text


class TestFindingsInWords:
    @pytest.mark.parametrize(
        ("weights", "words"),
        [
            (["block", "advise"], "1 thing stops this from being submitted."),
            (["block", "block"], "2 things stop this from being submitted."),
            (["needs-reason"], "1 thing needs your reason."),
            (
                ["needs-reason", "advise", "needs-reason"],
                "2 things need your reason.",
            ),
            (
                ["block", "needs-reason"],
                "1 thing stops this from being submitted; 1 thing needs your reason.",
            ),
            (["advise"], "Nothing stops you from submitting. This is advice."),
        ],
    )
    def test_say_what_they_mean(self, weights: list[str], words: str) -> None:
        items = [item(weight, rule=f"rule-{number}") for number, weight in enumerate(weights)]
        assert verdict(items) == words

    def test_count_what_is_still_to_be_answered(self) -> None:
        assert verdict([], 1) == "1 thing is still to be answered or ticked."
        both = (
            "1 thing stops this from being submitted; 3 things are still to be answered or ticked."
        )
        assert verdict([item("block")], 3) == both

    def test_count_what_one_rule_found_once(self) -> None:
        assert verdict([item("block"), item("block")]) == "1 thing stops this from being submitted."

    def test_count_no_question_that_is_answered(self) -> None:
        answered, unanswered = item("needs-reason", answer="Yes"), item("needs-reason", rule="b")
        assert verdict([answered, unanswered]).startswith("1 thing needs your reason")
        assert verdict([answered]) == "Nothing stops you from submitting. Your reasons go with it."

    def test_that_were_passed_over_stop_nothing(self) -> None:
        over = item("block", passed_over=object())
        words = "What stopped this was passed over. Nothing stops you from submitting."
        assert verdict([over]) == words
        advised = "Nothing stops you from submitting. This is advice."
        assert verdict([over, item("advise")]) == advised
        assert (
            verdict([over, item("block", rule="b")]) == "1 thing stops this from being submitted."
        )

    def test_are_parted_by_weight(self) -> None:
        items = [item("block"), item("advise"), item("needs-reason")]
        assert (advice(items), weighty(items)) == ([items[1]], [items[0], items[2]])
        assert (advice(None), weighty(None)) == ([], [])

    def test_know_answers_and_errors(self) -> None:
        assert has_errors([item("block"), item("block", error="Give your reason.")])
        assert not has_errors(None)
        assert answered_otherwise(item("needs-reason", answer="My own"))
        assert not answered_otherwise(item("needs-reason", answer="Prepared"))
        assert not answered_otherwise(item("needs-reason"))

    def test_weigh_differently_for_writer_and_reader(self) -> None:
        assert severity_words("needs-reason") == "Needs your reason"
        assert severity_words_read("needs-reason") == "Needs a reason"
        assert severity_words("other") == severity_words_read("other") == "other"

    @pytest.mark.parametrize(
        ("rule", "replacement", "label"),
        [
            ("hidden-characters", "clean", "Clean text"),
            ("hashtags-max", "", "Take out “#" + "x" * 18 + "…”"),
            ("hashtags-max", "One", "Use “One”"),
        ],
    )
    def test_offer_a_fix(self, rule: str, replacement: str, label: str) -> None:
        found = SimpleNamespace(rule=rule, excerpt="#" + "x" * 40)
        assert fix_label(found, replacement) == label


class Form(forms.Form):
    words = forms.CharField(help_text="In one sentence.", widget=forms.TextInput)
    described = forms.CharField(
        help_text="Counted.", widget=forms.Textarea(attrs={"aria-describedby": "count"})
    )
    secret = forms.CharField(widget=forms.HiddenInput)
    agree = forms.BooleanField()
    one = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    many = forms.MultipleChoiceField(
        choices=[("a", "A")], widget=forms.CheckboxSelectMultiple(attrs={"disabled": True})
    )
    day = forms.DateField(widget=forms.SelectDateWidget)
    moment = forms.SplitDateTimeField()


class TestAField:
    def form(self, data: dict[str, str] | None = None) -> Form:
        form = Form(data)
        form.fields["one"].reveals = {"b": ["words", "gone"]}  # type: ignore[attr-defined]
        form.fields["one"].hints = {"a": "The first."}  # type: ignore[attr-defined]
        return form

    def test_is_drawn_by_its_kind(self) -> None:
        assert {bound.name: kind(bound) for bound in self.form()} == {
            "words": "control",
            "described": "control",
            "secret": "hidden",
            "agree": "checkbox",
            "one": "group",
            "many": "group",
            "day": "parts",
            "moment": "parts",
        }

    def test_is_led_to_by_the_control_that_takes_it(self) -> None:
        form = self.form()
        ids = {name: control_id(form[name]) for name in ("words", "one", "many", "moment")}
        assert ids == {
            "words": "id_words",
            "one": "id_one_0",
            "many": "id_many_0",
            "moment": "id_moment_0",
        }

    def test_is_described_by_hint_error_and_what_it_names_itself(self) -> None:
        form = self.form({"words": "", "described": ""})
        (words,) = Page.of(control(form["words"])).root.all("input")
        assert words.attrs["aria-describedby"] == "id_words_helptext id_words_error"
        assert "govuk-input--error" in words.attrs["class"]
        (described,) = Page.of(control(form["described"])).root.all("textarea")
        assert described.attrs["aria-describedby"] == (
            "id_described_helptext count id_described_error"
        )

    def test_has_choices_with_hints_and_what_they_open(self) -> None:
        first, second = choices(self.form({"one": "b"})["one"])
        assert (first.hint, first.selected, first.reveals) == ("The first.", False, [])
        assert (second.selected, [bound.name for bound in second.reveals]) == (True, ["words"])
        (only,) = choices(self.form()["many"])
        assert (only.type, only.disabled) == ("checkbox", True)

    def test_stands_on_its_own_unless_a_choice_opens_it(self) -> None:
        names = [bound.name for bound in top_fields(self.form())]
        assert "words" not in names
        assert "one" in names
        assert top_fields(None) == []
