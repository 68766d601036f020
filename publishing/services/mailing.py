"""Mail beside the other sweeps: a mail server that says nothing keeps none of them waiting."""

from collections import defaultdict
from collections.abc import Callable, Collection
from datetime import datetime

from django.conf import settings
from django.urls import Resolver404, resolve
from django.utils.module_loading import import_string

from accounts.models import User
from accounts.services import readers_of_words
from drafts.models import Draft
from notices.models import Kind, Notice
from notices.services import has_mail_due, send_mail_due
from publishing import aside
from publishing.clock import database_now


def mail_out(*, now: datetime) -> None:
    """Start mailing what people were told, in a thread of its own."""
    if has_mail_due(now=now):
        aside.start("mail", _mail)


def _mail() -> None:
    mail(now=database_now())


def mail(*, now: datetime) -> int:
    """Mail what is due to those whom it still concerns; return how many mails went out."""
    return send_mail_due(
        now=now, may_quote=lambda people: readers_of_words(people, now=now), kept_back=out_of_reach
    )


def out_of_reach(notices: Collection[Notice]) -> set[int]:
    """The keys of those of `notices` that their reader may not read any more.

    They have left; or they have moved on, and it leads to a draft that they do not see. Whoever
    decides in somebody's place sees more than their own, and an alert reaches whom it was for.
    """
    covers: Callable[[User], bool] = import_string(settings.ALSO_APPROVES)
    here = User.objects.filter(pk__in={notice.recipient_id for notice in notices}, is_active=True)
    people = {person.pk: person for person in here}
    gone = {notice.pk for notice in notices if notice.recipient_id not in people}
    about: dict[int, dict[int, int]] = defaultdict(dict)
    for notice in notices:
        draft = _draft_of(notice)
        if draft and notice.pk not in gone and notice.kind != Kind.ALERT:
            about[notice.recipient_id][notice.pk] = draft
    for key, drafts in about.items():
        seen = Draft.objects.visible_to(people[key]).filter(pk__in=drafts.values())
        unseen = set(drafts.values()) - set(seen.values_list("pk", flat=True))
        if unseen and not covers(people[key]):
            gone |= {notice for notice, draft in drafts.items() if draft in unseen}
    return gone


def _draft_of(notice: Notice) -> int | None:
    """The key of the draft to whose page the notice leads."""
    try:
        match = resolve(notice.link.partition("?")[0].partition("#")[0])
    except Resolver404:
        return None
    return match.kwargs["pk"] if match.view_name == "insights:draft" else None
