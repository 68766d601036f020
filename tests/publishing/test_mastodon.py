"""Mastodon, against a real HTTP server that speaks its API."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from publishing.backends import mastodon
from publishing.backends.base import (
    Answer,
    CannotAsk,
    Cause,
    NotSent,
    Payload,
    Refused,
    Unknown,
)
from publishing.backends.html import words_of
from tests.publishing.hostile import Deed, hostile
from tests.publishing.kit import LONG_AGO, SHORT, Keeps, OverTheWire, picture, published, tweet
from tests.publishing.mastodon_server import OURS, MastodonServer, mastodon_server


@pytest.fixture(scope="module")
def server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with mastodon_server(tmp_path_factory.mktemp("mastodon")) as url:
        yield url


@pytest.fixture
def server(server_url: str) -> MastodonServer:
    return MastodonServer(server_url)


class TestMastodon(OverTheWire):
    @pytest.fixture
    def platform(self, server: MastodonServer) -> MastodonServer:
        return server


LIST = {"methods": ["GET"], "path": "/api/v1/accounts/*/statuses"}


def shown(**parts: Any) -> dict[str, Any]:
    """A status as the server shows it."""
    account = {"acct": "team"}
    at = "2026-03-01T12:00:00.000Z"
    status = {"id": "42", "url": None, "created_at": at, "account": account, "content": "<p>Hi"}
    return status | parts


def answer_to(server: MastodonServer, payload: Payload) -> Answer:
    return server.publisher.publish(payload, server.secrets)


class TestPictures:
    def test_are_waited_for_while_the_server_works_on_them(self, server: MastodonServer) -> None:
        done = picture("A lamp")
        published(server, tweet(server, "First", media=(done,)))
        (first,) = server.held()
        uploaded = server.pictures_of(first.id)[0]
        busy = {"id": uploaded, "type": "image", "url": None}
        upload = {"methods": ["POST"], "path": "/api/v2/media"}
        look = {"methods": ["GET"], "path": f"/api/v1/media/{uploaded}"}
        server.fault({"type": "status", "status": 202, "body": busy}, upload)
        server.fault({"type": "status", "status": 206, "body": busy}, look)
        published(server, tweet(server, "Second", media=(done,)))
        assert server.pictures_of(server.held()[1].id) == [uploaded]
        assert server.faults() == []

    def test_that_take_too_long_leave_the_post_unsent(self, server: MastodonServer) -> None:
        busy = {"id": "7", "type": "image", "url": None}
        upload = {"methods": ["POST"], "path": "/api/v2/media"}
        server.fault({"type": "status", "status": 202, "body": busy}, upload)
        server.fault(
            {"type": "status", "status": 206, "body": busy}, {"path": "/api/v1/media/7"}, times=99
        )
        publisher = server.publisher_at(server.url, SHORT)
        answer = publisher.publish(tweet(server, media=(picture("A lamp"),)), server.secrets)
        assert isinstance(answer, NotSent)
        assert server.held() == []

    def test_that_are_no_good_mean_that_the_tweet_is_refused(self, server: MastodonServer) -> None:
        body = {"error": "Validation failed: File content type is invalid"}
        upload = {"methods": ["POST"], "path": "/api/v2/media"}
        server.fault({"type": "status", "status": 422, "body": body}, upload)
        answer = answer_to(server, tweet(server, media=(picture("A lamp"),)))
        assert answer == Refused("422", body["error"])

    @pytest.mark.parametrize(
        ("status", "cause"), [(401, Cause.CREDENTIALS), (429, Cause.RATE_LIMIT)]
    )
    def test_stop_at_what_concerns_the_account(
        self, server: MastodonServer, status: int, cause: Cause
    ) -> None:
        upload = {"methods": ["POST"], "path": "/api/v2/media"}
        headers = {"Retry-After": "77"}
        server.fault({"type": "status", "status": status, "headers": headers}, upload)
        answer = answer_to(server, tweet(server, media=(picture("A lamp"),)))
        assert isinstance(answer, NotSent)
        assert answer.cause == cause
        assert answer.retry_after == (77 if status == 429 else None)


class TestWhatTheServerSays:
    def test_a_login_that_may_not_post_concerns_the_account(self, server: MastodonServer) -> None:
        server.fault({"type": "status", "status": 403})
        answer = answer_to(server, tweet(server))
        assert isinstance(answer, NotSent)
        assert answer.cause == Cause.CREDENTIALS

    @pytest.mark.parametrize("status", [408, 409, 425])
    def test_what_decides_nothing_is_unknown(self, server: MastodonServer, status: int) -> None:
        server.fault({"type": "status", "status": status})
        assert isinstance(answer_to(server, tweet(server)), Unknown)

    @pytest.mark.parametrize("status", [500, 503])
    def test_an_error_before_it_has_the_post_proves_that_nothing_was_sent(
        self, server: MastodonServer, status: int
    ) -> None:
        """This server answers so without reading the body; `Deed` has those that read it."""
        server.fault({"type": "status", "status": status})
        assert isinstance(answer_to(server, tweet(server)), NotSent)

    def test_a_secret_that_comes_back_is_not_passed_on(self, server: MastodonServer) -> None:
        body = {"error": f"Bad header: Bearer {OURS}\r\n<b>"}
        server.fault({"type": "status", "status": 422, "body": body})
        answer = answer_to(server, tweet(server))
        assert answer == Refused("422", "Bad header: Bearer … <b>")

    def test_an_address_that_is_none_is_replaced(self, server: MastodonServer) -> None:
        body = [shown(url="javascript:alert(1)")]
        server.fault({"type": "status", "status": 200, "body": body}, LIST)
        (post,) = server.publisher.timeline(server.account, server.secrets, since=LONG_AGO)
        assert (post.id, post.url) == ("42", f"{server.url}/web/statuses/42")

    @pytest.mark.parametrize(
        "part",
        [{"id": value} for value in ("", "7" * 101, "1\n2", f"a{OURS}", 12, None)]
        + [{"created_at": value} for value in ("", "soon", 12, None, "2026-03-01T12:00:00")]
        + [{"account": None}, {"account": []}],
        ids=str,
    )
    def test_a_post_with_a_part_that_is_none_is_no_post(
        self, server: MastodonServer, part: dict[str, Any]
    ) -> None:
        server.fault({"type": "status", "status": 200, "body": [shown(**part)]}, LIST)
        with pytest.raises(CannotAsk):
            server.publisher.timeline(server.account, server.secrets, since=LONG_AGO)

    def test_a_post_that_is_gone_cannot_be_answered(self, server: MastodonServer) -> None:
        source = {"id": "1", "account": "neighbour"}
        answer = answer_to(server, tweet(server, kind="retweet", source=source))
        assert answer == Refused("404", "Record not found")


class TestPassingOn:
    """Its head alone has the effect, so nothing is proved once that has left."""

    @pytest.mark.parametrize("deed", [Deed.UNAVAILABLE_EARLY, Deed.HANG_UP_EARLY, Deed.RESET])
    def test_is_unknown_when_the_head_has_left(self, server: MastodonServer, deed: Deed) -> None:
        source = server.somebody_posts("The bridge is closed.")
        with hostile(deed, server.url) as between:
            publisher = server.publisher_at(between.url, SHORT)
            payload = tweet(server, "-", kind="retweet", source=source)
            assert isinstance(publisher.publish(payload, server.secrets), Unknown)
        assert between.seen[0].path.endswith("/reblog?visibility=public")

    def test_twice_has_one_effect(self, server: MastodonServer) -> None:
        source = server.somebody_posts("The bridge is closed.")
        payload = tweet(server, "-", kind="retweet", source=source)
        assert published(server, payload) == published(server, payload)
        assert len(server.held()) == 1


class TestLists:
    def test_are_read_over_several_pages(self, server: MastodonServer) -> None:
        texts = [f"Number {number}" for number in range(45)]
        for text in texts:
            server.post(text)
        posts = server.publisher.timeline(server.account, server.secrets, since=LONG_AGO)
        assert [post.text for post in posts] == texts

    def test_of_mentions_leave_none_out(self, server: MastodonServer) -> None:
        server.somebody_posts(server.mentioning("start"))
        _, cursor = server.publisher.mentions(server.account, server.secrets)
        for number in range(45):
            server.somebody_posts(server.mentioning(str(number)))
        posts, _ = server.publisher.mentions(server.account, server.secrets, cursor=cursor)
        assert [post.text for post in posts] == [f"@team {number}" for number in range(45)]

    def test_that_are_too_long_are_no_proof(
        self, server: MastodonServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(mastodon, "PAGE", 2)
        monkeypatch.setattr(mastodon, "PAGES", 2)
        for number in range(5):
            server.post(f"Number {number}")
        with pytest.raises(CannotAsk, match="too many"):
            server.publisher.find(tweet(server), server.secrets, since=LONG_AGO)

    def test_stop_at_the_time_that_is_asked_for(self, server: MastodonServer) -> None:
        payload = tweet(server)
        published(server, payload)
        soon = datetime.now(UTC) + timedelta(minutes=1)
        later = datetime.now(UTC) + timedelta(hours=1)
        # The server's clock may be a little behind.
        assert server.publisher.find(payload, server.secrets, since=soon)
        assert server.publisher.find(payload, server.secrets, since=later) is None


class TestTheProfile:
    def test_has_what_people_see(self, server: MastodonServer) -> None:
        server.show(
            display_name="Foxhollow Police", note="Your team & you.", locked="true",
            **{
                "fields_attributes[0][name]": "Page",
                "fields_attributes[0][value]": "https://www.force.example/foxhollow",
            },
        )  # fmt: skip
        profile = server.publisher.profile(server.account, server.secrets)
        assert (profile.name, profile.bio) == ("Foxhollow Police", "Your team & you.")
        assert profile.link == "https://www.force.example/foxhollow"
        assert profile.is_protected is True
        assert profile.picture
        assert profile.is_verified is None


class TestAnAccountOnAnotherServer:
    def test_is_looked_for_there(
        self, server: MastodonServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[str] = []

        def look_up(host: str, *_: Any, **__: Any) -> Any:
            asked.append(host)
            raise OSError

        monkeypatch.setattr("socket.getaddrinfo", look_up)
        secrets = Keeps({**server.secrets.values, "server": "social.force.example"})
        assert isinstance(server.publisher.publish(tweet(server), secrets), NotSent)
        assert asked == ["social.force.example"]

    @pytest.mark.parametrize("name", ["http://x.example", "x.example/path", "localhost", "a@b.de"])
    def test_needs_a_name(self, server: MastodonServer, name: str) -> None:
        secrets = Keeps({**server.secrets.values, "server": name})
        answer = server.publisher.publish(tweet(server), secrets)
        assert isinstance(answer, NotSent)
        assert answer.cause == Cause.CREDENTIALS


class TestWords:
    @pytest.mark.parametrize(
        ("html", "text"),
        [
            ("<p>One &amp; two</p><p>three<br>four</p>", "One & two\n\nthree\nfour"),
            (
                '<p><a href="https://e.org/abc"><span class="invisible">https://</span>e.org/a'
                '<span class="invisible">bc</span></a></p>',
                "https://e.org/abc",
            ),
            ("a\x00b", "ab"),
            ("", ""),
            ("<p>&lt;b&gt;", "<b>"),
        ],
    )
    def test_are_read_from_html(self, html: str, text: str) -> None:
        assert words_of(html) == text
