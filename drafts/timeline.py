"""The history of one draft, from the trail and from its revisions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from audit.models import Record
from audit.verbs import Verb
from drafts.diff import Change, word_diff
from drafts.models import Draft, Revision

LONDON = ZoneInfo("Europe/London")
NOBODY: Mapping[tuple[str, datetime], str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `by` is empty for the system.

    `in_place_of` is who was away, where somebody decided for them.
    """

    verb: str
    title: str
    by: str
    at: datetime
    in_place_of: str = ""
    text: str = ""
    diff: list[Change] = field(default_factory=list)


def timeline(
    draft: Draft,
    *,
    reasons: Mapping[tuple[str, datetime], str],
    in_place_of: Mapping[tuple[str, datetime], str] = NOBODY,
    has_overrides: bool = True,
) -> list[Entry]:
    """Everything that happened to `draft`, newest first.

    `reasons` gives the words of decisions by (verb, time), and `in_place_of` the name of whom
    somebody else decided for: the trail itself holds neither. The words of comments stand in a part
    of the page of their own. `has_overrides` is False where it is known that there are none.
    """
    revisions = {revision.number: revision for revision in draft.revisions.all()}
    texts = {number: revision.text for number, revision in revisions.items()}
    overrides = draft.overrides.all() if has_overrides else ()
    passed_over = {override.pk: override.reason for override in overrides}
    entries = []
    for row in Record.objects.about(draft):
        number = row.data.get("revision")
        changed = (
            row.verb == Verb.DRAFT_EDITED
            and number in texts
            and texts.get(number - 1, texts[number]) != texts[number]
        )
        entries.append(
            Entry(
                verb=row.verb,
                title=row.get_verb_display(),
                by=row.actor_name,
                at=row.at,
                in_place_of=in_place_of.get((row.verb, row.at), ""),
                text=reasons.get((row.verb, row.at), "")
                or passed_over.get(row.data.get("override", 0), "")
                or _facts(row, revisions)
                or _details(row),
                diff=word_diff(texts[number - 1], texts[number]) if changed else [],
            )
        )
    return entries[::-1]


def _facts(row: Record, revisions: Mapping[int, Revision]) -> str:
    """What was declared about the case with a new revision, where it says something new."""
    if row.verb not in {Verb.DRAFT_WRITTEN, Verb.DRAFT_COPIED, Verb.DRAFT_EDITED}:
        return ""
    number = row.data.get("revision", 0)
    new, old = revisions.get(number), revisions.get(number - 1)
    if new is None or (old is not None and old.declared == new.declared):
        return ""
    if new.declared.is_empty:
        return "The answers about the case were taken out." if old is not None else ""
    return new.declared.sentence


def _details(row: Record) -> str:
    match row.verb:
        case Verb.DRAFT_SUBMITTED:
            name, _, version = row.data["pack"].rpartition(" ")
            return f"Checked against the rulebook “{name}”, version {version}."
        case Verb.DELIVERY_QUEUED | Verb.DELIVERY_RESCHEDULED:
            due = datetime.fromisoformat(row.data["due_at"]).astimezone(LONDON)
            return f"Goes out on {due:%A} {due.day} {due:%B %Y at %H:%M:%S}, UK time."
        case Verb.DELIVERY_NEEDS_HUMAN:
            return str(row.data["reason"])
    return ""
