"""Production does not start with settings that are unsafe, and says what to do instead."""

import base64
import json
import os
import re
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from config.oidc import Oidc
from config.unsafe import RULES, refuse_unsafe, unsafe

ROOT = Path(__file__).resolve().parent.parent.parent

VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.sign_in.passwords.NothingAboutYou"},
]
CACHE = "django.core.cache.backends."

SAFE: dict[str, Any] = {
    "INSECURE_SECRET_KEY": "known to everyone, and 32 characters long",
    "SECRET_KEY": "s" * 50,
    "AUDIT_KEY": "a" * 50,
    "DEBUG": False,
    "DEMO": False,
    "DATABASES": {"default": {"ENGINE": "django.db.backends.postgresql"}},
    "CELERY_BROKER_URL": "redis://redis:6379/0",
    "CELERY_TASK_ALWAYS_EAGER": False,
    "CELERY_WORKER_POOL": "threads",
    "ALLOWED_HOSTS": ["bluelamp.force.example"],
    "SESSION_COOKIE_SECURE": True,
    "CSRF_COOKIE_SECURE": True,
    "PUBLISHERS": {"default": {"BACKEND": "publishing.backends.x.XPublisher"}},
    "PRACTICE_PUBLISHER_ON_PURPOSE": False,
    "ALERT_WEBHOOK_URL": "https://alarms.force.example/hook",
    "ALERT_WEBHOOK_KEY": "k" * 50,
    "METRICS_TOKEN": "t" * 50,
    "METRICS_NETWORKS": ["10.1.0.0/16", "::1"],
    "PUBLISHER_KEYS": [base64.urlsafe_b64encode(b"k" * 32).decode()],
    "UNKNOWN_PUBLISHERS": [],
    "SECOND_FACTOR_REQUIRED": True,
    "MFA_WEBAUTHN_USER_VERIFICATION": "required",
    "CACHES": {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache"}},
    "ACCOUNT_RATE_LIMITS": {"login_failed": "5/15m/key", "tries_at_one_person": "20/15m/key"},
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.Argon2PasswordHasher"],
    "AUTH_PASSWORD_VALIDATORS": VALIDATORS,
    "ACCOUNT_SESSION_REMEMBER": False,
    "SESSION_EXPIRE_AT_BROWSER_CLOSE": True,
    "SESSION_IDLE": timedelta(minutes=30),
    "SESSION_IDLE_APPROVING": timedelta(minutes=15),
    "SESSION_LASTS": timedelta(hours=12),
    "SECRET_KEY_FALLBACKS": ["f" * 50],
    "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
    "PRACTICE_MAIL": "",
    "OIDC": Oidc("https://id.force.example", "blue-lamp", "secret"),
}
CONSOLE = {"default": {"BACKEND": "publishing.backends.console.ConsolePublisher"}}
PRACTICE = {"default": {"BACKEND": "publishing.backends.mock.MockPublisher"}}

# What the settings are changed to, and how the sentence begins.
FAULTS: list[tuple[dict[str, Any], str]] = [
    ({"DEBUG": True}, "DEBUG is on"),
    ({"DEMO": True}, "The demonstration is on"),
    ({"PRACTICE_MAIL": "/var/mail"}, "Mail would not be sent, and its links would lie about"),
    ({"EMAIL_BACKEND": "demonstration.mail.PracticeMail"}, "Mail would not be sent"),
    *(
        ({"EMAIL_BACKEND": f"django.core.mail.backends.{name}.EmailBackend"}, "Mail would not be")
        for name in ("console", "dummy", "filebased", "locmem")
    ),
    ({"ALERT_WEBHOOK_KEY": ""}, "Alerts would be handed on unsigned or in the clear"),
    ({"ALERT_WEBHOOK_URL": "http://alarms.example/"}, "Alerts would be handed on unsigned"),
    ({"METRICS_TOKEN": "guess me"}, "Anybody could guess METRICS_TOKEN"),
    ({"METRICS_NETWORKS": ["10.1.0.0/8"]}, "METRICS_NETWORKS holds something that is no network"),
    ({"SECRET_KEY": ""}, "SECRET_KEY is missing, short or the one in the source"),
    ({"SECRET_KEY": "s" * 31}, "SECRET_KEY is missing, short or the one in the source"),
    ({"SECRET_KEY": SAFE["INSECURE_SECRET_KEY"]}, "SECRET_KEY is missing, short"),
    ({"AUDIT_KEY": ""}, "AUDIT_KEY is missing, short or the one in the source"),
    ({"AUDIT_KEY": "a" * 31}, "AUDIT_KEY is missing, short or the one in the source"),
    ({"AUDIT_KEY": SAFE["INSECURE_SECRET_KEY"]}, "AUDIT_KEY is missing, short"),
    (
        {"DATABASES": {"default": {"ENGINE": "django.db.backends.sqlite3"}}},
        "The database is not PostgreSQL",
    ),
    ({"CELERY_BROKER_URL": ""}, "There is no Redis"),
    ({"CELERY_BROKER_URL": "filesystem://localhost/"}, "There is no Redis"),
    ({"CELERY_BROKER_URL": "memory://"}, "There is no Redis"),
    ({"CELERY_TASK_ALWAYS_EAGER": True}, "Celery runs tasks in the web process"),
    ({"CELERY_WORKER_POOL": "prefork"}, "The publishing worker must not fork"),
    ({"ALLOWED_HOSTS": []}, "ALLOWED_HOSTS is empty or holds a wildcard"),
    ({"ALLOWED_HOSTS": ["*"]}, "ALLOWED_HOSTS is empty or holds a wildcard"),
    ({"ALLOWED_HOSTS": ["ok.example", ".force.example"]}, "ALLOWED_HOSTS is empty or holds"),
    ({"SESSION_COOKIE_SECURE": False}, "Cookies would travel over plain HTTP"),
    ({"CSRF_COOKIE_SECURE": False}, "Cookies would travel over plain HTTP"),
    ({"PUBLISHERS": PRACTICE}, "Tweets would go to the practice publisher"),
    ({"PUBLISHERS": CONSOLE}, "Tweets would go to the practice publisher"),
    ({"PUBLISHER_KEYS": []}, "The accounts' credentials cannot be sealed"),
    ({"PUBLISHER_KEYS": ["short"]}, "The accounts' credentials cannot be sealed"),
    ({"PUBLISHER_KEYS": [*SAFE["PUBLISHER_KEYS"], "not base64!"]}, "The accounts' credentials"),
    ({"SECOND_FACTOR_REQUIRED": False}, "Approvers and admins could sign in with a password"),
    ({"MFA_WEBAUTHN_USER_VERIFICATION": "preferred"}, "A second factor could be passed"),
    ({"MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": True}, "A second factor could be passed"),
    ({"MFA_TOTP_INSECURE_BYPASS_CODE": "1"}, "A second factor could be passed"),
    ({"MFA_TRUST_ENABLED": True}, "A second factor could be passed"),
    ({"CACHES": {}}, "Each process would count wrong passwords for itself"),
    ({"CACHES": {"default": {"BACKEND": f"{CACHE}locmem.LocMemCache"}}}, "Each process would"),
    ({"CACHES": {"default": {"BACKEND": f"{CACHE}dummy.DummyCache"}}}, "Each process would"),
    ({"CACHES": {"default": {"BACKEND": f"{CACHE}filebased.FileBasedCache"}}}, "Each process"),
    ({"ACCOUNT_RATE_LIMITS": False}, "Passwords could be tried without end"),
    ({"ACCOUNT_RATE_LIMITS": {"login_failed": None}}, "Passwords could be tried without end"),
    (
        {"ACCOUNT_RATE_LIMITS": {"login_failed": "5/15m/key"}},
        "Passwords could be tried without end",
    ),
    ({"PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"]}, "Passwords would be"),
    ({"PASSWORD_HASHERS": []}, "Passwords would be weak"),
    ({"AUTH_PASSWORD_VALIDATORS": VALIDATORS[:2]}, "Passwords would be weak"),
    ({"ACCOUNT_SESSION_REMEMBER": None}, "People would stay signed in for too long"),
    ({"SESSION_EXPIRE_AT_BROWSER_CLOSE": False}, "People would stay signed in for too long"),
    ({"SESSION_IDLE": timedelta(minutes=31)}, "People would stay signed in for too long"),
    ({"SESSION_IDLE_APPROVING": timedelta(minutes=16)}, "People would stay signed in for too"),
    ({"SESSION_LASTS": timedelta(hours=13)}, "People would stay signed in for too long"),
    ({"SECRET_KEY_FALLBACKS": ["short"]}, "SECRET_KEY_FALLBACKS holds a short key"),
    ({"OIDC": Oidc("https://id.force.example")}, "Single sign-on is half configured"),
    ({"OIDC": Oidc(client_secret="s")}, "Single sign-on is half configured"),
    ({"OIDC": Oidc("http://id.force.example", "i", "s")}, "Single sign-on is half configured, or"),
    ({"UNKNOWN_PUBLISHERS": ["myspace"]}, "PUBLISHERS names a platform that there is not"),
    (
        {"PUBLISHERS": SAFE["PUBLISHERS"] | {"second": PRACTICE["default"]}},
        "Tweets would go to the practice publisher",
    ),
]


class TestTheRules:
    def test_let_safe_settings_pass(self) -> None:
        assert unsafe(SAFE) == []
        refuse_unsafe(SAFE)

    @pytest.mark.parametrize(("change", "start"), FAULTS, ids=lambda value: str(value)[:50])
    def test_refuse_one_fault_with_its_own_sentence(
        self, change: dict[str, Any], start: str
    ) -> None:
        (sentence,) = unsafe(SAFE | change)
        assert sentence.startswith(start)
        # Each says what is wrong, then what to do.
        assert sentence.endswith(".")
        assert ": " in sentence
        with pytest.raises(ImproperlyConfigured) as refused:
            refuse_unsafe(SAFE | change)
        assert str(refused.value) == f"Blue Lamp will not start.\n- {sentence}"

    def test_are_each_broken_by_some_test_here(self) -> None:
        met = {sentence for change, _ in FAULTS for sentence in unsafe(SAFE | change)}
        assert met == {sentence for _, sentence in RULES}

    def test_name_every_fault_at_once(self) -> None:
        everything = SAFE | {name: value for change, _ in FAULTS for name, value in change.items()}
        with pytest.raises(ImproperlyConfigured) as refused:
            refuse_unsafe(everything)
        assert str(refused.value).count("\n- ") == len(RULES)

    def test_let_the_practice_publisher_pass_on_purpose(self) -> None:
        wanted = {"PUBLISHERS": PRACTICE, "PRACTICE_PUBLISHER_ON_PURPOSE": True}
        assert unsafe(SAFE | wanted) == []


GOOD = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "k" * 20 + "QGm3!t5vXz9" * 5,
    "AUDIT_KEY": "another key of more than 32 characters",
    "ALLOWED_HOSTS": "bluelamp.force.example, www.bluelamp.force.example",
    "DATABASE_URL": "postgresql://user:password@db/name",
    "REDIS_URL": "redis://redis:6379/0",
    "PRACTICE_PUBLISHER": "1",
}


def start(environment: dict[str, str], *command: str) -> subprocess.CompletedProcess[str]:
    """A process of its own with production's settings and nothing else in its environment."""
    coverage = {name: value for name, value in os.environ.items() if name.startswith("COVERAGE")}
    return subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **coverage, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


class TestStartingInProduction:
    def test_works_with_good_settings_and_django_warns_of_nothing(self) -> None:
        done = start(GOOD, "manage.py", "check", "--deploy")
        assert done.returncode == 0
        assert not re.findall(r"\w+\.[WE]\d+", done.stderr)

    @pytest.mark.parametrize(
        ("change", "start_of_sentence"),
        [
            ({"DJANGO_DEBUG": "1"}, "DEBUG is on"),
            ({"SECRET_KEY": ""}, "SECRET_KEY is missing"),
            ({"AUDIT_KEY": "short"}, "AUDIT_KEY is missing"),
            ({"DATABASE_URL": "sqlite:///x"}, "The database is not PostgreSQL"),
            ({"REDIS_URL": ""}, "There is no Redis"),
            ({"CELERY_TASK_ALWAYS_EAGER": "true"}, "Celery runs tasks in the web process"),
            ({"CELERY_WORKER_POOL": "prefork"}, "The publishing worker must not fork"),
            ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS is empty or holds a wildcard"),
            ({"SECURE_COOKIES": "0"}, "Cookies would travel over plain HTTP"),
            ({"PUBLISHERS": "mastodon"}, "The accounts' credentials cannot be sealed"),
            ({"PUBLISHERS": "mastodon,myspace"}, "PUBLISHERS names a platform that there is not"),
            ({"SECOND_FACTOR": "0"}, "Approvers and admins could sign in with a password alone"),
            ({"OIDC_SERVER_URL": "https://id.example"}, "Single sign-on is half configured"),
            (
                {
                    "OIDC_SERVER_URL": "http://id.example",
                    "OIDC_CLIENT_ID": "i",
                    "OIDC_CLIENT_SECRET": "s",
                },
                "Single sign-on is half configured, or would believe whoever answers",
            ),
            ({"PRACTICE_PUBLISHER": "0"}, "Tweets would go to the practice publisher"),
        ],
        ids=str,
    )
    def test_is_refused_with_a_sentence(
        self, change: dict[str, str], start_of_sentence: str
    ) -> None:
        done = start(GOOD | change, "-c", "import config.settings.production")
        assert done.returncode != 0
        faults = done.stderr.partition("Blue Lamp will not start.\n- ")[2].splitlines()
        assert len(faults) == 1
        assert faults[0].startswith(start_of_sentence)

    def test_leads_to_the_platforms_that_were_chosen(self) -> None:
        key = base64.urlsafe_b64encode(b"k" * 32).decode()
        chosen = {"PUBLISHERS": "mastodon, x", "PUBLISHER_KEYS": key, "PRACTICE_PUBLISHER": "0"}
        host = {"MASTODON_URL": "https://social.force.example"}
        show = (
            "import json, config.settings.production as settings;"
            "print(json.dumps(settings.PUBLISHERS))"
        )
        done = start(GOOD | chosen | host, "-c", show)
        assert done.returncode == 0, done.stderr
        publishers = json.loads(done.stdout)
        assert set(publishers) == {"mastodon", "x", "default"}
        assert publishers["default"] == publishers["mastodon"] == {
            "BACKEND": "publishing.backends.mastodon.MastodonPublisher",
            "OPTIONS": {"base_url": "https://social.force.example"},
        }  # fmt: skip

    def test_lets_the_force_s_own_sign_in_be_led_to(self) -> None:
        chosen = {
            "OIDC_SERVER_URL": "https://id.force.example/realm",
            "OIDC_CLIENT_ID": "blue-lamp",
            "OIDC_CLIENT_SECRET": "secret",
        }
        show = (
            "import json, config.settings.production as settings;"
            "print(json.dumps([settings.SOCIALACCOUNT_PROVIDERS['openid_connect']['APPS'],"
            " settings.CONTENT_SECURITY_POLICY['DIRECTIVES']['form-action'],"
            " settings.SECOND_FACTOR_REQUIRED]))"
        )
        done = start(GOOD | chosen, "-c", show)
        assert done.returncode == 0, done.stderr
        (app,), targets, is_required = json.loads(done.stdout)
        assert app["settings"]["server_url"] == "https://id.force.example/realm"
        assert targets == ["'self'", "https://id.force.example"]
        assert is_required

    def test_is_refused_without_any_setting(self) -> None:
        bare = {"DJANGO_SETTINGS_MODULE": "config.settings.production"}
        for program in (
            ["manage.py", "check"],
            ["-c", "import config.wsgi"],
            ["-m", "celery", "-A", "config", "report"],
        ):
            done = start(bare, *program)
            assert done.returncode != 0
            assert "Blue Lamp will not start." in done.stderr + done.stdout
