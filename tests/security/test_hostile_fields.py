"""Whatever is typed into whichever field of a page: a page comes back, and nothing is lost.

The fields are those that the page reads when its button is pressed, so that a new form, and a new
field, are asked as well.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.db import transaction
from django.http import QueryDict
from django.test import Client

from tests.pages import Page
from tests.security.addresses import address
from tests.security.answers import DECLARED, PEOPLE
from tests.security.asking import OURS
from tests.security.hostile import PAYLOADS, dangers
from tests.security.sending import sent
from tests.security.world import World, become

PAGES = ("lifecycle:", "people:second-factor")
HOSTILE = {
    "tags and formulae": " ".join(PAYLOADS),
    "what nobody sees": "\u202etxet\u202c be\0fore a\ud800b "
    + "".join(map(chr, range(1, 32)))
    + "\x7f\x85\u2028",
    "100,000 characters": "x" * 100_000,
}
ANSWERS = {200, 302, 404, 409, 422}


def who_may(name: str) -> str:
    """Somebody for whom the button does something; "" where it does so for nobody."""
    row = DECLARED[name]["post"]
    able = [who for who in PEOPLE if row[who].startswith(("200", "302", "422")) and who != "ano"]
    able = [who for who in able if who != "dis"]
    return max(able, key=lambda who: ("*" in row[who], -PEOPLE.index(who)), default="")


NAMES = [name for name in OURS if name.startswith(PAGES) and who_may(name)]


@contextmanager
def noting_fields() -> Iterator[set[str]]:
    """The names of the fields that are read meanwhile."""
    fields: set[str] = set()
    with pytest.MonkeyPatch.context() as patch:
        for method in ("get", "__getitem__", "getlist"):
            usual = getattr(QueryDict, method)

            def noted(
                self: QueryDict, key: str, *rest: Any, usual: Any = usual, **more: Any
            ) -> Any:
                fields.add(key)
                return usual(self, key, *rest, **more)

            patch.setattr(QueryDict, method, noted)
        yield fields


def press(client: Client, path: str, fields: dict[str, Any]) -> Any:
    """Send `fields` in the bytes that a browser, or something worse, would send."""
    pairs = [
        f"{quote(name)}={quote(str(value).encode('utf-8', 'surrogatepass'))}"
        for name, values in fields.items()
        for value in (values if isinstance(values, list) else [values])
    ]
    return client.post(path, "&".join(pairs), content_type="application/x-www-form-urlencoded")


def as_kept(text: str) -> str:
    """What is left of a text on its way: bytes that are no text come as marks, nulls not at all."""
    there = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return there.replace("\0", "")


def values_of(page: Page, field: str) -> list[str]:
    """What stands in the boxes with that name that somebody types into."""
    areas = page.root.all("textarea", name=field)
    boxes = [
        box
        for box in page.root.all("input", name=field)
        if box.attrs.get("type", "text") in {"text", "email", "tel", "search"}
    ]
    typed = [area.raw_text.removeprefix("\n") for area in areas]
    return typed + [box.attrs.get("value", "") for box in boxes]


def plain(text: str) -> str:
    """Without what a form strips, or a parser of HTML reads as the end of a line."""
    return "".join(text.split())


class TestEveryField:
    def test_is_asked_of_every_form(self) -> None:
        assert {name for name in NAMES if name.startswith("lifecycle:")} >= {
            "lifecycle:new-request", "lifecycle:edit-request", "lifecycle:answer-request",
            "lifecycle:hand-over", "lifecycle:hacked", "lifecycle:step", "lifecycle:ask-to-follow",
            "lifecycle:decide-following", "lifecycle:review-followers", "lifecycle:offer",
            "lifecycle:answer-offer", "lifecycle:keep",
        }  # fmt: skip

    @pytest.mark.parametrize("name", NAMES)
    def test_takes_whatever_is_typed(self, name: str, world: World) -> None:
        path, who, usual = address(name, world), who_may(name), sent(name, world)
        with noting_fields() as fields:
            self.ask(path, who, usual, world)
        for field in sorted(fields - {"csrfmiddlewaretoken"}):
            for kind, text in HOSTILE.items():
                status, page = self.ask(path, who, usual | {field: text}, world)
                told = f"{field}: {kind}"
                assert status in ANSWERS, told
                assert dangers(page) == [], told
                if status == 422:
                    self.says_what_to_do(page, field, as_kept(text), told)

    def ask(self, path: str, who: str, fields: dict[str, Any], world: World) -> tuple[int, Page]:
        """The status, and the page in the end."""
        cache.clear()
        client = Client()
        with transaction.atomic():
            become(client, who, world)
            answer = press(client, path, fields)
            shown = client.get(answer.headers["Location"]) if answer.status_code == 302 else answer
            transaction.set_rollback(True)
        return answer.status_code, Page.of(shown)

    def says_what_to_do(self, page: Page, field: str, text: str, told: str) -> None:
        assert page.problems, told
        for sentence, _ in page.problems:
            assert sentence.endswith((".", "?")), f"{told}: {sentence}"
            assert len(sentence) < 200, told
        boxes = values_of(page, field)
        if boxes:
            assert plain(text) in {plain(box) for box in boxes}, told
