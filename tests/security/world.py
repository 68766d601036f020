"""One force with everybody in it, and one thing of each kind for every address."""

from datetime import timedelta
from pathlib import Path
from typing import Any, NamedTuple

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client
from django.utils import timezone

from accounts.models import LPT, Shift, SocialAccount, User
from accounts.roles import Role
from accounts.services import deactivate
from approvals.models import (
    AfterReview,
    Delegation,
    Occasion,
    SavedView,
    Suggestion,
)
from approvals.services import delegate, save_view, suggest
from drafts.models import CentralPost, Draft
from drafts.services import (
    Writing,
    save,
    submit_centrally,
    write_centrally,
)
from incidents.models import Hold, HoldKind
from incidents.services import place
from lifecycle.models import (
    QUESTIONS,
    AccountRequest,
    ChecklistStep,
    Compromise,
    Following,
    Handover,
    Offer,
    Plan,
    Question,
    Silence,
    Who,
    Why,
)
from lifecycle.services import (
    Parting,
    Wish,
    ask_comms,
    ask_to_follow,
    begin_handover,
    decide_following,
    offer,
    report,
    tick,
    write_request,
)
from lifecycle.services import ask as ask_for_account
from policy.models import ElectionPeriod, PackVersion, Restriction
from policy.registers.services import Order, add_restriction, declare_election
from publishing.models import Alert, AlertKind, Circuit, Delivery, PastPost, TakeDown
from publishing.models.taken_down import Reason as Reasons
from publishing.services import ask as take_down
from publishing.services import store_credentials
from publishing.workflow import State as DeliveryState
from tests.factories import BLOCKED, Scene, UserFactory, approve_it, handed_in, written
from tests.policy.owners import proposed, tried
from tests.publishing import fixtures

NUMBER = "+447700900321"
ALERT = "what pauses its account"


class World(NamedTuple):
    """One force with everybody in it, and one thing of each kind for every address."""

    people: dict[str, User]
    written: Draft
    blocked: Draft
    submitted: Draft
    approved: Draft
    delivery: Delivery
    hold: Hold
    version: PackVersion
    restriction: Restriction
    election: ElectionPeriod
    public: Delivery
    unwanted: Delivery
    past: PastPost
    central: CentralPost
    kept: CentralPost
    scene: Scene
    abroad: Scene

    @property
    def suggestion(self) -> Suggestion:
        return Suggestion.objects.get()

    @property
    def view(self) -> SavedView:
        return SavedView.objects.get()

    @property
    def after(self) -> AfterReview:
        return AfterReview.objects.get()

    @property
    def delegation(self) -> Delegation:
        return Delegation.objects.get()

    @property
    def shift(self) -> Shift:
        return Shift.objects.get()

    @property
    def elsewhere(self) -> Any:
        return UserSession.objects.get()

    @property
    def passkey(self) -> Any:
        return Authenticator.objects.get()

    @property
    def locked_out(self) -> User:
        return User.objects.get(pk=self.passkey.user_id)

    @property
    def waiting(self) -> Delivery:
        return self.approved.deliveries.get()

    @property
    def circuit(self) -> Circuit:
        return Circuit.objects.get()

    @property
    def account(self) -> SocialAccount:
        return self.scene.account

    @property
    def lpt(self) -> LPT:
        return self.scene.lpt

    @property
    def member(self) -> User:
        return self.people["off"]

    @property
    def newcomer(self) -> User:
        """Somebody who was never here."""
        return User.objects.get(full_name="Nora Newcome")

    @property
    def case(self) -> Compromise:
        return Compromise.objects.get()

    @property
    def wish(self) -> AccountRequest:
        return AccountRequest.objects.get(state="draft")

    @property
    def asked(self) -> AccountRequest:
        return AccountRequest.objects.get(state="asked")

    @property
    def handover(self) -> Handover:
        return Handover.objects.get()

    @property
    def silence(self) -> Silence:
        return Silence.objects.get()

    @property
    def asked_to_follow(self) -> Following:
        return Following.objects.get(state="asked")

    @property
    def followed(self) -> Following:
        return Following.objects.get(state="followed")

    @property
    def offer(self) -> Offer:
        return Offer.objects.get()

    @property
    def question(self) -> Question:
        return Question.objects.get()

    @property
    def step(self) -> ChecklistStep:
        return self.case.steps.get(key="press")

    @property
    def alert(self) -> Alert:
        # By its key: a slow day makes others.
        return Alert.objects.get(key=ALERT)

    @property
    def connectable(self) -> SocialAccount:
        return SocialAccount.objects.get(publisher="connects")


def publishers(ledger: Path) -> dict[str, Any]:
    """Those of the publishing tests, and one that is connected on the platform's own page."""
    connects = {
        "BACKEND": "tests.publishing.publishers.Connects",
        "OPTIONS": {"ledger": str(ledger)},
    }
    return {**fixtures.publishers(ledger), "connects": connects}


def make_world() -> World:
    """Needs `publishers` in the settings."""
    scene, abroad = Scene(), Scene()
    author, wrote = scene.person(), scene.person(Role.COMMS_APPROVER)
    duty, approver = scene.person(Role.COMMS_DUTY), scene.person(Role.COMMS_APPROVER)
    now = timezone.now()

    def by_both(text: str = "") -> Draft:
        draft = written(scene, author=author, text="First words")
        words = text or f"Meet us at the library, group {draft.pk}."
        writing = Writing(text=words, account=draft.account, category="meeting")
        return save(draft, writing, actor=wrote, revision_number=1, now=now)

    in_review, going_out, stopped, *gone = (handed_in(by_both()) for _ in range(5))
    for draft in (going_out, stopped, *gone):
        approve_it(draft, by=duty)
    delivery = stopped.deliveries.get()
    Delivery.objects.filter(pk=delivery.pk).update(state=DeliveryState.MISSED)
    for draft in gone:
        draft.deliveries.update(state=DeliveryState.PUBLISHED, published_at=now)
    public, unwanted = (draft.deliveries.get() for draft in gone)
    take_down(unwanted, actor=duty, reason=Reasons.WRONG, now=now)
    TakeDown.objects.update(state="by_hand")
    reworded = handed_in(by_both())
    suggest(
        reworded,
        actor=duty,
        revision_number=reworded.revision_number,
        revision_hash=reworded.content_hash,
        text="Meet us at the library on Friday.",
        note="",
        now=now,
    )
    AfterReview.objects.create(
        delivery=public, occasion=Occasion.SAMPLE, asked_at=now, due_by=now + timedelta(days=1)
    )
    delegate(
        approver,
        to=duty,
        since=timezone.localdate() + timedelta(days=9),
        until=timezone.localdate() + timedelta(days=9),
        reason="On leave",
        actor=approver,
        now=now,
    )
    save_view(duty, name="Clean ones", query="found=clean")
    Shift.objects.create(
        force=scene.force, person=duty, starts_at=now, ends_at=now + timedelta(days=1), made_at=now
    )
    past = PastPost.objects.create(
        account=scene.account, external_id="1", text="In a hurry.", posted_at=now, found_at=now
    )
    words = Writing(text="From the centre.", account=scene.account, category="meeting")
    central = write_centrally(words, [scene.account], author=wrote, now=now)
    submit_centrally(central, actor=wrote, answers={}, ticked={}, now=now)
    words = Writing(text="From the centre as well.", account=scene.account, category="meeting")
    kept = write_centrally(words, [scene.account], author=wrote, now=now)
    hold = place(kind=HoldKind.HOLD, scope=scene.lpt, reason="Wait.", actor=duty, now=now)
    hacked = report(scene.other_account(lpt=scene.lpt), actor=duty, now=now)
    for step in hacked.steps.exclude(key__in=["press", "statement"]).with_process():
        tick(step, actor=duty, now=now)
    for handle in ("MarlshireFire", "MarlshirePost"):
        asked_to_follow = ask_to_follow(
            scene.account, handle, who=Who.PARTNER, why="Our streets.", has_looked=True,
            is_no_celebrity=True, actor=author, now=now,
        )  # fmt: skip
    decide_following(asked_to_follow, follow=True, actor=duty, now=now)
    elsewhere = scene.other_account()
    offer(by_both(), elsewhere, actor=author, now=now)
    ask_comms("May we?", force=scene.force, actor=author, now=now)
    Silence.objects.create(
        account=scene.account, since=now - timedelta(days=60), level=3, told_at=now
    )
    begin_handover(
        scene.other_account(lpt=scene.lpt),
        Parting(Why.LEAVING, Plan.CLOSURE, timezone.localdate(), person=author),
        actor=author,
        now=now,
    )
    for handle in ("KingsmarlFete", "KingsmarlFair"):
        case = dict.fromkeys(QUESTIONS, "Because.")
        membership = author.current_memberships[0]
        asked = write_request(Wish(handle, case=case), membership=membership, now=now)
    ask_for_account(asked, actor=author, now=now)
    people = {
        "ano": UserFactory.build(),
        "aut": author,
        "off": scene.person(),
        "oth": scene.person(lpt=elsewhere.lpt),
        "sup": scene.person(Role.LPT_SUPERVISOR),
        "app": approver,
        "wro": wrote,
        "abr": abroad.person(Role.COMMS_APPROVER),
        "adm": scene.person(Role.COMMS_ADMIN),
        "own": scene.person(Role.POLICY_OWNER),
        "dis": scene.person(Role.COMMS_APPROVER),
        "nob": UserFactory.create(),
        "com": scene.person(Role.LPT_COMMANDER),
        "dut": scene.person(Role.COMMS_DUTY),
        "aud": scene.person(Role.PSD),
        "far": abroad.person(Role.COMMS_ADMIN),
    }
    for role in (Role.FOI_OFFICER, Role.DPO):
        scene.give(people["aud"], role)
    newcomer = scene.person(full_name="Nora Newcome")
    newcomer.set_unusable_password()
    newcomer.save(update_fields=["password"])
    second_owner = scene.person(Role.POLICY_OWNER)
    version = tried(proposed(scene.force, second_owner), second_owner)
    restriction = add_restriction(
        Order(("Wilf Ambleton",), "A case", "A court"), force=scene.force, actor=duty, now=now
    )
    today = timezone.localdate()
    # Till tomorrow: these questions may be asked around midnight.
    election = declare_election(
        force=scene.force, area="Oldermoor", starts_on=today,
        ends_on=today + timedelta(days=1), note="",
        actor=people["own"], now=now,
    )  # fmt: skip
    drafts = (by_both(), by_both(BLOCKED), in_review, going_out)
    UserSession.objects.create(user=author, ip="127.0.0.1", session_key="elsewhere", user_agent="")
    passkey = {"name": "A passkey", "credential": {}}
    Authenticator.objects.create(user=second_owner, type="webauthn", data=passkey)
    Circuit.objects.create(account=scene.account, suspended_at=now, reason="It says 401.")
    store_credentials(scene.account, {"access_token": "x"}, actor=people["adm"], now=now)
    scene.other_account(publisher="connects")
    written(abroad)
    Alert.objects.create(
        kind=AlertKind.PAUSED, key=ALERT, text="It says 401.", force=scene.force, since=now,
        last_seen=now,
    )  # fmt: skip
    # One number for all: what is sent is the same, whoever sends it.
    User.objects.update(mobile=NUMBER)
    return World(
        people, *drafts, delivery, hold, version, restriction, election, public, unwanted, past,
        central, kept, scene, abroad,
    )  # fmt: skip


def become(client: Client, who: str, world: World) -> None:
    """Make `client` the one of that person, as far as they get."""
    client.logout()
    if who != "ano":
        client.force_login(world.people[who])
    if who == "dis":
        deactivate(world.people[who], actor=None, now=timezone.now())
