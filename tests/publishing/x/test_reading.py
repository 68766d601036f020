"""Finding, reading and deleting on X; and that the fake is worth testing against."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from publishing.backends.base import (
    CannotAsk,
    Cause,
    Payload,
    Published,
)
from publishing.backends.x.text import as_written, is_same
from tests.publishing.fake_http import Reply
from tests.publishing.fake_x import (
    NO_CREDITS,
    FakeX,
    too_many,
)
from tests.publishing.kit import (
    LONG_AGO,
    Keeps,
    picture,
    published,
    tweet,
)
from tests.publishing.x.platform import NEIGHBOUR, TEAM, X


class TestLooking:
    @pytest.mark.parametrize(
        "text",
        [
            "Ask us: www.staffordshire.police.uk and HTTPS://Example.org/",
            "See https://example.org/a/?b=1&copy=2.",
            "  Two  spaces\tand\r\n\r\n\r\nlines  ",
            "Cafe\u0301 at <5> &amp; &lt;3",
            "Who? @Neighbour and/or @FoxhollowLPT",
        ],
    )
    def test_knows_its_own_words_again(self, by_oauth2: X, text: str) -> None:
        payload = tweet(by_oauth2, text)
        answer = published(by_oauth2, payload)
        assert self.found(by_oauth2, payload) == answer
        assert self.found(by_oauth2, tweet(by_oauth2, text + " Not the same")) is None

    @pytest.mark.parametrize("typed", ["Example.org", "https://example.org", "HTTP://EXAMPLE.ORG/"])
    @pytest.mark.parametrize("meant", ["http://example.org", "https://example.org/"])
    def test_does_not_mind_how_an_address_is_completed(
        self, by_oauth2: X, typed: str, meant: str
    ) -> None:
        link = {"url": "https://t.co/1", "expanded_url": meant}
        item = {"id": "1", "text": "See https://t.co/1!", "entities": {"urls": [link]}}
        assert is_same(item, tweet(by_oauth2, f"See {typed}!"))
        assert not is_same(item, tweet(by_oauth2, "See example.com!"))

    def test_knows_a_quote_again(self, by_oauth2: X) -> None:
        source = by_oauth2.somebody_posts("The bridge is closed.")
        payload = tweet(by_oauth2, "So it is. example.org", kind="quote", source=source)
        answer = published(by_oauth2, payload)
        (held,) = by_oauth2.x.posts_of(TEAM)
        assert held.points_to == {"quoted": source["id"]}
        assert self.found(by_oauth2, payload) == answer
        other = by_oauth2.somebody_posts("Another bridge.")
        assert self.found(by_oauth2, replace(payload, source=other)) is None
        assert self.found(by_oauth2, replace(payload, kind="original", source={})) is None

    def test_knows_a_reply_by_what_it_answers(self, by_oauth2: X) -> None:
        first, second = (by_oauth2.somebody_posts(text) for text in ("Open?", "And now?"))
        payload = tweet(by_oauth2, f"@{NEIGHBOUR} Yes.", kind="reply", source=first)
        answer = published(by_oauth2, payload)
        assert self.found(by_oauth2, payload) == answer
        assert self.found(by_oauth2, replace(payload, text="Yes.")) == answer
        assert self.found(by_oauth2, replace(payload, source=second)) is None
        assert self.found(by_oauth2, replace(payload, kind="original", source={})) is None

    def test_does_not_take_an_older_one_for_it(self, by_oauth2: X) -> None:
        by_oauth2.x.write(TEAM, "Surgery at 6 tonight.", ago=3600)
        assert self.found(by_oauth2, tweet(by_oauth2, "Surgery at 6 tonight.")) is None

    def test_does_not_take_a_retweet_of_the_same_words_for_it(self, by_oauth2: X) -> None:
        source = by_oauth2.somebody_posts("Words.")
        published(by_oauth2, tweet(by_oauth2, "-", kind="retweet", source=source))
        assert self.found(by_oauth2, tweet(by_oauth2, f"RT @{NEIGHBOUR}: Words.")) is None

    def test_allows_for_a_clock_that_is_behind(self, by_oauth2: X) -> None:
        by_oauth2.x.clock_ahead = -30
        payload = tweet(by_oauth2)
        answer = published(by_oauth2, payload)
        assert self.found(by_oauth2, payload) == answer

    def test_turns_every_page(self, by_oauth2: X) -> None:
        answer = published(by_oauth2, payload := tweet(by_oauth2))
        for number in range(205):
            by_oauth2.x.write(TEAM, f"By hand {number}")
        assert self.found(by_oauth2, payload) == answer
        path = f"/2/users/{by_oauth2.x.join(TEAM).id}/tweets"
        assert by_oauth2.x.requests.count(("GET", path)) == 3

    @pytest.mark.parametrize(
        "body",
        [
            {"meta": {"result_count": 1}},
            {"data": [{"id": "1", "text": "a"}], "meta": {"result_count": 2}},
            {"data": [{"id": "1"}], "meta": {"result_count": 1}},
            {"data": []},
            {"errors": [{"title": "Not now", "detail": "Try later."}]},
        ],
    )
    def test_does_not_take_half_an_answer_for_none(
        self, by_oauth2: X, body: Mapping[str, object]
    ) -> None:
        path = f"/2/users/{by_oauth2.x.join(TEAM).id}/tweets"
        by_oauth2.x.fail_next(Reply(200, body), method="GET", path=path)
        with pytest.raises(CannotAsk):
            self.found(by_oauth2, tweet(by_oauth2))

    def test_looks_at_nobody_elses_timeline(self, by_oauth2: X) -> None:
        """With another account's credentials, "not found" would mean nothing."""
        secrets = Keeps(by_oauth2.x.credentials(NEIGHBOUR, "oauth2"))
        with pytest.raises(CannotAsk) as raised:
            by_oauth2.publisher.find(tweet(by_oauth2), secrets, since=LONG_AGO)
        assert raised.value.cause == Cause.CREDENTIALS

    def test_asks_who_it_is_once_for_the_same_credentials(self, by_oauth2: X) -> None:
        me = ("GET", "/2/users/me")
        for _ in range(3):
            self.found(by_oauth2, tweet(by_oauth2))
        assert by_oauth2.x.requests.count(me) == 1
        by_oauth2.x.expire_bearers()
        for _ in range(2):
            self.found(by_oauth2, tweet(by_oauth2))
        assert by_oauth2.x.requests.count(me) == 2

    def found(self, x: X, payload: Payload) -> Published | None:
        since = datetime.now(UTC) - timedelta(seconds=1)
        return x.publisher.find(payload, x.secrets, since=since)


class TestReading:
    def test_shows_what_people_wrote(self, by_oauth2: X) -> None:
        text = "Tea & cake <3 at https://example.org/a?b=1&c=2 now"
        published(by_oauth2, tweet(by_oauth2, text, media=(picture("Cake"),)))
        (post,) = by_oauth2.publisher.timeline(by_oauth2.account, by_oauth2.secrets, since=LONG_AGO)
        assert post.text == text

    def test_begins_at_the_very_second(self, by_oauth2: X) -> None:
        by_oauth2.x.write(TEAM, "Before", ago=60)
        late = by_oauth2.x.write(TEAM, "After", ago=30)
        since = datetime.fromtimestamp(late.at, UTC)
        posts = by_oauth2.publisher.timeline(by_oauth2.account, by_oauth2.secrets, since=since)
        assert [post.text for post in posts] == ["After"]

    def test_shows_long_posts_whole(self) -> None:
        short = {"url": "https://t.co/1", "expanded_url": "https://example.org/"}
        item = {
            "id": "7",
            "text": "Long… https://t.co/2",
            "note_tweet": {
                "text": "Long &amp; whole https://t.co/1",
                "entities": {"urls": [short]},
            },
        }
        assert as_written(item) == "Long & whole https://example.org/"

    def test_turns_every_page_of_mentions(self, by_oauth2: X) -> None:
        names = ["Anna", "Ben", "Clive"]
        for number in range(150):
            by_oauth2.x.write(names[number % 3], f"@{TEAM} {number}", ago=150 - number)
        posts, cursor = by_oauth2.publisher.mentions(by_oauth2.account, by_oauth2.secrets)
        assert [post.text for post in posts] == [f"@{TEAM} {number}" for number in range(150)]
        assert [post.author for post in posts[:3]] == names
        assert cursor == posts[-1].id
        assert posts[0].url == f"https://x.com/Anna/status/{posts[0].id}"

    def test_says_what_is_wrong(self, by_oauth2: X) -> None:
        by_oauth2.x.fail_next(NO_CREDITS, method="GET", path="/2/users/me")
        with pytest.raises(CannotAsk, match="does not have any credits") as raised:
            by_oauth2.publisher.profile(by_oauth2.account, by_oauth2.secrets)
        assert raised.value.cause == Cause.CREDENTIALS
        by_oauth2.x.fail_next(too_many(wait=5), method="GET", path="/2/users/me")
        with pytest.raises(CannotAsk) as raised:
            by_oauth2.publisher.profile(by_oauth2.account, by_oauth2.secrets)
        assert raised.value.cause == Cause.RATE_LIMIT


class TestDeleting:
    def test_of_somebody_elses_is_refused(self, by_oauth2: X) -> None:
        theirs = by_oauth2.somebody_posts("Mine.")["id"]
        with pytest.raises(CannotAsk, match="not authorized to delete"):
            by_oauth2.publisher.delete(by_oauth2.account, theirs, by_oauth2.secrets)
        assert by_oauth2.x.posts_of(NEIGHBOUR)

    def test_is_done_when_it_is_said_to_be(self, by_oauth2: X) -> None:
        answer = published(by_oauth2, tweet(by_oauth2))
        path = f"/2/tweets/{answer.id}"
        by_oauth2.x.fail_next(Reply(200, {"data": {"deleted": False}}), method="DELETE", path=path)
        with pytest.raises(CannotAsk):
            by_oauth2.publisher.delete(by_oauth2.account, answer.id, by_oauth2.secrets)
        gone = {"type": "https://api.twitter.com/2/problems/resource-not-found", "title": "Gone"}
        by_oauth2.x.fail_next(Reply(200, {"errors": [gone]}), method="DELETE", path=path)
        by_oauth2.publisher.delete(by_oauth2.account, answer.id, by_oauth2.secrets)


class TestTheFake:
    """It would be of no use if it took anything."""

    def test_checks_signatures(self, by_oauth1: X) -> None:
        for name in by_oauth1.secrets.values:
            wrong = Keeps({**by_oauth1.secrets.values, name: "something else"})
            with pytest.raises(CannotAsk) as raised:
                by_oauth1.publisher.profile(by_oauth1.account, wrong)
            assert raised.value.cause == Cause.CREDENTIALS

    def test_takes_a_refresh_token_once(self, by_oauth2: X) -> None:
        stale = Keeps(by_oauth2.secrets.values)
        by_oauth2.x.expire_bearers()
        by_oauth2.publisher.profile(by_oauth2.account, by_oauth2.secrets)
        with pytest.raises(CannotAsk, match="connect the account again"):
            by_oauth2.publisher.profile(by_oauth2.account, stale)

    def test_hides_links_and_escapes(self, x: FakeX) -> None:
        tweet = x.write(TEAM, "A & B: example.org/a?b=1&c=2 <3")
        text, (link,) = x._wrapped(tweet)
        assert text == f"A &amp; B: {link['url']} &lt;3"
        assert link["url"].startswith("https://t.co/")
        assert link["expanded_url"] == "http://example.org/a?b=1&c=2"
