"""Asking corporate communications, and answering."""

import uuid
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Case, F, QuerySet, Value, When
from django.utils import timezone

from accounts.models import AccountStatus, Force, SocialAccount, User
from accounts.supervisors import supervisors_of
from audit.services import record
from audit.verbs import Verb
from drafts.content import clean_text
from drafts.models import Draft
from lifecycle.models import LONGEST_MESSAGE, Message, Question, StaleQuestion
from lifecycle.reach import CENTRE, within
from lifecycle.workflow import QuestionMove, QuestionState
from notices.services import settle, tell


def may_be_asked_about(user: User) -> QuerySet[SocialAccount]:
    """The accounts that `user` has to do with, by handle; for communications all of the force."""
    mine = SocialAccount.objects.filter(within(user)).exclude(status=AccountStatus.CLOSED)
    return mine.in_order()


def ask_comms(
    text: str,
    *,
    force: Force,
    actor: User,
    about: Draft | SocialAccount | None = None,
    tells_supervisors: bool = False,
    now: datetime,
    key: uuid.UUID | None = None,
) -> Question:
    """Ask communications of `force` something. The same `key` again gives the same question.

    About a draft, `tells_supervisors` tells those of its team as well: they see it anyway.

    Raises PermissionDenied, ValueError for no words or more than LONGEST_MESSAGE characters.
    """
    draft = about if isinstance(about, Draft) else None
    account = about if isinstance(about, SocialAccount) else None
    if not (actor.has_perm("lifecycle.ask_comms", force) and _concerns(about, actor, force)):
        raise PermissionDenied
    text, key = _worded(text), key or uuid.uuid4()
    with transaction.atomic():
        question, is_new = Question.objects.with_people().get_or_create(
            key=key,
            defaults={
                "force": force, "asked_by": actor, "asked_at": now, "since": now,
                "draft": draft, "account": account,
            },
        )  # fmt: skip
        if question.asked_by_id != actor.pk:
            raise PermissionDenied
        if is_new:
            Message.objects.create(question=question, person=actor, text=text, at=now, key=key)
            record(
                Verb.QUESTION_ASKED, question, actor=actor, at=now,
                draft=draft.pk if draft else None, account=account.pk if account else None,
                supervisors=bool(draft and tells_supervisors),
            )  # fmt: skip
            comms = _comms_of(question)
            _tell_comms(question, comms, now)
            if draft and tells_supervisors:
                _tell_supervisors(question, draft, comms, now)
    return question


def write_on(
    question: Question,
    text: str,
    *,
    actor: User,
    seen: int,
    now: datetime,
    key: uuid.UUID | None = None,
) -> Message:
    """Say something in it: whoever asked goes on, anybody else answers. Opens a closed one.

    `seen` is how many messages it held when it was read. The same `key` again gives the message
    that is already there. Raises StaleQuestion, PermissionDenied, ValueError as in ask_comms.
    """
    if not actor.has_perm("lifecycle.write_on_question", question):
        raise PermissionDenied
    text, key = _worded(text), key or uuid.uuid4()
    answers = actor.pk != question.asked_by_id
    with transaction.atomic():
        if said := _said_before(key, question, actor):
            return said
        rows = Question.objects.filter(pk=question.pk)
        changes = {"said": seen + 1, "closed_by": None}
        try:
            if answers:
                rows.move(QuestionMove.ANSWER, seen=seen, since=now, **changes)
            else:
                rows.move(QuestionMove.GO_ON, seen=seen, since=_waits_since(now), **changes)
        except StaleQuestion:
            # The same form twice at once: the other one has just been done.
            if said := _said_before(key, question, actor):
                return said
            raise
        message = Message.objects.create(
            question=question, person=actor, text=text, at=now, key=key
        )
        was_closed = question.state == QuestionState.CLOSED
        verb = Verb.QUESTION_ANSWERED if answers else Verb.QUESTION_GONE_ON
        record(verb, question, actor=actor, at=now, message=message.pk, reopened=was_closed)
        if answers:
            _nobody_has_to_answer(question, now)
            _tell_asker(question, f"{actor} answered your question{question.about}.", now)
        else:
            _tell_comms(question, _answerers(question), now)
    question.refresh_from_db(fields=["state", "since", "said", "closed_by"])
    return message


def close_question(question: Question, *, actor: User, seen: int, now: datetime) -> None:
    """Nothing is left to be said in it.

    Raises StaleQuestion, also when it is closed already, and PermissionDenied.
    """
    if not actor.has_perm("lifecycle.write_on_question", question):
        raise PermissionDenied
    with transaction.atomic():
        rows = Question.objects.filter(pk=question.pk)
        rows.move(QuestionMove.CLOSE, seen=seen, closed_by=actor, since=now)
        record(Verb.QUESTION_CLOSED, question, actor=actor, at=now)
        _nobody_has_to_answer(question, now)
        if actor.pk != question.asked_by_id:
            told = f"{actor} closed your question{question.about}. Write again to open it."
            _tell_asker(question, told, now)
    question.refresh_from_db(fields=["state", "since", "closed_by"])


def _worded(text: str) -> str:
    text = clean_text(text).strip()
    if not 0 < len(text) <= LONGEST_MESSAGE:
        message = f"A message has 1 to {LONGEST_MESSAGE} characters."
        raise ValueError(message)
    return text


def _concerns(about: Draft | SocialAccount | None, actor: User, force: Force) -> bool:
    """Whether this person may ask this force about it."""
    if about is None:
        return True
    if isinstance(about, Draft):
        is_of_force = about.account.force_id == force.pk
        return is_of_force and Draft.objects.visible_to(actor).filter(pk=about.pk).exists()
    mine = may_be_asked_about(actor).filter(pk=about.pk)
    return about.force_id == force.pk and mine.exists()


def _said_before(key: uuid.UUID, question: Question, actor: User) -> Message | None:
    said = Message.objects.filter(key=key).first()
    if said and (said.question_id, said.person_id) != (question.pk, actor.pk):
        raise PermissionDenied
    return said


def _waits_since(now: datetime) -> Case:
    """Who adds a word to what waits already does not go to the end of the list."""
    return Case(When(state=QuestionState.WAITING, then=F("since")), default=Value(now))


def _comms_of(question: Question) -> list[User]:
    return list(User.objects.holding(CENTRE, force_id=question.force_id))


def _answerers(question: Question) -> list[User]:
    """Who of communications has written in it and is still there; without any, all of them."""
    comms = _comms_of(question)
    wrote = set(question.messages.order_by().values_list("person", flat=True))
    return [person for person in comms if person.pk in wrote - {question.asked_by_id}] or comms


# The notices hold no words of the question: they are mailed, and outlive it.


def _tell_comms(question: Question, people: list[User], now: datetime) -> None:
    asker = question.asked_by
    others = [person for person in people if person != asker]
    told = f"{asker} asks communications{question.about}."
    tell(others, told, link=_answer_link(question), now=now)


def _tell_supervisors(question: Question, draft: Draft, told: list[User], now: datetime) -> None:
    """Those of the team, but for whoever is told as communications already."""
    supervisors = supervisors_of(draft.account, on=timezone.localdate(now))
    others = [person for person in supervisors if person not in [*told, question.asked_by]]
    words = f"{question.asked_by} asks communications{question.about} and wants you to know."
    tell(others, words, link=question.get_absolute_url(), now=now)


def _tell_asker(question: Question, told: str, now: datetime) -> None:
    asker = User.objects.filter(pk=question.asked_by_id, is_active=True)
    tell(asker, told, link=question.get_absolute_url(), now=now)


def _nobody_has_to_answer(question: Question, now: datetime) -> None:
    settle(_answer_link(question), now=now, only_urgent=False)


def _answer_link(question: Question) -> str:
    """Where communications answers; the notices of whoever asked lead elsewhere."""
    return f"{question.get_absolute_url()}#answer"
