"""What goes into a check and what comes out of it: plain values, no framework, no I/O.

Every position is counted in code points of the raw text that was handed in, so that a page can
underline the words with nothing but the numbers of a finding.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Self

from policy.core.text.entities import Cashtag, Hashtag, Mention, Url


class Severity(StrEnum):
    """How much a finding weighs: from a rule that is switched off to one that blocks."""

    OFF = "off"
    ADVISE = "advise"
    NEEDS_REASON = "needs-reason"
    BLOCK = "block"

    @property
    def weight(self) -> int:
        """0 (off) to 3 (block), for ordering."""
        return _WEIGHTS[self]


_WEIGHTS = {severity: weight for weight, severity in enumerate(Severity)}


class Kind(StrEnum):
    """What sort of tweet is being drafted."""

    ORIGINAL = "original"
    RETWEET = "retweet"
    QUOTE = "quote"
    REPLY = "reply"


class SourceKind(StrEnum):
    """Who the account of a retweeted or quoted tweet belongs to."""

    NONE = "none"
    FORCE = "force"
    COMMANDER = "commander"
    LPT = "lpt"
    SENIOR = "senior"
    PARTNER = "partner"
    OTHER = "other"


class Platform(StrEnum):
    """Where the tweet goes: each platform counts its length in its own way."""

    X = "x"
    MASTODON = "mastodon"
    BLUESKY = "bluesky"


class Where(StrEnum):
    """In which text of the post a finding lies."""

    TEXT = "text"
    ALT = "alt"
    SOURCE = "source"


class CaseStage(StrEnum):
    """How far a case has gone. Proceedings are active from wanted to convicted (C1)."""

    NONE = "none"
    REPORTED = "reported"
    WANTED = "wanted"
    ARRESTED = "arrested"
    CHARGED = "charged"
    ON_TRIAL = "on-trial"
    CONVICTED = "convicted"
    SENTENCED = "sentenced"
    ENDED = "ended"

    @property
    def is_active(self) -> bool:
        """Whether proceedings are active: from a warrant or an arrest until the sentence."""
        return self in _ACTIVE


_ACTIVE = frozenset(
    {
        CaseStage.WANTED,
        CaseStage.ARRESTED,
        CaseStage.CHARGED,
        CaseStage.ON_TRIAL,
        CaseStage.CONVICTED,
    }
)


class Offence(StrEnum):
    """The kinds of offence that the law treats apart.

    SEXUAL stands for all whose victims are anonymous for life, DEATH for deaths, serious injuries
    and contact with the police.
    """

    NONE = "none"
    SEXUAL = "sexual"
    DEATH = "death"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the officer declared about the case that a tweet is about.

    `under_18` is None until the question is answered. `is_naming_decided` says that somebody of
    the rank that the guidance asks for decided on naming, which is recorded elsewhere.
    """

    stage: CaseStage = CaseStage.NONE
    offence: Offence = Offence.NONE
    under_18: bool | None = None
    is_naming_decided: bool = False


@dataclass(frozen=True, slots=True)
class Citation:
    """The place in the guidance that a rule rests on, in our own words.

    `requirements` holds the ids of the product's requirements that the rule meets ("A1", "B18").
    """

    document: str
    section: str
    paraphrase: str
    requirements: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The citation as JSON holds it."""
        return {
            "document": self.document,
            "section": self.section,
            "paraphrase": self.paraphrase,
            "requirements": list(self.requirements),
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The citation that `as_dict` wrote. Raises KeyError where a part is missing."""
        return cls(
            document=data["document"],
            section=data["section"],
            paraphrase=data["paraphrase"],
            requirements=tuple(data["requirements"]),
        )


@dataclass(frozen=True, slots=True)
class Post:
    """A draft as the rulebook sees it.

    `account` and `source_account` are handles without the @. `source_in_scope` says that the
    source is the commander of an LPT in the scope of the incident that is on. `case` holds what
    was declared about the case, in the categories that ask.
    """

    text: str
    account: str = ""
    platform: Platform = Platform.X
    kind: Kind = Kind.ORIGINAL
    category: str = ""
    source_text: str = ""
    source_account: str = ""
    source_kind: SourceKind = SourceKind.NONE
    source_in_scope: bool = False
    alt_texts: tuple[str, ...] = ()
    pictures: int = 0
    case: CaseFacts = CaseFacts()


@dataclass(frozen=True, slots=True)
class Incident:
    """A critical incident that covers the account: where, since when, whom comms allowed besides.

    `named_sources` are handles that comms lets everyone retweet while it lasts.
    """

    scope: str
    since: datetime
    named_sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Restriction:
    """Words that a court order or injunction keeps out of everything. `id` is what is logged."""

    id: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Election:
    """A pre-election period that is on: where, and its last day."""

    area: str
    ends_on: date


@dataclass(frozen=True, slots=True)
class Earlier:
    """Another tweet of the same account: its words, and when it went or goes out."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Context:
    """What is true around the draft at the moment of checking.

    `incidents` and `restrictions` hold those that cover the posting account now and no others,
    `elections` those that are on when the tweet goes out: at `goes_out`, or as soon as it is
    approved (None). `earlier` are the account's other
    tweets, those on their way included. `team_page` is the web address of the account's team.
    `reply_turns` counts the replies already sent to the person that this one answers. `attested`
    are the ids of the attestations that were given for exactly this text.
    """

    incidents: tuple[Incident, ...] = ()
    now: datetime | None = None
    goes_out: datetime | None = None
    from_senior_account: bool = False
    restrictions: tuple[Restriction, ...] = ()
    elections: tuple[Election, ...] = ()
    earlier: tuple[Earlier, ...] = ()
    team_page: str = ""
    reply_turns: int = 0
    attested: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule has to say about one place in the post.

    `start` and `end` are code points of the text that `where` names (of alt text number `index`,
    counted from 0). `replacements` are texts to put in the place of `start:end`.
    `overridable_by` names the permission that may pass over a block, or is empty for nobody.
    `is_legal` marks the legal class: the law stops this, and no permission passes over it.
    """

    rule: str
    title: str
    pack: str
    pack_version: int
    severity: Severity
    start: int
    end: int
    excerpt: str
    message: str
    suggestion: str
    replacements: tuple[str, ...]
    citation: Citation
    confidence: float
    overridable_by: str
    answers: tuple[str, ...]
    where: Where = Where.TEXT
    index: int = 0
    is_legal: bool = False

    @property
    def key(self) -> str:
        """Matches an officer's answer to this finding while the rest of the text changes."""
        return f"{self.rule}:{' '.join(self.excerpt.casefold().split())}"

    def as_dict(self) -> dict[str, Any]:
        """The finding as JSON holds it."""
        return {
            "rule": self.rule,
            "title": self.title,
            "pack": self.pack,
            "pack_version": self.pack_version,
            "severity": self.severity.value,
            "start": self.start,
            "end": self.end,
            "excerpt": self.excerpt,
            "message": self.message,
            "suggestion": self.suggestion,
            "replacements": list(self.replacements),
            "citation": self.citation.as_dict(),
            "confidence": self.confidence,
            "overridable_by": self.overridable_by,
            "answers": list(self.answers),
            "where": self.where.value,
            "index": self.index,
            "is_legal": self.is_legal,
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Self:
        """The finding that `as_dict` wrote.

        Raises KeyError where a part is missing and ValueError where a severity or a place is
        none of ours.
        """
        return cls(
            rule=data["rule"],
            title=data["title"],
            pack=data["pack"],
            pack_version=data["pack_version"],
            severity=Severity(data["severity"]),
            start=data["start"],
            end=data["end"],
            excerpt=data["excerpt"],
            message=data["message"],
            suggestion=data["suggestion"],
            replacements=tuple(data["replacements"]),
            citation=Citation.from_dict(data["citation"]),
            confidence=data["confidence"],
            overridable_by=data["overridable_by"],
            answers=tuple(data["answers"]),
            where=Where(data["where"]),
            index=data["index"],
            # Reports of the first version do not say: none of its rules was of the legal class.
            is_legal=data.get("is_legal", False),
        )


@dataclass(frozen=True, slots=True)
class Report:
    """What the rulebook found in one post, with the version of the pack that it used.

    `weighted_length` and `limit` are in the units of the platform. `findings` come heaviest
    first, then in the order of the text. `valid` says whether the platform would take the text.
    """

    pack: str
    pack_version: int
    weighted_length: int
    limit: int
    valid: bool
    findings: tuple[Finding, ...] = ()
    mentions: tuple[Mention, ...] = field(default=())
    hashtags: tuple[Hashtag, ...] = field(default=())
    cashtags: tuple[Cashtag, ...] = field(default=())
    urls: tuple[Url, ...] = field(default=())

    @property
    def remaining(self) -> int:
        """How much more may be written; below zero when the text is too long."""
        return self.limit - self.weighted_length

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """The findings that stop the draft from being submitted."""
        return self._of(Severity.BLOCK)

    @property
    def needing_reason(self) -> tuple[Finding, ...]:
        """The findings that the officer has to answer."""
        return self._of(Severity.NEEDS_REASON)

    @property
    def advice(self) -> tuple[Finding, ...]:
        """The findings that are shown and ask for nothing."""
        return self._of(Severity.ADVISE)

    def _of(self, severity: Severity) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.severity is severity)

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON holds it; the same shape that `manage.py check_post` answers."""
        return {
            "pack": self.pack,
            "pack_version": self.pack_version,
            "weighted_length": self.weighted_length,
            "limit": self.limit,
            "valid": self.valid,
            "mentions": [entity.as_dict() for entity in self.mentions],
            "hashtags": [entity.as_dict() for entity in self.hashtags],
            "cashtags": [entity.as_dict() for entity in self.cashtags],
            "urls": [entity.as_dict() for entity in self.urls],
            "findings": [finding.as_dict() for finding in self.findings],
        }
