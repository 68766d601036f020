"""What tests about signing in do again and again."""

import time
from typing import Any

from allauth.mfa.totp.internal import auth
from django.core.cache import cache
from django.test import Client

from accounts.models import User
from accounts.sign_in.sessions import SIGNED_IN_AT

PASSWORD = "correct horse battery staple"
LOGIN = "/accounts/login/"
YOURS = "/accounts/sign-in/"
AGAIN = "/accounts/reauthenticate/"
CODE = "/accounts/login/code/"
ADD_APP = "/accounts/app/add/"
SECRET = "mfa.totp.secret"


def sign_in(client: Client, person: User, typed: str = PASSWORD, **extra: Any) -> Any:
    return client.post(LOGIN, {"login": person.email, "password": typed}, **extra)


def long_ago(client: Client, **seconds: float) -> None:
    """Let parts of the session (by default the sign-in) lie that many seconds in the past."""
    session = client.session
    for name, past in (seconds or {SIGNED_IN_AT: 3600}).items():
        session[name] = int(time.time() - past)
    session.save()


def code_of(secret: str) -> str:
    """What an app shows now. Each code works once: a new one is not waited for."""
    cache.clear()
    counter = int(time.time()) // 30
    code: str = auth.format_hotp_value(auth.hotp_value(secret, counter))
    return code


def add_app(client: Client) -> str:
    """Add an app for codes to whoever is signed in; its secret."""
    client.get(ADD_APP)
    secret: str = client.session[SECRET]
    answer = client.post(ADD_APP, {"code": code_of(secret)})
    assert answer.headers["Location"] == "/accounts/recovery-codes/"
    return secret
