"""Looking up, reading and taking down on Bluesky."""

from datetime import UTC, datetime, timedelta

import pytest

from publishing.backends.base import CannotAsk, Cause
from tests.publishing.bluesky.platform import NEIGHBOUR, TEAM, Bluesky
from tests.publishing.fake_bluesky import INTERNAL, POST, problem
from tests.publishing.fake_http import Reply
from tests.publishing.kit import LONG_AGO, Keeps, published, tweet

LIST = "com.atproto.repo.listRecords"
GET = "com.atproto.repo.getRecord"


class TestFinding:
    @pytest.mark.parametrize(
        "reply",
        [
            INTERNAL,
            problem(400, "RepoNotFound", "Could not find repo"),
            problem(404, "XRPCNotSupported"),
            Reply(200, {}),
            Reply(200, {"uri": "at://did:plc:other/a/b", "value": {}}),
        ],
    )
    def test_draws_no_conclusion_from_anything_else(self, bluesky: Bluesky, reply: Reply) -> None:
        bluesky.fake.fail_next(reply, name=GET, method="GET")
        with pytest.raises(CannotAsk):
            bluesky.publisher.find(tweet(bluesky), bluesky.secrets, since=LONG_AGO)

    def test_asks_once_however_long_the_timeline(self, bluesky: Bluesky) -> None:
        answer = published(bluesky, payload := tweet(bluesky))
        for number in range(150):
            bluesky.fake.write(TEAM, f"By hand {number}")
        found = bluesky.publisher.find(payload, bluesky.secrets, since=datetime.now(UTC))
        assert found == answer
        assert bluesky.fake.calls(GET) == 1


class TestTimeline:
    def texts(self, bluesky: Bluesky, since: datetime) -> list[str]:
        posts = bluesky.publisher.timeline(bluesky.account, bluesky.secrets, since=since)
        return [post.text for post in posts]

    def test_turns_every_page(self, bluesky: Bluesky) -> None:
        published(bluesky, tweet(bluesky, "Ours"))
        for number in range(205):
            bluesky.fake.write(TEAM, f"By hand {number}")
        texts = self.texts(bluesky, LONG_AGO)
        assert texts == ["Ours", *(f"By hand {number}" for number in range(205))]

    def test_shows_what_pretends_to_be_old(self, bluesky: Bluesky) -> None:
        """Whoever took the account over may write any time into a post."""
        bluesky.fake.write(TEAM, "Fooled you", createdAt="2019-01-01T00:00:00Z")
        assert self.texts(bluesky, datetime.now(UTC) - timedelta(minutes=5)) == ["Fooled you"]

    def test_shows_what_was_passed_on_by_its_page(self, bluesky: Bluesky) -> None:
        source = bluesky.somebody_posts("The bridge is closed.")
        answer = published(bluesky, tweet(bluesky, "-", kind="retweet", source=source))
        (post,) = bluesky.publisher.timeline(bluesky.account, bluesky.secrets, since=LONG_AGO)
        assert (post.id, post.url, post.text) == (answer.id, answer.url, answer.url)
        assert bluesky.fake.join(NEIGHBOUR).did in post.url

    @pytest.mark.parametrize(
        "body",
        [
            {},
            {"records": None},
            {"records": [{"uri": "at://a/b/c", "value": {}}]},
            {"records": [{"uri": f"at://did:plc:a/{POST}/2222222222222", "value": {"text": "a"}}]},
        ],
    )
    def test_does_not_take_half_an_answer_for_none(
        self, bluesky: Bluesky, body: dict[str, object]
    ) -> None:
        bluesky.fake.fail_next(Reply(200, body), name=LIST, method="GET")
        with pytest.raises(CannotAsk):
            self.texts(bluesky, LONG_AGO)


class TestMentions:
    def test_are_read_to_the_last_one_seen(self, bluesky: Bluesky) -> None:
        bluesky.somebody_posts(bluesky.mentioning("first"))
        _, cursor = bluesky.publisher.mentions(bluesky.account, bluesky.secrets)
        for number in range(230):
            bluesky.somebody_posts(bluesky.mentioning(str(number)))
        posts, _ = bluesky.publisher.mentions(bluesky.account, bluesky.secrets, cursor=cursor)
        assert [post.text.split()[1] for post in posts] == [str(number) for number in range(230)]

    def test_are_those_of_the_latest_page_at_first(self, bluesky: Bluesky) -> None:
        for number in range(130):
            bluesky.somebody_posts(bluesky.mentioning(str(number)))
        posts, _ = bluesky.publisher.mentions(bluesky.account, bluesky.secrets)
        assert [post.text.split()[1] for post in posts] == [str(n) for n in range(30, 130)]

    def test_hold_replies_and_nothing_else(self, bluesky: Bluesky) -> None:
        ours = published(bluesky, tweet(bluesky))
        pointer = {"uri": ours.id, "cid": "b"}
        bluesky.fake.write(NEIGHBOUR, "Thank you", reply={"root": pointer, "parent": pointer})
        (post,) = bluesky.publisher.mentions(bluesky.account, bluesky.secrets)[0]
        assert (post.text, post.author) == ("Thank you", NEIGHBOUR)


class TestTakingDown:
    @pytest.mark.parametrize(
        "address", ["", "12345", f"at://did:plc:other/{POST}/2222222222222", "at://{did}/app.bsky.actor.profile/self"]
    )  # fmt: skip
    def test_touches_nothing_else(self, bluesky: Bluesky, address: str) -> None:
        address = address.format(did=bluesky.us.did)
        with pytest.raises(CannotAsk):
            bluesky.publisher.delete(bluesky.account, address, bluesky.secrets)
        assert bluesky.fake.calls("com.atproto.repo.deleteRecord") == 0

    def test_takes_back_what_was_passed_on(self, bluesky: Bluesky) -> None:
        source = bluesky.somebody_posts("The bridge is closed.")
        answer = published(bluesky, tweet(bluesky, "-", kind="retweet", source=source))
        bluesky.publisher.delete(bluesky.account, answer.id, bluesky.secrets)
        assert bluesky.held() == []
        assert len(bluesky.fake.posts_of(NEIGHBOUR)) == 1

    def test_looks_whether_it_is_gone(self, bluesky: Bluesky) -> None:
        answer = published(bluesky, tweet(bluesky))
        bluesky.fake.fail_next(Reply(200, {}), name="com.atproto.repo.deleteRecord")
        with pytest.raises(CannotAsk):
            bluesky.publisher.delete(bluesky.account, answer.id, bluesky.secrets)


class TestProfile:
    def test_has_the_name_that_people_see(self, bluesky: Bluesky) -> None:
        key = (bluesky.us.did, "app.bsky.actor.profile", "self")
        bluesky.fake._keep(*key, {"displayName": "Foxhollow Police"})
        profile = bluesky.publisher.profile(bluesky.account, bluesky.secrets)
        url = f"https://bsky.app/profile/{TEAM}"
        assert (profile.handle, profile.name, profile.url) == (TEAM, "Foxhollow Police", url)

    def test_has_what_else_people_see(self, bluesky: Bluesky) -> None:
        key = (bluesky.us.did, "app.bsky.actor.profile", "self")
        blob = {"$type": "blob", "ref": {"$link": "bafkreipicture"}, "mimeType": "image/png"}
        bluesky.fake._keep(*key, {"description": "Your team.", "avatar": blob})
        profile = bluesky.publisher.profile(bluesky.account, bluesky.secrets)
        assert (profile.bio, profile.picture) == ("Your team.", "bafkreipicture")
        # Which of them there is none of on Bluesky.
        assert (profile.link, profile.is_protected, profile.is_verified) == (None, None, None)

    def test_tells_of_a_wrong_password(self, bluesky: Bluesky) -> None:
        with pytest.raises(CannotAsk) as raised:
            bluesky.publisher.profile(bluesky.account, Keeps({"app_password": "wrong"}))
        assert raised.value.cause == Cause.CREDENTIALS
        assert str(raised.value) == "Bluesky answered 401: Invalid identifier or password"
