"""The demonstration's tweets: each written, submitted and decided on by its people.

Every draft has its own number and is made once.
"""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from accounts.models import LPT, SocialAccount, User
from approvals.models import AfterReview
from approvals.reasons import Reason
from approvals.services import (
    approve,
    comment,
    expire_overdue,
    publish_in_emergency,
    reject,
    remind,
    reopen,
    suggest,
)
from demonstration.people import (
    SITE,
)
from demonstration.rulebook import who
from drafts.case import NOTHING, Declared
from drafts.models import Draft
from drafts.schedule import LONDON, Planned, planned, today_at
from drafts.services import Writing, discard, submit, write
from incidents.models import Hold, HoldKind
from incidents.services import place, release
from policy.core import ATTESTATIONS, CaseStage, Offence
from publishing.clock import database_now
from publishing.services import Fault, dispatch_due, fail_next

NAMESPACE = uuid.UUID("6f0c8c0e-8c3f-4b5e-9d55-0b7f3e1c2a10")
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


@dataclass
class Seeder:
    """Plays the demonstration's drafts, each by its people and at its time before `now`."""

    now: datetime
    made: int = 0

    def who(self, name: str) -> User:
        return who(name)

    def is_new(self, number: int) -> bool:
        return not Draft.objects.filter(key=self.key(number)).exists()

    def key(self, number: int) -> uuid.UUID:
        return uuid.uuid5(NAMESPACE, f"draft {number}")

    def written(
        self, number: int, author: str, handle: str, category: str, text: str,
        *, ago: timedelta, at: Planned | None = None, declared: Declared = NOTHING,
    ) -> Draft:  # fmt: skip
        self.made += 1
        account = SocialAccount.objects.get(platform="x", handle=handle)
        return write(
            Writing(text=text, account=account, category=category, planned=at, declared=declared),
            author=self.who(author),
            key=self.key(number),
            now=self.now - ago,
        )

    def submitted(self, draft: Draft, *, ago: timedelta) -> Draft:
        answers = _AnyAnswer()
        return submit(
            draft,
            actor=draft.author,
            revision_number=draft.revision_number,
            answers=answers,
            # Only what is asked of the text is kept.
            ticked={a.id: "MP/2026/0114" if a.asks else "" for a in ATTESTATIONS},
            now=self.now - ago,
        )

    def approved(self, draft: Draft, *, ago: timedelta, by: str = "Priya Nair") -> None:
        approve(
            draft,
            actor=self.who(by),
            revision_number=draft.revision_number,
            revision_hash=draft.content_hash,
            step=draft.step,
            now=self.now - ago,
        )

    def drafts(self) -> int:
        """Play what is missing. A scene whose first draft is there was played before."""
        scenes: list[tuple[int, Callable[[], None]]] = [
            (3, self._published),
            (21, self._unanswered),
            (30, self._refused),
            (29, self._missed),
            (18, self._held),
            (1, self._waiting),
            (2, self._being_written),
            (6, self._sent_back),
            (9, self._in_an_emergency),
            (20, self._expired),
            (7, self._approved),
            (11, self._of_cases),
            (31, self._reopened),
        ]
        for number, scene in scenes:
            if self.is_new(number):
                scene()
        if self.made:
            remind(now=self.now)
        return self.made

    def _in(self, span: timedelta) -> Planned:
        local = (self.now + span).astimezone(LONDON)
        clock = local.time().replace(second=0, microsecond=0)
        return planned(local.date(), clock, second=bool(local.fold))

    def _day(self, days: int, hour: int, minute: int = 0) -> Planned:
        return today_at(time(hour, minute), now=self.now, days=days)

    def _out_now(self, draft: Draft) -> None:
        """Approve so long ago that the stop window is over, and let the dispatcher look."""
        self.submitted(draft, ago=HOUR)
        self.approved(draft, ago=2 * MINUTE)
        dispatch_due(now=database_now())

    def _published(self) -> None:
        self._out_now(self.written(
            3, "Callum Reeve", "OldermoorPolice", "you-said-we-did",
            "You said: speeding past the school. We did: two speed checks this week, 14 drivers"
            " spoken to. Next meeting on the 3rd, 7pm, Oldermoor Village Hall. #Oldermoor",
            ago=26 * HOUR,
        ))  # fmt: skip

    def _unanswered(self) -> None:
        draft = self.written(
            21, "Tom Okafor", "InspOkaforMP", "question",
            "What should we tackle first in Oldermoor this winter: speeding, parking by the school,"
            " or off-road bikes? Reply here or come on Thursday. #Oldermoor",
            ago=20 * HOUR,
        )  # fmt: skip
        self._fault(draft, Fault.TIMEOUT_LOST)
        self._out_now(draft)

    def _refused(self) -> None:
        draft = self.written(
            30, "Asha Tindall", "OldermoorPolice", "meeting",
            "Meet your team: surgery this Thursday, 6pm to 7pm, Oldermoor Library. #Oldermoor",
            ago=25 * HOUR,
        )  # fmt: skip
        self._fault(draft, Fault.REFUSAL)
        self._out_now(draft)

    def _fault(self, draft: Draft, fault: Fault) -> None:
        name = draft.account.address
        fail_next(fault, account=name, actor=self.who("Colin Bright"))

    def _missed(self) -> None:
        roads = SocialAccount.objects.get(handle="MarlRoadsTeam")
        draft = self.written(
            29, "Hal Sutter", "MarlRoadsTeam", "advice",
            "Icy this morning. Clear the whole windscreen before you set off. #WinterReady",
            ago=6 * HOUR,
        )  # fmt: skip
        self.submitted(draft, ago=5 * HOUR)
        self.approved(draft, ago=4 * HOUR)
        duty = self.who("Ruth Adeyemi")
        hold = place(
            kind=HoldKind.HOLD, scope=roads, reason="Waiting for the road closure to be confirmed.",
            actor=duty, now=self.now - 4 * HOUR + MINUTE / 2,
        )  # fmt: skip
        release(hold, actor=duty, now=self.now - HOUR)
        dispatch_due(now=database_now())

    def _held(self) -> None:
        draft = self.written(
            18, "Ines Calder", "FoxhollowLPT", "advice",
            "If you have older relatives, help them fit a door chain. Not sure who is at the door?"
            " Keep it shut, call the company back on a number you trust. #Foxhollow",
            ago=3 * HOUR, at=self._day(1, 10),
        )  # fmt: skip
        self.submitted(draft, ago=2 * HOUR)
        self.approved(draft, ago=HOUR)
        foxhollow = LPT.objects.get(slug="foxhollow")
        if not Hold.objects.open().filter(lpt=foxhollow).exists():
            place(
                kind=HoldKind.CRITICAL_INCIDENT, scope=foxhollow,
                reason="An incident at Tanner Square.", actor=self.who("Ruth Adeyemi"),
                now=self.now - 35 * MINUTE,
            )  # fmt: skip

    def _waiting(self) -> None:
        this_afternoon = self._day(0 if self.now.astimezone(LONDON).hour < 16 else 1, 17)
        for number, author, handle, category, text, ago, at, stage in (
            (4, "Megan Hart", "BrackenfordLPT", "advice",
             "Shed break-ins are up across Brackenford. Lock it, alarm it, mark your tools."
             " Free marking kits at Brackenford station, weekdays 10am to 4pm. #Brackenford",
             3 * HOUR, self._in(40 * MINUTE), None),
            (5, "Megan Hart", "BrackenfordLPT", "arrest",
             "A 34-year-old man from Brackenford has been arrested on suspicion of burglary. He"
             " remains in custody. Thank you to everyone who called 101. #Brackenford",
             50 * MINUTE, None, CaseStage.ARRESTED),
            (1, "Asha Tindall", "OldermoorPolice", "meeting",
             "Meet your team: surgery this Thursday, 6pm to 7pm, Oldermoor Library. Tell us what"
             f" you want us to tackle next. Details: {SITE}/oldermoor #Oldermoor",
             20 * MINUTE, this_afternoon, None),
            (10, "Devan Moorcroft", "KingsmarlLPT", "stop-check",
             "Stop check of note: car stopped in the town centre, no insurance, no licence. Vehicle"
             " seized. Driver reported. #Kingsmarl",
             15 * MINUTE, None, CaseStage.REPORTED),
        ):  # fmt: skip
            draft = self.written(
                number, author, handle, category, text, ago=ago + MINUTE, at=at,
                declared=_case(stage) if stage else NOTHING,
            )  # fmt: skip
            self.submitted(draft, ago=ago)
            if number == 5:
                self._talk(draft)

    def _talk(self, draft: Draft) -> None:
        for number, (name, text, ago) in enumerate((
            ("Joe Halloran",
             "@Megan Hart is he still in custody? The custody record that I can see is from noon.",
             30 * MINUTE),
            ("Megan Hart",
             "Yes, the custody sergeant confirmed it at ten to. @Halloran, nothing has changed.",
             20 * MINUTE),
        )):  # fmt: skip
            comment(
                draft, actor=self.who(name), text=text, now=self.now - ago,
                key=uuid.uuid5(NAMESPACE, f"comment {number}"),
            )  # fmt: skip

    def _being_written(self) -> None:
        for number, author, handle, category, text, ago in (
            (2, "Callum Reeve", "OldermoorPolice", "local-issue",
             "Arrests again on Larkspur Close after car break ins at number 14. Lock up folks, gr8"
             " work team #Oldermoor #ASB #CarCrime #Police",
             30 * MINUTE),
            (23, "Jo Penhallow", "SaltmereLPT", "partner-event",
             "Flood fair with our partners on Saturday, 11am to 3pm, Saltmere Pavilion. Book here:"
             " https://tickets.example.com/flood",
             2 * HOUR),
            (24, "Ben Stott", "OldermoorPolice", "meeting",
             "Street surgery tomorrow, 4pm, outside the Co-operative on Tansy Road. Come and say"
             " hello. #Oldermoor",
             4 * HOUR),
        ):  # fmt: skip
            self.written(number, author, handle, category, text, ago=ago)
        withdrawn = self.written(
            28, "Devan Moorcroft", "KingsmarlLPT", "meeting",
            "Coffee with your team on Friday, 10am, Kingsmarl Market Hall. #Kingsmarl",
            ago=5 * HOUR, at=self._day(1, 10),
        )  # fmt: skip
        discard(withdrawn, actor=withdrawn.author, now=self.now - 4 * HOUR)

    def _of_cases(self) -> None:
        """What the rulebook and the law stop, and what may be said once a court has decided."""
        for number, category, text, declared in (
            (11, "stop-check",
             "Seized this one today, AA19 AAA, driver 22 from Fern Street. Uninsured. Bye bye car!",
             _case(CaseStage.REPORTED)),
            (16, "court-result",
             "Teenager, 16, from Fern Street school sentenced today at youth court for robbery."
             " #Kingsmarl",
             _case(CaseStage.SENTENCED, under_18=True)),
        ):  # fmt: skip
            self.written(
                number, "Devan Moorcroft", "KingsmarlLPT", category, text,
                ago=3 * HOUR, declared=declared,
            )  # fmt: skip
        self._out_now(self.written(
            15, "Devan Moorcroft", "KingsmarlLPT", "court-result",
            "Good result: a 41-year-old Kingsmarl man was jailed today for 3 years for dealing"
            " drugs in our town. Your calls made the difference. #Kingsmarl",
            ago=20 * HOUR, declared=_case(CaseStage.SENTENCED),
        ))  # fmt: skip

    def _sent_back(self) -> None:
        thug = self.written(
            6, "Ned Farrow", "BrackenfordLPT", "arrest",
            "Local nuisance Barney Quillfeather finally nicked for burglary! One less thug on our"
            " streets. #Brackenford",
            # Not what he should have answered: the reviewer sees the answer and the text.
            ago=8 * HOUR, declared=_case(CaseStage.REPORTED),
        )  # fmt: skip
        self.submitted(thug, ago=7 * HOUR)
        reject(
            thug, actor=self.who("Joe Halloran"), revision_number=1,
            revision_hash=thug.content_hash, reason=Reason.NAMES_PERSON,
            sentence="He has only been arrested: naming him could wreck the case, and “thug” is an"
            " opinion. Try: a 29-year-old man has been arrested on suspicion of burglary.",
            now=self.now - 6 * HOUR,
        )  # fmt: skip
        crash = self.written(
            8, "Jo Penhallow", "SaltmereLPT", "traffic",
            "Avoid Harbour Road, we are on our way to a serious crash, looks bad. Apparently two"
            " cars.",
            ago=3 * HOUR,
        )  # fmt: skip
        self.submitted(crash, ago=170 * MINUTE)
        suggest(
            crash, actor=self.who("Priya Nair"), revision_number=1,
            revision_hash=crash.content_hash,
            text="Harbour Road is closed at the quay. Please use Mill Lane.",
            note="Say only what people must do now.",
            now=self.now - 160 * MINUTE,
        )  # fmt: skip

    def _in_an_emergency(self) -> None:
        draft = self.written(
            9, "Jo Penhallow", "SaltmereLPT", "traffic",
            "Harbour Road in Saltmere is closed between the quay and Mill Lane. Please use Station"
            " Road. We will tell you when it opens. #SaltmereQuay",
            ago=21 * HOUR,
        )  # fmt: skip
        self.submitted(draft, ago=21 * HOUR)
        publish_in_emergency(
            draft, actor=self.who("Ruth Adeyemi"), revision_number=draft.revision_number,
            revision_hash=draft.content_hash,
            reason="People drive into the flood, and nobody approves before seven.",
            now=self.now - 2 * MINUTE,
        )  # fmt: skip
        AfterReview.objects.filter(delivery__draft=draft).update(due_by=self.now + 3 * HOUR)
        dispatch_due(now=database_now())

    def _expired(self) -> None:
        draft = self.written(
            20, "Hal Sutter", "MarlRoadsTeam", "traffic",
            "Drink drive checks across Marlshire this weekend. If you are drinking, plan a lift"
            " home. #FatalFour",
            ago=48 * HOUR, at=self._day(-1, 20),
        )  # fmt: skip
        self.submitted(draft, ago=47 * HOUR)
        expire_overdue(now=self.now)

    def _approved(self) -> None:
        for number, category, text, at in (
            (7, "weather",
             "Yellow wind warning for the coast tonight, 6pm to 6am. Stay back from the quay wall"
             " at Saltmere. Updates from the Met Office. #SaltmereQuay", self._in(3 * MINUTE)),
            (22, "newsletter",
             "Our December newsletter is out: who we met, what we did, what is next. Read it:"
             f" {SITE}/saltmere/news #SaltmereQuay", self._day(2, 9)),
        ):  # fmt: skip
            draft = self.written(
                number, "Jo Penhallow", "SaltmereLPT", category, text, ago=2 * HOUR, at=at
            )
            self.submitted(draft, ago=90 * MINUTE)
            self.approved(draft, ago=30 * MINUTE, by="Joe Halloran")

    def _reopened(self) -> None:
        draft = self.written(
            31, "Jo Penhallow", "SaltmereLPT", "partner-event",
            "Beach clean on Sunday, 9am, by the slipway. Gloves provided. #SaltmereQuay",
            ago=6 * HOUR, at=self._day(2, 8),
        )  # fmt: skip
        self.submitted(draft, ago=5 * HOUR)
        self.approved(draft, ago=4 * HOUR)
        reopen(draft, actor=draft.author, now=self.now - 3 * HOUR)


def _case(stage: CaseStage, *, under_18: bool = False) -> Declared:
    """An ordinary case: grown-ups, and an offence like burglary."""
    return Declared(case_stage=stage, offence=Offence.OTHER, under_18=under_18)


class _AnyAnswer(dict[str, str]):
    """What the demonstration's people answer to whatever the rulebook asks them."""

    def get(self, key: str, default: str | None = None) -> str:  # type: ignore[override]
        return "Everybody here knows this already."

    def __getitem__(self, key: str) -> str:
        return self.get(key)
