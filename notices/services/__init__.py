"""Telling people: on My desk at once, and by mail as each of them likes."""

from notices.services.mailing import MAIL_BATCH, has_mail_due, send_mail_due
from notices.services.telling import INSERT_NOTICE, mark_read, settle, settle_waiting, tell
from notices.services.wishing import CHOOSABLE, choose, wishes_of

__all__ = [
    "CHOOSABLE",
    "INSERT_NOTICE",
    "MAIL_BATCH",
    "choose",
    "has_mail_due",
    "mark_read",
    "send_mail_due",
    "settle",
    "settle_waiting",
    "tell",
    "wishes_of",
]
