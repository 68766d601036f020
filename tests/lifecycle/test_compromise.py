"""An account that looks hacked: frozen at once, cleared up step by step, opened again by two."""

from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error as DatabaseError
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import AccountStatus, SocialAccount, User
from accounts.roles import TEAM_ROLES, Role
from accounts.services import deactivate, set_status
from audit.models import Record
from audit.verbs import Verb
from drafts.models import Draft
from lifecycle.checklists import CHECKLISTS, Process
from lifecycle.models import ChecklistStep, Compromise
from lifecycle.services import (
    AlreadyFrozen,
    AlreadySigned,
    AlreadyTicked,
    IsClosed,
    SecondPersonNeeded,
    StepsOpen,
    report,
    report_post,
    sign,
    start_statement,
    tick,
)
from notices.models import Kind, Notice
from publishing.clock import database_now
from publishing.models import PastPost
from publishing.services import AlreadyExplained, dispatch_due
from publishing.workflow import State
from tests.factories import Scene, again, signed_in
from tests.pages import Page
from tests.publishing import stage
from tests.races import at_once

VITAL = {key for key, step in CHECKLISTS[Process.COMPROMISE].items() if step.vital}
HACKED = "/hacked/"


@pytest.fixture
def scene(db: None) -> Scene:
    return Scene()


@pytest.fixture
def officer(scene: Scene) -> User:
    return scene.person()


@pytest.fixture
def duty(scene: Scene) -> User:
    return scene.person(Role.COMMS_DUTY)


@pytest.fixture
def admin(scene: Scene) -> User:
    return scene.person(Role.COMMS_ADMIN)


def reported(scene: Scene, by: User) -> Compromise:
    return report(scene.account, actor=by, words="A tweet about coins.", now=database_now())


def cleared(case: Compromise, by: User) -> None:
    """Everything is ticked without which nobody may sign."""
    for step in case.steps.filter(key__in=VITAL).with_process():
        tick(step, actor=by, note="Done by phone.", now=database_now())


def status_of(account: SocialAccount) -> str:
    return SocialAccount.objects.get(pk=account.pk).status


class TestAReport:
    def test_freezes_alerts_and_begins_the_checklist(
        self, scene: Scene, officer: User, duty: User, admin: User
    ) -> None:
        case = reported(scene, officer)
        assert status_of(scene.account) == AccountStatus.FROZEN
        assert list(case.steps.values_list("key", flat=True).order_by("number")) == list(
            CHECKLISTS[Process.COMPROMISE]
        )
        assert case.steps.exclude(due_at__gt=case.reported_at).count() == 0
        for person in (duty, admin):
            notice = Notice.objects.for_person(person.pk).get()
            assert (notice.kind, notice.urgent, notice.link) == (
                Kind.ALERT, True, case.get_absolute_url(),
            )  # fmt: skip
            assert f"{officer} thinks that {scene.account} is hacked" in notice.text
        assert not Notice.objects.for_person(officer.pk).exists()
        verbs = set(Record.objects.about(scene.account).values_list("verb", flat=True))
        assert verbs == {Verb.ACCOUNT_STATUS, Verb.ACCOUNT_REPORTED}

    def test_lets_nothing_out_not_even_what_is_due(self, scene: Scene, officer: User) -> None:
        (delivery,) = stage.due(scene)
        reported(scene, officer)
        dispatch_due(now=database_now())
        assert stage.state_of(delivery) == State.QUEUED
        assert stage.fresh(delivery).last_error == f"{scene.account} is frozen."

    def test_is_made_once(self, scene: Scene, officer: User, duty: User) -> None:
        case = reported(scene, officer)
        with pytest.raises(AlreadyFrozen) as before:
            reported(scene, duty)
        assert before.value.case == case
        assert Compromise.objects.count() == 1

    def test_that_comes_later_is_kept_and_told(
        self, scene: Scene, officer: User, duty: User, admin: User
    ) -> None:
        case = reported(scene, officer)
        for _ in range(2):  # pressed twice
            with pytest.raises(AlreadyFrozen):
                report(scene.account, actor=duty, words=" Now about gold. ", now=database_now())
        further = case.further_reports.get()
        assert (further.person, further.words) == (duty, "Now about gold.")
        for person in (officer, admin):
            notice = Notice.objects.for_person(person.pk)[0]
            assert (notice.kind, notice.urgent) == (Kind.ALERT, True)
            assert notice.text == f"{duty} saw something more on {scene.account}, which is frozen."
        reports = Record.objects.about(scene.account).filter(verb=Verb.ACCOUNT_REPORTED)
        assert [row.actor_name for row in reports] == [officer.full_name, duty.full_name]

    def test_takes_back_the_first_signature(
        self, scene: Scene, officer: User, duty: User, admin: User
    ) -> None:
        case = reported(scene, officer)
        cleared(case, duty)
        sign(case, actor=duty, now=database_now())
        with pytest.raises(AlreadyFrozen):
            # In the very same words: it was thought safe in between.
            reported(scene, officer)
        case.refresh_from_db()
        assert (case.first_by, case.first_at) == (None, None)
        told = Notice.objects.for_person(admin.pk)[0].text
        assert f"The word of {duty} that it is safe counts no longer" in told
        row = Record.objects.about(scene.account).filter(verb=Verb.ACCOUNT_REPORTED).last()
        assert row
        assert row.data == {"case": case.pk, "took_back": duty.pk}
        assert not sign(case, actor=admin, now=database_now())
        assert status_of(scene.account) == AccountStatus.FROZEN
        assert sign(case, actor=duty, now=database_now())

    def test_of_a_closed_account_is_refused(self, scene: Scene, officer: User) -> None:
        set_status(scene.account, AccountStatus.CLOSED, actor=None, now=database_now())
        with pytest.raises(IsClosed):
            reported(scene, officer)

    @pytest.mark.parametrize("role", list(Role))
    def test_is_for_the_team_supervisors_and_communications(self, scene: Scene, role: Role) -> None:
        lpt = scene.other_account().lpt if role in TEAM_ROLES else None
        stranger = scene.person(role, lpt=lpt)
        may = role not in {
            Role.OFFICER, Role.POLICY_OWNER, Role.PSD, Role.FOI_OFFICER, Role.DPO,
        }  # fmt: skip
        if may:
            assert reported(scene, stranger).reported_by == stranger
        else:
            with pytest.raises(PermissionDenied):
                reported(scene, stranger)
            assert status_of(scene.account) == AccountStatus.ACTIVE

    def test_of_a_post_that_nobody_knows_answers_for_the_post(
        self, scene: Scene, officer: User, admin: User
    ) -> None:
        now = database_now()
        ago = now - timedelta(hours=3)
        first, second = (
            PastPost.objects.create(
                account=scene.account, external_id=str(number), text="Free coins!",
                posted_at=ago, found_at=now,
            )
            for number in (1, 2)
        )  # fmt: skip
        case = report_post(first, actor=officer, now=now)
        assert (case.since, case.reported_at) == (ago, now)
        assert "Free coins!" in case.words
        assert status_of(scene.account) == AccountStatus.FROZEN
        assert report_post(second, actor=admin, now=now) == case
        assert "Free coins!" in case.further_reports.get().words
        assert set(PastPost.objects.values_list("explanation", flat=True)) == {"hacked"}
        with pytest.raises(AlreadyExplained):
            report_post(first, actor=admin, now=now)


class TestAStep:
    def test_is_ticked_once_with_name_and_time(
        self, scene: Scene, officer: User, duty: User, admin: User
    ) -> None:
        step = reported(scene, officer).steps.with_process().get(key="password")
        tick(step, actor=duty, note="  By phone with the platform. ", now=database_now())
        step.refresh_from_db()
        assert (step.done_by, step.note) == (duty, "By phone with the platform.")
        assert Record.objects.filter(verb=Verb.STEP_TICKED).get().data == {
            "of": "compromise", "step": "password",
        }  # fmt: skip
        with pytest.raises(AlreadyTicked):
            tick(step, actor=admin, now=database_now())

    def test_is_ticked_by_communications_alone(self, scene: Scene, officer: User) -> None:
        step = reported(scene, officer).steps.with_process().first()
        assert step
        for person in (officer, scene.person(Role.LPT_COMMANDER), Scene().person(Role.COMMS_DUTY)):
            with pytest.raises(PermissionDenied):
                tick(step, actor=person, now=database_now())

    def test_stays_as_it_was_ticked(self, scene: Scene, officer: User, duty: User) -> None:
        cleared(reported(scene, officer), duty)
        done = ChecklistStep.objects.exclude(done_at=None)
        for change in (lambda: done.update(note="Otherwise"), done.delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                change()

    def test_is_overdue_when_its_time_has_passed(self, scene: Scene, officer: User) -> None:
        case = reported(scene, officer)
        later = case.reported_at + timedelta(minutes=31)
        assert [step.key for step in case.steps.in_order() if step.is_overdue(later)] == [
            "password", "sessions", "press",
        ]  # fmt: skip
        assert vars(Compromise.objects.open().with_overdue(later).get())["overdue"] == 3

    def test_starts_the_statement_on_an_account_that_is_safe(
        self, scene: Scene, officer: User, duty: User, admin: User
    ) -> None:
        own = scene.other_account(kind="force", lpt=None)
        case = reported(scene, officer)
        draft = start_statement(case, actor=duty, now=database_now())
        assert (draft.account, draft.author) == (own, duty)
        assert f"@{scene.account.handle}" in draft.text
        step = case.steps.get(key="statement")
        assert (step.done_by, step.note) == (duty, f"Draft {draft.pk} on {own}")
        with pytest.raises(AlreadyTicked):
            start_statement(case, actor=duty, now=database_now())
        assert Draft.objects.count() == 1


class TestOpeningAgain:
    def test_takes_two_people_and_the_steps(
        self, scene: Scene, officer: User, duty: User, admin: User
    ) -> None:
        case = reported(scene, officer)
        with pytest.raises(StepsOpen) as left:
            sign(case, actor=duty, now=database_now())
        assert len(left.value.titles) == len(VITAL)
        cleared(case, duty)
        assert not sign(case, actor=duty, now=database_now())
        assert status_of(scene.account) == AccountStatus.FROZEN
        with pytest.raises(SecondPersonNeeded):
            sign(case, actor=duty, now=database_now())
        assert sign(case, actor=admin, now=database_now())
        assert status_of(scene.account) == AccountStatus.ACTIVE
        case.refresh_from_db()
        assert (case.first_by, case.second_by) == (duty, admin)
        with pytest.raises(AlreadySigned):
            sign(case, actor=scene.person(Role.COMMS_ADMIN), now=database_now())
        assert not Notice.objects.filter(urgent=True, read_at=None).exists()
        assert "is open again" in Notice.objects.for_person(officer.pk)[0].text

    def test_takes_nobody_whose_e_mail_the_first_put_on_record(
        self, scene: Scene, officer: User, duty: User, admin: User, client: Client
    ) -> None:
        case = reported(scene, officer)
        cleared(case, duty)
        other, now = scene.person(Role.COMMS_ADMIN), database_now()
        User.objects.filter(pk=admin.pk).update(email_put_by=other, email_put_at=now)
        assert not sign(case, actor=again(admin), now=now)
        client.force_login(other)
        page = Page.of(client.post(f"{case.get_absolute_url()}open/", follow=True))
        assert "do not count as two people for now" in page.messages[0]
        assert status_of(scene.account) == AccountStatus.FROZEN
        assert sign(case, actor=duty, now=now)

    @pytest.mark.parametrize("has_gone", ["left", "another role"])
    def test_takes_two_who_are_here(
        self, scene: Scene, officer: User, duty: User, admin: User, has_gone: str
    ) -> None:
        case, now = reported(scene, officer), database_now()
        cleared(case, duty)
        sign(case, actor=duty, now=now)
        if has_gone == "left":
            deactivate(duty, actor=admin, now=now)
        else:
            duty.memberships.update(role=Role.COMMS_APPROVER)
        main = Page.of(signed_in(admin).get(case.get_absolute_url())).main
        assert f"{duty} signed, but may not open it any more" in main
        assert not sign(case, actor=admin, now=now)
        assert status_of(scene.account) == AccountStatus.FROZEN
        case.refresh_from_db()
        assert case.first_by == admin
        assert sign(case, actor=scene.person(Role.COMMS_DUTY), now=now)

    @pytest.mark.parametrize("role", sorted(set(Role) - {Role.COMMS_DUTY, Role.COMMS_ADMIN}))
    def test_is_for_the_duty_officer_and_the_admin(
        self, scene: Scene, officer: User, duty: User, role: Role
    ) -> None:
        case = reported(scene, officer)
        cleared(case, duty)
        with pytest.raises(PermissionDenied):
            sign(case, actor=scene.person(role), now=database_now())

    def test_lets_nothing_fire_in_a_burst(
        self, scene: Scene, officer: User, duty: User, admin: User
    ) -> None:
        late = stage.due(scene, 3)
        (later,) = stage.due(scene, at=database_now() + timedelta(hours=1))
        case = reported(scene, officer)
        cleared(case, duty)
        sign(case, actor=duty, now=database_now())
        sign(case, actor=admin, now=database_now())
        dispatch_due(now=database_now())
        assert [stage.state_of(delivery) for delivery in late] == [State.MISSED] * 3
        assert stage.state_of(later) == State.QUEUED

    def test_leaves_a_closed_account_closed(
        self, scene: Scene, officer: User, duty: User, admin: User
    ) -> None:
        case = reported(scene, officer)
        cleared(case, duty)
        set_status(scene.account, AccountStatus.CLOSED, actor=admin, now=database_now())
        sign(case, actor=duty, now=database_now())
        sign(case, actor=admin, now=database_now())
        assert status_of(scene.account) == AccountStatus.CLOSED

    def test_is_not_gone_round_by_closing(
        self, client: Client, scene: Scene, officer: User, admin: User
    ) -> None:
        reported(scene, officer)
        client.force_login(admin)
        path = f"/social-accounts/{scene.account.pk}/close/"
        page = Page.of(client.post(path, follow=True))
        assert page.messages == [
            f"{scene.account} is frozen. Two people have to say that it is safe before it is"
            " closed."
        ]
        client.post(path, {"do": "open"})
        assert status_of(scene.account) == AccountStatus.FROZEN

    def test_by_others_at_once_counts_each_person_once(self, postgres: str) -> None:
        scene = Scene()
        people = [scene.person(Role.COMMS_ADMIN) for _ in range(3)]
        case = reported(scene, scene.person())
        cleared(case, people[0])

        def say(person: User) -> str:
            try:
                return "opened" if sign(case, actor=person, now=database_now()) else "signed"
            except AlreadySigned:
                return "too late"

        said = at_once(*(partial(say, person) for person in people))
        assert sorted(said) == ["opened", "signed", "too late"]
        case.refresh_from_db()
        assert case.first_by_id != case.second_by_id
        assert status_of(scene.account) == AccountStatus.ACTIVE


class TestTheDatabase:
    """What no code can do."""

    def test_keeps_the_account_frozen_until_two_have_signed(self, database: str) -> None:
        scene = Scene()
        case = reported(scene, scene.person())
        with pytest.raises(DatabaseError), transaction.atomic():
            set_status(scene.account, AccountStatus.ACTIVE, actor=None, now=database_now())
        set_status(scene.account, AccountStatus.CLOSED, actor=None, now=database_now())
        with pytest.raises(DatabaseError), transaction.atomic():
            set_status(scene.account, AccountStatus.ACTIVE, actor=None, now=database_now())
        set_status(scene.account, AccountStatus.FROZEN, actor=None, now=database_now())
        admins = [scene.person(Role.COMMS_ADMIN) for _ in range(2)]
        cleared(case, admins[0])
        for admin in admins:
            sign(case, actor=admin, now=database_now())
        assert status_of(scene.account) == AccountStatus.ACTIVE

    def test_refuses_one_person_twice_and_a_changed_report(
        self, scene: Scene, officer: User, admin: User
    ) -> None:
        reported(scene, officer)
        now, rows = database_now(), Compromise.objects.all()
        signed = {"first_by": admin, "first_at": now}
        for change in (
            {**signed, "second_by": admin, "ended_at": now},
            {"second_by": admin, "ended_at": now},
            {"first_by": admin},
            {"reported_by": admin},
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                rows.update(**change)
        rows.update(**signed)
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(first_by=officer)
        rows.update(second_by=officer, ended_at=now)
        for end in (lambda: rows.update(words="Otherwise"), rows.delete):
            with pytest.raises(DatabaseError), transaction.atomic():
                end()


class TestThePages:
    def test_freeze_with_one_press_from_my_desk(self, scene: Scene, officer: User) -> None:
        client = signed_in(officer)
        form = Page.of(client.get("/desk/")).form(HACKED)
        assert form["account"] == str(scene.account.pk)
        page = Page.of(client.post(HACKED, form, follow=True))
        assert page.h1 == f"{scene.account} may be hacked"
        assert "is frozen: nothing goes out on it." in page.messages[0]
        assert "Two people of the comms duty officers" in page.main
        assert not page.root.all("form", action=f"/hacked/{Compromise.objects.get().pk}/open/")

    def test_say_what_is_missing_and_keep_what_was_typed(self, scene: Scene, duty: User) -> None:
        scene.other_account()
        words = "Odd tweets. " * 50
        page = Page.of(signed_in(duty).post(HACKED, {"account": "", "words": words}))
        assert [text for text, _ in page.problems] == [
            "Choose the account.", f"Use at most 500 characters: it has {len(words.strip())}.",
        ]  # fmt: skip
        assert words.strip() in page.root.one("textarea").raw_text
        assert not Compromise.objects.exists()

    def test_lead_to_what_is_being_done_already(self, scene: Scene, officer: User) -> None:
        case = reported(scene, scene.person(Role.COMMS_DUTY))
        client = signed_in(officer)
        page = Page.of(client.get(HACKED))
        assert page.root.all("a", href=case.get_absolute_url())
        assert f"{scene.account} (already frozen since " in page.main
        sent = {"account": scene.account.pk, "words": "It tweets about gold."}
        page = Page.of(client.post(HACKED, sent, follow=True))
        assert page.h1 == f"{scene.account} may be hacked"
        assert page.messages[0].startswith(f"{scene.account} was frozen already.")
        assert "It tweets about gold." in page.main

    def test_take_ticks_and_signatures(
        self, scene: Scene, officer: User, duty: User, admin: User
    ) -> None:
        case, client = reported(scene, officer), signed_in(duty)
        path = case.get_absolute_url()
        page = Page.of(client.post(f"{path}open/", follow=True))
        assert page.messages[0].startswith("Not yet. This has to be done and ticked first:")
        for step in case.steps.filter(key__in=VITAL):
            page = Page.of(
                client.post(reverse("lifecycle:step", args=[step.pk]), {"note": ""}, follow=True)
            )
            assert page.messages == [f"Ticked: {step.about.title}."]
        page = Page.of(client.post(reverse("lifecycle:step", args=[step.pk]), follow=True))
        assert page.messages == ["Somebody else has ticked this step already."]
        page = Page.of(client.post(f"{path}open/", follow=True))
        assert page.messages == ["You have signed. Now a second person has to."]
        page = Page.of(client.post(f"{path}open/", follow=True))
        assert page.messages[0].startswith("You have signed already.")
        page = Page.of(signed_in(admin).post(f"{path}open/", follow=True))
        assert page.messages[0].startswith(f"{scene.account} is open again.")
        page = Page.of(client.post(f"{path}open/", follow=True))
        assert page.messages == [f"{scene.account} was opened again by others."]

    def test_keep_a_note_that_is_too_long(self, scene: Scene, officer: User, duty: User) -> None:
        step = reported(scene, officer).steps.first()
        assert step
        path = reverse("lifecycle:step", args=[step.pk])
        response = signed_in(duty).post(path, {"note": "x" * 301})
        page = Page.of(response)
        assert response.status_code == 422
        assert [text for text, _ in page.problems] == [
            "Use at most 300 characters: it has 301.",
        ]  # fmt: skip
        assert "x" * 301 in response.content.decode()

    def test_start_the_statement(self, scene: Scene, officer: User, duty: User) -> None:
        path = f"{reported(scene, officer).get_absolute_url()}statement/"
        client = signed_in(duty)
        page = Page.of(client.post(path, follow=True))
        assert page.messages == ["Started. Say what you know, then submit it."]
        page = Page.of(client.post(path, follow=True))
        assert page.messages == ["Somebody else has started the statement already."]

    def test_show_what_was_sent_past_since_then(
        self, scene: Scene, officer: User, duty: User
    ) -> None:
        now = database_now()
        post = PastPost.objects.create(
            account=scene.account, external_id="1", text="Free coins!", posted_at=now, found_at=now
        )
        client = signed_in(duty)
        page = Page.of(client.post(reverse("lifecycle:freeze-post", args=[post.pk]), follow=True))
        assert page.h1 == f"{scene.account} may be hacked"
        assert "Nobody here knows" in page.main
        page = Page.of(client.post(reverse("lifecycle:freeze-post", args=[post.pk]), follow=True))
        assert page.messages == ["Somebody else has answered for this post already."]

    def test_count_the_cases_in_the_navigation(
        self, scene: Scene, officer: User, duty: User
    ) -> None:
        reported(scene, officer)
        page = Page.of(signed_in(duty).get("/our-accounts/"))
        (entry,) = page.root.one("nav", aria_label="Main").all("a", href="/our-accounts/")
        assert entry.text == "Accounts (1 waiting)"
        assert "It may be hacked: see what is being done" in page.main

    def test_are_the_own_forces_alone(self, scene: Scene, officer: User) -> None:
        case = reported(scene, officer)
        step = case.steps.first()
        assert step
        stranger = signed_in(Scene().person(Role.COMMS_ADMIN))
        for path in (case.get_absolute_url(), f"/steps/{step.pk}/"):
            assert stranger.get(path).status_code == 404
        assert str(scene.account) not in stranger.get(HACKED).content.decode()
