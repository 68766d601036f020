"""The pages that somebody was shown while they build a route, kept in their session.

A button is answered with the address of the next page, not with the page itself: the browser's Back
then shows what was there, and never asks to send a form again.
"""

import secrets
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.http import urlencode

from accounts.services import Step
from approvals.forms import steps_as_text, steps_in

KEPT = "route_pages"
# Whoever goes back further begins again.
MOST = 30
# Of what was typed about one step: nobody types more, and a session is no store.
MOST_VALUES, LONGEST_VALUE = 200, 100


class Shows(StrEnum):
    PLAN = "plan"
    NEW = "new"
    CHANGE = "change"
    PREVIEW = "preview"


@dataclass(frozen=True, slots=True)
class RoutePage:
    """One page, with the steps as they would be and the key of the route that they replace.

    `at` is the place of the step that the page is about, from 0, or -1 for none; `typed` is what
    was sent about it and could not be kept, values by field.
    """

    steps: tuple[Step, ...]
    seen: int
    shows: Shows = Shows.PLAN
    at: int = -1
    typed: dict[str, list[str]] | None = None
    problems: tuple[str, ...] = ()

    @property
    def is_new(self) -> bool:
        return self.shows == Shows.NEW

    @property
    def sent(self) -> QueryDict | None:
        """What was typed, as a form takes it."""
        if self.typed is None:
            return None
        data = QueryDict(mutable=True)
        for name, values in self.typed.items():
            data.setlist(name, values)
        return data


def typed_in(post: QueryDict, names: list[str]) -> dict[str, list[str]]:
    """What was typed into these fields, as far as anybody would have."""
    return {
        name: [value[:LONGEST_VALUE] for value in post.getlist(name)[:MOST_VALUES]]
        for name in names
    }


def keep_page(request: HttpRequest, page: RoutePage) -> str:
    """Keep it, and return the address at which it is shown: one of the same route."""
    key = secrets.token_urlsafe(6)
    row = asdict(page) | {"steps": steps_as_text(page.steps), "path": request.path}
    kept: dict[str, Any] = request.session.get(KEPT, {})
    request.session[KEPT] = dict([*kept.items(), (key, row)][-MOST:])
    return f"{request.path}?{urlencode({'at': key})}"


def page_at(request: HttpRequest) -> RoutePage | None:
    """The page that the address of this request names; None when it is not kept any more."""
    row: dict[str, Any] = dict(request.session.get(KEPT, {}).get(request.GET.get("at"), {}))
    if row.pop("path", "") != request.path:
        return None
    steps = steps_in(row.pop("steps"))
    shows, problems = Shows(row.pop("shows")), tuple(row.pop("problems"))
    return None if steps is None else RoutePage(steps, shows=shows, problems=problems, **row)
