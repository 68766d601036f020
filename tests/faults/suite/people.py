"""F19-F21 and G1: people who race each other and the workers."""

import json
import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import AccountStatus, User
from accounts.roles import Role
from accounts.services import deactivate, set_status
from approvals.reasons import Reason
from approvals.services import reject, reopen, unschedule
from drafts.models import Draft
from drafts.workflow import StaleDraft
from incidents.models import HoldKind
from incidents.services import place, release
from publishing.clock import database_now
from publishing.models import Delivery
from publishing.workflow import State, TooLate
from tests import servers
from tests.factories import approve_it
from tests.faults.suite.bulk import submitted
from tests.faults.suite.scenario import Scenario
from tests.faults.suite.stand import Stand
from tests.publishing import stage

BOTH = ("postgresql", "sqlite")


class Diary:
    """What people were told, line by line, by processes of their own."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def write(self, **said: Any) -> None:
        """One line; a moment is written as text."""
        with self.path.open("a") as file:
            file.write(json.dumps(said, default=datetime.isoformat) + "\n")

    def lines(self) -> Iterator[dict[str, Any]]:
        """All that was written, moments as moments again."""
        for line in self.path.read_text().splitlines() if self.path.exists() else ():
            said = json.loads(line)
            for name in ("since", "until"):
                said[name] = datetime.fromisoformat(said[name]) if said.get(name) else None
            yield said


class TwoSupervisors(Scenario):
    """Two people decide on the same drafts at the same moment, one yes and one no.

    Somebody also approves what they wrote themselves, through the service and past it.
    """

    code, title = "F19", "two supervisors decide at once, and an author approves"
    DRAFTS, DRAFTS_IN_FULL = 60, 500

    def happen(self, stand: Stand) -> None:
        many = self.DRAFTS_IN_FULL if stand.options.is_full else self.DRAFTS
        drafts = submitted(stand, many)
        yes, no = (stand.scene.person(Role.COMMS_APPROVER) for _ in range(2))
        together = multiprocessing.get_context("fork").Barrier(2)

        def decide(decision: Callable[[Draft], object]) -> Callable[[], None]:
            def work() -> None:
                for draft in drafts:
                    fresh = Draft.objects.with_people().get(pk=draft.pk)
                    together.wait(60)
                    with suppress(StaleDraft, PermissionDenied):
                        decision(fresh)

            return work

        people = [
            stand.crew.start(decide(lambda draft: approve_it(draft, by=yes))),
            stand.crew.start(decide(lambda draft: refuse(draft, by=no))),
        ]
        for _ in range(2):
            stand.worker()
        for person in people:
            stand.expect(stand.crew.wait(person, within=120) == 0, "A supervisor failed.")
        self.approve_own(stand)
        Delivery.objects.filter(state=State.QUEUED).update(
            due_at=timezone.now(), next_at=timezone.now()
        )
        stand.note(Delivery.objects.select_related("revision"))
        stand.wait_until_done()
        self.each_was_decided_once(stand, many)

    @staticmethod
    def approve_own(stand: Stand) -> None:
        author = stand.scene.person(Role.OFFICER)
        author = stand.scene.give(author, Role.COMMS_APPROVER)
        (draft,) = submitted(stand, 1)
        Draft.objects.filter(pk=draft.pk).update(author=author)
        draft.refresh_from_db()
        draft.contributions.create(person=author)
        with suppress(PermissionDenied):
            approve_it(draft, by=author)
            stand.expect(False, "An author approved through the service.")
        # Rows as somebody would write them who goes round every service.
        with suppress(IntegrityError), transaction.atomic():
            revision = draft.revisions.get()
            delivery = Delivery.objects.create(
                **stage._content(revision),
                approved_by=author,
                approved_at=timezone.now(),
                due_at=timezone.now(),
                next_at=timezone.now(),
                not_after=timezone.now() + stage.WHILE_AGO,
            )
            stage._decision(delivery, {}).save()
            revision.steps.update(passed_with=1)
            Draft.objects.filter(pk=draft.pk).update(state="approved")

    @staticmethod
    def each_was_decided_once(stand: Stand, many: int) -> None:
        (decided,) = stand.read(
            "SELECT count(*) AS all, count(DISTINCT draft_id) AS drafts FROM approvals_decision"
        )
        stand.expect(decided["drafts"] >= many, f"{decided['drafts']} of {many} were decided.")
        stand.expect(decided["all"] == decided["drafts"], "Some were decided twice.")


def refuse(draft: Draft, *, by: User) -> None:
    reject(
        draft,
        actor=by,
        revision_number=draft.revision_number,
        revision_hash=draft.content_hash,
        reason=Reason.TONE,
        sentence="No.",
        now=timezone.now(),
    )


class CalledBack(Scenario):
    """People reopen and unschedule what is about to go out, and their accounts are closed."""

    code, title = "F20", "withdrawals and deactivations racing ARM"
    databases = BOTH
    GROUPS, GROUPS_IN_FULL, GROUPS_ON_SQLITE, POSTS = 20, 100, 6, 10

    def happen(self, stand: Stand) -> None:
        groups = self.GROUPS_IN_FULL if stand.options.is_full else self.GROUPS
        if stand.url.startswith("sqlite"):
            groups = self.GROUPS_ON_SQLITE
        # Each group has an author and an approver of its own.
        made = [stand.due(self.POSTS) for _ in range(groups)]
        duty = stand.scene.person(Role.COMMS_DUTY)
        diary = Diary(stand.folder / "diary")

        def interfere(turn: int) -> Callable[[], None]:
            return lambda: self.interfere(made[turn::2], duty, diary)

        people = [stand.crew.start(interfere(turn)) for turn in range(2)]
        for _ in range(3):
            stand.worker(broker="")
        for person in people:
            stand.expect(stand.crew.wait(person, within=120) == 0, "Somebody could not interfere.")
        by_key = {delivery.pk: delivery for group in made for delivery in group}
        for line in diary.lines():
            stand.ban([by_key[key] for key in line["of"]], line["since"], why=line["why"])
        stand.wait_until_done()

    def interfere(self, groups: Sequence[list[Delivery]], duty: User, diary: Diary) -> None:
        for turn, group in enumerate(groups):
            if turn % 5 == 4:
                people = (group[0].draft.author, group[0].approved_by)
                deactivate(people[turn // 5 % 2], actor=duty, now=timezone.now())
                diary.write(
                    of=[d.pk for d in group], since=database_now(), why="somebody's leaving"
                )
                continue
            for number, delivery in enumerate(group[::2]):
                draft = Draft.objects.with_people().get(pk=delivery.draft_id)
                act = (reopen, unschedule)[number % 2]
                with suppress(TooLate, StaleDraft):
                    act(draft, actor=duty, now=timezone.now())
                    diary.write(of=[delivery.pk], since=database_now(), why="a withdrawal")


class Held(Scenario):
    """Holds, incidents and freezes are placed and lifted while 200 are on their way."""

    code, title = "F21", "holds and freezes racing 200 in flight"
    databases = BOTH
    POSTS, POSTS_ON_SQLITE, ROUNDS = 200, 40, 7

    def happen(self, stand: Stand) -> None:
        deliveries = stand.due(
            self.POSTS_ON_SQLITE if stand.url.startswith("sqlite") else self.POSTS
        )
        duty, diary = stand.scene.person(Role.COMMS_DUTY), Diary(stand.folder / "diary")
        officer = stand.crew.start(lambda: self.place_and_lift(stand, duty, diary))
        for _ in range(2):
            stand.worker(broker="")
        stand.expect(stand.crew.wait(officer, within=120) == 0, "The duty officer failed.")
        accounts = {delivery.pk: delivery.account_id for delivery in deliveries}
        for line in diary.lines():
            under = [d for d in deliveries if line["of"] in (0, accounts[d.pk])]
            stand.ban(under, line["since"], line["until"], why=line["why"])
        stand.wait_until_done()

    def place_and_lift(self, stand: Stand, duty: User, diary: Diary) -> None:
        account = next(iter(stand.accounts.values()))[0]
        scopes: list[Any] = [stand.scene.lpt, account, stand.scene.force]
        for turn in range(self.ROUNDS):
            time.sleep(stand.chance.uniform(0.02, 0.15))
            scope = scopes[turn % len(scopes)]
            kind = HoldKind.CRITICAL_INCIDENT if turn == 5 else HoldKind.HOLD
            hold = place(kind=kind, scope=scope, reason="We look.", actor=duty, now=database_now())
            since = database_now()
            # Long enough for a worker that does not care to show it.
            time.sleep(stand.chance.uniform(0.1, 0.4))
            until = database_now()
            release(hold, actor=duty, now=until)
            of = account.pk if scope is account else 0
            diary.write(of=of, since=since, until=until, why="a hold")
            set_status(account, AccountStatus.FROZEN, actor=duty, now=database_now())
            since = database_now()
            time.sleep(0.1)
            until = database_now()
            set_status(account, AccountStatus.ACTIVE, actor=duty, now=until)
            diary.write(of=account.pk, since=since, until=until, why="a freeze")


class OtherWords(Scenario):
    """Somebody with the database's password changes approved words."""

    code, title = "G1", "approved words changed behind the product's back"
    case: ClassVar = {}

    def happen(self, stand: Stand) -> None:
        changed = stand.due(12)
        stand.due(12)
        keys = ", ".join(str(delivery.revision_id) for delivery in changed)
        servers.statement(stand.url, "ALTER TABLE drafts_revision DISABLE TRIGGER USER")
        servers.statement(
            stand.url,
            f"UPDATE drafts_revision SET text = 'Other words altogether.' WHERE id IN ({keys})",  # noqa: S608
        )
        servers.statement(stand.url, "ALTER TABLE drafts_revision ENABLE TRIGGER USER")
        stand.settle()
        asked = Delivery.objects.filter(state=State.NEEDS_HUMAN).count()
        stand.expect(asked == len(changed), f"{asked} of {len(changed)} came to a person.")


SCENARIOS = (TwoSupervisors, CalledBack, Held, OtherWords)
