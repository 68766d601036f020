"""Mail that is not sent: kept in a folder, read on a page of this machine, never in production."""

import stat
from pathlib import Path

import pytest
from django.core.mail import EmailMultiAlternatives, send_mail
from django.test import Client
from pytest_django import Settings

from demonstration import mail
from tests.factories import Scene
from tests.pages import Page

pytestmark = pytest.mark.django_db
PAGE = "/practice-mail/"
LINK = "http://127.0.0.1:8000/accounts/password/reset/key/1-abc/"


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.EMAIL_BACKEND = "demonstration.mail.PracticeMail"
    settings.PRACTICE_MAIL = str(tmp_path / "mail")
    settings.SITE_URL = "http://127.0.0.1:8000"
    return tmp_path / "mail"


def send(subject: str, body: str = "Words.", to: str = "ada@force.example.org") -> None:
    assert send_mail(subject, body, None, [to]) == 1


class TestThePage:
    def test_shows_what_was_not_sent_the_newest_first(self, client: Client, folder: Path) -> None:
        send("Set your password", f"Hello Zoë <b>,\n\n{LINK}\n\nSee https://x.example.org/a.")
        send("Another – later", to="bo@force.example.org")
        page = Page.of(client.get(PAGE))
        newest, oldest = page.root.all("article")
        assert newest.one("h2").text == "Another – later"
        assert "To bo@force.example.org · " in newest.text
        assert "Hello Zoë <b>," in oldest.text
        # What leads elsewhere is not to press.
        assert [a.attrs["href"] for a in oldest.all("a")] == [LINK]

    def test_shows_the_text_of_a_mail_with_html(self, client: Client, folder: Path) -> None:
        letter = EmailMultiAlternatives("Both", "Plain words.", to=["ada@force.example.org"])
        letter.attach_alternative("<p>Other words.</p>", "text/html")
        letter.send()
        assert "Plain words." in Page.of(client.get(PAGE)).main
        assert "Other words." not in Page.of(client.get(PAGE)).main

    def test_says_that_there_is_none(self, client: Client, folder: Path) -> None:
        assert "No mail yet" in Page.of(client.get(PAGE)).main

    def test_is_not_kept_by_browsers(self, client: Client, folder: Path) -> None:
        assert "no-store" in client.get(PAGE).headers["Cache-Control"]

    def test_is_for_this_machine(self, client: Client, folder: Path) -> None:
        send("Set your password")
        for more in (
            {"REMOTE_ADDR": "10.1.2.3"},
            {"HTTP_X_FORWARDED_FOR": "127.0.0.1"},
            {"HTTP_FORWARDED": "for=127.0.0.1"},
        ):
            assert client.get(PAGE, **more).status_code == 404  # type: ignore[arg-type]

    def test_is_not_there_where_mail_is_sent(self, client: Client, settings: Settings) -> None:
        assert settings.PRACTICE_MAIL == ""
        assert client.get(PAGE).status_code == 404
        assert "Practice mail" not in Page.of(client.get("/")).root.text


class TestTheFolder:
    def test_is_for_one_s_own_eyes(self, folder: Path) -> None:
        send("Set your password")
        (file,) = folder.iterdir()
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700

    def test_holds_the_last_ones(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(mail, "MOST", 3)
        for number in range(5):
            send(f"Number {number}")
        assert [letter.subject for letter in mail.letters(9)] == [
            "Number 4",
            "Number 3",
            "Number 2",
        ]
        assert len(list(folder.iterdir())) == 3


class TestWhereAMailIsSpokenOf:
    def test_leads_to_it(self, client: Client, folder: Path) -> None:
        done = Page.of(client.get("/accounts/password/reset/done/"))
        assert done.root.one("main").one("a", href=PAGE).text == "Practice mail"
        client.force_login(Scene().person())
        footer = Page.of(client.get("/desk/")).root.one("footer")
        assert footer.one("a", href=PAGE).text == "Practice mail"

    def test_says_nothing_where_mail_is_sent(self, client: Client) -> None:
        done = Page.of(client.get("/accounts/password/reset/done/"))
        assert not done.root.all("a", href=PAGE)
