"""What an officer declares about the case that a tweet is about, as it is stored and asked."""

from dataclasses import asdict, dataclass, fields
from typing import Any, Final, Self

from accounts.models import AccountKind, SocialAccount
from policy.core import CaseFacts, CaseStage, Offence, is_about_a_case
from policy.services import pack_for

# In the order in which a case goes.
STAGES: Final = (
    (CaseStage.NONE, "There is no case: nobody is suspected"),
    (CaseStage.REPORTED, "Reported: nobody is arrested or wanted yet"),
    (CaseStage.WANTED, "Wanted: a warrant is out"),
    (CaseStage.ARRESTED, "Arrested, in custody or on bail"),
    (CaseStage.CHARGED, "Charged or summonsed"),
    (CaseStage.ON_TRIAL, "On trial"),
    (CaseStage.CONVICTED, "Convicted, not sentenced yet"),
    (CaseStage.SENTENCED, "Sentenced"),
    (CaseStage.ENDED, "Ended without a conviction"),
)
OFFENCES: Final = (
    (Offence.SEXUAL, "A sexual offence, or one whose victims the law keeps anonymous"),
    (Offence.DEATH, "A death, a serious injury or harm after contact with the police"),
    (Offence.OTHER, "Another offence"),
    (Offence.NONE, "No offence"),
)
# Accounts of a local policing team never name anyone (C2); these are not a team's.
NAMING_KINDS: Final = frozenset({AccountKind.FORCE, AccountKind.CENTRAL})


@dataclass(frozen=True, slots=True)
class Naming:
    """Who decided that somebody may be named: name, rank and role, and why (C2)."""

    naming_by: str = ""
    naming_rank: str = ""
    naming_role: str = ""
    naming_rationale: str = ""

    @property
    def is_begun(self) -> bool:
        return any(asdict(self).values())

    @property
    def is_complete(self) -> bool:
        return all(asdict(self).values())


@dataclass(frozen=True, slots=True)
class Declared:
    """The answers about a case. Empty (None for `under_18`): not answered."""

    case_stage: str = ""
    offence: str = ""
    under_18: bool | None = None
    naming: Naming = Naming()

    @classmethod
    def of(cls, row: Any) -> Self:
        """What stands in a row, or in anything else with these attributes."""
        return cls(
            case_stage=row.case_stage,
            offence=row.offence,
            under_18=row.under_18,
            naming=Naming(**{part.name: getattr(row, part.name) for part in fields(Naming)}),
        )

    @property
    def is_empty(self) -> bool:
        return self == Declared()

    def columns(self) -> dict[str, Any]:
        """The answers by the names of a revision's columns."""
        answers = {"case_stage": self.case_stage, "offence": self.offence}
        return answers | {"under_18": self.under_18} | asdict(self.naming)

    def items(self) -> tuple[tuple[str, Any], ...]:
        """What an approval is bound to; nothing where nothing was declared."""
        return () if self.is_empty else tuple(sorted(self.columns().items()))

    def facts(self, account: SocialAccount) -> CaseFacts:
        """What the rulebook judges by. A team's account has never decided on naming."""
        return CaseFacts(
            stage=CaseStage(self.case_stage or CaseStage.NONE),
            offence=Offence(self.offence or Offence.NONE),
            under_18=self.under_18,
            is_naming_decided=may_name(account) and self.naming.is_complete,
        )

    def as_asked(self, text: str, *, category: str, account: SocialAccount) -> "Declared":
        """Without the answers to what is not asked of this tweet on this account."""
        if not asks_case(text, category=category, account=account):
            return Declared()
        naming = self.naming if may_name(account) else Naming()
        return Declared(self.case_stage, self.offence, self.under_18, naming)

    def missing(self) -> list[tuple[str, str]]:
        """What a submission still asks for: (field, sentence)."""
        missing = []
        if not self.case_stage:
            missing.append(("case_stage", "Say how far the case has gone."))
        if not self.offence:
            missing.append(("offence", "Say what kind of offence it is."))
        if self.under_18 is None:
            missing.append(("under_18", "Say whether anyone in the case is under 18."))
        if self.naming.is_begun and not self.naming.is_complete:
            missing += [
                (field, sentence)
                for field, sentence in _NAMING_SENTENCES.items()
                if not getattr(self.naming, field)
            ]
        return missing

    @property
    def lines(self) -> list[tuple[str, str]]:
        """The answers as people read them: (question, answer), only those that were given."""
        told = []
        if self.case_stage:
            told.append(("Case stage", _LABELS[self.case_stage]))
        if self.offence:
            told.append(("Offence", _LABELS[f"offence {self.offence}"]))
        if self.under_18 is not None:
            told.append(("Under 18", "Somebody is" if self.under_18 else "Nobody"))
        return told

    @property
    def sentence(self) -> str:
        """The answers in one line, for the draft's history."""
        words = [f"{question}: {answer[0].lower()}{answer[1:]}." for question, answer in self.lines]
        if self.naming.is_complete:
            words.append(f"Naming decided by {self.naming.naming_rank} {self.naming.naming_by}.")
        return " ".join(words)


NOTHING: Final = Declared()
_NAMING_SENTENCES: Final = {
    "naming_by": "Say who decided on naming.",
    "naming_rank": "Give the rank of whoever decided on naming.",
    "naming_role": "Give the role of whoever decided on naming.",
    "naming_rationale": "Say why the person may be named.",
}
_LABELS: Final = {
    **{str(stage): label for stage, label in STAGES},
    **{f"offence {offence}": label for offence, label in OFFENCES},
}


def asks_case(text: str, *, category: str, account: SocialAccount) -> bool:
    """Whether a tweet is about a case: by its kind, or by its words whatever its kind.

    The law does not ask for what kind of tweet a name was written.
    """
    pack = pack_for(account.force)
    known = pack.categories.get(category)
    return (known is not None and known.is_case) or is_about_a_case(text, pack)


def may_name(account: SocialAccount) -> bool:
    """Whether somebody in a case may ever be named on this account."""
    return account.kind in NAMING_KINDS
