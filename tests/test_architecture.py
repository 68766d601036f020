"""What holds for the whole of it: every page declared, every layer kept, every state reachable."""

import ast
import re
import tomllib
from collections.abc import Collection, Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.models import TextChoices
from django.http import HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, path
from django.utils import timezone
from django.views.generic import View

from accounts.access import PermittedView
from accounts.tables import permission_table
from audit.triggers import install, missing
from drafts import workflow as drafts_workflow
from drafts.models import Draft
from drafts.workflow import StaleDraft, allows
from insights.views.public import PublicView, TextPage
from lifecycle import workflow as lifecycle_workflow
from policy import workflow as policy_workflow
from policy.core import RULEBOOK
from policy.core.rules.base import Rule
from publishing import workflow as publishing_workflow
from publishing.models import Delivery
from publishing.workflow import LostLease
from tests.factories import Scene, approved, written

ROOT = Path(__file__).resolve().parent.parent
OURS = [name for name in settings.INSTALLED_APPS if (ROOT / name).is_dir()]
PYTHON = [file for name in [*OURS, "config"] for file in sorted((ROOT / name).rglob("*.py"))]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


# --- every page says who may see it

# Pages that anybody may see, signed in or not.
PUBLIC = {
    "insights:start",
    "insights:start-force",
    "insights:health",
    "insights:alive",
    "insights:ready",
    "insights:metrics",
    "insights:accessibility",
    "insights:about-you",
    "demo-start",
    "demo-mail",
    "demo-sign-in",
}
# allauth's own pages: whether somebody must be signed in for them.
ALLAUTH = {
    "account_login": False,
    "account_logout": False,
    "account_signup": False,
    "account_inactive": False,
    "account_reset_password": False,
    "account_reset_password_done": False,
    "account_reset_password_from_key": False,
    "account_reset_password_from_key_done": False,
    "account_reauthenticate": True,
    "mfa_authenticate": False,
    "mfa_login_webauthn": False,
    "openid_connect_login": False,
    "openid_connect_callback": False,
    "mfa_reauthenticate": True,
    "mfa_reauthenticate_webauthn": True,
    "mfa_add_webauthn": True,
    "mfa_edit_webauthn": True,
    "mfa_remove_webauthn": True,
    "mfa_activate_totp": True,
    "mfa_deactivate_totp": True,
    "mfa_view_recovery_codes": True,
    "mfa_generate_recovery_codes": True,
    "account_change_password": True,
    "account_set_password": True,
}


def routes(
    patterns: Iterable[URLPattern | URLResolver], namespace: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    """Every route with the name by which it is reversed."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern.url_patterns, inner)
        else:
            yield f"{namespace}{pattern.name or pattern.pattern}", pattern


def is_declared(name: str, pattern: URLPattern) -> bool:
    """Whether the route says who may see it, and says so truly."""
    view = getattr(pattern.callback, "view_class", None)
    needs_sign_in = getattr(pattern.callback, "login_required", True)
    if view and issubclass(view, PermittedView):
        return needs_sign_in and getattr(view, "permission", "") in permission_table()
    if name in ALLAUTH:
        return bool(needs_sign_in == ALLAUTH[name])
    return bool(view and issubclass(view, PublicView) and name in PUBLIC)


def undeclared(patterns: Iterable[URLPattern | URLResolver]) -> list[str]:
    return [name for name, pattern in routes(patterns) if not is_declared(name, pattern)]


class Misspelt(PermittedView):
    permission = "drafts.wirte"


class Forgotten(PermittedView):
    pass


class TestEveryAddress:
    def test_declares_who_may_see_it(self) -> None:
        assert undeclared(get_resolver().url_patterns) == []

    @pytest.mark.parametrize(
        "view",
        [View, Misspelt, Forgotten, PublicView, TextPage],
        ids=lambda view: view.__name__,
    )
    def test_that_does_not_is_found(self, view: type[View]) -> None:
        planted = path("planted/", view.as_view(), name="planted")
        assert undeclared([*get_resolver().url_patterns, planted]) == ["planted"]

    def test_that_is_a_bare_function_is_found(self) -> None:
        planted = path("planted/", lambda request: HttpResponse(), name="planted")
        assert undeclared([planted]) == ["planted"]

    def test_in_the_tables_is_there(self) -> None:
        names = {name for name, _ in routes(get_resolver().url_patterns)}
        assert names >= PUBLIC | ALLAUTH.keys()

    def test_has_a_name_of_its_own(self) -> None:
        names = [name for name, _ in routes(get_resolver().url_patterns)]
        assert len(set(names)) == len(names)


class TestEveryPermission:
    def test_is_asked_for_somewhere(self) -> None:
        asking = [file for file in PYTHON if file.name != "permissions.py"]
        source = "".join(file.read_text() for file in asking)
        # A move of the author's own asks for the permission of its own name.
        asked = {f"drafts.{move}" for move in ("withdraw", "discard")}
        unused = {name for name in permission_table() if f'"{name}"' not in source} - asked
        assert unused == set()
        assert 'f"drafts.{move}"' in source

    def test_that_is_asked_for_is_there(self) -> None:
        pattern = re.compile(r'(?:has_perm\(|permission = |, )"((?:%s)\.[a-z_]+)"' % "|".join(OURS))  # noqa: UP031
        asked = {name for file in PYTHON for name in pattern.findall(file.read_text())}
        known = permission_table().keys()
        modules = {f"{name}." for name in OURS}
        assert {name for name in asked - known if name.split(".")[0] + "." in modules} == set()


# --- every layer is kept


def layers() -> list[str]:
    """The apps from top to bottom, as import-linter holds the imports to them."""
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    (contract,) = (c for c in contracts if c["name"] == "Apps know only the apps below them")
    names: list[str] = contract["layers"]
    return names


def relations() -> Iterator[tuple[str, str, str]]:
    """Every relation between tables of ours: from which app, by which field, to which app."""
    for model in apps.get_models():
        if model._meta.app_label in OURS:
            for field in model._meta.get_fields():
                if field.is_relation and not field.auto_created and field.related_model:
                    related = field.related_model._meta.app_label
                    yield model._meta.app_label, f"{model._meta.label}.{field.name}", related


def upward(edges: Iterable[tuple[str, str, str]]) -> list[str]:
    order = layers()
    return [
        field
        for app, field, related in edges
        if related in order and order.index(related) < order.index(app)
    ]


class TestEveryForeignKey:
    def test_leads_down_or_stays(self) -> None:
        found = list(relations())
        assert len(found) > 30
        assert upward(found) == []

    def test_that_leads_up_is_found(self) -> None:
        planted = ("drafts", "drafts.Draft.decision", "approvals")
        assert upward([*relations(), planted]) == ["drafts.Draft.decision"]

    def test_is_none_in_the_trail_and_in_notices(self) -> None:
        assert {app for app, _, _ in relations()} & {"audit", "notices"} == set()

    def test_outside_our_apps_is_none(self) -> None:
        assert {related for _, _, related in relations()} <= set(OURS)


class TestTheLayers:
    def test_hold_every_app(self) -> None:
        assert set(layers()) == {*OURS, "config"}

    def test_leave_the_admin_out(self) -> None:
        assert "django.contrib.admin" not in settings.INSTALLED_APPS
        imported = {
            name
            for file in PYTHON
            for node in ast.walk(ast.parse(file.read_text()))
            for name in imports(node)
        }
        assert not {name for name in imported if name.startswith("django.contrib.admin")}
        assert "django.contrib.auth" in {name[: len("django.contrib.auth")] for name in imported}


def imports(node: ast.AST) -> list[str]:
    """The modules that one statement imports."""
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module:
        return [f"{node.module}.{alias.name}" for alias in node.names]
    return []


# --- the rulebook


class TestEveryRule:
    @pytest.mark.parametrize("rule", RULEBOOK, ids=lambda rule: rule.id)
    def test_cites_its_authority_and_shows_examples(self, rule: Rule) -> None:
        assert rule.cites.document
        assert rule.cites.section
        assert rule.cites.paraphrase
        assert rule.wrong
        assert rule.right
        assert rule.title
        assert rule.advice

    def test_has_an_id_of_its_own(self) -> None:
        assert len({rule.id for rule in RULEBOOK}) == len(RULEBOOK)


# --- every state


def reachable(start: str, moves: Iterable[drafts_workflow.Transition[Any]]) -> set[str]:
    """The states that `moves` lead to from `start`, itself among them."""
    found, table = {start}, list(moves)
    while more := {m.target for m in table if m.sources & found} - found:
        found |= more
    return found


class TestEveryState:
    def test_of_a_draft_is_reachable(self) -> None:
        states, moves = drafts_workflow.State, drafts_workflow.MOVES
        assert reachable(states.DRAFT, moves.values()) == set(states)

    def test_of_a_delivery_is_reachable(self) -> None:
        states, moves = publishing_workflow.State, publishing_workflow.MOVES
        assert reachable(states.QUEUED, moves.values()) == set(states)

    def test_of_a_version_of_the_rulebook_is_reachable(self) -> None:
        states, moves = policy_workflow.State, policy_workflow.MOVES
        assert reachable(states.DRAFT, moves.values()) == set(states)

    def test_of_a_request_for_an_account_is_reachable_and_left(self) -> None:
        states, moves = lifecycle_workflow.State, lifecycle_workflow.MOVES
        assert reachable(states.DRAFT, moves.values()) == set(states)
        left = {state for move in moves.values() for state in move.sources}
        assert left == set(states) - lifecycle_workflow.ENDS

    def test_of_a_version_of_the_rulebook_that_is_no_end_can_be_left(self) -> None:
        left = {state for move in policy_workflow.MOVES.values() for state in move.sources}
        assert left == set(policy_workflow.State) - {policy_workflow.State.RETIRED}

    def test_of_a_draft_that_is_no_end_can_be_left(self) -> None:
        ends = {drafts_workflow.State.REJECTED, drafts_workflow.State.WITHDRAWN}
        left = {state for move in drafts_workflow.MOVES.values() for state in move.sources}
        assert left == set(drafts_workflow.State) - ends

    def test_of_a_delivery_that_is_no_end_can_be_left(self) -> None:
        ends = {publishing_workflow.State.TAKEN_DOWN, publishing_workflow.State.CANCELLED}
        left = {state for move in publishing_workflow.MOVES.values() for state in move.sources}
        assert left == set(publishing_workflow.State) - ends


class TestEveryMove:
    def test_stands_in_its_table(self) -> None:
        assert set(drafts_workflow.MOVES) == set(drafts_workflow.Move)
        assert set(publishing_workflow.MOVES) == set(publishing_workflow.Move)
        assert set(policy_workflow.MOVES) == set(policy_workflow.Move)
        assert set(lifecycle_workflow.MOVES) == set(lifecycle_workflow.Move)
        assert set(lifecycle_workflow.FOLLOW_MOVES) == set(lifecycle_workflow.FollowMove)
        assert set(lifecycle_workflow.OFFER_MOVES) == set(lifecycle_workflow.OfferMove)

    @pytest.mark.parametrize(
        "moves",
        [
            drafts_workflow.Move,
            publishing_workflow.Move,
            policy_workflow.Move,
            lifecycle_workflow.Move,
            lifecycle_workflow.FollowMove,
            lifecycle_workflow.OfferMove,
        ],
    )
    def test_is_made_by_a_service(self, moves: type[StrEnum]) -> None:
        # Some of publishing's are made by a statement that its services run.
        places = ("services", "statements.py")
        files = [file for file in PYTHON if any(place in str(file) for place in places)]
        made = "".join(file.read_text() for file in files)
        assert [move.name for move in moves if f"Move.{move.name}" not in made] == []

    @pytest.mark.django_db
    def test_of_a_draft_outside_the_table_is_refused(self) -> None:
        now = timezone.now()
        row = Draft.objects.filter(pk=written(Scene()).pk)
        row.update(submitted_at=now, queue_at=now)
        for state in drafts_workflow.State:
            for move, transition in drafts_workflow.MOVES.items():
                row.update(state=state)
                assert allows(move, state) == (state in transition.sources)
                if state in transition.sources:
                    row.move(move)
                    assert row.get().state == transition.target
                else:
                    with pytest.raises(StaleDraft):
                        row.move(move)
                    assert row.get().state == state

    @pytest.mark.django_db
    def test_of_a_delivery_outside_the_table_is_refused(self) -> None:
        row = Delivery.objects.filter(pk=approved(Scene()).deliveries.get().pk)
        for state in publishing_workflow.State:
            for move, transition in publishing_workflow.MOVES.items():
                row.update(state=state)
                if state in transition.sources:
                    row.move(move)
                    assert row.get().state == transition.target
                else:
                    with pytest.raises(LostLease):
                        row.move(move)
                    assert row.get().state == state

    @pytest.mark.django_db
    def test_of_more_than_one_draft_at_once_is_refused(self) -> None:
        scene = Scene()
        written(scene)
        written(scene)
        with pytest.raises(StaleDraft):
            Draft.objects.all().move(drafts_workflow.Move.DISCARD)


# --- the database


@pytest.mark.django_db
class TestTheDatabase:
    def test_lacks_no_migration(self) -> None:
        call_command("makemigrations", check=True, dry_run=True, verbosity=0)

    def test_has_every_trigger_and_misses_one_that_is_gone(self) -> None:
        assert missing(connection) == []
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER approvals_decision_approver ON approvals_decision")
        assert missing(connection) == ["approvals_decision_approver"]
        install(connection)
        assert missing(connection) == []

    def test_refuses_a_state_that_there_is_not(self) -> None:
        constrained = {
            (model._meta.label, constraint.name)
            for model in apps.get_models()
            if model._meta.app_label in OURS
            for constraint in model._meta.constraints
        }
        assert {
            ("drafts.Draft", "draft_state"),
            ("publishing.Delivery", "delivery_state"),
            ("policy.PackVersion", "version_state"),
            ("publishing.Attempt", "attempt_outcome"),
            ("approvals.Decision", "verdict"),
            ("audit.Record", "record_verb"),
            ("lifecycle.AccountRequest", "request_state"),
            ("lifecycle.Following", "following_state"),
            ("lifecycle.Offer", "offer_state"),
        } <= constrained


CHOICES: list[type[TextChoices]] = [
    choices
    for choices in TextChoices.__subclasses__()
    if choices.__module__.partition(".")[0] in OURS
]


class TestEveryChoice:
    @pytest.mark.parametrize(
        "choices",
        sorted(CHOICES, key=str),
        ids=lambda choice: f"{choice.__module__}.{choice.__name__}",
    )
    def test_is_a_lower_case_word(self, choices: type[TextChoices]) -> None:
        for value in choices.values:
            assert re.fullmatch(r"[a-z][a-z_.]*", value), value


# --- the templates

FORBIDDEN = {
    "an inline handler": r"<[^>]*\son[a-z]+\s*=",
    "an inline style": r"<[^>]*\sstyle\s*=",
    "a style element": r"<style\b",
    "an address that runs a script": r"javascript:",
    "text that is not escaped": r"\|\s*(safe|safeseq)\b|\{%\s*autoescape\s+off",
    "an htmx attribute that runs a script": r"\bhx-on\b|\bhx-vals\s*=\s*['\"]js:",
    "a file of somebody else's": r"(?:src|href)\s*=\s*['\"](?:https?:)?//",
}


def offences(html: str) -> set[str]:
    found = {name for name, pattern in FORBIDDEN.items() if re.search(pattern, html, re.IGNORECASE)}
    for script in re.findall(r"<script\b[^>]*>", html, re.IGNORECASE):
        if 'nonce="{{ request.csp_nonce }}"' not in script:
            found.add("a script without its nonce")
    return found


class TestEveryTemplate:
    @pytest.mark.parametrize(
        "file", TEMPLATES, ids=lambda file: str(file.relative_to(ROOT / "templates"))
    )
    def test_holds_nothing_that_could_run(self, file: Path) -> None:
        assert offences(file.read_text()) == set()

    @pytest.mark.parametrize(
        "planted",
        [
            '<p onclick="x()">',
            "<p class='a' onmouseover = x>",
            '<p style="color: red">',
            "<style>p {}</style>",
            '<a href="javascript:x()">',
            "{{ text|safe }}",
            "{{ text | safeseq }}",
            "{% autoescape off %}",
            "<script>x()</script>",
            '<script src="x.js">',
            '<p hx-on:click="x()">',
            '<link href="https://cdn.example/x.css">',
            '<img src="//cdn.example/x.png">',
        ],
    )
    def test_that_does_is_found(self, planted: str) -> None:
        assert offences(f"<div>{planted}</div>")

    def test_is_used(self) -> None:
        source = "".join(file.read_text() for file in [*PYTHON, *TEMPLATES])
        theirs = ("account/", "allauth/", "bluelamp/", "mfa/", "socialaccount/")
        names = {str(file.relative_to(ROOT / "templates")) for file in TEMPLATES}
        assert {n for n in names if not n.startswith(theirs) and f'"{n}"' not in source} <= {
            # Django and its handlers ask for these by themselves.
            "403.html", "404.html", "500.html", "429.html",
        }  # fmt: skip

    def test_is_given_no_text_that_passes_for_safe(self) -> None:
        marking = re.compile(r"\bmark_safe\(|\bSafeString\(|__html__")
        marked: Collection[Path] = [f for f in PYTHON if marking.search(f.read_text())]
        assert list(marked) == []
