"""The life of the demonstration's accounts: requests, a handover, silence, a question."""

from datetime import datetime, timedelta

from accounts.models import AccountKind, SocialAccount, User
from approvals.reasons import Reason
from approvals.services import return_for_changes
from demonstration.rulebook import who
from drafts.models import Draft
from drafts.services import submit
from lifecycle.models import (
    QUESTIONS,
    AccountRequest,
    ChecklistStep,
    Following,
    Handover,
    Plan,
    Question,
    Silence,
    Who,
    Why,
)
from lifecycle.services import (
    Parting,
    Wish,
    ask,
    ask_comms,
    ask_to_follow,
    begin_handover,
    decide_following,
    first_seen,
    redirect_to,
    start_farewell,
    support,
    tick,
    watch_silence,
    write_on,
    write_request,
)
from policy.core import ATTESTATIONS

DAY, HOUR, MINUTE = timedelta(days=1), timedelta(hours=1), timedelta(minutes=1)
FESTIVAL = {
    "purpose": "Tell people about the Kingsmarl Street Festival and keep them safe there.",
    "benefit_public": "They know about road closures and where to find us.",
    "benefit_force": "Fewer calls to 101 on the day.",
    "outcome": "Fewer calls about parking than last year.",
    "audience": "Everybody who comes, and who lives in the streets around.",
    "plan": "Two tweets a week from May on, each hour on the day.",
    "time": "Callum, half an hour a week; two of us on the day.",
    "why_not_account": "Our followers do not all care about the festival.",
    "why_not_hashtag": "We had not thought of one.",
}
WATER = {
    "purpose": "Safety on the river and the quay, all year round.",
    "benefit_public": "People hear of dangerous water before they are in it.",
    "benefit_force": "Fewer rescues.",
    "outcome": "In a year the boat clubs follow us and pass our warnings on.",
    "audience": "Anglers, swimmers, boat clubs along the river.",
    "plan": "Water levels, advice before each weekend, a word after each patrol.",
    "time": "Hal and one more, ten minutes a day.",
    "why_not_account": "Traffic and water have different followers.",
    "why_not_hashtag": "It is no campaign: it never ends.",
}


def live(*, now: datetime) -> int:
    """Play what is missing of it; return how many drafts were made."""
    if not AccountRequest.objects.exists():
        _requests(now)
    if not Following.objects.exists():
        _following(now)
    if not Silence.objects.exists():
        first_seen(_account("KingsmarlCycle"), now=now - 61 * DAY)
        watch_silence(now=now)
    if not Question.objects.exists():
        _question(now)
    if Handover.objects.exists():
        return 0
    _handover(now)
    return 1


def _account(handle: str) -> SocialAccount:
    return SocialAccount.objects.select_related("force", "lpt").get(platform="x", handle=handle)


def _asked(
    person: User, handle: str, kind: AccountKind, case: dict[str, str], at: datetime
) -> AccountRequest:
    assert case.keys() == QUESTIONS.keys()
    wish = Wish(handle, kind=kind, case=case)
    request = write_request(wish, membership=person.current_memberships[0], now=at - HOUR)
    ask(request, actor=person, now=at)
    return AccountRequest.objects.with_people().get(pk=request.pk)


def _requests(now: datetime) -> None:
    festival = _asked(
        who("Callum Reeve"), "KingsmarlFest", AccountKind.LPT, FESTIVAL, now - 12 * DAY
    )
    support(
        festival, actor=who("Dilys Marsh"), words="We look after it with Kingsmarl.", seen=1,
        now=now - 11 * DAY,
    )  # fmt: skip
    festival.refresh_from_db()
    redirect_to(
        festival, "KingsmarlFest", actor=who("Colin Bright"), seen=1, now=now - 10 * DAY,
        words="A hashtag does it for one weekend, and your followers are there already.",
    )  # fmt: skip
    water = _asked(who("Hal Sutter"), "MarlWaterTeam", AccountKind.CENTRAL, WATER, now - 3 * DAY)
    support(water, actor=who("Priya Nair"), seen=1, now=now - 2 * DAY)
    cycling = {**WATER, "purpose": "Cycle patrols: where we are and what we found."}
    _asked(who("Asha Tindall"), "OldermoorCycle", AccountKind.LPT, cycling, now - DAY)


def _following(now: datetime) -> None:
    for name, handle, follows, kind, why, days in (
        ("Asha Tindall", "OldermoorPolice", "MarlshireFire", Who.PARTNER,
         "They tweet about fires in our streets.", 40),
        ("Megan Hart", "BrackenfordLPT", "StarOfTheShow", Who.OTHER,
         "Everybody in Brackenford is talking about the show.", 8),
        ("Callum Reeve", "OldermoorPolice", "OldermoorAllot", Who.LOCAL,
         "The allotment society: they often tell us about break-ins.", 1),
    ):  # fmt: skip
        asked = ask_to_follow(
            _account(handle), follows, who=kind, why=why, has_looked=True, is_no_celebrity=True,
            actor=who(name), now=now - days * DAY,
        )  # fmt: skip
        if days == 1:
            continue
        famous = kind == Who.OTHER
        decide_following(
            asked, follow=not famous, actor=who("Ruth Adeyemi"),
            answer="We follow nobody for being famous." if famous else "",
            now=now - days * DAY + HOUR,
        )  # fmt: skip


def _question(now: datetime) -> None:
    """Callum Reeve asked about his draft, and was answered; he has not closed it."""
    callum = who("Callum Reeve")
    question = ask_comms(
        "May I say which street it was, if I leave the house number out?",
        force=callum.current_memberships[0].force,
        actor=callum,
        about=Draft.objects.by(callum).with_people().filter(text__startswith="Arrests").first(),
        now=now - 25 * MINUTE,
    )
    write_on(
        question,
        "Yes, the street is fine: people who live there will want to know. Leave the number out,"
        " and say what they can do, such as taking everything out of the car.",
        actor=who("Joe Halloran"),
        seen=1,
        now=now - 15 * MINUTE,
    )


def _handover(now: datetime) -> None:
    """Step 3 of 6: the farewell tweet came back."""
    laura, megan = who("Laura Finch"), who("Megan Hart")
    handover = begin_handover(
        _account("PCFinchMP"),
        Parting(
            why=Why.MOVING,
            plan=Plan.SUCCESSOR,
            last_day=(now + 20 * DAY).date(),
            person=laura,
            successor=megan,
            new_handle="PCHartMP",
            follow="@BrackenfordLPT",
        ),
        actor=laura,
        now=now - 4 * DAY,
    )
    draft = start_farewell(handover, actor=laura, now=now - 3 * DAY)
    for key, name in (("plan", "Colin Bright"), ("drafts", "Megan Hart")):
        step = ChecklistStep.objects.with_process().get(handover=handover, key=key)
        tick(step, actor=who(name), now=now - 3 * DAY)
    _sent_back(draft, now)


def _sent_back(draft: Draft, now: datetime) -> None:
    submit(
        draft, actor=draft.author, revision_number=draft.revision_number, answers={},
        ticked={a.id: "MP/2026/0114" if a.asks else "" for a in ATTESTATIONS},
        now=now - 2 * DAY,
    )  # fmt: skip
    return_for_changes(
        draft, actor=who("Joe Halloran"), revision_number=draft.revision_number,
        revision_hash=draft.content_hash, reason=Reason.OTHER,
        sentence="Say when, and that it stays your team's account: people ask us already.",
        now=now - DAY,
    )  # fmt: skip
