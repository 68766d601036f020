"""The rulebook's side of the Write page: the count and the findings with their answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from accounts.models import SocialAccount
from drafts.case import Declared, asks_case, may_name
from drafts.content import is_signed, seal_of
from drafts.models import Override
from drafts.schedule import LONDON
from drafts.services import Checked, Problem, can_be_passed_over
from policy.core import Attestation, Election, Finding, Severity, Where
from policy.services import pack_for


@dataclass(frozen=True, slots=True)
class Item:
    """One finding on screen, with the officer's answer and the form field that holds it.

    `number` is its place in the report, by which its answer is sent.
    """

    finding: Finding
    number: int = 0
    answer: str = ""
    field: str = ""
    error: str = ""
    # Somebody with the permission took this block upon themselves, for exactly this content.
    passed_over: Override | None = None

    @property
    def may_be_passed_over(self) -> bool:
        return self.finding.severity == Severity.BLOCK and can_be_passed_over(self.finding)


@dataclass(frozen=True, slots=True)
class Tick:
    """One separate tick on screen; `seal` is that of the text under which it is shown."""

    attestation: Attestation
    seal: str
    is_ticked: bool = False
    text: str = ""
    error: str = ""

    @property
    def name(self) -> str:
        return f"tick-{self.attestation.id}"

    @property
    def field(self) -> str:
        """Its id on the page: a check leaves a tick alone for as long as the text is the same."""
        return f"{self.name}-{self.seal}"


@dataclass(frozen=True, slots=True)
class Group:
    """What one rule found, at one weight: shown together under its title."""

    items: list[Item]

    @property
    def finding(self) -> Finding:
        """The first, which speaks for all where they say the same."""
        return self.items[0].finding

    @property
    def says_one_thing(self) -> bool:
        """Whether all its findings say the same about their words."""
        return len({item.finding.message for item in self.items}) == 1

    @property
    def does_one_thing(self) -> bool:
        """Whether the same is to be done about all its findings."""
        return len({item.finding.suggestion for item in self.items}) == 1

    @property
    def number(self) -> int:
        """The place in the report of the first, by which the answer to all is sent."""
        return self.items[0].number

    @property
    def field(self) -> str:
        return self.items[0].field

    @property
    def answer(self) -> str:
        """The officer's answer, if it is the same for every place."""
        answers = {item.answer for item in self.items}
        return answers.pop() if len(answers) == 1 else ""

    @property
    def is_answered(self) -> bool:
        """Whether there is an answer for every place."""
        return all(item.answer for item in self.items)

    @property
    def may_be_passed_over(self) -> bool:
        """Whether a supervisor may pass over what still stops this."""
        return any(item.may_be_passed_over and not item.passed_over for item in self.items)

    @property
    def is_passed_over(self) -> bool:
        """Whether somebody took every one of these blocks upon themselves."""
        return all(item.passed_over for item in self.items)

    @property
    def error(self) -> str:
        return next((item.error for item in self.items if item.error), "")

    @property
    def is_mended_at_once(self) -> bool:
        """Whether one button can mend all of it: each finding offers exactly one replacement."""
        return len(self.items) > 1 and all(
            len(item.finding.replacements) == 1 and item.finding.where is Where.TEXT
            for item in self.items
        )


@dataclass(frozen=True, slots=True)
class Panel:
    text: str = ""
    left: int = 280
    category_label: str = ""
    when_words: str = ""
    when_warning: str = ""
    findings: list[Item] = field(default_factory=list)
    ticks: list[Tick] = field(default_factory=list)
    # Whether the questions about a case are asked, and among them who decided to name.
    asks_case: bool = False
    unanswered: int = 0
    asks_naming: bool = False
    # What the account's people may still end the text with; empty when there is nothing to offer.
    signature: str = ""

    @property
    def open_answers(self) -> int:
        """How many ticks and questions about a case are still open."""
        ticks = sum(not tick.is_ticked for tick in self.ticks)
        return ticks + (self.unanswered if self.asks_case else 0)

    @property
    def asked(self) -> list[Item | Tick]:
        """Everything beside the form's own fields that can be missing."""
        return [*self.findings, *self.ticks]


def items_of(
    findings: tuple[Finding, ...],
    answers: Mapping[str, str],
    problems: list[Problem] | None = None,
    overrides: Iterable[Override] = (),
) -> list[Item]:
    """Findings beside their answers; those that `problems` names carry their error.

    What one rule asks about several places is answered once, in the field of the first, and an
    answer that is missing is said once. `overrides` are those that hold for exactly this content.
    """
    passed_over = {override.finding: override for override in overrides}
    unanswered = {p.finding: p.sentence for p in problems or [] if p.finding and not p.field}
    first: dict[tuple[str, ...], int] = {}
    said: set[tuple[str, ...]] = set()
    items = []
    for number, finding in enumerate(findings):
        together = _together(finding)
        asks = finding.severity == Severity.NEEDS_REASON
        error = "" if together in said else unanswered.get(finding.key, "")
        if error:
            said.add(together)
        items.append(
            Item(
                finding=finding,
                number=number,
                answer=answers.get(finding.key, ""),
                field=f"answer-{first.setdefault(together, number)}" if asks else "",
                error=error,
                passed_over=passed_over.get(finding.key) if can_be_passed_over(finding) else None,
            )
        )
    return items


def groups_of(items: Iterable[Item]) -> list[Group]:
    """Findings of the same rule and weight put together, in the order of the first of each."""
    groups: dict[tuple[str, ...], list[Item]] = {}
    for item in items:
        groups.setdefault(_together(item.finding), []).append(item)
    return [Group(found) for found in groups.values()]


def _together(finding: Finding) -> tuple[str, ...]:
    return finding.severity.value, finding.rule, finding.title


def words_for(moment: datetime | None) -> str:
    """A chosen time said back: "Thursday 26 November 2026, 14:30, UK time"."""
    if moment is None:
        return ""
    local = moment.astimezone(LONDON)
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M}, UK time"


def day_words(day: date) -> str:
    """A day as it is said: "6 May 2027"."""
    return f"{day.day} {day:%B %Y}"


def _election_words(elections: tuple[Election, ...]) -> str:
    return " ".join(
        f"This falls in the pre-election period in {election.area}, which lasts until"
        f" {day_words(election.ends_on)}. Choose a later time, or leave politics out altogether."
        for election in elections
    )


def signature_for(text: str, account: SocialAccount) -> str:
    """The account's signature while `text` does not end with it; "" otherwise."""
    return "" if is_signed(text, account.signature) else account.signature


def ticks_of(
    asked: tuple[Attestation, ...],
    *,
    text: str,
    ticked: Mapping[str, str],
    problems: list[Problem] | None = None,
) -> list[Tick]:
    """The ticks that `text` asks for; `ticked` are those given for it."""
    errors = {problem.tick: problem.sentence for problem in problems or []}
    return [
        Tick(
            attestation=attestation,
            seal=seal_of(text),
            is_ticked=attestation.id in ticked,
            text=ticked.get(attestation.id, ""),
            error=errors.get(attestation.id, ""),
        )
        for attestation in asked
    ]


def panel(
    checked: Checked,
    *,
    text: str,
    category: str,
    account: SocialAccount,
    planned_at: datetime | None,
    answers: Mapping[str, str],
    ticked: Mapping[str, str],
    declared: Declared,
    problems: list[Problem] | None = None,
    overrides: Iterable[Override] = (),
    elections: tuple[Election, ...] = (),
    too_early: str = "",
) -> Panel:
    """What stands beside the text.

    `elections` are those that are on when it goes out; `too_early` warns of a time before which
    nobody decides.
    """
    report = checked.report
    known = pack_for(account.force).categories.get(category)
    asks = asks_case(text, category=category, account=account)
    return Panel(
        text=text,
        left=report.limit - report.weighted_length,
        category_label=known.label if known else "",
        when_words=words_for(planned_at),
        when_warning=" ".join(filter(None, (_election_words(elections), too_early))),
        findings=items_of(report.findings, answers, problems, overrides),
        ticks=ticks_of(checked.asked, text=text, ticked=ticked, problems=problems),
        asks_case=asks,
        unanswered=len(declared.missing()),
        asks_naming=asks and may_name(account),
        signature=signature_for(text, account),
    )
