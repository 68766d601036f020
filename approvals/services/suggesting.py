"""Suggesting another wording: it goes to the author and to the other approvers at once.

Whoever suggests becomes an author, so that another person has to approve. The first to take the
suggestion wins: the author hands it in again, an approver approves it as it stands.
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from approvals.models import Suggestion, Verdict
from approvals.services.deciding import approve as approve_it
from approvals.services.deciding import decided, opened, refuse_contributor
from approvals.services.reminding import no_longer_waits
from approvals.services.steps import may_decide
from audit.services import record
from audit.verbs import Verb
from drafts.content import clean_text
from drafts.models import Contribution, Draft
from drafts.services import NotReady, Problem, check_content, last_answers, reword, submit
from drafts.workflow import Move, StaleDraft, State
from notices.models import Kind, Way
from notices.services import tell
from publishing.models import Delivery

SAYS_THE_SAME = "Change at least one word, or approve it as it is."


class SaysTheSame(Exception):
    """The suggested words are those of the draft."""


def suggest(
    draft: Draft,
    *,
    actor: User,
    revision_number: int,
    revision_hash: str,
    text: str,
    note: str,
    now: datetime,
) -> Suggestion:
    """Propose other words for what was shown.

    Raises SaysTheSame, StaleDraft, OwnDraft, PermissionDenied.
    """
    right, revision = opened(draft, Move.RETURN, actor=actor, revision_hash=revision_hash)
    text = clean_text(text)
    if text == revision.text or not text.strip():
        raise SaysTheSame
    report = check_content(revision, now=now)
    with transaction.atomic():
        Draft.objects.filter(
            pk=draft.pk, revision_number=revision_number, content_hash=revision_hash
        ).move(
            Move.RETURN,
            claimed_by=None,
            claimed_at=None,
            changed_at=now,
            returned_by=actor.full_name,
            returned_reason=note or "Another wording is suggested.",
        )
        refuse_contributor(draft, actor)
        decided(
            draft, revision, Verdict.SUGGEST, actor=actor, right=right, report=report,
            sentence=note, now=now,
        )  # fmt: skip
        no_longer_waits(draft, now=now)
        # From now on, even if nobody takes it: the author may type these words over.
        Contribution.objects.create(draft=draft, person=actor)
        suggestion = Suggestion.objects.create(
            draft=draft, revision=revision, text=text, note=note, person=actor, at=now
        )
        record(Verb.DRAFT_SUGGESTED, draft, actor=actor, at=now, revision=revision.number)
        told = (
            f"{actor} suggests another wording of your tweet for {draft.account}. One tap takes it."
        )
        tell(
            [draft.author],
            f"{told} {note}",
            in_mail=told,
            kind=Kind.RETURNED,
            link=draft.get_absolute_url(),
            now=now,
        )
        tell(
            may_decide(draft, now=now),
            f"{actor} suggests other words for a tweet of {draft.author} for {draft.account}."
            " Whoever takes them first approves them.",
            kind=Kind.WAITING,
            link=draft.get_absolute_url(),
            unasked=Way.HOURLY,
            now=now,
        )
    return suggestion


def open_suggestion(draft: Draft) -> Suggestion | None:
    """The suggestion that can still be taken: nothing else was written since."""
    if draft.state != State.CHANGES_REQUESTED:
        return None
    rows = Suggestion.objects.filter(
        draft=draft, taken_at=None, revision__number=draft.revision_number
    )
    return rows.select_related("person", "revision").order_by("-pk").first()


def take_as_author(suggestion: Suggestion, *, actor: User, now: datetime) -> Draft:
    """The author hands the suggested words in as theirs, with the answers given before.

    Raises NotReady when the rulebook asks about the new words, StaleDraft when somebody was
    quicker, PermissionDenied.
    """
    draft = suggestion.draft
    if draft.author_id != actor.pk or not actor.has_perm("drafts.edit", draft):
        raise PermissionDenied
    with transaction.atomic():
        return _taken(suggestion, by=actor, hands_in=actor, now=now)


def take_as_approver(suggestion: Suggestion, *, actor: User, now: datetime) -> Delivery | None:
    """Another approver approves the suggested words, which the suggester hands in.

    Raises NotReady when the rulebook asks about the new words: its author has to answer. Besides
    as `approve` does.
    """
    if not actor.has_perm("approvals.review", suggestion.draft):
        raise PermissionDenied
    if not suggestion.person.has_perm("drafts.submit", suggestion.draft):
        raise NotReady([Problem(f"{suggestion.person} cannot hand them in any more.")])
    with transaction.atomic():
        draft = _taken(suggestion, by=actor, hands_in=suggestion.person, now=now)
        return approve_it(
            draft,
            actor=actor,
            revision_number=draft.revision_number,
            revision_hash=draft.content_hash,
            step=draft.step,
            now=now,
        )


def _taken(suggestion: Suggestion, *, by: User, hands_in: User, now: datetime) -> Draft:
    if by.pk == suggestion.person_id:
        raise PermissionDenied
    draft = Draft.objects.with_people().get(pk=suggestion.draft_id)
    number = suggestion.revision.number
    open_still = Suggestion.objects.filter(pk=suggestion.pk, taken_at=None)
    if draft.state != State.CHANGES_REQUESTED or not open_still.update(taken_by=by, taken_at=now):
        raise StaleDraft
    answers = last_answers(draft)
    draft = reword(
        draft, suggestion.text, author=suggestion.person, revision_number=number, now=now
    )
    record(Verb.DRAFT_SUGGESTION_TAKEN, draft, actor=by, at=now, revision=draft.revision_number)
    return submit(
        draft, actor=hands_in, revision_number=draft.revision_number, answers=answers, now=now
    )
