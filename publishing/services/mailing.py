"""Mail beside the other sweeps: a mail server that says nothing keeps none of them waiting."""

from datetime import datetime

from accounts.services import readers_of_words
from notices.services import has_mail_due, send_mail_due
from publishing import aside
from publishing.clock import database_now


def mail_out(*, now: datetime) -> None:
    """Start mailing what people were told, in a thread of its own."""
    if has_mail_due(now=now):
        aside.start("mail", _mail)


def _mail() -> None:
    now = database_now()
    send_mail_due(now=now, may_quote=lambda people: readers_of_words(people, now=now))
