"""What X says to a tweet, a picture or stale credentials, and what follows from it."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from publishing.backends.base import (
    Answer,
    CannotAsk,
    Cause,
    Media,
    NotSent,
    Profile,
    Published,
    Refused,
    Unknown,
)
from tests.publishing.fake_http import Reply, Trouble, problem
from tests.publishing.fake_x import (
    DUPLICATE,
    NO_CREDITS,
    NOT_PERMITTED,
    READ_ONLY_APP,
    SERVER_ERROR,
    FakeX,
    too_many,
)
from tests.publishing.kit import (
    LONG_AGO,
    SHORT,
    Keeps,
    picture,
    published,
    tweet,
)
from tests.publishing.x.platform import NEIGHBOUR, TEAM, OneAtATime, X


class TestRenewal:
    """Access tokens of OAuth 2 last two hours, refresh tokens once."""

    def test_happens_when_the_token_has_expired(self, by_oauth2: X) -> None:
        by_oauth2.x.expire_bearers()
        published(by_oauth2, tweet(by_oauth2))
        published(by_oauth2, tweet(by_oauth2))
        assert by_oauth2.x.refreshes == 1
        assert len(by_oauth2.held()) == 2

    def test_happens_when_the_token_expires_between_two(self, by_oauth2: X) -> None:
        published(by_oauth2, tweet(by_oauth2))
        by_oauth2.x.expire_bearers()
        before = len(by_oauth2.x.requests)
        published(by_oauth2, tweet(by_oauth2))
        create = ("POST", "/2/tweets")
        assert by_oauth2.x.requests[before:] == [create, ("POST", "/2/oauth2/token"), create]
        assert len(by_oauth2.held()) == 2

    def test_happens_for_questions_too(self, by_oauth2: X) -> None:
        by_oauth2.x.expire_bearers()
        profile = by_oauth2.publisher.profile(by_oauth2.account, by_oauth2.secrets)
        assert profile == Profile(
            TEAM,
            f"{TEAM} (X)",
            f"https://x.com/{TEAM}",
            bio="",
            link="",
            picture="https://pbs.twimg.com/profile_images/1/normal.png",
            is_protected=False,
            is_verified=False,
        )
        assert by_oauth2.x.refreshes == 1

    def test_are_told_what_the_public_sees(self, x: FakeX, by_oauth2: X) -> None:
        x.profiles[TEAM] = {
            "description": "Meet us at the library & the market.",
            "url": "https://www.force.example/foxhollow",
            "protected": True,
            "verified": True,
        }
        profile = by_oauth2.publisher.profile(by_oauth2.account, by_oauth2.secrets)
        assert profile.bio == "Meet us at the library & the market."
        assert profile.link == "https://www.force.example/foxhollow"
        assert (profile.is_protected, profile.is_verified) == (True, True)

    def test_happens_once_for_two_at_the_same_time(self, by_oauth2: X) -> None:
        secrets = OneAtATime(by_oauth2.secrets.values)
        by_oauth2.x.expire_bearers()
        payloads = [tweet(by_oauth2) for _ in range(4)]
        with ThreadPoolExecutor(4) as threads:
            answers = threads.map(
                lambda payload: by_oauth2.publisher.publish(payload, secrets), payloads
            )
            assert all(isinstance(answer, Published) for answer in answers)
        assert by_oauth2.x.refreshes == 1
        assert len(by_oauth2.held()) == 4

    def test_is_refused_when_the_leave_was_taken_back(self, by_oauth2: X) -> None:
        by_oauth2.x.revoke()
        answer = by_oauth2.publisher.publish(tweet(by_oauth2), by_oauth2.secrets)
        assert answer == NotSent(
            "X does not renew its access: connect the account again.", cause=Cause.CREDENTIALS
        )

    @pytest.mark.parametrize("what", [SERVER_ERROR, Trouble.GARBAGE, Trouble.RESET])
    @pytest.mark.parametrize("is_known", [True, False])
    def test_that_fails_for_now_is_not_the_credentials_fault(
        self,
        by_oauth2: X,
        what: Reply | Trouble,
        is_known: bool,  # noqa: FBT001  pytest names it
    ) -> None:
        if is_known:
            by_oauth2.publisher.find(tweet(by_oauth2), by_oauth2.secrets, since=LONG_AGO)
        by_oauth2.x.expire_bearers()
        by_oauth2.x.fail_next(what, path="/2/oauth2/token")
        answer = by_oauth2.publisher.publish(tweet(by_oauth2), by_oauth2.secrets)
        assert isinstance(answer, NotSent)
        assert answer.cause == Cause.UNAVAILABLE
        assert by_oauth2.held() == []
        published(by_oauth2, tweet(by_oauth2))

    def test_leads_to_secrets_that_are_kept_too(self, by_oauth2: X) -> None:
        class Repeated(Keeps):
            """X repeats the new token in its next answer."""

            def renewed(self, *args: Any) -> Mapping[str, str]:
                new = super().renewed(*args)
                complaint = f"Your token {new['access_token']} is not welcome."
                by_oauth2.x.fail_next(problem(403, "Forbidden", complaint))
                return new

        published(by_oauth2, tweet(by_oauth2))
        by_oauth2.x.expire_bearers()
        secrets = Repeated(by_oauth2.secrets.values)
        answer = by_oauth2.publisher.publish(tweet(by_oauth2), secrets)
        assert answer == Refused("403", "X answered 403: Your token … is not welcome.")


class TestAnAnswer:
    """What X says, and what follows for the tweet."""

    @pytest.mark.parametrize(
        "reply",
        [
            NO_CREDITS,
            READ_ONLY_APP,
            problem(403, "Forbidden", "Your account is suspended and is not permitted to do this."),
            problem(403, "Forbidden", "To protect our users this account is temporarily locked."),
            Reply(
                403, {"errors": [{"code": 453, "message": "You have access to a subset of it."}]}
            ),
            problem(403, "Client Forbidden", "This app is not enrolled.", "client-forbidden"),
        ],
    )
    def test_about_the_account_stops_the_account(self, by_oauth2: X, reply: Reply) -> None:
        by_oauth2.x.fail_next(reply)
        answer = by_oauth2.publisher.publish(tweet(by_oauth2), by_oauth2.secrets)
        assert isinstance(answer, NotSent)
        assert answer.cause == Cause.CREDENTIALS
        assert answer.reason.startswith(f"X answered {reply.status}: ")

    @pytest.mark.parametrize(
        ("reply", "answer"),
        [
            (
                problem(400, "Invalid Request", "No such thing.", "invalid-request"),
                Refused("invalid-request", "X answered 400: No such thing."),
            ),
            (NOT_PERMITTED, Refused("403", f"X answered 403: {NOT_PERMITTED.body['detail']}")),
            # It may be our own first try.
            (DUPLICATE, Unknown(f"X answered 403: {DUPLICATE.body['detail']}")),
            # Something on the way, and not X.
            (Reply(403, {}), Unknown("X answered 403.")),
            (Reply(404, {"status": "what?"}), Unknown("X answered 404.")),
            (Reply(409, {"title": "Conflict"}), Unknown("X answered 409: Conflict")),
            (Reply(201, {"data": {"id": "../7"}}), Unknown("X's answer could not be read.")),
            (Reply(201, {"data": {}}), Unknown("X's answer could not be read.")),
            (Reply(201, {"data": 4}), Unknown("X's answer could not be read.")),
        ],
    )
    def test_about_the_tweet(self, by_oauth2: X, reply: Reply, answer: Answer) -> None:
        by_oauth2.x.fail_next(reply)
        assert by_oauth2.publisher.publish(tweet(by_oauth2), by_oauth2.secrets) == answer

    @pytest.mark.parametrize("done", [True, False])
    def test_that_never_comes_is_cleared_up_by_looking(self, by_oauth2: X, done: bool) -> None:  # noqa: FBT001  pytest names it
        publisher, payload = by_oauth2.publisher_at(by_oauth2.url, SHORT), tweet(by_oauth2)
        by_oauth2.x.fail_next(Trouble.SILENCE, done=done)
        assert isinstance(publisher.publish(payload, by_oauth2.secrets), Unknown)
        found = publisher.find(payload, by_oauth2.secrets, since=LONG_AGO)
        assert [post.id for post in by_oauth2.held()] == ([found.id] if found else [])
        assert (found is not None) is done

    def test_that_it_is_a_duplicate_is_cleared_up_by_looking(self, by_oauth2: X) -> None:
        publisher, secrets, payload = by_oauth2.publisher, by_oauth2.secrets, tweet(by_oauth2)
        first = published(by_oauth2, payload)
        assert isinstance(publisher.publish(payload, secrets), Unknown)
        assert publisher.find(payload, secrets, since=LONG_AGO) == first
        assert len(by_oauth2.held()) == 1


class TestPictures:
    @pytest.mark.parametrize("path", ["/2/media/upload", "/2/media/metadata"])
    @pytest.mark.parametrize(
        ("what", "answer"),
        [
            (SERVER_ERROR, NotSent("X answered 500: Something is broken.")),
            (
                NO_CREDITS,
                NotSent(f"X answered 402: {NO_CREDITS.body['detail']}", None, Cause.CREDENTIALS),
            ),
            (
                problem(400, "Invalid Request", "Too grey.", "invalid-request"),
                Refused("invalid-request", "X answered 400: Too grey."),
            ),
            (Reply(200, {}), NotSent("X answered 200.")),
        ],
    )
    def test_that_do_not_arrive_stop_the_tweet(
        self, by_oauth2: X, path: str, what: Reply, answer: Answer
    ) -> None:
        by_oauth2.x.fail_next(what, path=path)
        payload = tweet(by_oauth2, media=(picture("A lamp"),))
        assert by_oauth2.publisher.publish(payload, by_oauth2.secrets) == answer
        assert by_oauth2.held() == []

    def test_may_meet_the_rate_limit(self, by_oauth2: X) -> None:
        by_oauth2.x.fail_next(too_many(wait=90), path="/2/media/upload")
        payload = tweet(by_oauth2, media=(picture("A lamp"),))
        answer = by_oauth2.publisher.publish(payload, by_oauth2.secrets)
        assert isinstance(answer, NotSent)
        assert answer.cause == Cause.RATE_LIMIT
        assert answer.retry_after == pytest.approx(90, abs=5)

    def test_arrive_as_they_were(self, by_oauth2: X) -> None:
        pictures = [picture("A lamp"), picture("")]
        published(by_oauth2, tweet(by_oauth2, media=tuple(pictures)))
        uploads = list(by_oauth2.x.pictures.values())
        assert [upload.content for upload in uploads] == [each.content for each in pictures]
        assert [upload.alt_text for upload in uploads] == ["A lamp", ""]

    def test_of_other_kinds_are_not_even_tried(self, by_oauth2: X) -> None:
        film = Media(b"...", "video/mp4", "A film", "0" * 64)
        answer = by_oauth2.publisher.publish(tweet(by_oauth2, media=(film,)), by_oauth2.secrets)
        assert isinstance(answer, Refused)
        assert answer.code == "media-type"
        assert by_oauth2.x.requests == []


class TestRetweets:
    def test_that_are_there_already_are_as_they_should_be(self, by_oauth2: X) -> None:
        source = by_oauth2.somebody_posts("The bridge is closed.")
        payload = tweet(by_oauth2, "-", kind="retweet", source=source)
        assert published(by_oauth2, payload) == published(by_oauth2, payload)
        assert len(by_oauth2.held()) == 1

    def test_can_be_taken_back(self, by_oauth2: X) -> None:
        source = by_oauth2.somebody_posts("The bridge is closed.")
        payload = tweet(by_oauth2, "-", kind="retweet", source=source)
        answer = published(by_oauth2, payload)
        for _ in range(2):
            by_oauth2.publisher.delete(by_oauth2.account, answer.id, by_oauth2.secrets)
            assert by_oauth2.held() == []
        assert by_oauth2.x.posts_of(NEIGHBOUR)

    def test_of_what_is_gone_are_refused(self, by_oauth2: X) -> None:
        payload = tweet(by_oauth2, "-", kind="retweet", source={"id": "12345"})
        answer = by_oauth2.publisher.publish(payload, by_oauth2.secrets)
        assert answer == Refused("resource-not-found", "X answered 404: Could not find tweet.")

    def test_stand_in_the_timeline_under_the_same_id(self, by_oauth2: X) -> None:
        source = by_oauth2.somebody_posts("The bridge is closed.")
        payload = tweet(by_oauth2, "-", kind="retweet", source=source)
        answer = published(by_oauth2, payload)
        (post,) = by_oauth2.publisher.timeline(by_oauth2.account, by_oauth2.secrets, since=LONG_AGO)
        assert (post.id, post.url) == (answer.id, answer.url)
        assert answer.url == f"https://x.com/{TEAM}/status/{source['id']}"

    def test_that_are_not_confirmed_are_unknown(self, by_oauth2: X) -> None:
        source = by_oauth2.somebody_posts("The bridge is closed.")
        payload = tweet(by_oauth2, "-", kind="retweet", source=source)
        by_oauth2.x.fail_next(Reply(200, {"data": {"retweeted": False}}), path="/2/users")
        assert isinstance(by_oauth2.publisher.publish(payload, by_oauth2.secrets), Unknown)


class TestAnotherAccountsCredentials:
    @pytest.mark.parametrize("kind", ["original", "reply", "retweet"])
    def test_publish_nothing(self, by_oauth2: X, kind: str) -> None:
        source = by_oauth2.somebody_posts("The bridge is closed.")
        payload = tweet(by_oauth2, kind=kind, source=source if kind != "original" else {})
        secrets = Keeps(by_oauth2.x.credentials(NEIGHBOUR, "oauth2"))
        answer = by_oauth2.publisher.publish(payload, secrets)
        assert answer == NotSent(
            "These credentials are another account's.", cause=Cause.CREDENTIALS
        )
        assert [post.text for post in by_oauth2.x.posts_of(NEIGHBOUR)] == ["The bridge is closed."]

    def test_stored_later_are_noticed_too(self, by_oauth2: X) -> None:
        published(by_oauth2, tweet(by_oauth2))
        secrets = Keeps(by_oauth2.x.credentials(NEIGHBOUR, "oauth2"))
        assert isinstance(by_oauth2.publisher.publish(tweet(by_oauth2), secrets), NotSent)
        assert by_oauth2.x.posts_of(NEIGHBOUR) == []


class TestWhatIsNotANumber:
    @pytest.mark.parametrize("kind", ["reply", "quote", "retweet"])
    @pytest.mark.parametrize("source", [{}, {"id": ""}, {"id": "../me"}, {"id": "1" * 20}])
    def test_points_at_nothing(self, by_oauth2: X, kind: str, source: Mapping[str, str]) -> None:
        payload = tweet(by_oauth2, kind=kind, source=source)
        answer = by_oauth2.publisher.publish(payload, by_oauth2.secrets)
        assert answer == Refused("source", "It is not known which post on X is meant.")
        assert by_oauth2.x.requests == []

    @pytest.mark.parametrize("external_id", ["", "12/34", "retweet-", "retweet-../7", "practice-3"])
    def test_is_not_deleted(self, by_oauth2: X, external_id: str) -> None:
        with pytest.raises(CannotAsk):
            by_oauth2.publisher.delete(by_oauth2.account, external_id, by_oauth2.secrets)
        assert by_oauth2.x.requests == []
