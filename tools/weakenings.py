"""What declares who may do what, taken away or weakened, one declaration at a time.

Six sorts. A route that nobody has to be signed in for; a view that needs no permission; one that
asks nobody again who they are; a row of a permission table that one more role has, whatever it is
about; a row that forgets what it is asked about; a query that shows everybody everything. What is
everybody's already cannot be weakened.

Each is put in where the declarations are in use, and can be taken out again: `tools.mutate_access`
measures all of them, tests/security tries a few.
"""

import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest
from django.apps import apps
from django.urls import URLPattern, get_resolver

from accounts.access import PermittedView
from accounts.permissions import holds
from accounts.roles import Role
from accounts.tables import Predicate, permission_table
from tests.security.asking import OPEN
from tests.security.rights import RIGHTS, SIGHTS, WHO
from tests.test_architecture import routes
from tools.mutants import ROOT

ANYBODY: Final = "anybody's"
# Who stands for each role in the matrix.
HOLDS: Final = {
    Role.OFFICER: "off",
    Role.LPT_SUPERVISOR: "sup",
    Role.LPT_COMMANDER: "com",
    Role.COMMS_APPROVER: "app",
    Role.COMMS_DUTY: "dut",
    Role.COMMS_ADMIN: "adm",
    Role.POLICY_OWNER: "own",
    Role.PSD: "aud",
    Role.FOI_OFFICER: "aud",
    Role.DPO: "aud",
}


class Loss(StrEnum):
    """What is lost."""

    SIGN_IN = "sign-in of a route"
    PERMISSION = "permission of a view"
    AGAIN = "asking again who it is"
    ROLE = "role that a right needs"
    THING = "thing that a right is about"
    SIGHT = "whose things a query shows"


@dataclass(frozen=True, slots=True)
class Weakening:
    """One declaration that is lost.

    `subject`: the name of a route, a view, the name of a right, or a model and the method of its
    queryset. `who`: whoever in the matrix gains by it; "" for anybody.
    """

    module: str
    line: int
    what: str
    sort: Loss
    subject: Any
    put_in: Callable[[pytest.MonkeyPatch], None]
    who: str = ""


def weakenings() -> Iterator[Weakening]:
    """Every one, in the order of the declarations."""
    found = list(routes(get_resolver().url_patterns))
    yield from (no_sign_in(name, pattern) for name, pattern in found if name not in OPEN)
    views = views_of(pattern for _, pattern in found)
    yield from (no_permission(view) for view in views if RIGHTS[view.permission, "-"] != set(WHO))
    yield from (asks_nobody_again(view) for view in views if view.reauthenticates)
    for right in permission_table():
        yield from (
            one_more_role(right, role)
            for role, who in HOLDS.items()
            if who not in RIGHTS[right, "-"]
        )
        if any(other == right and thing != "-" for other, thing in RIGHTS):
            yield about_anything(right)
    yield from (shows_everything(model, method) for model, method in SIGHTS)


def views_of(patterns: Iterable[URLPattern]) -> list[type[PermittedView]]:
    """The views that declare a permission, each once."""
    classes = (getattr(pattern.callback, "view_class", None) for pattern in patterns)
    return [view for view in dict.fromkeys(classes) if view and issubclass(view, PermittedView)]


def no_sign_in(name: str, pattern: URLPattern) -> Weakening:
    callback = pattern.callback
    place = _place(getattr(callback, "view_class", callback))
    return Weakening(
        *place, f"{name} needs no sign-in", Loss.SIGN_IN, name,
        lambda patch: patch.setattr(callback, "login_required", False, raising=False),
    )  # fmt: skip


def no_permission(view: type[PermittedView]) -> Weakening:
    def put_in(patch: pytest.MonkeyPatch) -> None:
        patch.setitem(permission_table(), ANYBODY, lambda user, about: True)
        patch.setattr(view, "permission", ANYBODY)

    what = f"{view.__name__} needs no permission"
    return Weakening(*_place(view), what, Loss.PERMISSION, view, put_in)


def asks_nobody_again(view: type[PermittedView]) -> Weakening:
    return Weakening(
        *_place(view), f"{view.__name__} asks nobody again", Loss.AGAIN, view,
        lambda patch: patch.setattr(view, "reauthenticates", False),
    )  # fmt: skip


def one_more_role(right: str, role: Role) -> Weakening:
    predicate = permission_table()[right]
    return Weakening(
        *_place(predicate), f"{right} for {role}", Loss.ROLE, right,
        partial(_answer, right, lambda user, about: predicate(user, about) or holds(user, {role})),
        HOLDS[role],
    )  # fmt: skip


def about_anything(right: str) -> Weakening:
    predicate = permission_table()[right]
    return Weakening(
        *_place(predicate), f"{right} whatever it is about", Loss.THING, right,
        partial(_answer, right, lambda user, about: predicate(user, None)),
    )  # fmt: skip


def shows_everything(model: str, method: str) -> Weakening:
    queryset = queryset_of(model, method)
    return Weakening(
        *_place(getattr(queryset, method)), f"{model}: {method} shows everything", Loss.SIGHT,
        (model, method),
        lambda patch: patch.setattr(queryset, method, lambda self, user: self.all()),
    )  # fmt: skip


def queryset_of(model: str, method: str) -> type:
    """The class that defines this method of the model's queryset."""
    used = type(apps.get_model(model)._default_manager.all())
    return next(kind for kind in used.mro() if method in vars(kind))


def _answer(right: str, predicate: Predicate, patch: pytest.MonkeyPatch) -> None:
    patch.setitem(permission_table(), right, predicate)


def _place(what: Any) -> tuple[str, int]:
    """The file of a class or function, as a path below ROOT, and its line.

    What is not ours is declared where the addresses are.
    """
    file = Path(inspect.getsourcefile(inspect.unwrap(what)) or "")
    if not file.is_relative_to(ROOT) or "site-packages" in file.parts:
        return "config/urls.py", 1
    return file.relative_to(ROOT).as_posix(), inspect.getsourcelines(inspect.unwrap(what))[1]
