"""How long a session lasts, and a person's own list of where they are signed in."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction
from django.http import HttpRequest

from accounts.models import User
from accounts.permissions import lets_out_or_administers
from audit.services import record
from audit.verbs import Verb

# When the person signed in, and when they last did something: seconds since 1970, in the session.
SIGNED_IN_AT = "signed_in_at"
LAST_DID = "at"
# All that is left in a session whose person may not sign in any more.
ACCESS_ENDED = "access_ended"


def begin(session: SessionBase, now: float) -> None:
    """Start a session's clocks."""
    session[SIGNED_IN_AT] = session[LAST_DID] = int(now)


def idle_limit(user: User) -> timedelta:
    """How long this person may do nothing before they are signed out."""
    limit: timedelta = (
        settings.SESSION_IDLE_APPROVING if lets_out_or_administers(user) else settings.SESSION_IDLE
    )
    return limit


def has_run_out(session: SessionBase, user: User, now: float) -> bool:
    """Whether a session has lasted too long, or nobody did anything in it for too long."""
    if now - session.get(SIGNED_IN_AT, now) > settings.SESSION_LASTS.total_seconds():
        return True
    idle = timedelta(seconds=now - session.get(LAST_DID, now))
    # Nobody's limit is shorter: most requests need not ask for roles here.
    return idle > settings.SESSION_IDLE_APPROVING and idle > idle_limit(user)


@dataclass(frozen=True, slots=True)
class SignedIn:
    """One place where a person is signed in."""

    pk: int
    browser: str
    address: str
    since: datetime
    seen_at: datetime
    is_this: bool


def places_of(request: HttpRequest) -> list[SignedIn]:
    """Where the person of this request is signed in: here first, then the latest seen."""
    rows: list[Any] = UserSession.objects.purge_and_list(request.user)
    places = [
        SignedIn(
            pk=row.pk,
            browser=browser_words(row.user_agent),
            address=row.ip,
            since=row.created_at,
            seen_at=row.last_seen_at,
            is_this=row.session_key == request.session.session_key,
        )
        for row in rows
    ]
    return sorted(places, key=lambda p: (not p.is_this, -p.seen_at.timestamp(), p.pk))


def end_place(person: User, pk: int, *, now: datetime) -> bool:
    """Sign a person out at one place, from the next request there; False if it is not theirs."""
    with transaction.atomic():
        row = UserSession.objects.filter(user=person, pk=pk).first()
        if row is None:
            return False
        row.end()
        record(Verb.SESSION_ENDED, person, actor=person, at=now, address=row.ip)
    return True


def end_all(
    person: User,
    *,
    actor: User | None,
    now: datetime,
    but: str | None = None,
    with_access: bool = False,
) -> int:
    """Sign a person out everywhere, but for the session with the key `but`; how many ended.

    `with_access`: they may not sign in any more, and where they were signed in their browser is
    told so instead of being asked to sign in again.
    """
    with transaction.atomic():
        rows = list(UserSession.objects.filter(user=person).exclude(session_key=but or ""))
        for row in rows:
            if with_access:
                _leave_word(row.session_key)
                row.delete()
            else:
                row.end()
        if rows:
            record(Verb.SESSION_ENDED, person, actor=actor, at=now, sessions=len(rows))
    return len(rows)


def _leave_word(key: str) -> None:
    """Empty a session but for the word that its person's access has ended."""
    store: SessionBase = import_module(settings.SESSION_ENGINE).SessionStore(key)
    if store.exists(key):
        store.clear()
        store[ACCESS_ENDED] = True
        store.save()


def access_has_ended(session: SessionBase) -> bool:
    """Of somebody who is not signed in: whether this browser was, until their access ended.

    Whoever is disabled is nobody to Django, but their session still names them.
    """
    return ACCESS_ENDED in session or SESSION_KEY in session


def note_activity(request: HttpRequest, now: datetime) -> None:
    """Write down that the person of this request did something here."""
    UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=now)


# The first that is found names it: Edge and Opera also say Chrome, and Chrome says Safari.
BROWSERS = (
    ("Edge", r"Edg(e|A|iOS)?/"),
    ("Opera", r"OPR/"),
    ("Samsung Internet", r"SamsungBrowser/"),
    ("Firefox", r"Firefox/|FxiOS/"),
    ("Chrome", r"Chrome/|CriOS/"),
    ("Safari", r"Safari/"),
)
SYSTEMS = (
    ("iPhone", r"iPhone"),
    ("iPad", r"iPad"),
    ("Android", r"Android"),
    ("Windows", r"Windows"),
    ("Mac", r"Macintosh|Mac OS X"),
    ("Chromebook", r"CrOS"),
    ("Linux", r"Linux|X11"),
)


def browser_words(user_agent: str) -> str:
    """`Edge on Windows`, as far as the browser says."""
    names = (
        next((name for name, pattern in known if re.search(pattern, user_agent)), "")
        for known in (BROWSERS, SYSTEMS)
    )
    browser, system = names
    return f"{browser or 'A browser'} on {system}" if system else browser or "A browser"
