"""Wrong passwords for one person from anywhere: held off, but for browsers that the person used.

By the person alone anybody could lock anybody out; so a browser in which somebody signed in keeps
a mark that it did (OWASP calls it a device cookie), and is counted by itself. Any other is held off
after too many tries, whatever password it has, with the answer that a wrong one gets. E-mails of
nobody are counted alike.
"""

import secrets
from datetime import datetime
from typing import Any, NamedTuple

from allauth.core.ratelimit import consume
from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from accounts.models import Guessing, User

ACTION = "tries_at_one_person"
SALT = "accounts.sign_in.guessing"
# A station's desk: so many people are remembered, those who were there last.
MOST_PEOPLE = 20


class Browser(NamedTuple):
    """A browser that was signed in before: its own number, and marks of who was."""

    number: str
    people: list[str]


def browser_of(request: HttpRequest) -> Browser | None:
    """What the browser's mark says; None without one, or with one that is not ours or too old."""
    sealed = request.COOKIES.get(settings.KNOWN_BROWSER_COOKIE, "")
    try:
        number, people = signing.loads(sealed, salt=SALT, max_age=settings.KNOWN_BROWSER_LASTS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Browser(number, people)


def remember(request: HttpRequest, response: HttpResponse, user: User) -> None:
    """Leave a mark in the browser that `user` signed in there."""
    there = browser_of(request) or Browser(secrets.token_urlsafe(12), [])
    mark = _mark(user.email)
    people = [mark, *(other for other in there.people if other != mark)][:MOST_PEOPLE]
    response.set_cookie(
        settings.KNOWN_BROWSER_COOKIE,
        signing.dumps([there.number, people], salt=SALT),
        max_age=settings.KNOWN_BROWSER_LASTS,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Lax",
    )


def is_held_off(request: HttpRequest, email: str) -> bool:
    """Whether this browser gets no further with this e-mail at present."""
    return not consume(request, action=ACTION, key=_counted_as(request, email), dry_run=True)


def note_wrong(request: HttpRequest, email: str, *, now: datetime) -> None:
    """Count a wrong password. The one after which others are held off is written down."""
    consume(request, action=ACTION, key=_counted_as(request, email))
    if is_held_off(request, email):
        # The same single statement, whether that is somebody's e-mail or nobody's.
        row = Guessing(email=_plain(email)[:254], since=now)
        Guessing.objects.bulk_create([row], ignore_conflicts=True)


def _counted_as(request: HttpRequest, email: str) -> str:
    """By what tries are counted: the browser's own number, if the person was there before."""
    browser = browser_of(request)
    is_known = browser is not None and _mark(email) in browser.people
    return f"{browser.number if browser and is_known else 'anywhere'}:{_plain(email)}"


def _plain(email: Any) -> str:
    return str(email).strip().lower()


def _mark(email: str) -> str:
    """Stands for a person without saying who it is to whoever sits there next."""
    return salted_hmac(SALT, _plain(email)).hexdigest()[:20]
