"""The demonstration: made through the services, every state there is, and made once."""

from collections import Counter
from collections.abc import Iterator

import pytest
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from pytest_django import DjangoDbBlocker

from accounts.duty import duty_officer
from accounts.mobile import DRAMA, to_e164
from accounts.models import (
    LPT,
    ApprovalRoute,
    Force,
    Membership,
    Shift,
    SocialAccount,
    User,
)
from accounts.roles import Role
from accounts.services import export_people, plan_import
from accounts.standing import gaps
from approvals.models import Reminder
from audit.models import Record
from audit.services import verify
from demonstration.people import ACCOUNTS, MAIL, PEOPLE, SITE, TEAMS, TOUR
from demonstration.seed import seed
from drafts.models import Draft
from drafts.workflow import State
from incidents.models import Hold
from lifecycle.models import AccountRequest, Following, Handover, Message, Question, Silence
from notices.models import Kind, Notice
from policy.models import ElectionPeriod, Restriction
from policy.services import pack_for
from publishing.models import Delivery
from publishing.services import practice_timeline
from publishing.workflow import State as DeliveryState
from tests import servers
from tests.publishing.stage import django_on

TABLES: list[type[Model]] = [
    Force, LPT, SocialAccount, User, Membership, ApprovalRoute, Draft, Delivery, Hold, Record,
    Notice, Restriction, ElectionPeriod, Shift, Reminder, AccountRequest, Handover, Silence,
    Following, Question, Message,
]  # fmt: skip


def rows() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in TABLES}


@pytest.fixture(scope="module", autouse=True)
def seeded(django_db_blocker: DjangoDbBlocker) -> Iterator[int]:
    """A database of its own with the demonstration in it; yields how many drafts were made."""
    with servers.fresh_database() as url, django_db_blocker.unblock(), django_on(url):
        yield seed(now=timezone.now())


class TestTheSeed:
    def test_makes_what_is_written_down(self, seeded: int) -> None:
        force = Force.objects.get()
        assert (force.name, force.site) == ("Marlshire Police", SITE)
        assert LPT.objects.count() == len(TEAMS)
        assert SocialAccount.objects.count() == len(ACCOUNTS)
        assert User.objects.count() == Membership.objects.count() == len(PEOPLE)
        assert seeded == Draft.objects.count()
        assert pack_for(force).id == force.policy_pack

    def test_shows_every_state_of_a_draft(self) -> None:
        states = Counter(Draft.objects.values_list("state", flat=True))
        assert set(states) == set(State)

    def test_shows_every_state_of_a_delivery_that_lasts(self) -> None:
        states = Counter(Delivery.objects.values_list("state", flat=True))
        passing = {DeliveryState.CLAIMED, DeliveryState.SENDING}
        # An unknown delivery on an account that cannot be asked becomes one for a person; a tweet
        # is taken down by whoever tries that out.
        later = {DeliveryState.NEEDS_HUMAN, DeliveryState.TAKEN_DOWN}
        assert set(states) == set(DeliveryState) - passing - later

    def test_has_somebody_on_duty_and_reminds_of_what_waits(self) -> None:
        officer = duty_officer(Force.objects.get(), timezone.now())
        assert str(officer) == "Ruth Adeyemi"
        assert Reminder.objects.filter(was_told=True).exists()
        assert Notice.objects.filter(kind=Kind.WAITING, text__contains="your decision").exists()

    def test_made_again_changes_nothing(self) -> None:
        before = rows()
        assert seed(now=timezone.now()) == 0
        assert rows() == before

    def test_adds_what_is_missing(self) -> None:
        with transaction.atomic():
            laura = User.objects.filter(email=f"laura.finch@{MAIL}")
            laura.update(email=f"somebody.else@{MAIL}")
            seed(now=timezone.now())
            assert laura.get().memberships.exists()
            transaction.set_rollback(True)

    def test_lets_the_history_be_real(self) -> None:
        verdict = verify()
        assert verdict.fault is None
        assert verdict.unsealed == 0
        assert verdict.sealed == Record.objects.count() > 60

    def test_lets_what_goes_out_go_out_once(self) -> None:
        tokens = [effect.token for effect in practice_timeline()]
        ours = list(Delivery.objects.filter(token__in=tokens))
        assert {delivery.state for delivery in ours} == {DeliveryState.PUBLISHED}
        assert [tokens.count(delivery.token) for delivery in ours] == [1, 1, 1]

    def test_leaves_nobody_who_approved_their_own(self) -> None:
        for delivery in Delivery.objects.all():
            people = delivery.draft.contributions.values_list("person", flat=True)
            assert delivery.approved_by_id not in people

    def test_leaves_one_critical_incident_on(self) -> None:
        hold = Hold.objects.open().get()
        assert hold.is_critical
        assert str(hold.scope) == "Foxhollow"

    @pytest.mark.parametrize(
        ("name", "state"),
        [
            ("PC Asha Tindall", State.SUBMITTED),
            ("PC Ned Farrow", State.REJECTED),
            ("PC Jo Penhallow", State.CHANGES_REQUESTED),
            ("PC Hal Sutter", State.EXPIRED),
            ("PCSO Callum Reeve", State.DRAFT),
            ("PC Ben Stott", State.DRAFT),
        ],
    )
    def test_gives_people_what_they_are_said_to_see(self, name: str, state: State) -> None:
        assert Draft.objects.filter(author__full_name=name, state=state).exists()

    def test_shows_the_life_of_accounts(self) -> None:
        requests = AccountRequest.objects.values_list("state", "hashtag").order_by("pk")
        assert list(requests) == [("elsewhere", "KingsmarlFest"), ("supported", ""), ("asked", "")]
        handover = Handover.objects.open().with_people().with_steps().get()
        assert (str(handover.account), vars(handover)["done"]) == ("@PCFinchMP", 2)
        assert handover.farewell
        assert handover.farewell.state == State.CHANGES_REQUESTED
        silence = Silence.objects.standing().get()
        assert (str(silence.account), silence.days, silence.level) == ("@KingsmarlCycle", 61, 3)
        states = Counter(Following.objects.values_list("state", flat=True))
        assert states == {"followed": 1, "declined": 1, "asked": 1}

    def test_shows_a_question_with_its_answer_and_a_signature(self) -> None:
        question = Question.objects.with_people().get()
        assert (question.state, question.said) == ("answered", 2)
        assert str(question.asked_by) == "PCSO Callum Reeve"
        assert question.draft
        signatures = SocialAccount.objects.exclude(signature="").values_list("handle", "signature")
        assert list(signatures) == [("OldermoorPolice", "– Oldermoor team")]

    def test_exports_people_whose_import_would_change_nothing(self) -> None:
        force, now = Force.objects.get(), timezone.now()
        (admin, *_) = User.objects.holding({Role.COMMS_ADMIN}, force_id=force.pk)
        text, people = export_people(force, on=timezone.localdate(now))
        plan = plan_import(text.encode(), force=force, actor=admin, now=now)
        assert (len(plan.same), plan.errors) == (len(people), [])

    def test_leaves_somebody_with_a_number_to_confirm(self) -> None:
        lacking = {
            person.full_name
            for person in User.objects.all()
            if any(gap.is_number for gap in gaps(person, on=timezone.localdate()))
        }
        assert lacking == {"PC Ben Stott"}


class TestThePeople:
    def test_are_made_up(self) -> None:
        for person in PEOPLE:
            assert int(to_e164(person.mobile)) in DRAMA
            assert person.email.endswith(f"@{MAIL}")
        assert MAIL.endswith(".example.org")

    def test_are_each_somebody_else(self) -> None:
        for part in ("name", "email", "mobile"):
            values = [getattr(person, part) for person in PEOPLE]
            assert len(set(values)) == len(values)

    def test_belong_to_teams_that_there_are(self) -> None:
        slugs = {"", *(team.slug for team in TEAMS)}
        assert {person.team for person in PEOPLE} <= slugs
        assert {account.team for account in ACCOUNTS} <= slugs

    def test_are_those_of_the_tour(self) -> None:
        assert {step.who for step in TOUR} <= {person.name for person in PEOPLE}
