"""Whatever is sent to the pages of drafts, the answer is a page and never a server error.

The test client raises what a view raises: a test here fails on any exception.
"""

import itertools
import uuid
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from drafts.models import Draft
from drafts.services import Writing, save
from tests.factories import CLEAN, Scene, written
from tests.pages import Page

pytestmark = pytest.mark.django_db

HOSTILE = {
    "null bytes": "be\0fore\0",
    "only a null byte": "\0",
    "100,000 characters": "x" * 100_000,
    "100,000 emoji": "👮" * 100_000,
    "100,000 combining marks": "e" + "\u0301" * 100_000,
    "an endless link": "https://" + "a." * 5000 + "example",
    "an endless tag": "#" + "a" * 50_000,
    "nothing but tags": "#a" * 2000,
    "brackets": "[" * 5000 + "(" * 5000,
    "right to left": "\u202etxet gnorw\u202c \u2066x\u2069",
    "hidden": "\u200b\u200c\u200d\ufeff\u00ad",
    "private use and unassigned": "\ue000\U000f0000\U0010ffff\ufffe\uffff",
    "controls": "".join(map(chr, range(1, 32))) + "\x7f\x80\x85\u2028\u2029",
    "a lone surrogate's place": "\ufffd",
    "zalgo": "Z̵̢̡̛͔̫͇̺̈́̓͌͝a̴l̷g̸o̶" * 50,
    "flags": "🏴󠁧󠁢󠁷󠁬󠁳󠁿🇬🇧🇬" * 100,
    "dots": "." * 4000,
    "spaces": " " * 4000,
    "line ends": "\r\n" * 2000,
    "a format string": "{0.__class__} %s %(x)s ${x} {{x}} {% x %}",
}
IDS = ["0", "999999999", "9" * 18, "9" * 19, "9" * 40]


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def officer(scene: Scene, client: Client) -> User:
    """Signed in with `client`."""
    officer = scene.person()
    client.force_login(officer)
    return officer


class TestAHostileText:
    @pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
    def test_is_checked_saved_or_refused_with_a_page(
        self, client: Client, officer: User, scene: Scene, text: str
    ) -> None:
        form: dict[str, Any] = {"text": text, "account": scene.account.pk, "when": "asap"}
        assert client.post("/write/check/", form).status_code == 200
        answer = client.post("/write/", form | {"action": "submit"})
        assert answer.status_code in {302, 422}
        for draft in Draft.objects.all():
            assert "\0" not in draft.text
            assert client.get(draft.get_absolute_url()).status_code == 200
            edit = f"/drafts/{draft.pk}/edit/"
            assert client.post(edit, form | {"revision": 1}).status_code in {302, 409}
        assert client.get("/drafts/").status_code == 200

    @pytest.mark.parametrize(
        "field",
        ["account", "category", "when", "date", "time", "fold", "key", "revision", "action",
         "answer-key-0", "answer-0", "answer-0-other"],
    )  # fmt: skip
    def test_in_any_other_field_is_answered_too(
        self, client: Client, officer: User, scene: Scene, field: str
    ) -> None:
        draft = written(scene, author=officer)
        form: dict[str, Any] = {
            "text": CLEAN, "account": scene.account.pk, "when": "pick", "date": "2026-10-25",
            "time": "01:30", "revision": 1, "key": str(uuid.uuid4()), "action": "save",
        }  # fmt: skip
        for kind in ("null bytes", "an endless tag", "hidden", "controls", "a format string"):
            sent = form | {field: HOSTILE[kind][:2000]}
            for path in ("/write/", "/write/check/", f"/drafts/{draft.pk}/edit/"):
                assert client.post(path, sent).status_code in {200, 302, 403, 409, 422}

    def test_in_bytes_that_are_no_utf_8_is_answered(
        self, client: Client, officer: User, scene: Scene
    ) -> None:
        # A lone surrogate, an overlong null, a lone continuation byte, a byte that is never used.
        for escaped in ("%ED%A0%80", "%C0%80", "%80", "%FF"):
            body = f"text=a{escaped}b&account={scene.account.pk}&when=asap"
            response = client.post(
                "/write/", body, content_type="application/x-www-form-urlencoded"
            )
            assert response.status_code == 302
        assert {draft.text for draft in Draft.objects.all()} <= {
            "a\ufffdb", "a\ufffd\ufffdb", "a\ufffd\ufffd\ufffdb",
        }  # fmt: skip

    @pytest.mark.parametrize("charset", ["utf-7", "idna", "punycode", "rot13", "x" * 500])
    def test_in_an_encoding_of_its_own_is_refused(
        self, client: Client, officer: User, charset: str
    ) -> None:
        kind = f"application/x-www-form-urlencoded; charset={charset}"
        response = client.generic("POST", "/write/", b"text=+ADw-b+AD4-", content_type=kind)
        assert response.status_code == 400

    def test_in_a_body_that_is_no_form_is_answered(self, client: Client, officer: User) -> None:
        for kind in ("application/json", "text/plain", "application/octet-stream"):
            assert client.post("/write/", b"\xff\xfe{", content_type=kind).status_code == 422
        broken = client.post("/write/", b"--x", content_type="multipart/form-data; boundary=\0")
        assert broken.status_code == 400


class TestAnAddressThatLeadsNowhere:
    @pytest.mark.parametrize("number", IDS)
    def test_is_not_found(self, client: Client, officer: User, number: str) -> None:
        for path in ("edit", "withdraw", "discard", "copy"):
            assert client.post(f"/drafts/{number}/{path}/").status_code == 404
        assert client.get(f"/drafts/{number}/").status_code == 404
        assert client.get(f"/drafts/{number}/edit/").status_code == 404

    @pytest.mark.parametrize("text", ["a\0b", "\ud800", "../", "%", "' OR 1=1"])
    def test_with_odd_letters_is_not_found(self, client: Client, officer: User, text: str) -> None:
        path = quote(text.encode("utf-8", "surrogatepass"))
        assert client.get(f"/drafts/{path}/").status_code == 404
        assert client.get(f"/{path}").status_code == 404

    @pytest.mark.parametrize("value", ["%00", "a%00b", "%ED%A0%80", "%FF", "1" * 4000, "٣_٣"])
    def test_keeps_its_lists_up_whatever_the_query_says(
        self, client: Client, officer: User, value: str
    ) -> None:
        for path in (
            "/drafts/?before=",
            "/drafts/?state=",
            "/drafts/?x=",
            "/drafts/?state=writing&before=",
        ):
            assert client.get(path + value).status_code in {200, 404}


class TestAReplay:
    def test_of_every_button_is_answered(self, client: Client, officer: User, scene: Scene) -> None:
        draft = written(scene, author=officer)
        edit = f"/drafts/{draft.pk}/edit/"
        form = Page.of(client.get(edit)).form(edit)
        steps = [
            (edit, form | {"text": "Two", "action": "save"}),
            (edit, form | {"text": "Three", "action": "submit"}),
            (edit, form | {"revision": "2", "text": "Four", "action": "submit"}),
            (f"/drafts/{draft.pk}/withdraw/", {}),
            (f"/drafts/{draft.pk}/discard/", {}),
            ("/write/", form | {"text": "Five", "action": "submit"}),
        ]
        for path, sent in itertools.chain(steps, steps, reversed(steps)):
            assert client.post(path, sent).status_code in {302, 409, 422}
        assert Draft.objects.count() == 1

    def test_of_a_save_of_last_week_is_a_conflict(
        self, client: Client, officer: User, scene: Scene
    ) -> None:
        draft = written(scene, author=officer)
        edit = f"/drafts/{draft.pk}/edit/"
        form = Page.of(client.get(edit)).form(edit)
        for number, text in enumerate(["b", "c", "d"], start=1):
            writing = Writing(text=text, account=draft.account, category="meeting")
            save(draft, writing, actor=officer, revision_number=number, now=timezone.now())
        for revision in ("1", "3", "5", "99999999999"):
            sent = form | {"revision": revision, "text": "z"}
            assert client.post(edit, sent).status_code == 409
        draft.refresh_from_db()
        assert draft.text == "d"
