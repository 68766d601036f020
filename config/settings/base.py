"""Settings that every way of running Blue Lamp shares.

What differs is in `dev` (the demonstration of `make run`), `test` and `production`.
"""

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

from csp.constants import NONCE, NONE, SELF

BASE_DIR = Path(__file__).resolve().parent.parent.parent
DATA_DIR = Path(os.environ.get("BLUELAMP_DATA", BASE_DIR / "var"))

# Known to everyone who reads this file; production refuses to start with it.
INSECURE_SECRET_KEY = "insecure-development-key-known-to-everyone"
SECRET_KEY = INSECURE_SECRET_KEY
AUDIT_KEY = INSECURE_SECRET_KEY
DEBUG = False
DEMO = False
ALLOWED_HOSTS: list[str] = []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "crispy_forms",
    "csp",
    "django_htmx",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "audit",
    "notices",
    "accounts",
    "policy",
    "incidents",
    "drafts",
    "publishing",
    "approvals",
    "lifecycle",
    "insights",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "accounts.middleware.PrivatePages",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "accounts.middleware.CleanInput",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.middleware.SessionClock",
    "accounts.middleware.SignInRequired",
    "accounts.middleware.SecondFactorRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

# Fields are drawn by the faster of the two sets of templates that Django brings for them.
FORM_RENDERER = "django.forms.renderers.Jinja2"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "insights.context_processors.frame",
            ],
            "builtins": ["django.templatetags.static", "insights.templatetags.bluelamp"],
        },
    },
]

SQLITE_OPTIONS: dict[str, Any] = {
    # BEGIN IMMEDIATE: two writers queue instead of failing half way.
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    # Without recursive triggers REPLACE would delete rows that a trigger protects.
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;"
    " PRAGMA recursive_triggers=ON;",
}
# A machine that is cut off in the middle of a transaction would keep its rows locked, and every
# other worker waiting, until somebody closes its connection. No transaction of ours waits for
# anything but the database, so a server that hears nothing for so long ends it, and either side
# notices a dead line within some ten seconds.
POSTGRES_OPTIONS: dict[str, Any] = {
    "connect_timeout": 5,
    "keepalives": 1,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
    "options": "-c idle_in_transaction_session_timeout=10s -c tcp_user_timeout=10s",
}
DATABASES: dict[str, dict[str, Any]] = {}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    # First, since it is the one that also knows people by their session.
    "allauth.account.auth_backends.AuthenticationBackend",
    "accounts.backends.PermissionTables",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in (
        ("UserAttributeSimilarityValidator", {"user_attributes": ("email", "full_name")}),
        ("MinimumLengthValidator", {"min_length": 12}),
        ("CommonPasswordValidator", {}),
        ("NumericPasswordValidator", {}),
    )
] + [{"NAME": "accounts.sign_in.passwords.NothingAboutYou"}]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "insights:desk"
ACCOUNT_LOGOUT_REDIRECT_URL = "insights:start"
ACCOUNT_FORMS = {
    "login": "accounts.forms.SignInForm",
    "reauthenticate": "accounts.sign_in.forms.PasswordAgainForm",
    "change_password": "accounts.sign_in.forms.NewPasswordForm",
    "set_password": "accounts.sign_in.forms.FirstPasswordForm",
    "reset_password": "accounts.sign_in.forms.ForgottenForm",
    "reset_password_from_key": "accounts.sign_in.forms.ResetPasswordForm",
}
ACCOUNT_ADAPTER = "accounts.adapter.ClosedSignUp"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
# The key is a person's e-mail and an address together, so that nobody is locked out by somebody
# else; a whole station may share one address. See docs/decisions/0024.
# The last is for one e-mail from anywhere, but for browsers in which that person signed in before:
# these are counted by themselves. See docs/decisions/0042.
ACCOUNT_RATE_LIMITS = {
    "login": "300/m/ip",
    "login_failed": "5/15m/key,50/15m/ip",
    "tries_at_one_person": "20/15m/key",
}
KNOWN_BROWSER_COOKIE = "known_browser"
KNOWN_BROWSER_LASTS = timedelta(days=180)
# Whoever changes how they sign in is told by mail, in case it was not them.
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Words of allauth's own that a person at work should not have to decode.
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Blue Lamp: "

# --- second factor, passkeys, single sign-on
MFA_ADAPTER = "accounts.sign_in.second_factor.SecondFactor"
MFA_SUPPORTED_TYPES = ["recovery_codes", "totp", "webauthn"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A passkey is worth two factors only if the device asks for its own PIN, face or finger.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RECOVERY_CODES_SHOW_ONCE = True
# A phone's clock may be half a minute off.
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "Blue Lamp"
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
MFA_FORMS = {
    "activate_totp": "accounts.sign_in.forms.AddAppForm",
    "authenticate": "accounts.sign_in.forms.CodeForm",
    "reauthenticate": "accounts.sign_in.forms.CodeAgainForm",
    "login_webauthn": "accounts.sign_in.forms.PasskeyLoginForm",
    "authenticate_webauthn": "accounts.sign_in.forms.PasskeyStepForm",
    "reauthenticate_webauthn": "accounts.sign_in.forms.PasskeyAgainForm",
    "add_webauthn": "accounts.sign_in.forms.AddPasskeyForm",
    "edit_webauthn": "accounts.sign_in.forms.RenamePasskeyForm",
}
# Whether those who approve or administer must have a second factor.
SECOND_FACTOR_REQUIRED = False
# Who must have one as well, besides those roles: whoever approves in somebody's place.
ALSO_APPROVES = "approvals.permissions.decides_for_another"
SOCIALACCOUNT_ADAPTER = "accounts.sign_in.single_sign_on.KnownPeopleOnly"
# Filled by single_sign_on() where the force has a provider.
SOCIALACCOUNT_PROVIDERS: dict[str, Any] = {}
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5

# The roles' permission tables, one per app, read by accounts.backends.PermissionTables.
PERMISSION_TABLES = [
    "accounts.permissions.TABLE",
    "policy.permissions.TABLE",
    "incidents.permissions.TABLE",
    "drafts.permissions.TABLE",
    "publishing.permissions.TABLE",
    "approvals.permissions.TABLE",
    "lifecycle.permissions.TABLE",
    "insights.permissions.TABLE",
]
# Database triggers, installed after every migrate and looked for by `check --database`.
TRIGGERS = [
    "audit.triggers.TRIGGERS",
    "policy.triggers.TRIGGERS",
    "policy.registers.triggers.TRIGGERS",
    "drafts.triggers.TRIGGERS",
    "publishing.triggers.TRIGGERS",
    "publishing.statements.FUNCTIONS",
    "approvals.triggers.TRIGGERS",
    "lifecycle.triggers.TRIGGERS",
]

SESSION_COOKIE_AGE = 30 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# How long somebody may do nothing, and how long a session lasts whatever they do.
SESSION_IDLE = timedelta(minutes=30)
SESSION_IDLE_APPROVING = timedelta(minutes=15)
SESSION_LASTS = timedelta(hours=12)
# Before something dangerous, whoever has not signed in for so long shows again who they are.
REAUTHENTICATE_AFTER = timedelta(minutes=10)
ACCOUNT_REAUTHENTICATION_TIMEOUT = int(REAUTHENTICATE_AFTER.total_seconds())
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "insights.views.errors.csrf_failure"
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    },
}

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
CRISPY_TEMPLATE_PACK = "bluelamp"
CRISPY_ALLOWED_TEMPLATE_PACKS = ["bluelamp"]

EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
# The folder in which mail is kept that is not sent; empty: there is none. Its links let people in.
PRACTICE_MAIL = ""
# Seconds for each thing that the mail server is asked; it is asked beside the other sweeps.
EMAIL_TIMEOUT = 5
DEFAULT_FROM_EMAIL = "Blue Lamp <no-reply@localhost>"
# Absolute links in mail start with this.
SITE_URL = "http://127.0.0.1:8000"

# --- policy
POLICY_PACKS = BASE_DIR / "policy" / "packs"
# Whether a spaCy model looks for names beside the lists: needs requirements/ner.txt.
POLICY_NAMES_MODEL = False

# --- people
MOBILE_CONFIRMED_FOR = timedelta(days=183)
# For so long whoever put a colleague's e-mail on record does not count as a second person beside
# them, nor removes their second factor.
EMAIL_SETTLES_FOR = timedelta(days=3)
# How long before a number has to be confirmed again that is said.
MOBILE_SAID_AHEAD = timedelta(days=14)
# How long a training counts, how long before its end that is said, and how long afterwards, or
# after new guidance was put in force, people can go on without.
TRAINING_VALID_FOR = timedelta(days=365)
TRAINING_SAID_AHEAD = timedelta(days=14)
TRAINING_GRACE = timedelta(days=14)

# --- approval and publishing
# Softens human haste: an approved tweet can be stopped for this long before it goes out.
STOP_WINDOW = timedelta(seconds=60)
# "As soon as approved" waits this long for a decision, then it is expired.
DECIDE_WITHIN = timedelta(days=7)
CLAIM_FOR = timedelta(minutes=15)
# Who may decide is reminded at half of a draft's time and so long before it expires; where it is
# longer than NEAR also by age, in the hours of communications, and if that is of no use, the duty
# officers are called after so long.
REMIND_LAST = timedelta(minutes=15)
NEAR = timedelta(hours=4)
REMIND_AFTER = timedelta(hours=1)
ESCALATE_AFTER = timedelta(hours=2)
# An emergency is looked at afterwards within this time, and so is the sample of the routine lane:
# one tweet in so many.
EMERGENCY_REVIEWED_WITHIN = timedelta(hours=24)
SAMPLE_WITHIN = timedelta(days=7)
SAMPLE_ONE_IN = 10
# The followers of each account are looked through that often.
FOLLOWERS_REVIEWED_EVERY = timedelta(days=365)
# Past due by more than this a tweet is missed, never sent late.
LATE_LIMIT = timedelta(hours=2)
DELIVERY_LEASE = timedelta(seconds=60)
DELIVERY_SETTLE = timedelta(seconds=30)
DELIVERY_BATCH = 50
# For how many accounts a worker talks to platforms at the same moment.
SENDING_THREADS = 16
PRACTICE_LEDGER = DATA_DIR / "practice-ledger.sqlite3"
PUBLISHERS: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "publishing.backends.mock.MockPublisher",
        "OPTIONS": {"ledger": str(PRACTICE_LEDGER)},
    },
}

# Alerts also go to this address as JSON, signed with the key; empty: they do not.
ALERT_WEBHOOK_URL = ""
ALERT_WEBHOOK_KEY = ""
# /metrics is there for whoever sends this token, and for these networks ("10.0.0.0/8"); others
# find nothing.
METRICS_TOKEN = ""
METRICS_NETWORKS: list[str] = []

# Where a worker keeps the last link of the trail that it has seen, to notice a database that was
# restored from a backup; empty: it does not.
TRAIL_MARK = ""

# Fernet keys that seal the accounts' credentials: the first one seals, all of them open.
PUBLISHER_KEYS: list[str] = []
# How long before credentials end people are told.
CREDENTIALS_END_SOON = timedelta(days=14)

# What the dispatcher asks of a delivery before it sends it, besides the delivery's own row.
PROOF_OF_APPROVAL = "approvals.proof.PROOF_OF_APPROVAL"

# What belongs to a team or a person and is kept by an app above the one that merges or closes teams
# and lets people go: dotted paths, called in the same transaction (decision 49).
MOVED_WITH_A_TEAM = ["lifecycle.services.move_requests"]
ENDED_WITH_A_TEAM = ["lifecycle.services.end_requests"]
PASSED_ON_BY_A_LEAVER = [
    "lifecycle.services.pass_on_requests",
    "lifecycle.services.tell_of_lost_successors",
]

# What each worker runs by itself, broker or no broker: seconds between runs, dotted path.
SWEEPS = [
    (0.5, "publishing.services.dispatch_due"),
    (1.0, "publishing.services.check_ahead"),
    (5.0, "publishing.services.reconcile"),
    (1.0, "publishing.services.take_down_due"),
    (5.0, "publishing.services.read_timelines_due"),
    (30.0, "publishing.services.check_profiles_due"),
    (1.0, "audit.services.seal"),
    (2.0, "publishing.services.mail_out"),
    (10.0, "approvals.services.expire_overdue"),
    (30.0, "approvals.services.remind"),
    (30.0, "approvals.services.finish_steps"),
    (60.0, "approvals.services.tell_of_stuck"),
    (10.0, "drafts.services.adopt"),
    (5.0, "publishing.services.watch"),
    (30.0, "publishing.services.lapse_reveals"),
    (10.0, "publishing.services.watch_trail"),
    (2.0, "publishing.services.call_out"),
    (60.0, "publishing.services.reckon"),
    (600.0, "lifecycle.services.watch_silence"),
    (30.0, "lifecycle.services.remind_of_steps"),
    (60.0, "lifecycle.services.watch_requests"),
    (600.0, "lifecycle.services.remind_of_followers"),
    (600.0, "accounts.services.tell_of_rights"),
    (10.0, "accounts.services.tell_of_guessing"),
]

# --- Celery: content-free wake-ups only; the database is the scheduler.
CELERY_BROKER_URL = ""
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ALWAYS_EAGER = False
CELERY_WORKER_POOL = "threads"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_REDIRECT_STDOUTS = False
CELERY_TASK_DEFAULT_QUEUE = "bluelamp"
CELERY_BEAT_SCHEDULE = {
    "wake the dispatcher": {
        "task": "publishing.dispatch",
        "schedule": 2.0,
        "options": {"expires": 10},
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"celery.utils.functional": {"level": "WARNING"}},
}
