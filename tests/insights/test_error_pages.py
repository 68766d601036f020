"""What people read when something did not work: a sentence and a way on."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import Http404, HttpRequest
from django.test import Client, RequestFactory

from insights.views.errors import csrf_failure, forbidden, not_found, server_error
from tests.factories import Scene
from tests.pages import Page

pytestmark = pytest.mark.django_db


def request() -> HttpRequest:
    return RequestFactory().get("/somewhere/")


class TestEveryErrorPage:
    @pytest.mark.parametrize(
        ("view", "status", "h1"),
        [
            (lambda r: forbidden(r, PermissionDenied()), 403, "You cannot see this page"),
            (lambda r: not_found(r, Http404()), 404, "There is nothing here"),
            (server_error, 500, "Something went wrong on our side"),
            (csrf_failure, 403, "This page was open for too long"),
        ],
    )
    def test_has_a_heading_and_a_way_on_before_anybody_is_known(
        self, view: object, status: int, h1: str
    ) -> None:
        response = view(request())  # type: ignore[operator]  # each is a view
        page = Page.of(response)
        assert response.status_code == status
        assert page.h1 == h1
        assert page.title.startswith(h1)
        assert page.root.one("main").all("a")


class TestNothingThere:
    @pytest.mark.parametrize("path", ["/nothing/", "/drafts/999999999/", "/%F0%9F%9A%93/"])
    def test_is_404_for_somebody_signed_in(self, client: Client, path: str) -> None:
        client.force_login(Scene().person())
        response = client.get(path)
        assert response.status_code == 404
        assert Page.of(response).h1 == "There is nothing here"


class TestTooMuch:
    def test_is_413_with_a_sentence(self, client: Client) -> None:
        client.force_login(Scene().person())
        for path in ("/write/", "/write/check/", "/incidents/", "/accounts/login/"):
            response = client.post(path, {"text": "x" * 2_200_000, "login": "a@b.example"})
            assert response.status_code == 413
            assert Page.of(response).h1 == "That is too large"

    def test_of_fields_is_413_too(self, client: Client) -> None:
        client.force_login(Scene().person())
        response = client.post("/write/", {f"field-{n}": "x" for n in range(1100)})
        assert response.status_code == 413

    def test_is_no_answer_to_a_body_that_is_broken(self, client: Client) -> None:
        client.force_login(Scene().person())
        kind = "multipart/form-data; boundary=" + "x" * 300
        response = client.post("/write/", b"--x", content_type=kind)
        assert response.status_code == 400
        assert Page.of(response).h1 == "There is nothing here"


class TestAServerError:
    def test_gives_a_reference_that_stands_in_the_log(
        self, caplog: pytest.LogCaptureFixture
    ) -> None:
        client = Client(raise_request_exception=False)
        client.force_login(Scene().person())
        with connection.cursor() as cursor:
            # The banner of every page asks for it; the page of the error asks for nothing.
            cursor.execute("ALTER TABLE incidents_hold RENAME TO gone")
        response = client.get("/desk/")
        assert response.status_code == 500
        page = Page.of(response)
        reference = page.root.one(class_="bl-reference").text
        assert re.fullmatch(r"[0-9A-F]{8}", reference)
        assert f"Server error {reference}" in caplog.text
        assert "Traceback" not in page.root.text
        assert "incidents_hold" not in page.root.text


class TestAFormWithoutItsToken:
    def test_shows_the_typed_text_again(self) -> None:
        client = Client(enforce_csrf_checks=True)
        client.force_login(Scene().person())
        response = client.post("/write/", {"text": "A <b>tweet</b>"})
        assert response.status_code == 403
        page = Page.of(response)
        assert page.h1 == "This page was open for too long"
        assert page.root.one(id="kept-text").raw_text == "A <b>tweet</b>"

    def test_shows_no_empty_box(self) -> None:
        response = Client(enforce_csrf_checks=True).post("/write/check/")
        assert response.status_code == 403
        assert not Page.of(response).root.all(id="kept-text")
