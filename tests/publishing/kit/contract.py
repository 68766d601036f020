"""What every publisher keeps, whichever platform it speaks to."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from publishing.backends.base import (
    Answer,
    CannotAsk,
    Cause,
    Lookup,
    NotSent,
    Payload,
    Published,
    Refused,
    Unknown,
)
from tests.publishing.kit.platform import (
    LONG_AGO,
    RESET_IN,
    Fault,
    Held,
    Keeps,
    Locked,
    Platform,
    picture,
    published,
    questions,
    tweet,
)

ANSWERS = (Published, NotSent, Refused, Unknown)


class Basics:
    """What holds even for a publisher that cannot fail."""

    @pytest.fixture
    def platform(self) -> Platform:
        raise NotImplementedError

    # --- what it says of itself

    def test_declares_what_it_can_do(self, platform: Platform) -> None:
        publisher = platform.publisher
        assert publisher.DEADLINE == 15
        assert publisher.lookup_kind in Lookup
        if publisher.takes_token:
            assert publisher.token_life > 0
        assert set(publisher.credentials) <= set(platform.secrets.read())
        limits = publisher.limits
        assert min(limits.length, limits.pictures, limits.picture_bytes, limits.alt_text) >= 0

    def test_offers_nothing_that_it_does_not_declare(self, platform: Platform) -> None:
        publisher, account, secrets = platform.publisher, platform.account, platform.secrets
        undeclared: list[Callable[[], object]] = []
        if publisher.lookup_kind == Lookup.NONE:
            undeclared.append(lambda: publisher.find(tweet(platform), secrets, since=LONG_AGO))
        if not publisher.can_delete:
            undeclared.append(lambda: publisher.delete(account, platform.some_id, secrets))
        if not publisher.can_read_timeline:
            undeclared.append(lambda: publisher.timeline(account, secrets, since=LONG_AGO))
        if not publisher.can_read_mentions:
            undeclared.append(lambda: publisher.mentions(account, secrets))
        for question in undeclared:
            with pytest.raises(NotImplementedError):
                question()

    # --- publishing

    def test_publishes_the_very_words(self, platform: Platform) -> None:
        text = "Road closed at Foxhollow <A52> & Mill Lane – “avoid”.\n\nThank you 🚓 #Foxhollow"
        answer = published(platform, tweet(platform, text))
        (post,) = platform.held()
        assert post == Held(id=answer.id, text=text)
        assert 0 < len(answer.id) <= 100
        assert len(answer.url) <= 300

    def test_publishes_pictures_with_their_descriptions(self, platform: Platform) -> None:
        wanted = ("A blue lamp over a door", "Zwei Hunde, groß & klein – “Rex” <3")
        pictures = tuple(map(picture, wanted))
        published(platform, tweet(platform, media=pictures))
        (post,) = platform.held()
        assert post.alt_texts == wanted

    def test_publishes_a_reply(self, platform: Platform) -> None:
        source = platform.somebody_posts("When are you there?")
        published(platform, tweet(platform, kind="reply", source=source))
        (post,) = platform.held()
        assert (post.answers, post.passes_on) == (source["id"], "")

    def test_passes_on_a_post(self, platform: Platform) -> None:
        source = platform.somebody_posts("The bridge is closed.")
        answer = published(platform, tweet(platform, "-", kind="retweet", source=source))
        (post,) = platform.held()
        assert (post.passes_on, post.answers) == (source["id"], "")
        assert post.id == answer.id

    def test_sends_a_token_once_if_it_says_so(self, platform: Platform) -> None:
        payload = tweet(platform)
        first = published(platform, payload)
        second = platform.publisher.publish(payload, platform.secrets)
        assert isinstance(second, ANSWERS)
        if platform.publisher.takes_token:
            assert second == first
            assert len(platform.held()) == 1
        published(platform, tweet(platform))
        assert len({post.id for post in platform.held()}) >= 2

    # --- questions

    @pytest.mark.parametrize("kind", ["original", "pictures", "reply", "retweet"])
    def test_finds_what_is_public(self, platform: Platform, kind: str) -> None:
        publisher, secrets = platform.publisher, platform.secrets
        if publisher.lookup_kind == Lookup.NONE:
            return
        source = platform.somebody_posts("Is the road open again?")
        columns: dict[str, dict[str, Any]] = {
            "original": {"text": "Open again: A52 <both ways> & Mill Lane. https://example.org/a?b=1&c=2"},
            "pictures": {"media": (picture("A lamp"),)},
            "reply": {"kind": "reply", "source": source},
            "retweet": {"text": "-", "kind": "retweet", "source": source},
        }  # fmt: skip
        payload = tweet(platform, **columns[kind])
        other = tweet(platform)
        published(platform, other)
        assert publisher.find(payload, secrets, since=LONG_AGO) is None
        answer = published(platform, payload)
        assert publisher.find(payload, secrets, since=LONG_AGO) == answer
        assert publisher.find(tweet(platform), secrets, since=LONG_AGO) is None

    def test_takes_its_own_posts_down(self, platform: Platform) -> None:
        publisher, secrets = platform.publisher, platform.secrets
        if not publisher.can_delete:
            return
        kept, payload = published(platform, tweet(platform)), tweet(platform)
        gone = published(platform, payload)
        publisher.delete(platform.account, gone.id, secrets)
        assert [post.id for post in platform.held()] == [kept.id]
        publisher.delete(platform.account, gone.id, secrets)
        assert [post.id for post in platform.held()] == [kept.id]
        if publisher.lookup_kind == Lookup.RELIABLE:
            assert publisher.find(payload, secrets, since=LONG_AGO) is None

    def test_reads_its_own_timeline(self, platform: Platform) -> None:
        publisher, secrets = platform.publisher, platform.secrets
        if not publisher.can_read_timeline:
            return
        assert publisher.timeline(platform.account, secrets, since=LONG_AGO) == []
        platform.somebody_posts("Not ours.")
        texts = ["First: tea & cake", "Second <3"]
        answers = [published(platform, tweet(platform, text)) for text in texts]
        posts = publisher.timeline(platform.account, secrets, since=LONG_AGO)
        assert [(post.id, post.text) for post in posts] == [
            (answer.id, text) for answer, text in zip(answers, texts, strict=True)
        ]
        assert {post.author for post in posts} == {platform.account.partition(":")[2]}
        assert all(abs(post.at - datetime.now(UTC)) < timedelta(minutes=5) for post in posts)
        tomorrow = datetime.now(UTC) + timedelta(days=1)
        assert publisher.timeline(platform.account, secrets, since=tomorrow) == []

    def test_reads_mentions_since_the_last_one(self, platform: Platform) -> None:
        publisher, secrets, account = platform.publisher, platform.secrets, platform.account
        if not publisher.can_read_mentions:
            return
        none, start = publisher.mentions(account, secrets)
        assert none == []
        for words in ("there was a fight", "thank you"):
            platform.somebody_posts(platform.mentioning(words))
        platform.somebody_posts("Nothing to do with the police.")
        posts, cursor = publisher.mentions(account, secrets, cursor=start)
        assert [post.text.split(maxsplit=1)[1] for post in posts] == [
            "there was a fight", "thank you",
        ]  # fmt: skip
        assert all(post.author != account.partition(":")[2] for post in posts)
        assert publisher.mentions(account, secrets, cursor=cursor) == ([], cursor)
        platform.somebody_posts(platform.mentioning("one more"))
        posts, later = publisher.mentions(account, secrets, cursor=cursor)
        assert [post.text.split(maxsplit=1)[1] for post in posts] == ["one more"]
        assert later != cursor

    def test_knows_itself_and_posts_nothing_for_that(self, platform: Platform) -> None:
        publisher, account = platform.publisher, platform.account
        if not publisher.credentials and not publisher.is_practice:
            return
        profile = publisher.profile(account, platform.secrets)
        assert profile.handle == account.partition(":")[2]
        assert platform.held() == []

    # --- credentials

    @pytest.mark.parametrize("kind", ["empty", "locked"])
    def test_does_nothing_without_credentials(self, platform: Platform, kind: str) -> None:
        publisher = platform.publisher
        if not publisher.credentials:
            return
        secrets = Keeps({}) if kind == "empty" else Locked({})
        answer = publisher.publish(tweet(platform), secrets)
        assert isinstance(answer, NotSent)
        assert answer.cause == Cause.CREDENTIALS
        for question in questions(platform, publisher, secrets).values():
            with pytest.raises(CannotAsk) as raised:
                question()
            assert raised.value.cause == Cause.CREDENTIALS
        assert platform.held() == []


class Contract(Basics):
    """What holds for every platform that has a will of its own."""

    # --- faults in the platform's own words

    def test_says_that_the_credentials_are_wrong(self, platform: Platform) -> None:
        platform.fail_next(Fault.CREDENTIALS)
        answer = platform.publisher.publish(tweet(platform), platform.secrets)
        assert isinstance(answer, NotSent)
        assert (answer.cause, platform.held()) == (Cause.CREDENTIALS, [])

    def test_says_how_long_a_rate_limit_lasts(self, platform: Platform) -> None:
        platform.fail_next(Fault.RATE_LIMIT)
        answer = platform.publisher.publish(tweet(platform), platform.secrets)
        assert isinstance(answer, NotSent)
        assert (answer.cause, platform.held()) == (Cause.RATE_LIMIT, [])
        assert answer.retry_after == pytest.approx(RESET_IN, abs=5)

    def test_says_why_content_was_refused(self, platform: Platform) -> None:
        platform.fail_next(Fault.REFUSAL)
        answer = platform.publisher.publish(tweet(platform), platform.secrets)
        assert isinstance(answer, Refused)
        assert answer.code
        assert answer.reason
        assert platform.held() == []

    def lose_the_answer(self, platform: Platform, payload: Payload) -> Answer:
        """Publish; the platform takes it, and its answer never comes."""
        platform.fail_next(Fault.ACCEPTED)
        return platform.publisher.publish(payload, platform.secrets)

    def test_does_not_guess_when_no_proper_answer_comes(self, platform: Platform) -> None:
        payload = tweet(platform)
        assert isinstance(self.lose_the_answer(platform, payload), Unknown)
        (post,) = platform.held()
        if platform.publisher.lookup_kind == Lookup.RELIABLE:
            found = platform.publisher.find(payload, platform.secrets, since=LONG_AGO)
            assert found
            assert found.id == post.id
        if platform.publisher.takes_token:
            assert published(platform, payload).id == post.id
            assert len(platform.held()) == 1
