"""The Write form: what is wrong with each field, in a sentence that says what to do."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from accounts.models import AccountKind, AccountStatus, SocialAccount, User
from accounts.roles import Role
from drafts.forms import DraftForm, answers_in
from drafts.models import Draft
from drafts.services import Problem
from tests.factories import CLEAN, MembershipFactory, Scene, SocialAccountFactory, in_, written

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 3, 10, 12, 0, tzinfo=UTC)


def filled(
    scene: Scene, *, now: datetime = NOON, user: User | None = None, **typed: Any
) -> DraftForm:
    """A form sent with everything right but for `typed`."""
    data = {"text": CLEAN, "account": scene.account.pk, "category": "", "when": "asap"} | typed
    return DraftForm(data, user=user or scene.person(), now=now)


def picked(scene: Scene, date: str, time: str, **typed: Any) -> DraftForm:
    return filled(scene, when="pick", date=date, time=time, **typed)


class TestAWrongValue:
    @pytest.mark.parametrize(
        ("field", "typed", "sentence"),
        [
            ("text", "", "Write your tweet first."),
            ("account", "", "Choose an account."),
            ("account", "0", "Choose one of the accounts that you may write for."),
            ("account", "x", "Choose one of the accounts that you may write for."),
            ("account", "9" * 40, "Choose one of the accounts that you may write for."),
            ("category", "nonsense", "Choose one of the kinds in the list."),
            ("when", "", "Choose when it should go out."),
            ("when", "never", "Choose when it should go out."),
            (
                "text",
                "x" * 4001,
                "Your text has 4,001 characters. Shorten it to fit into a tweet.",
            ),
            (
                "text",
                "x" * 100_000,
                "Your text has 100,000 characters. Shorten it to fit into a tweet.",
            ),
        ],
        ids=lambda value: str(value)[:30],
    )
    def test_gets_its_sentence(self, field: str, typed: str, sentence: str) -> None:
        form = filled(Scene(), **dict[str, Any]({field: typed}))
        assert form.errors[field] == [sentence]

    @pytest.mark.parametrize(
        ("date", "time", "field", "sentence"),
        [
            ("", "14:30", "date", "Enter the date on which it should go out."),
            ("2026-03-11", "", "time", "Enter the time at which it should go out."),
            ("31/2/2026", "14:30", "date", "Enter a real date, like 27/3/2027."),
            ("tomorrow", "14:30", "date", "Enter a real date, like 27/3/2027."),
            (
                "2026-03-11",
                "half past two",
                "time",
                "Enter a time on the 24-hour clock, like 14:30.",
            ),
            ("2026-03-10", "12:00", "time", "This time has passed. Choose a later one."),
            ("2026-03-09", "14:30", "time", "This time has passed. Choose a later one."),
            ("0001-01-01", "00:00", "time", "This time has passed. Choose a later one."),
            (
                "2026-03-29",
                "01:30",
                "time",
                "The clocks go forward that night and skip this time. Choose another.",
            ),
            ("2026-10-25", "01:30", "fold", "Say which of the two you mean."),
        ],
    )
    def test_of_a_picked_time_gets_its_sentence(
        self, date: str, time: str, field: str, sentence: str
    ) -> None:
        form = picked(Scene(), date, time)
        assert form.errors == {field: [sentence]}

    def test_of_both_parts_of_a_time_gets_two(self) -> None:
        assert set(picked(Scene(), "", "").errors) == {"date", "time"}

    def test_at_the_end_of_all_time_does_not_break_it(self) -> None:
        form = picked(Scene(), "9999-12-31", "23:59")
        assert form.is_valid() or set(form.errors) <= {"date", "time"}


class TestATime:
    def test_as_soon_as_approved_is_none(self) -> None:
        form = filled(Scene())
        assert form.is_valid()
        assert form.writing().planned is None

    @pytest.mark.parametrize(
        ("when", "wall"), [("today", "2026-03-10T17:00"), ("tomorrow", "2026-03-11T08:00")]
    )
    def test_of_a_quick_choice_is_filled_in(self, when: str, wall: str) -> None:
        form = filled(Scene(), when=when)
        assert form.is_valid()
        planned = form.writing().planned
        assert planned
        assert planned.wall == wall

    def test_of_today_is_not_offered_when_it_has_passed(self) -> None:
        form = filled(Scene(), now=NOON.replace(hour=17), when="today")
        assert form.errors["when"] == ["Choose when it should go out."]

    @pytest.mark.parametrize("typed", ["2026-03-29", "29/3/2026", "29.3.2026", "29 3 2026"])
    def test_can_be_typed_in_the_ways_people_type(self, typed: str) -> None:
        form = picked(Scene(), typed, "14:30")
        assert form.is_valid()
        planned = form.writing().planned
        assert planned
        assert planned.at == datetime(2026, 3, 29, 13, 30, tzinfo=UTC)

    @pytest.mark.parametrize(("fold", "hour"), [("first", 0), ("second", 1)])
    def test_in_the_doubled_hour_is_the_one_that_was_meant(self, fold: str, hour: int) -> None:
        form = picked(Scene(), "2026-10-25", "01:30", fold=fold)
        assert form.is_valid()
        planned = form.writing().planned
        assert planned
        assert planned.at == datetime(2026, 10, 25, hour, 30, tzinfo=UTC)

    def test_asks_which_of_two_only_on_that_night(self) -> None:
        assert "fold" in picked(Scene(), "2026-10-25", "01:30").fields
        assert "fold" not in picked(Scene(), "2026-10-24", "01:30").fields
        assert "fold" not in picked(Scene(), "", "").fields
        assert "fold" not in picked(Scene(), "x", "01:30").fields
        assert "fold" not in filled(Scene()).fields

    def test_that_was_picked_is_not_read_when_another_is_chosen(self) -> None:
        form = filled(Scene(), when="asap", date="2020-01-01", time="00:00")
        assert form.is_valid()
        assert form.writing().planned is None


class TestTheAccounts:
    def test_are_those_of_the_own_team_without_the_force_s(self) -> None:
        scene = Scene()
        SocialAccountFactory.create(force=scene.force, lpt=scene.lpt, kind=AccountKind.FORCE)
        scene.other_account()
        form = DraftForm(user=scene.person(), now=NOON)
        assert list(form.fields["account"].queryset) == [scene.account]  # type: ignore[attr-defined]

    def test_are_all_of_the_force_for_comms(self) -> None:
        scene, _ = Scene(), Scene()
        other = scene.other_account()
        form = DraftForm(user=scene.person(Role.COMMS_APPROVER), now=NOON)
        assert set(form.fields["account"].queryset) == {scene.account, other}  # type: ignore[attr-defined]

    def test_follow_from_every_role_that_the_person_has(self) -> None:
        scene = Scene()
        person = scene.give(scene.person(Role.COMMS_ADMIN), Role.OFFICER)
        form = DraftForm(user=person, now=NOON)
        assert list(form.fields["account"].queryset) == [scene.account]  # type: ignore[attr-defined]

    def test_leave_out_those_that_are_not_active(self) -> None:
        scene = Scene()
        SocialAccount.objects.update(status=AccountStatus.FROZEN)
        assert not DraftForm(user=scene.person(), now=NOON).fields["account"].queryset.exists()  # type: ignore[attr-defined]

    def test_keep_the_draft_s_own_though_it_is_frozen(self) -> None:
        scene = Scene()
        draft = written(scene)
        SocialAccount.objects.update(status=AccountStatus.FROZEN)
        form = DraftForm(user=draft.author, now=NOON, draft=draft)
        assert list(form.fields["account"].queryset) == [scene.account]  # type: ignore[attr-defined]

    def test_begin_with_the_own_team_s(self) -> None:
        scene = Scene()
        other = SocialAccountFactory.create(force=scene.force, handle="AAA")
        person = scene.person(Role.COMMS_APPROVER)
        MembershipFactory.create(person=person, force=scene.force, lpt=scene.lpt)
        form = DraftForm(user=User.objects.get(pk=person.pk), now=NOON)
        assert form.fields["account"].initial == scene.account
        assert other in form.fields["account"].queryset  # type: ignore[attr-defined]

    def test_may_be_none(self) -> None:
        scene = Scene()
        SocialAccount.objects.all().delete()
        assert DraftForm(user=scene.person(), now=NOON).fields["account"].initial is None

    def test_of_another_team_are_refused(self) -> None:
        scene = Scene()
        other = scene.other_account()
        form = filled(scene, account=other.pk)
        said = f"You do not write for {other}, or not any more. Choose another account."
        assert form.errors["account"] == [said]


class TestAFormForAChange:
    def test_starts_from_the_draft(self) -> None:
        draft = written(Scene(), planned=in_(timedelta(hours=3)))
        form = DraftForm(user=draft.author, now=NOON, draft=draft)
        assert form["text"].value() == draft.text
        assert form["revision"].value() == 1
        assert str(form["key"].value()) == str(draft.key)
        assert form["when"].value() == "pick"
        assert form["category"].value() == "meeting"
        assert f"{form['date'].value()}T{form['time'].value():%H:%M}" == draft.planned_wall

    def test_of_a_draft_without_a_time_starts_with_as_soon_as_approved(self) -> None:
        draft = written(Scene())
        assert DraftForm(user=draft.author, now=NOON, draft=draft)["when"].value() == "asap"

    def test_has_a_new_key_for_each_new_tweet(self) -> None:
        person = Scene().person()
        keys = {DraftForm(user=person, now=NOON)["key"].value() for _ in range(3)}
        assert len(keys) == 3


class TestAProblem:
    def test_of_a_field_stands_beside_it_and_others_on_top(self) -> None:
        form = filled(Scene())
        form.is_valid()
        form.show(
            [
                Problem("Too long.", field="text", finding="length:x"),
                Problem("No route.", field="account"),
                Problem("Confirm your number."),
                Problem("No such field.", field="fold"),
                Problem("Give your reason.", finding="duty:x"),
            ]
        )
        assert form.errors["text"] == ["Too long."]
        assert form.errors["account"] == ["No route."]
        assert form.non_field_errors() == ["Confirm your number.", "No such field."]


class TestAnswers:
    def test_are_read_by_the_finding_that_they_answer(self) -> None:
        data = {
            "answer-key-0": "duty:off",
            "answer-0": "Times of a public event",
            "answer-key-1": "name:x",
            "answer-1": "other",
            "answer-1-other": "  They agreed.  ",
            "answer-key-2": "empty:x",
            "answer-2": "   ",
            "answer-key-3": "missing:x",
            "text": "not an answer",
        }
        assert answers_in(data) == {
            "duty:off": "Times of a public event",
            "name:x": "They agreed.",
        }

    def test_of_a_hostile_form_are_nothing_worse_than_none(self) -> None:
        assert answers_in({"answer-key-": "k", "answer-": ""}) == {}
        assert answers_in({"answer-key-x-other": "k", "answer-x-other": "y"}) == {"k": "y"}


class TestAKey:
    @pytest.mark.parametrize("typed", ["x", "1" * 500, "00000000-0000-0000-0000-00000000000g"])
    def test_that_is_none_is_refused(self, typed: str) -> None:
        assert "key" in filled(Scene(), key=typed).errors

    def test_may_be_missing(self) -> None:
        form = filled(Scene(), key="")
        assert form.is_valid()
        assert form.cleaned_data["key"] is None

    def test_is_kept(self) -> None:
        key = uuid.uuid4()
        form = filled(Scene(), key=str(key))
        assert form.is_valid()
        assert form.cleaned_data["key"] == key
        assert not Draft.objects.exists()
