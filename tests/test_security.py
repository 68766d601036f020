"""Who gets which answer where, asked of every route, kind of person and method.

And what no page ever does, whoever asks for it and whatever was typed.
"""

import base64
import json
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, NamedTuple
from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone
from pytest_django import DjangoDbBlocker, Settings

from accounts.guidance import guidance
from accounts.middleware import SecondFactorRequired
from accounts.models import LPT, Force, Membership, Shift, SocialAccount, User
from accounts.roles import Role
from accounts.services import deactivate, plan_import
from accounts.sign_in.sessions import SIGNED_IN_AT
from approvals.models import (
    AfterReview,
    Decision,
    Delegation,
    Occasion,
    SavedView,
    Suggestion,
    Verdict,
)
from approvals.reasons import Reason
from approvals.services import delegate, save_view, suggest
from audit.models import Record
from drafts.models import CentralPost, Draft, Submission
from drafts.services import (
    Writing,
    blocks_to_pass_over,
    check_content,
    content_of,
    save,
    submit_centrally,
    write,
    write_centrally,
)
from drafts.workflow import State
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
    write_on,
    write_request,
)
from lifecycle.services import ask as ask_for_account
from notices.services import CHOOSABLE, tell
from policy.models import ElectionPeriod, PackVersion, Restriction
from policy.registers.services import Order, add_restriction, declare_election
from publishing.models import Circuit, Delivery, PastPost, TakeDown
from publishing.models.taken_down import Reason as Reasons
from publishing.services import ask as take_down
from publishing.services import store_credentials
from publishing.workflow import State as DeliveryState
from tests import servers
from tests.factories import BLOCKED, Scene, UserFactory, approve_it, handed_in, submitted, written
from tests.pages import Page
from tests.policy.owners import proposed, tried
from tests.publishing.fixtures import ledger
from tests.publishing.stage import Ledger, django_on
from tests.test_architecture import ALLAUTH, PUBLIC, routes

__all__ = ["ledger"]


@pytest.fixture(autouse=True)
def _connects(settings: Settings, ledger: Ledger) -> None:
    """A publisher whose accounts are connected on the platform's own page."""
    connects = {
        "BACKEND": "tests.publishing.publishers.Connects",
        "OPTIONS": {"ledger": str(ledger.path)},
    }
    settings.PUBLISHERS = {**settings.PUBLISHERS, "connects": connects}


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
    def connectable(self) -> SocialAccount:
        return SocialAccount.objects.get(publisher="connects")


def make_world() -> World:
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
    }
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
    return World(
        people, *drafts, delivery, hold, version, restriction, election, public, unwanted, past,
        central, kept, scene,
    )  # fmt: skip


def become(client: Client, who: str, world: World) -> None:
    """Make `client` the one of that person, as far as they get."""
    client.logout()
    if who != "ano":
        client.force_login(world.people[who])
    if who == "dis":
        deactivate(world.people[who], actor=None, now=timezone.now())


# What each address is about.
ABOUT = {
    "insights:draft": "submitted",
    "drafts:edit": "written",
    "drafts:discard": "written",
    "drafts:withdraw": "submitted",
    "drafts:copy": "submitted",
    "drafts:pass-over": "blocked",
    "approvals:review": "submitted",
    "approvals:release": "submitted",
    "approvals:drop-view": "view",
    "approvals:reopen": "approved",
    "approvals:stop": "approved",
    "approvals:suggest": "submitted",
    "approvals:emergency": "submitted",
    "approvals:comment": "submitted",
    "approvals:take": "suggestion",
    "approvals:look-after": "after",
    "approvals:end-cover": "delegation",
    "publishing:answer": "delivery",
    "publishing:move-time": "waiting",
    "publishing:lift": "circuit",
    "publishing:test-connection": "account",
    "publishing:credentials": "account",
    "publishing:connect": "connectable",
    "publishing:choose-publisher": "connectable",
    "publishing:reveal": "account",
    "publishing:profile": "account",
    "publishing:take-down": "public",
    "publishing:confirm-gone": "unwanted",
    "publishing:explain-post": "past",
    "lifecycle:freeze-post": "past",
    "lifecycle:step": "step",
    "lifecycle:case": "case",
    "lifecycle:statement": "case",
    "lifecycle:unfreeze": "case",
    "lifecycle:decide-following": "asked_to_follow",
    "lifecycle:unfollow": "followed",
    "lifecycle:review-followers": "account",
    "lifecycle:offer": "written",
    "lifecycle:question": "question",
    "lifecycle:close-question": "question",
    "lifecycle:answer-offer": "offer",
    "lifecycle:keep": "silence",
    "lifecycle:hand-over": "account",
    "lifecycle:handover": "handover",
    "lifecycle:farewell": "handover",
    "lifecycle:take-over": "handover",
    "lifecycle:call-off": "handover",
    "lifecycle:request": "asked",
    "lifecycle:edit-request": "wish",
    "lifecycle:answer-request": "asked",
    "lifecycle:withdraw-request": "asked",
    "approvals:central": "central",
    "approvals:central-change": "kept",
    "end-duty": "shift",
    "end-session": "elsewhere",
    "mfa_edit_webauthn": "passkey",
    "mfa_remove_webauthn": "passkey",
    "people:person": "member",
    "people:change": "member",
    "people:give-role": "member",
    "people:let-back": "member",
    "people:team": "lpt",
    "people:change-team": "lpt",
    "people:close-team": "lpt",
    "approvals:leaver": "member",
    "approvals:merge-team": "lpt",
    "approvals:account": "account",
    "approvals:close-account": "account",
    "incidents:release": "hold",
    "insights:trial": "version",
    "rules:version": "version",
    "policy:change-restriction": "restriction",
    "policy:end-restriction": "restriction",
    "policy:end-election": "election",
}
# Addresses that are not about a row.
NAMED = {
    "openid_connect_login": "force",
    "openid_connect_callback": "force",
    "rules:rule": "hashtags-max",
    "rules:list": "places",
    "approvals:change-route": "routine",
    "people:guidance-page": "hacked",
    "insights:start-force": "no-link",
}
# A look at these is itself recorded: they show what courts keep from the public, and the records
# of people.
READING_IS_RECORDED = {
    "policy:restrictions",
    "policy:change-restriction",
    "people:list",
    "people:person",
    "people:change",
    "people:export",
    "people:call-list",
    "people:call-list-file",
}


def address(name: str, world: World) -> str:
    if name == "account_reset_password_from_key":
        return reverse(name, kwargs={"uidb36": "1", "key": "set-password"})
    if name == "approvals:change-team-route":
        return reverse(name, args=["ordinary", world.scene.lpt.pk])
    if name == "people:end-role":
        return reverse(name, args=[world.member.pk, world.member.memberships.get().pk])
    if name in NAMED:
        return reverse(name, args=[NAMED[name]])
    return reverse(name, args=[getattr(world, ABOUT[name]).pk] if name in ABOUT else [])


HACKED = next(module for module in guidance().modules if module.id == "hacked")
IMPORTED = b"name,email,mobile,role\nNell,nell@force.example.org,07700900555,Policy owner\n"
# Two steps of corporate communications.
STEPS = json.dumps(
    [
        {"roles": ["comms_approver"], "quorum": "any", "needed": 1, "categories": [], "rules": []},
        {"roles": ["comms_duty"], "quorum": "any", "needed": 1, "categories": [], "rules": []},
    ]
)
WISHED = {"handle": "KingsmarlFete", "platform": "x", "kind": "lpt", "do": "save"}
ORDER = {"terms": "Fern Street siege", "case_name": "A case", "court": "A court"}


def sent(name: str, world: World) -> dict[str, Any]:
    """What a press on the button there sends."""
    draft = world.submitted
    forms: dict[str, dict[str, Any]] = {
        "drafts:write": {"text": "Mine", "account": world.scene.account.pk, "when": "asap"},
        "drafts:check": {"text": "Mine"},
        "drafts:edit": {
            "text": "Mine",
            "account": world.scene.account.pk,
            "when": "asap",
            "revision": world.written.revision_number,
        },
        "drafts:pass-over": {
            "finding": blocks_to_pass_over(world.blocked, now=timezone.now())[0].key,
            "reason": "It must say so.",
            "revision_hash": world.blocked.content_hash,
        },
        "approvals:review": {
            "decision": "approve",
            "revision_hash": draft.content_hash,
            "revision_number": draft.revision_number,
            "step": draft.step,
        },
        "approvals:bulk": {
            "decision": "return",
            "pick": f"{draft.pk}.{draft.revision_number}.{draft.step}.{draft.content_hash}",
            "reason": "tone",
        },
        "approvals:save-view": {"name": "Mine"},
        "approvals:suggest": {
            "revision_hash": draft.content_hash,
            "revision_number": draft.revision_number,
            "text": "Better words",
        },
        "approvals:comment": {"text": "Is the road open?"},
        "approvals:change-route": {"do": "put", "seen": 0, "steps": STEPS},
        "approvals:change-team-route": {"do": "put", "seen": 0, "steps": STEPS},
        "approvals:look-after": {"was_right": "yes"},
        "approvals:cover": {
            "person": world.people["off"].pk,
            "since": timezone.localdate().isoformat(),
            "until": timezone.localdate().isoformat(),
            "reason": "On leave",
        },
        "told": dict.fromkeys(CHOOSABLE, "hourly"),
        "words-in-mail": {"on": "1"},
        "people:guidance": {"version": guidance().version},
        "people:guidance-page": {
            f"q{place}": question.right for place, question in enumerate(HACKED.questions)
        },
        "people:add": {
            "full_name": "Nell Newcome",
            "email": "nell.newcome@force.example.org",
            "mobile": "07700 900555",
            "role": "officer",
            "lpt": world.lpt.pk,
            "since": timezone.localdate().isoformat(),
        },
        "people:give-role": {"role": "psd", "since": timezone.localdate().isoformat()},
        "people:import": {
            "do": "apply",
            "content": base64.b64encode(IMPORTED).decode(),
            "digest": plan_import(
                IMPORTED, force=world.lpt.force, actor=world.people["adm"], now=timezone.now()
            ).digest,
        },
        "people:force": {"do": "guidance"},
        "people:add-team": {"name": "Another team", "seen": "new"},
        "approvals:add-account": {
            "platform": "x",
            "handle": "AnotherLPT",
            "kind": "lpt",
            "lpt": world.lpt.pk,
            "publisher": "default",
            "seen": "new",
        },
        "approvals:merge-team": {"into": world.people["oth"].memberships.get().lpt_id},
        "duty": {
            "person": world.shift.person_id,
            "first_day": (timezone.localdate() + timedelta(days=20)).isoformat(),
            "begins": "21:00",
            "last_day": (timezone.localdate() + timedelta(days=21)).isoformat(),
            "ends": "07:00",
        },
        "publishing:answer": {
            "answer": "drop",
            "evidence": "I looked.",
            "fence": world.delivery.fence,
        },
        "publishing:move-time": {
            "seen": world.waiting.due_at.isoformat(),
            "date": (timezone.localdate() + timedelta(days=2)).isoformat(),
            "time": "10:00",
            "reason": "News.",
        },
        "publishing:news": {
            "scope": f"lpt-{world.scene.lpt.pk}",
            "due": "",
            "do": "hold",
            "reason": "News.",
        },
        "publishing:inject-fault": {"kind": "refusal"},
        "publishing:choose-publisher": {"publisher": "lookup", "seen": "connects"},
        "publishing:reveal": {"reason": "The platform is down for the app."},
        "publishing:profile": {"field": "bio", "wanted": "New words.", "reason": "We moved."},
        "publishing:take-down": {"reason": "wrong"},
        "publishing:confirm-gone": {"outcome": "gone", "evidence": "I looked."},
        "publishing:explain-post": {"explanation": "by_hand", "posted_by": "Somebody"},
        "approvals:central-write": {
            "text": "For all",
            "accounts": [world.scene.account.pk],
            "when": "asap",
        },
        "approvals:central-change": {
            "text": "For all",
            "accounts": [world.scene.account.pk],
            "when": "asap",
        },
        "approvals:central": {
            "decision": "approve",
            **{
                f"seen-{one.pk}": f"{one.revision_number}:{one.content_hash}"
                for one in world.central.drafts()
            },
        },
        "lifecycle:new-request": WISHED,
        "lifecycle:edit-request": WISHED,
        "lifecycle:answer-request": {"verdict": "support", "seen": 1},
        "lifecycle:hand-over": {
            "why": "leaving",
            "plan": "closure",
            "last_day": timezone.localdate().isoformat(),
        },
        "lifecycle:keep": {"because": "They come back in March."},
        "lifecycle:ask-to-follow": {
            "account": world.scene.account.pk,
            "handle": "@MarlshireCC",
            "who": "partner",
            "why": "Our streets.",
            "looked": "on",
            "no_celebrity": "on",
        },
        "lifecycle:decide-following": {"do": "yes"},
        "lifecycle:review-followers": {"blocked": "0"},
        "lifecycle:offer": {"account": world.offer.account_id},
        "lifecycle:answer-offer": {"do": "no", "answer": "Not ours."},
        "lifecycle:hacked": {"account": world.scene.account.pk},
        "lifecycle:ask-comms": {"text": "May we?"},
        "lifecycle:question": {"text": "Yes.", "seen": 1},
        "lifecycle:close-question": {"seen": 1},
        "incidents:list": {
            "kind": "hold",
            "scope": f"lpt-{world.scene.lpt.pk}",
            "reason": "Wait.",
        },
        "rules:rule": {"severity": "advise", "param_max": "3", "seen": "0"},
        "rules:list": {"left": "Saltmere Quay", "seen": "0"},
        "rules:numbers": {
            "x": "140",
            "mastodon": "500",
            "bluesky": "300",
            "non_emergency": "101",
            "emergency": "999",
            "page": "https://marlshire.example.org/report",
            "seen": "0",
        },
        "rules:versions": {"number": "1"},
        "rules:version": {"do": "activate", "content_hash": world.version.content_hash},
        "rules:own-account": {"handle": "@MyOwnName"},
        "policy:restrictions": ORDER,
        "policy:change-restriction": ORDER,
        "policy:elections": {
            "area": "Kingsmarl",
            "starts_on": timezone.localdate().isoformat(),
            "ends_on": timezone.localdate().isoformat(),
        },
    }
    return forms.get(name, {})


# People: ano anonymous, aut the author, off an officer of the same team, oth of another team,
# sup its supervisor, app an approver, wro an approver who wrote a version of it, abr an approver
# of another force, adm a comms admin, own a policy owner, dis an approver disabled since their
# last request, nob somebody without any role. A star: something was done and stands in the trail.
TABLE = """
demo-start                           G 200  302  302  302  302  302  302  302  302  302  200  302
demo-start                           P 405  405  405  405  405  405  405  405  405  405  405  405
demo-sign-in                         G 405  405  405  405  405  405  405  405  405  405  405  405
demo-sign-in                         P 404  404  404  404  404  404  404  404  404  404  404  404
insights:start                       G 200  302  302  302  302  302  302  302  302  302  200  302
insights:start                       P 405  405  405  405  405  405  405  405  405  405  405  405
insights:start-force                 G 404  404  404  404  404  404  404  404  404  404  404  404
insights:start-force                 P 404  404  404  404  404  404  404  404  404  404  404  404
insights:health                      G 200  200  200  200  200  200  200  200  200  200  200  200
insights:health                      P 405  405  405  405  405  405  405  405  405  405  405  405
insights:alive                       G 200  200  200  200  200  200  200  200  200  200  200  200
insights:alive                       P 405  405  405  405  405  405  405  405  405  405  405  405
insights:ready                       G 503  503  503  503  503  503  503  503  503  503  503  503
insights:ready                       P 405  405  405  405  405  405  405  405  405  405  405  405
insights:metrics                     G 404  404  404  404  404  404  404  404  404  404  404  404
insights:metrics                     P 405  405  405  405  405  405  405  405  405  405  405  405
insights:desk                        G 302  200  200  200  200  200  200  200  200  200  302  200
insights:desk                        P 419  405  405  405  405  405  405  405  405  405  419  405
insights:notices-read                G 302  405  405  405  405  405  405  405  405  405  302  405
insights:notices-read                P 419  302  302  302  302  302  302  302  302  302  419  302
insights:turnaround                  G 302  403  403  403  403  200  200  200  200  403  302  403
insights:turnaround                  P 419  403  403  403  403  405  405  405  405  403  419  403
insights:turnaround-file             G 302  403  403  403  403  200  200  200  200  403  302  403
insights:turnaround-file             P 419  403  403  403  403  405  405  405  405  403  419  403
insights:draft                       G 302  200  200  404  200  200  200  404  403  403  302  403
insights:draft                       P 419  405  405  405  405  405  405  405  403  403  419  403
insights:accessibility               G 200  200  200  200  200  200  200  200  200  200  200  200
insights:accessibility               P 405  405  405  405  405  405  405  405  405  405  405  405
insights:about-you                   G 200  200  200  200  200  200  200  200  200  200  200  200
insights:about-you                   P 405  405  405  405  405  405  405  405  405  405  405  405
approvals:suggest                    G 302  403  403  403  403  200  302  404  403  403  302  403
approvals:suggest                    P 419  403  403  403  403  302*  302  404  403  403  419  403
approvals:emergency                  G 302  403  403  403  403  403  403  403  403  403  302  403
approvals:emergency                  P 419  403  403  403  403  403  403  403  403  403  419  403
approvals:take                       G 302  405  405  405  405  405  405  405  403  403  302  403
approvals:take                       P 419  302*  403  404  403  302*  403  404  403  403  419  403
approvals:comment                    G 302  200  200  404  200  200  200  404  403  403  302  403
approvals:comment                    P 419  302* 302* 404  302* 302* 302* 404  403  403  419  403
approvals:routes                     G 302  403  403  403  403  200  200  200  200  403  302  403
approvals:routes                     P 419  403  403  403  403  405  405  405  405  403  419  403
approvals:change-route               G 302  403  403  403  403  403  403  403  200  403  302  403
approvals:change-route               P 419  403  403  403  403  403  403  403  302* 403  419  403
approvals:change-team-route          G 302  403  403  403  403  403  403  403  200  403  302  403
approvals:change-team-route          P 419  403  403  403  403  403  403  403  302* 403  419  403
approvals:afterwards                 G 302  403  403  403  403  200  200  200  403  403  302  403
approvals:afterwards                 P 419  403  403  403  403  405  405  405  403  403  419  403
approvals:look-after                 G 302  403  403  403  403  200  200  404  403  403  302  403
approvals:look-after                 P 419  403  403  403  403  302* 403  404  403  403  419  403
approvals:cover                      G 302  200  200  200  200  200  200  200  200  403  302  403
approvals:cover                      P 419  302* 422  302* 302* 302* 302* 422  302* 403  419  403
approvals:end-cover                  G 302  405  405  405  405  405  405  405  405  403  302  403
approvals:end-cover                  P 419  404  404  404  404  302*  404  404  404  403  419  403
drafts:write                         G 302  200  200  200  200  200  200  200  403  403  302  403
drafts:write                         P 419  302* 302* 422  302* 302* 302* 422  403  403  419  403
drafts:check                         G 302  405  405  405  405  405  405  405  403  403  302  403
drafts:check                         P 419  200  200  200  200  200  200  200  403  403  419  403
drafts:list                          G 302  200  200  200  200  200  200  200  403  403  302  403
drafts:list                          P 419  405  405  405  405  405  405  405  403  403  419  403
drafts:edit                          G 302  200  200  404  200  200  200  404  403  403  302  403
drafts:edit                          P 419  302* 302* 404  302* 302* 302* 404  403  403  419  403
drafts:withdraw                      G 302  405  405  405  405  405  405  405  405  405  302  405
drafts:withdraw                      P 419  302* 403  404  403  403  403  404  404  404  419  404
drafts:discard                       G 302  405  405  405  405  405  405  405  405  405  302  405
drafts:discard                       P 419  302* 403  404  403  403  403  404  404  404  419  404
drafts:copy                          G 302  405  405  405  405  405  405  405  403  403  302  403
drafts:copy                          P 419  302* 302* 404  302* 302* 302* 404  403  403  419  403
drafts:pass-over                     G 302  302  302  404  200  200  302  404  403  403  302  403
drafts:pass-over                     P 419  403  403  404  302* 302* 403  404  403  403  419  403
approvals:queue                      G 302  403  403  403  403  200  200  200  403  403  302  403
approvals:queue                      P 419  403  403  403  403  405  405  405  403  403  419  403
approvals:review                     G 302  403  403  403  403  200  200  404  403  403  302  403
approvals:review                     P 419  403  403  403  403  302* 302  404  403  403  419  403
approvals:release                    G 302  403  403  403  403  405  405  405  403  403  302  403
approvals:release                    P 419  403  403  403  403  204  204  404  403  403  419  403
approvals:bulk                       G 302  403  403  403  403  302  302  302  403  403  302  403
approvals:bulk                       P 419  403  403  403  403  302* 200  302  403  403  419  403
approvals:live                       G 302  403  403  403  403  200  200  200  403  403  302  403
approvals:live                       P 419  403  403  403  403  405  405  405  403  403  419  403
approvals:save-view                  G 302  403  403  403  403  302  302  302  403  403  302  403
approvals:save-view                  P 419  403  403  403  403  422  422  422  403  403  419  403
approvals:drop-view                  G 302  403  403  403  403  405  405  405  403  403  302  403
approvals:drop-view                  P 419  403  403  403  403  404  404  404  403  403  419  403
approvals:reopen                     G 302  405  405  405  405  405  405  405  405  405  302  405
approvals:reopen                     P 419  302* 403  404  403  302* 302* 404  404  404  419  404
approvals:stop                       G 302  403  403  403  403  405  405  405  403  403  302  403
approvals:stop                       P 419  403  403  403  403  302* 302* 404  403  403  419  403
publishing:deliveries                G 302  200  200  200  200  200  200  200  403  403  302  403
publishing:deliveries                P 419  405  405  405  405  405  405  405  403  403  419  403
publishing:answer                    G 302  403  403  403  403  302  302  302  403  403  302  403
publishing:answer                    P 419  403  403  403  403  302* 302* 404  403  403  419  403
publishing:move-time                 G 302  403  403  403  403  200  200  404  403  403  302  403
publishing:move-time                 P 419  403  403  403  403  302* 302* 404  403  403  419  403
publishing:news                      G 302  403  403  403  403  200  200  200  403  403  302  403
publishing:news                      P 419  403  403  403  403  200* 200* 422  403  403  419  403
publishing:status                    G 302  200  200  200  200  200  200  200  200  200  302  403
publishing:status                    P 419  405  405  405  405  405  405  405  405  405  419  403
publishing:alerts                    G 302  403  403  403  403  200  200  200  200  403  302  403
publishing:alerts                    P 419  403  403  403  403  405  405  405  405  403  419  403
publishing:lift                      G 302  403  403  403  403  403  403  403  405  403  302  403
publishing:lift                      P 419  403  403  403  403  403  403  403  302* 403  419  403
publishing:connections               G 302  403  403  403  403  403  403  403  200  403  302  403
publishing:connections               P 419  403  403  403  403  403  403  403  405  403  419  403
publishing:test-connection           G 302  403  403  403  403  403  403  403  405  403  302  403
publishing:test-connection           P 419  403  403  403  403  403  403  403  302* 403  419  403
publishing:credentials               G 302  403  403  403  403  403  403  403  200  403  302  403
publishing:credentials               P 419  403  403  403  403  403  403  403  302  403  419  403
publishing:connect                   G 302  403  403  403  403  403  403  403  200  403  302  403
publishing:connect                   P 419  403  403  403  403  403  403  403  200  403  419  403
publishing:connected                 G 302  403  403  403  403  403  403  403  302  403  302  403
publishing:connected                 P 419  403  403  403  403  403  403  403  405  403  419  403
publishing:choose-publisher          G 302  403  403  403  403  403  403  403  200  403  302  403
publishing:choose-publisher          P 419  403  403  403  403  403  403  403  302* 403  419  403
publishing:reveal                    G 302  403  403  403  403  403  403  403  200  403  302  403
publishing:reveal                    P 419  403  403  403  403  403  403  403  302* 403  419  403
publishing:profiles                  G 302  200  200  200  200  200  200  200  200  403  302  403
publishing:profiles                  P 419  405  405  405  405  405  405  405  405  403  419  403
publishing:profile                   G 302  200  200  404  200  200  200  404  200  403  302  403
publishing:profile                   P 419  302* 302* 404  302* 302* 302* 404  302* 403  419  403
publishing:take-down                 G 302  200  200  404  200  200  200  404  403  403  302  403
publishing:take-down                 P 419  302* 302* 404  302* 302* 302* 404  403  403  419  403
publishing:confirm-gone              G 302  302  302  302  302  302  302  302  403  403  302  403
publishing:confirm-gone              P 419  302* 302* 404  302* 302* 302* 404  403  403  419  403
publishing:past-posts                G 302  200  200  200  200  200  200  200  200  403  302  403
publishing:past-posts                P 419  405  405  405  405  405  405  405  405  403  419  403
publishing:explain-post              G 302  403  403  403  403  302  302  302  302  403  302  403
publishing:explain-post              P 419  403  403  403  403  302* 302* 404  302* 403  419  403
publishing:post-past                 G 302  403  403  403  403  403  403  403  405  403  302  403
publishing:post-past                 P 419  403  403  403  403  403  403  403  302  403  419  403
approvals:central-list               G 302  403  403  403  403  200  200  200  403  403  302  403
approvals:central-list               P 419  403  403  403  403  405  405  405  403  403  419  403
approvals:central-write              G 302  403  403  403  403  200  200  200  403  403  302  403
approvals:central-write              P 419  403  403  403  403  302* 302* 422  403  403  419  403
approvals:central                    G 302  403  403  403  403  200  200  404  403  403  302  403
approvals:central                    P 419  403  403  403  403  302* 302  404  403  403  419  403
approvals:central-change             G 302  403  403  403  403  200  200  404  403  403  302  403
approvals:central-change             P 419  403  403  403  403  302* 302* 404  403  403  419  403
publishing:practice-timeline         G 302  200  200  200  200  200  200  200  200  200  302  403
publishing:practice-timeline         P 419  405  405  405  405  405  405  405  405  405  419  403
publishing:inject-fault              G 302  403  403  403  403  403  403  403  405  403  302  403
publishing:inject-fault              P 419  403  403  403  403  403  403  403  302  403  419  403
incidents:list                       G 302  403  403  403  200  200  200  200  200  403  302  403
incidents:list                       P 419  403  403  403  403  302* 302* 422  302* 403  419  403
incidents:release                    G 302  403  403  403  403  403  403  403  405  403  302  403
incidents:release                    P 419  403  403  403  403  403  403  403  302* 403  419  403
lifecycle:accounts                   G 302  200  200  200  200  200  200  200  200  403  302  403
lifecycle:accounts                   P 419  405  405  405  405  405  405  405  405  403  419  403
lifecycle:step                       G 302  200  200  404  200  200  200  404  200  403  302  403
lifecycle:step                       P 419  403  403  404  403  302* 302* 404  302* 403  419  403
lifecycle:hacked                     G 302  200  200  200  200  200  200  200  200  403  302  403
lifecycle:hacked                     P 419  302* 302* 422  302* 302* 302* 422  302* 403  419  403
lifecycle:case                       G 302  200  200  404  200  200  200  404  200  403  302  403
lifecycle:case                       P 419  405  405  405  405  405  405  405  405  403  419  403
lifecycle:statement                  G 302  403  403  403  403  405  405  405  403  403  302  403
lifecycle:statement                  P 419  403  403  403  403  302* 302* 404  403  403  419  403
lifecycle:unfreeze                   G 302  403  403  403  403  403  403  403  405  403  302  403
lifecycle:unfreeze                   P 419  403  403  403  403  403  403  403  302* 403  419  403
lifecycle:requests                   G 302  200  200  200  200  200  200  200  200  403  302  403
lifecycle:requests                   P 419  405  405  405  405  405  405  405  405  403  419  403
lifecycle:new-request                G 302  200  200  200  200  403  403  403  403  403  302  403
lifecycle:new-request                P 419  302* 302* 302* 302* 403  403  403  403  403  419  403
lifecycle:request                    G 302  200  200  404  200  200  200  404  200  403  302  403
lifecycle:request                    P 419  405  405  405  405  405  405  405  405  403  419  403
lifecycle:edit-request               G 302  200  404  404  404  403  403  403  403  403  302  403
lifecycle:edit-request               P 419  302* 404  404  404  403  403  403  403  403  419  403
lifecycle:answer-request             G 302  403  403  403  302  302  302  404  302  403  302  403
lifecycle:answer-request             P 419  403  403  403  302* 302  302  404  302  403  419  403
lifecycle:withdraw-request           G 302  405  405  405  405  403  403  403  403  403  302  403
lifecycle:withdraw-request           P 419  302* 404  404  404  403  403  403  403  403  419  403
lifecycle:hand-over                  G 302  200  200  404  200  403  403  403  200  403  302  403
lifecycle:hand-over                  P 419  302* 302* 404  302* 403  403  403  302* 403  419  403
lifecycle:handovers                  G 302  200  200  200  200  200  200  200  200  403  302  403
lifecycle:handovers                  P 419  405  405  405  405  405  405  405  405  403  419  403
lifecycle:handover                   G 302  200  200  404  200  200  200  404  200  403  302  403
lifecycle:handover                   P 419  405  405  405  405  405  405  405  405  403  419  403
lifecycle:farewell                   G 302  405  405  405  405  405  405  405  403  403  302  403
lifecycle:farewell                   P 419  302* 302* 404  302* 302* 302* 404  403  403  419  403
lifecycle:take-over                  G 302  405  405  405  405  405  405  405  403  403  302  403
lifecycle:take-over                  P 419  302  302  404  302  302  302  404  403  403  419  403
lifecycle:call-off                   G 302  405  405  405  405  403  403  403  405  403  302  403
lifecycle:call-off                   P 419  302* 302* 404  302* 403  403  403  302* 403  419  403
lifecycle:silent                     G 302  200  200  200  200  200  200  200  200  403  302  403
lifecycle:silent                     P 419  405  405  405  405  405  405  405  405  403  419  403
lifecycle:keep                       G 302  403  403  403  403  403  403  403  302  403  302  403
lifecycle:keep                       P 419  403  403  403  403  403  403  403  302* 403  419  403
lifecycle:following                  G 302  200  200  200  200  200  200  200  200  403  302  403
lifecycle:following                  P 419  405  405  405  405  405  405  405  405  403  419  403
lifecycle:ask-to-follow              G 302  302  302  302  302  302  302  302  302  403  302  403
lifecycle:ask-to-follow              P 419  302* 302* 422  302* 302* 302* 422  302* 403  419  403
lifecycle:decide-following           G 302  403  403  403  403  302  302  302  302  403  302  403
lifecycle:decide-following           P 419  403  403  403  403  302* 302* 404  302* 403  419  403
lifecycle:unfollow                   G 302  403  403  403  403  405  405  405  405  403  302  403
lifecycle:unfollow                   P 419  403  403  403  403  302* 302* 404  302* 403  419  403
lifecycle:review-followers           G 302  200  200  404  200  200  200  404  200  403  302  403
lifecycle:review-followers           P 419  302* 302* 404  302* 302* 302* 404  302* 403  419  403
lifecycle:offers                     G 302  200  200  200  200  200  200  200  403  403  302  403
lifecycle:offers                     P 419  405  405  405  405  405  405  405  403  403  419  403
lifecycle:offer                      G 302  200  200  404  200  200  200  404  403  403  302  403
lifecycle:offer                      P 419  302* 302* 404  302* 302* 302* 404  403  403  419  403
lifecycle:answer-offer               G 302  302  302  302  302  302  302  302  403  403  302  403
lifecycle:answer-offer               P 419  403  403  302* 403  302* 302* 404  403  403  419  403
lifecycle:ask-comms                  G 302  200  200  200  200  200  200  200  200  200  302  403
lifecycle:ask-comms                  P 419  302* 302* 302* 302* 302* 302* 302* 302* 302* 419  403
lifecycle:questions                  G 302  200  200  200  200  200  200  200  200  200  302  403
lifecycle:questions                  P 419  405  405  405  405  405  405  405  405  405  419  403
lifecycle:question                   G 302  200  404  404  404  200  200  404  200  404  302  403
lifecycle:question                   P 419  302* 404  404  404  302* 302* 404  302* 404  419  403
lifecycle:close-question             G 302  405  405  405  405  405  405  405  405  405  302  403
lifecycle:close-question             P 419  302* 404  404  404  302* 302* 404  302* 404  419  403
lifecycle:freeze-post                G 302  302  302  302  302  302  302  302  302  403  302  403
lifecycle:freeze-post                P 419  302* 302* 404  302* 302* 302* 404  302* 403  419  403
policy:rulebook                      G 302  200  200  200  200  200  200  200  200  200  302  403
policy:rulebook                      P 419  405  405  405  405  405  405  405  405  405  419  403
insights:rules-desk                  G 302  403  403  403  403  403  403  403  403  200  302  403
insights:rules-desk                  P 419  403  403  403  403  403  403  403  403  405  419  403
insights:trial                       G 302  403  403  403  403  403  403  403  403  200  302  403
insights:trial                       P 419  403  403  403  403  403  403  403  403  302* 419  403
rules:rule                           G 302  403  403  403  403  403  403  403  403  200  302  403
rules:rule                           P 419  403  403  403  403  403  403  403  403  302  419  403
rules:lists                          G 302  403  403  403  403  403  403  403  403  200  302  403
rules:lists                          P 419  403  403  403  403  403  403  403  403  405  419  403
rules:list                           G 302  403  403  403  403  403  403  403  403  200  302  403
rules:list                           P 419  403  403  403  403  403  403  403  403  302  419  403
rules:numbers                        G 302  403  403  403  403  403  403  403  403  200  302  403
rules:numbers                        P 419  403  403  403  403  403  403  403  403  302  419  403
rules:versions                       G 302  403  403  403  403  403  403  403  403  200  302  403
rules:versions                       P 419  403  403  403  403  403  403  403  403  302  419  403
rules:version                        G 302  403  403  403  403  403  403  403  403  200  302  403
rules:version                        P 419  403  403  403  403  403  403  403  403  302* 419  403
rules:own-account                    G 302  200  200  200  200  200  200  200  200  200  302  403
rules:own-account                    P 419  302* 302* 302* 302* 302* 302* 302* 302* 302* 419  403
policy:restrictions                  G 302  403  403  403  403  200* 200* 200* 200* 403  302  403
policy:restrictions                  P 419  403  403  403  403  302* 302* 302* 302* 403  419  403
policy:change-restriction            G 302  403  403  403  403  200* 200* 404  200* 403  302  403
policy:change-restriction            P 419  403  403  403  403  302* 302* 404  302* 403  419  403
policy:end-restriction               G 302  403  403  403  403  405  405  405  405  403  302  403
policy:end-restriction               P 419  403  403  403  403  302* 302* 404  302* 403  419  403
policy:elections                     G 302  403  403  403  403  403  403  403  200  200  302  403
policy:elections                     P 419  403  403  403  403  403  403  403  302* 302* 419  403
policy:end-election                  G 302  403  403  403  403  403  403  403  405  405  302  403
policy:end-election                  P 419  403  403  403  403  403  403  403  302* 302* 419  403
account_login                        G 200  302  302  302  302  302  302  302  302  302  200  302
account_login                        P 200  302  302  302  302  302  302  302  302  302  200  302
account_logout                       G 302  200  200  200  200  200  200  200  200  200  302  200
account_logout                       P 302  302  302  302  302  302  302  302  302  302  302  302
account_inactive                     G 200  200  200  200  200  200  200  200  200  200  200  200
account_inactive                     P 405  405  405  405  405  405  405  405  405  405  405  405
account_signup                       G 200  302  302  302  302  302  302  302  302  302  200  302
account_signup                       P 200  302  302  302  302  302  302  302  302  302  200  302
account_reauthenticate               G 302  200  200  200  200  200  200  200  200  200  302  200
account_reauthenticate               P 419  302  302  302  302  302  302  302  302  302  419  302
mfa_index                            G 302  200  200  200  200  200  200  200  200  200  302  200
mfa_index                            P 419  405  405  405  405  405  405  405  405  405  419  405
end-session                          G 302  405  405  405  405  405  405  405  405  405  302  405
end-session                          P 419  302* 404  404  404  404  404  404  404  404  419  404
end-other-sessions                   G 302  405  405  405  405  405  405  405  405  405  302  405
end-other-sessions                   P 419  302* 302  302  302  302  302  302  302  302  419  302
mfa_authenticate                     G 302  302  302  302  302  302  302  302  302  302  302  302
mfa_authenticate                     P 302  302  302  302  302  302  302  302  302  302  302  302
mfa_login_webauthn                   G 302  302  302  302  302  302  302  302  302  302  302  302
mfa_login_webauthn                   P 302  302  302  302  302  302  302  302  302  302  302  302
openid_connect_login                 G 404  404  404  404  404  404  404  404  404  404  404  404
openid_connect_login                 P 404  404  404  404  404  404  404  404  404  404  404  404
openid_connect_callback              G 404  404  404  404  404  404  404  404  404  404  404  404
openid_connect_callback              P 404  404  404  404  404  404  404  404  404  404  404  404
mfa_reauthenticate                   G 302  302  302  302  302  302  302  302  302  302  302  302
mfa_reauthenticate                   P 419  302  302  302  302  302  302  302  302  302  419  302
mfa_reauthenticate_webauthn          G 302  302  302  302  302  302  302  302  302  302  302  302
mfa_reauthenticate_webauthn          P 419  302  302  302  302  302  302  302  302  302  419  302
mfa_add_webauthn                     G 302  200  200  200  200  200  200  200  200  200  302  200
mfa_add_webauthn                     P 419  200  200  200  200  200  200  200  200  200  419  200
mfa_edit_webauthn                    G 302  404  404  404  404  404  404  404  404  404  302  404
mfa_edit_webauthn                    P 419  404  404  404  404  404  404  404  404  404  419  404
mfa_remove_webauthn                  G 302  404  404  404  404  404  404  404  404  404  302  404
mfa_remove_webauthn                  P 419  404  404  404  404  404  404  404  404  404  419  404
mfa_activate_totp                    G 302  200  200  200  200  200  200  200  200  200  302  200
mfa_activate_totp                    P 419  200  200  200  200  200  200  200  200  200  419  200
mfa_deactivate_totp                  G 302  404  404  404  404  404  404  404  404  404  302  404
mfa_deactivate_totp                  P 419  404  404  404  404  404  404  404  404  404  419  404
mfa_view_recovery_codes              G 302  404  404  404  404  404  404  404  404  404  302  404
mfa_view_recovery_codes              P 419  405  405  405  405  405  405  405  405  405  419  405
mfa_generate_recovery_codes          G 302  200  200  200  200  200  200  200  200  200  302  200
mfa_generate_recovery_codes          P 419  200  200  200  200  200  200  200  200  200  419  200
account_change_password              G 302  302  302  302  302  302  302  302  302  302  302  302
account_change_password              P 419  302  302  302  302  302  302  302  302  302  419  302
account_set_password                 G 302  200  200  200  200  200  200  200  200  200  302  200
account_set_password                 P 419  200  200  200  200  200  200  200  200  200  419  200
account_reset_password               G 200  200  200  200  200  200  200  200  200  200  200  200
account_reset_password               P 200  200  200  200  200  200  200  200  200  200  200  200
account_reset_password_from_key_done G 200  200  200  200  200  200  200  200  200  200  200  200
account_reset_password_from_key_done P 405  405  405  405  405  405  405  405  405  405  405  405
account_reset_password_from_key      G 200  200  200  200  200  200  200  200  200  200  200  200
account_reset_password_from_key      P 200  200  200  200  200  200  200  200  200  200  200  200
account_reset_password_done          G 200  200  200  200  200  200  200  200  200  200  200  200
account_reset_password_done          P 405  405  405  405  405  405  405  405  405  405  405  405
single-keys                          G 302  405  405  405  405  405  405  405  405  405  302  405
single-keys                          P 419  302  302  302  302  302  302  302  302  302  419  302
confirm-mobile                       G 302  405  405  405  405  405  405  405  405  405  302  405
confirm-mobile                       P 419  302* 302* 302* 302* 302* 302* 302* 302* 302* 419  302*
told                                 G 302  200  200  200  200  200  200  200  200  200  302  200
told                                 P 419  302* 302* 302* 302* 302* 302* 302* 302* 302* 419  302*
words-in-mail                        G 302  403  403  403  403  403  403  403  405  403  302  403
words-in-mail                        P 419  403  403  403  403  403  403  403  302* 403  419  403
duty                                 G 302  403  403  403  403  200  200  200  200  403  302  403
duty                                 P 419  403  403  403  403  302* 302* 422  302* 403  419  403
end-duty                             G 302  403  403  403  403  405  405  405  405  403  302  403
end-duty                             P 419  403  403  403  403  302* 302* 404  302* 403  419  403
people:me                            G 302  200  200  200  200  200  200  200  200  200  302  200
people:me                            P 419  405  405  405  405  405  405  405  405  405  419  405
people:guidance                      G 302  200  200  200  200  200  200  200  200  200  302  403
people:guidance                      P 419  302* 302* 302* 302* 302* 302* 302* 302* 302* 419  403
people:guidance-page                 G 302  200  200  200  200  200  200  200  200  200  302  403
people:guidance-page                 P 419  302* 302* 302* 302* 302* 302* 302* 302* 302* 419  403
people:call-list                     G 302  200* 200* 200* 200* 200* 200* 200* 200* 403  302  403
people:call-list                     P 419  405  405  405  405  405  405  405  405  403  419  403
people:call-list-file                G 302  200* 200* 200* 200* 200* 200* 200* 200* 403  302  403
people:call-list-file                P 419  405  405  405  405  405  405  405  405  403  419  403
people:list                          G 302  403  403  403  403  403  403  403  200* 403  302  403
people:list                          P 419  403  403  403  403  403  403  403  405  403  419  403
people:add                           G 302  403  403  403  403  403  403  403  200  403  302  403
people:add                           P 419  403  403  403  403  403  403  403  302* 403  419  403
people:person                        G 302  403  403  403  403  403  403  403  200* 403  302  403
people:person                        P 419  403  403  403  403  403  403  403  405  403  419  403
people:change                        G 302  403  403  403  403  403  403  403  200* 403  302  403
people:change                        P 419  403  403  403  403  403  403  403  422  403  419  403
people:give-role                     G 302  403  403  403  403  403  403  403  302  403  302  403
people:give-role                     P 419  403  403  403  403  403  403  403  302* 403  419  403
people:end-role                      G 302  403  403  403  403  403  403  403  302  403  302  403
people:end-role                      P 419  403  403  403  403  403  403  403  302* 403  419  403
people:let-back                      G 302  403  403  403  403  403  403  403  405  403  302  403
people:let-back                      P 419  403  403  403  403  403  403  403  302  403  419  403
people:import                        G 302  403  403  403  403  403  403  403  200  403  302  403
people:import                        P 419  403  403  403  403  403  403  403  302* 403  419  403
people:export                        G 302  403  403  403  403  403  403  403  200* 403  302  403
people:export                        P 419  403  403  403  403  403  403  403  405  403  419  403
people:force                         G 302  403  403  403  403  403  403  403  200  403  302  403
people:force                         P 419  403  403  403  403  403  403  403  302* 403  419  403
people:teams                         G 302  403  403  403  403  403  403  403  200  403  302  403
people:teams                         P 419  403  403  403  403  403  403  403  405  403  419  403
people:add-team                      G 302  403  403  403  403  403  403  403  200  403  302  403
people:add-team                      P 419  403  403  403  403  403  403  403  302* 403  419  403
people:team                          G 302  403  403  403  403  403  403  403  200  403  302  403
people:team                          P 419  403  403  403  403  403  403  403  405  403  419  403
people:change-team                   G 302  403  403  403  403  403  403  403  200  403  302  403
people:change-team                   P 419  403  403  403  403  403  403  403  422  403  419  403
people:close-team                    G 302  403  403  403  403  403  403  403  405  403  302  403
people:close-team                    P 419  403  403  403  403  403  403  403  302  403  419  403
approvals:add-account                G 302  403  403  403  403  403  403  403  200  403  302  403
approvals:add-account                P 419  403  403  403  403  403  403  403  302* 403  419  403
approvals:account                    G 302  403  403  403  403  403  403  403  200  403  302  403
approvals:account                    P 419  403  403  403  403  403  403  403  422  403  419  403
approvals:close-account              G 302  403  403  403  403  403  403  403  405  403  302  403
approvals:close-account              P 419  403  403  403  403  403  403  403  302  403  419  403
approvals:merge-team                 G 302  403  403  403  403  403  403  403  200  403  302  403
approvals:merge-team                 P 419  403  403  403  403  403  403  403  422  403  419  403
approvals:leaver                     G 302  403  403  403  403  403  403  403  200  403  302  403
approvals:leaver                     P 419  403  403  403  403  403  403  403  302* 403  419  403
approvals:begin                      G 302  403  403  403  403  403  403  403  200  403  302  403
approvals:begin                      P 419  403  403  403  403  403  403  403  405  403  419  403
approvals:sheet                      G 302  403  403  403  403  200  200  200  200  403  302  403
approvals:sheet                      P 419  403  403  403  403  405  405  405  405  403  419  403
"""
PEOPLE = ["ano", "aut", "off", "oth", "sup", "app", "wro", "abr", "adm", "own", "dis", "nob"]


# The first letter of the method stands in the second column.
METHODS = {"G": "get", "P": "post"}


def declared() -> dict[str, dict[str, dict[str, str]]]:
    """The answer for each route, method and person."""
    table: dict[str, dict[str, dict[str, str]]] = {}
    for line in TABLE.strip().splitlines():
        name, method, *answers = line.split()
        row = dict(zip(PEOPLE, answers, strict=True))
        table.setdefault(name, {})[METHODS[method]] = row
    return table


DECLARED = declared()
# Where nobody has to be signed in.
OPEN = PUBLIC | {name for name, needs_sign_in in ALLAUTH.items() if not needs_sign_in}
# What nobody does who has not shown lately who they are.
DANGEROUS = {
    "incidents:release",
    "lifecycle:unfreeze",
    "publishing:credentials",
    "publishing:connect",
    "publishing:choose-publisher",
    "publishing:reveal",
    "approvals:change-route",
    "approvals:change-team-route",
    "approvals:leaver",
    "people:add",
    "people:change",
    "people:give-role",
    "people:end-role",
    "people:import",
    "people:force",
}
OURS = sorted(DECLARED.keys() - ALLAUTH.keys())
NAMES = [name for name, _ in routes(get_resolver().url_patterns)]


@pytest.fixture(scope="class")
def world(django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """One world for many questions; each is asked in a transaction that is rolled back."""
    with servers.fresh_database() as url, django_db_blocker.unblock(), django_on(url):
        yield make_world()


def ask(name: str, method: str, who: str, world: World) -> str:
    """The status that this person gets, with a star when something was done."""
    cache.clear()
    client = Client()
    with transaction.atomic():
        become(client, who, world)
        before = Record.objects.count()
        data = sent(name, world) if method == "post" else {}
        response = getattr(client, method)(address(name, world), data)
        done = "*" if Record.objects.count() > before else ""
        transaction.set_rollback(True)
    return f"{response.status_code}{done}"


class TestEveryCell:
    def test_is_declared(self) -> None:
        assert set(DECLARED) == set(NAMES)
        assert {frozenset(methods) for methods in DECLARED.values()} == {frozenset(["get", "post"])}

    @pytest.mark.parametrize("name", sorted(DECLARED))
    def test_holds(self, name: str, world: World) -> None:
        for method, row in DECLARED[name].items():
            assert {who: ask(name, method, who, world) for who in PEOPLE} == row, method

    @pytest.mark.parametrize("who", ["sup", "app", "adm", "own"])
    def test_opens_for_nobody_whose_second_factor_is_missing(
        self, who: str, world: World, settings: Settings
    ) -> None:
        settings.SECOND_FACTOR_REQUIRED = True
        with transaction.atomic():
            client = Client()
            become(client, who, world)
            before = Record.objects.count()
            for name in sorted(DECLARED.keys() - OPEN - SecondFactorRequired.WAY_THERE):
                for answer in (
                    client.get(address(name, world)),
                    client.post(address(name, world), sent(name, world)),
                ):
                    assert answer.status_code == 302, name
                    assert answer.headers["Location"] == reverse("mfa_index"), name
            assert Record.objects.count() == before
            transaction.set_rollback(True)

    @pytest.mark.parametrize("name", sorted(DANGEROUS))
    def test_that_is_dangerous_asks_again_who_it_is(self, name: str, world: World) -> None:
        """And does it, with everything that was sent, as soon as they have shown it."""
        with transaction.atomic():
            client = Client()
            become(client, "adm", world)
            client.get(reverse("insights:desk"))
            session = client.session
            session[SIGNED_IN_AT] -= 3600
            session.save()
            before = Record.objects.count()
            answer = client.post(address(name, world), sent(name, world))
            again = reverse("account_reauthenticate")
            assert answer.headers["Location"].startswith(again)
            assert Record.objects.count() == before
            handed = Page.of(client.get(answer.headers["Location"])).form(again)
            back = client.post(again, handed).headers["Location"]
            done = client.get(back)
            star = "*" if Record.objects.count() > before else ""
            assert f"{done.status_code}{star}" == DECLARED[name]["post"]["adm"]
            transaction.set_rollback(True)

    def test_that_is_dangerous_is_declared(self) -> None:
        dangerous = {
            name
            for name, pattern in routes(get_resolver().url_patterns)
            if getattr(getattr(pattern.callback, "view_class", None), "reauthenticates", False)
        }
        assert dangerous == DANGEROUS

    @pytest.mark.parametrize("who", PEOPLE)
    def test_of_another_method_is_refused(self, who: str, world: World) -> None:
        with transaction.atomic():
            client = Client()
            become(client, who, world)
            before = Record.objects.count()
            for name in OURS:
                get, post = (DECLARED[name][method][who] for method in ("get", "post"))
                refused = 403 if get == "403" else 405
                expected = 419 if post == "419" else refused
                for method in (client.put, client.patch, client.delete):
                    assert method(address(name, world)).status_code == expected, name
            assert Record.objects.count() == before
            transaction.set_rollback(True)

    def test_does_nothing_when_only_looked_at(self) -> None:
        done = {name for name, row in DECLARED.items() if "*" in "".join(row["get"].values())}
        assert done == READING_IS_RECORDED

    def test_lets_nobody_in_who_is_not_signed_in(self) -> None:
        private = {name: methods for name, methods in DECLARED.items() if name not in OPEN}
        for who in ("ano", "dis"):
            assert {methods["get"][who] for methods in private.values()} == {"302"}
            assert {methods["post"][who] for methods in private.values()} == {"419"}

    def test_lets_nobody_see_that_another_team_s_draft_is_there(self) -> None:
        about_a_draft = [name for name in NAMES if name in ABOUT and name.startswith("drafts:")]
        for name in about_a_draft:
            assert DECLARED[name]["post"]["oth"] == DECLARED[name]["post"]["abr"] == "404"

    @pytest.mark.parametrize("who", ["ano", "aut", "app", "adm", "nob"])
    def test_without_its_token_is_refused(self, who: str, world: World) -> None:
        with transaction.atomic():
            client = Client(enforce_csrf_checks=True)
            become(client, who, world)
            before = Record.objects.count()
            for name in NAMES:
                response = client.post(address(name, world), sent(name, world))
                assert response.status_code == 403, name
            assert Record.objects.count() == before
            transaction.set_rollback(True)

    @pytest.mark.parametrize("who", ["ano", "aut", "app", "adm", "nob"])
    def test_carries_its_headers(self, who: str, world: World) -> None:
        nonces = set()
        with transaction.atomic():
            client = Client()
            become(client, who, world)
            for path in [*(address(name, world) for name in NAMES), "/nothing/", "/a%00b"]:
                for response in (client.get(path), client.post(path)):
                    nonces |= set(nonces_of(response))
            transaction.set_rollback(True)
        # One for each page, and none twice.
        assert len(nonces) > 20


def nonces_of(response: Any) -> list[str]:
    """The nonce of a page, if it is one. Raises AssertionError for a header that is missing."""
    headers = response.headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in headers["Cache-Control"]
    found = re.findall(r"'nonce-([^']+)'", policy)
    if b"<html" in response.content:
        scripts = Page.of(response).root.all("script")
        assert {script.attrs.get("nonce", "") for script in scripts} == set(found)
        assert len(found) == 1
    return found


@pytest.mark.django_db
class TestTheNonce:
    def test_is_new_each_time(self, client: Client) -> None:
        first, second = (nonces_of(client.get("/")) for _ in range(2))
        assert len(first) == len(second) == 1
        assert first != second
        assert len(first[0]) >= 16


@pytest.mark.django_db
class TestALossOfAccess:
    """What a session may do is asked anew with each request."""

    @pytest.fixture
    def scene(self) -> Scene:
        return Scene()

    def test_follows_a_deactivation_at_once(self, client: Client, scene: Scene) -> None:
        officer = scene.person()
        client.force_login(officer)
        assert client.get("/desk/").status_code == 200
        deactivate(officer, actor=None, now=timezone.now())
        assert client.get("/desk/").status_code == 302
        User.objects.filter(pk=officer.pk).update(is_active=True)
        # Back again, the old session is as good as any: nobody took it over.
        assert client.get("/desk/").status_code == 200

    def test_follows_a_move_to_another_team_at_once(self, client: Client, scene: Scene) -> None:
        officer, other = scene.person(), scene.other_account()
        draft = written(scene, author=officer)
        theirs = written(scene, author=scene.person(lpt=other.lpt), account=other)
        client.force_login(officer)
        assert client.get(draft.get_absolute_url()).status_code == 200
        assert client.get(theirs.get_absolute_url()).status_code == 404
        Membership.objects.filter(person=officer).update(lpt=other.lpt)
        assert client.get(draft.get_absolute_url()).status_code == 404
        assert client.get(theirs.get_absolute_url()).status_code == 200
        assert client.post(f"/drafts/{draft.pk}/discard/").status_code == 404

    def test_follows_the_end_of_a_role_at_once(self, client: Client, scene: Scene) -> None:
        approver, draft = scene.person(Role.COMMS_APPROVER), submitted(scene)
        client.force_login(approver)
        path = f"/review/{draft.pk}/"
        form = Page.of(client.get(path)).root.all("form", action=path)
        assert form
        yesterday = timezone.localdate() - timedelta(days=1)
        Membership.objects.filter(person=approver).update(until=yesterday)
        seen = {"revision_hash": draft.content_hash, "revision_number": draft.revision_number}
        assert client.post(path, seen | {"decision": "approve"}).status_code == 403
        assert not Delivery.objects.exists()

    def test_is_the_end_of_a_session_after_half_an_hour(self, client: Client) -> None:
        client.force_login(UserFactory.create())
        assert client.session.get_expiry_age() == 30 * 60
        assert client.session.get_expire_at_browser_close()


# --- what was typed stays what it is: words

# Each holds this word where it would become an element or an attribute.
CANARY = "xcanary"
PAYLOADS = [
    f"<{CANARY}>",
    f"</p><{CANARY}>",
    f'"><{CANARY}>',
    f"'><{CANARY}>",
    f'" {CANARY}=1 "',
    f"' {CANARY}=1 '",
    f" {CANARY}=1 ",
    f"<script {CANARY}>1</script>",
    f"</script><{CANARY}>",
    f"</textarea><{CANARY}>",
    f"</title><{CANARY}>",
    f"</style><{CANARY}>",
    f"--><{CANARY}>",
    f"<!--<{CANARY}>",
    f"<![CDATA[<{CANARY}>]]>",
    f"<img src=x onerror={CANARY}>",
    f"<svg onload={CANARY}>",
    f"<a href=javascript:{CANARY}>x",
    f"javascript:{CANARY}",
    f"<iframe srcdoc={CANARY}>",
    f"<{CANARY} hx-get=/>",
    f"<base href=//{CANARY}>",
    f"&lt;{CANARY}&gt;",
    f"&#60;{CANARY}&#62;",
    f"%3C{CANARY}%3E",
    f"\\u003c{CANARY}\\u003e",
    f"\uff1c{CANARY}\uff1e",
    f"<{CANARY}\n>",
    f"<\n{CANARY}>",
    f"`{CANARY}`",
    f"{{{{ {CANARY} }}}}",
    f"{{% {CANARY} %}}",
    f"{{# {CANARY} #}}",
    f"${{{CANARY}}}",
    f"#{{{CANARY}}}",
    f"%({CANARY})s",
    f"={CANARY}(1)",
    f"+{CANARY}",
    f"@SUM({CANARY})",
    f"-{CANARY}|cmd",
    f"\u202e{CANARY}\u202c",
    f"\u2066{CANARY}\u2069",
    f"\u200b{CANARY}\u00ad",
    f"{CANARY}\u2028<{CANARY}>",
    f"'; DROP {CANARY} --",
]
# Several at a time: each still stands for itself, since each is found by its own danger.
TOGETHER = [" ".join(PAYLOADS[start : start + 5]) for start in range(0, len(PAYLOADS), 5)]
RUNS = re.compile(r"^\s*(javascript|data|vbscript):", re.IGNORECASE)
LEADS = {"href", "src", "action", "formaction", "srcdoc", "data", "poster", "background"}


def dangers(page: Page) -> list[str]:
    """Every element and attribute of the page that somebody's text has become."""
    found = []
    for element in page.root.walk():
        if CANARY in element.tag or element.tag in {"iframe", "object", "embed", "base"}:
            found.append(f"<{element.tag}>")
        for name, value in element.attrs.items():
            if CANARY in name or name.startswith("on") or name == "style":
                found.append(f"{element.tag}[{name}]")
            if name in LEADS and RUNS.match(value):
                found.append(f"{element.tag}[{name}={value}]")
        if element.tag == "script" and CANARY in element.raw_text:
            found.append("a script that holds the text")
    return found


def say_it_everywhere(scene: Scene, text: str) -> tuple[dict[str, User], list[str]]:
    """Put `text` into every field that anybody fills in; who reads it, and at which addresses."""
    now = timezone.now()
    people = {"author": scene.person(), "approver": scene.person(Role.COMMS_APPROVER)}
    admin = people["admin"] = scene.person(Role.COMMS_ADMIN)
    Force.objects.filter(pk=scene.force.pk).update(name=text[:100], comms_phone=text[:20])
    LPT.objects.filter(pk=scene.lpt.pk).update(
        name=text[:100], comms_contact=text, meeting_place=text, area_hashtag=text[:50]
    )
    User.objects.filter(pk__in=[person.pk for person in people.values()]).update(
        full_name=text[:100], collar_number=text[:20]
    )
    SocialAccount.objects.filter(pk=scene.account.pk).update(handle=text[:15], signature=text[:30])
    people = {who: User.objects.get(pk=person.pk) for who, person in people.items()}
    account = SocialAccount.objects.select_related("force", "lpt").get(pk=scene.account.pk)
    pages = []
    for state in State:
        draft = write(
            Writing(text=text, account=account, category="meeting"),
            author=people["author"],
            now=now,
        )
        report = check_content(content_of(draft), now=now)
        Submission.objects.create(
            revision=draft.current_revision,
            draft=draft,
            person=people["author"],
            at=now,
            report=report.as_dict(),
            answers={finding.key: text for finding in report.findings},
            generation=1,
            declaration="x",
        )
        Decision.objects.create(
            draft=draft,
            revision=draft.current_revision,
            step=1,
            verdict=Verdict.RETURN,
            person=people["approver"],
            at=now,
            content_hash=draft.content_hash,
            reason=Reason.OTHER,
            sentence=text,
        )
        Draft.objects.filter(pk=draft.pk).update(
            state=state, submitted_at=now, queue_at=now, returned_by=text[:100],
            returned_reason=text,
        )  # fmt: skip
        pages.append(draft.get_absolute_url())
        if state == State.DRAFT:
            pages.append(f"/drafts/{draft.pk}/edit/")
        if state == State.SUBMITTED:
            pages.append(f"/review/{draft.pk}/")
        if state == State.APPROVED:
            Delivery.objects.create(
                draft=draft,
                revision=draft.current_revision,
                account=account,
                approved_by=admin,
                approved_at=now,
                approved_hash=draft.content_hash,
                state=DeliveryState.NEEDS_HUMAN,
                due_at=now,
                next_at=now,
                not_after=now + timedelta(hours=1),
                last_error=text[:300],
                external_url=f"/{text}"[:300],
            )
    asked = ask_comms(text, force=account.force, actor=people["author"], about=account, now=now)
    write_on(asked, text, actor=people["approver"], seen=1, now=now)
    place(kind=HoldKind.CRITICAL_INCIDENT, scope=scene.lpt, reason=text, actor=admin, now=now)
    tell(people.values(), text, link="/drafts/", now=now)
    tabs = [f"/drafts/?state={tab}" for tab in ("writing", "waiting", "approved", "ended")]
    pages += [asked.get_absolute_url(), "/questions/", "/ask-comms/", "/call-list/"]
    pages += ["/desk/", "/write/", "/review/", "/deliveries/", "/incidents/", "/rulebook/", *tabs]
    return people, pages


@pytest.mark.django_db
class TestHostileText:
    def test_comes_in_many_kinds(self) -> None:
        assert len(PAYLOADS) >= 40
        assert all(CANARY in payload for payload in PAYLOADS)

    def test_that_was_not_escaped_would_be_found(self) -> None:
        harmful = [p for p in PAYLOADS if dangers(Page.of(f"<p title='{p}'>{p}</p>"))]
        assert len(harmful) >= 15

    @pytest.mark.parametrize("text", TOGETHER)
    def test_is_shown_as_words_on_every_page(self, client: Client, text: str) -> None:
        people, pages = say_it_everywhere(Scene(), text)
        for who, person in people.items():
            client.force_login(person)
            read = 0
            # Whoever may review sees every page; of the others one round each will do.
            for path in pages if who == "approver" else [*pages[-10:], pages[0]]:
                response = client.get(path)
                page = Page.of(response)
                assert dangers(page) == [], path
                read += CANARY in page.root.text and response.status_code == 200
            # They met it wherever they may go.
            assert read >= {"author": 9, "approver": len(pages), "admin": 3}[who]

    @pytest.mark.parametrize("text", TOGETHER)
    def test_is_shown_as_words_when_it_comes_back(self, client: Client, text: str) -> None:
        scene = Scene()
        draft = submitted(scene)
        people = {role: scene.person(role) for role in (Role.OFFICER, Role.COMMS_APPROVER)}
        tries: list[tuple[Role | None, str, dict[str, str]]] = [
            (Role.OFFICER, "/write/", {"text": text, "when": "x", "date": text, "time": text}),
            (Role.OFFICER, "/write/", dict.fromkeys(("account", "category", "key"), text)),
            (Role.OFFICER, "/write/check/", {"text": text, "answer-key-0": text}),
            (
                Role.COMMS_APPROVER,
                f"/review/{draft.pk}/",
                {"decision": "reject", "sentence": text, "reason": text},
            ),
            (Role.COMMS_APPROVER, "/incidents/", {"kind": "hold", "scope": "x", "reason": text}),
            (None, "/write/", {"text": text}),
            (None, "/accounts/login/", {"login": text, "password": text}),
            (None, "/accounts/password/reset/", {"email": text}),
        ]
        for role, path, typed in tries:
            cache.clear()
            client.logout()
            if role:
                client.force_login(people[role])
            response = client.post(path, typed, follow=True)
            assert response.status_code in {200, 404, 419, 422}
            assert dangers(Page.of(response)) == [], path
        client.force_login(people[Role.OFFICER])
        for query in (f"/rulebook/?q={quote(text)}", f"/drafts/?state={quote(text)}"):
            assert dangers(Page.of(client.get(query))) == []
