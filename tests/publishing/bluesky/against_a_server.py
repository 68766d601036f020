"""Bluesky keeps what every publisher keeps, against the real server: `make test-bluesky`."""

from collections.abc import Iterator

import pytest
import requests

from publishing.backends.base import Cause, NotSent, Refused
from tests.publishing.bluesky.server import POST, Account, RealBluesky, bluesky_server
from tests.publishing.kit import LONG_AGO, OverTheWire, Platform, picture, published, tweet


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with bluesky_server(tmp_path_factory.mktemp("bluesky")) as url:
        yield url


@pytest.fixture(scope="module")
def neighbour(url: str) -> Account:
    return Account(url, "neighbour")


@pytest.fixture
def real(url: str, neighbour: Account) -> RealBluesky:
    return RealBluesky(url, neighbour)


class TestBlueskyServer(OverTheWire):
    """What it cannot be told to do the tests bring about."""

    @pytest.fixture
    def platform(self, real: RealBluesky) -> RealBluesky:
        return real

    def test_says_that_the_credentials_are_wrong(self, platform: Platform) -> None:
        platform.secrets.values["app_password"] = "not-the-password"
        answer = platform.publisher.publish(tweet(platform), platform.secrets)
        assert isinstance(answer, NotSent)
        assert (answer.cause, platform.held()) == (Cause.CREDENTIALS, [])

    def test_says_how_long_a_rate_limit_lasts(self, platform: Platform) -> None:
        assert isinstance(platform, RealBluesky)
        asked = {"identifier": platform.us.handle, "password": "guessed"}
        address = f"{platform.url}/xrpc/com.atproto.server.createSession"
        for _ in range(31):
            last = requests.post(address, json=asked, timeout=30)
        assert last.status_code == 429
        answer = platform.publisher.publish(tweet(platform), platform.secrets)
        assert isinstance(answer, NotSent)
        assert (answer.cause, platform.held()) == (Cause.RATE_LIMIT, [])
        assert answer.retry_after
        assert 200 < answer.retry_after <= 300

    def test_says_why_content_was_refused(self, platform: Platform) -> None:
        answer = platform.publisher.publish(tweet(platform, "x" * 301), platform.secrets)
        assert isinstance(answer, Refused)
        assert "maximum 300, got 301" in answer.reason
        assert platform.held() == []


class TestRecords:
    def test_hold_what_makes_up_a_post(self, real: RealBluesky) -> None:
        source = real.somebody_posts("The bridge is closed.")
        name = real.neighbour.handle
        text = f"Straße zu – “ja” 🚓 #A52 @{name} @nobody.test https://example.org/ü"
        media = (picture("A bridge"),)
        published(real, tweet(real, text, kind="quote", source=source, media=media))
        (record,) = real.us.records()
        value = record["value"]
        assert value["embed"]["record"]["record"] == {"uri": source["id"], "cid": source["cid"]}
        (image,) = value["embed"]["media"]["images"]
        assert image["image"]["mimeType"] == "image/png"
        content = text.encode()
        marked = [
            content[facet["index"]["byteStart"] : facet["index"]["byteEnd"]].decode()
            for facet in value["facets"]
        ]
        assert marked == ["#A52", f"@{name}", "https://example.org/ü"]

    def test_answer_within_a_conversation(self, real: RealBluesky) -> None:
        first = real.neighbour.write("When are you there?")
        second = real.neighbour.write("Or today?", reply={"root": first, "parent": first})
        published(real, tweet(real, kind="reply", source={"id": second["uri"]}))
        (record,) = real.us.records()
        wanted = [{"uri": each["uri"], "cid": each["cid"]} for each in (first, second)]
        assert [record["value"]["reply"][end] for end in ("root", "parent")] == wanted

    def test_are_not_changed_by_another_try(self, real: RealBluesky) -> None:
        payload = tweet(real)
        published(real, payload)
        before = real.us.records()
        published(real, payload)
        assert real.us.records() == before

    def test_cannot_point_at_what_is_gone(self, real: RealBluesky) -> None:
        source = {"id": f"at://{real.neighbour.did}/{POST}/3aaaaaaaaaaaa"}
        answer = real.publisher.publish(tweet(real, kind="reply", source=source), real.secrets)
        assert isinstance(answer, Refused)
        assert answer.code == "source"


class TestSessions:
    def test_go_on(self, real: RealBluesky) -> None:
        published(real, tweet(real))
        first = dict(real.secrets.values)
        # A refresh token is no access token: the server says so, as it does of one that is over.
        real.secrets.values["access_token"] = first["refresh_token"]
        published(real, tweet(real))
        now = real.secrets.values
        assert real.secrets.renewals == 2
        assert now["refresh_token"] != first["refresh_token"]

    def test_are_opened_anew_when_they_are_over(self, real: RealBluesky) -> None:
        published(real, tweet(real))
        token = real.secrets.values["refresh_token"]
        address = f"{real.url}/xrpc/com.atproto.server.deleteSession"
        requests.post(address, headers={"Authorization": f"Bearer {token}"}, timeout=30)
        real.secrets.values["access_token"] = token
        published(real, tweet(real))
        assert len(real.publisher.timeline(real.account, real.secrets, since=LONG_AGO)) == 2
