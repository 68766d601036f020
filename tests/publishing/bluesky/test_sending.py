"""What is sent to Bluesky, with which session, and what its answers mean."""

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from publishing.backends.base import Answer, Cause, NotSent, Published, Refused, Unknown
from publishing.backends.bluesky import BlueskyPublisher
from tests.publishing.bluesky.platform import NEIGHBOUR, TEAM, Bluesky
from tests.publishing.fake_bluesky import (
    AUTH_MISSING,
    DEACTIVATED,
    EXPIRED,
    INTERNAL,
    POST,
    TAKEN_DOWN,
    UPSTREAM,
    problem,
    too_many,
)
from tests.publishing.fake_http import Reply, Trouble
from tests.publishing.kit import Keeps, picture, published, tweet

OPEN, REFRESH = "com.atproto.server.createSession", "com.atproto.server.refreshSession"


def answer_to(bluesky: Bluesky, **columns: Any) -> Answer:
    return bluesky.publisher.publish(tweet(bluesky, **columns), bluesky.secrets)


class TestRecords:
    def test_hold_text_language_and_time(self, bluesky: Bluesky) -> None:
        published(bluesky, tweet(bluesky, "Tea & cake"))
        (record,) = bluesky.records()
        assert set(record.value) == {"$type", "text", "langs", "createdAt"}
        assert (record.value["text"], record.value["langs"]) == ("Tea & cake", ["en"])

    def test_mark_links_tags_and_names(self, bluesky: Bluesky) -> None:
        published(bluesky, tweet(bluesky, f"🚓 #A52 @{NEIGHBOUR} @nobody.example.org c.uk"))
        (record,) = bluesky.records()
        kinds = [each["features"][0]["$type"].split("#")[1] for each in record.value["facets"]]
        assert kinds == ["tag", "mention", "link"]
        assert record.value["facets"][1]["features"][0]["did"] == bluesky.fake.join(NEIGHBOUR).did

    @pytest.mark.parametrize("reply", [INTERNAL, UPSTREAM])
    def test_leave_a_name_as_text_that_cannot_be_resolved(
        self, bluesky: Bluesky, reply: Reply
    ) -> None:
        bluesky.fake.fail_next(reply, name="com.atproto.identity.resolveHandle", method="GET")
        published(bluesky, tweet(bluesky, f"Ask @{NEIGHBOUR}"))
        (record,) = bluesky.records()
        assert "facets" not in record.value

    def test_answer_within_a_conversation(self, bluesky: Bluesky) -> None:
        first = bluesky.fake.write(NEIGHBOUR, "When?")
        root = {"uri": first.uri, "cid": first.cid}
        second = bluesky.fake.write(NEIGHBOUR, "Today?", reply={"root": root, "parent": root})
        published(bluesky, tweet(bluesky, kind="reply", source={"id": second.uri}))
        (record,) = bluesky.records()
        parent = {"uri": second.uri, "cid": second.cid}
        assert record.value["reply"] == {"root": root, "parent": parent}

    @pytest.mark.parametrize("pictures", [0, 1])
    def test_quote(self, bluesky: Bluesky, pictures: int) -> None:
        source = bluesky.somebody_posts("The bridge is closed.")
        media = tuple(picture("A bridge") for _ in range(pictures))
        published(bluesky, tweet(bluesky, kind="quote", source=source, media=media))
        (record,) = bluesky.records()
        embed = record.value["embed"]
        quoted = embed["record"]["record"] if pictures else embed["record"]
        assert quoted == {"uri": source["id"], "cid": source["cid"]}
        assert bluesky.held()[0].alt_texts == ("A bridge",) * pictures

    def test_are_not_changed_by_another_try(self, bluesky: Bluesky) -> None:
        payload = tweet(bluesky)
        answer = published(bluesky, payload)
        before = bluesky.records()
        assert published(bluesky, replace(payload, text="Other words")) == answer
        assert bluesky.records() == before

    def test_have_one_page_each(self, bluesky: Bluesky) -> None:
        answer = published(bluesky, tweet(bluesky))
        key = answer.id.rpartition("/")[2]
        assert answer.url == f"https://bsky.app/profile/{TEAM}/post/{key}"


class TestImpossible:
    @pytest.mark.parametrize(
        "address", ["", "12345", "https://bsky.app/", "at://did:plc:a/app.bsky.feed.like/3"]
    )
    def test_without_a_source_nothing_is_asked(self, bluesky: Bluesky, address: str) -> None:
        answer = answer_to(bluesky, kind="reply", source={"id": address})
        assert isinstance(answer, Refused)
        assert (answer.code, bluesky.fake.requests) == ("source", [])

    def test_films_are_refused(self, bluesky: Bluesky) -> None:
        film = replace(picture("A film"), mime="video/mp4")
        answer = answer_to(bluesky, media=(film,))
        assert isinstance(answer, Refused)
        assert (answer.code, bluesky.fake.requests) == ("media-type", [])

    def test_what_is_gone_or_changed_is_not_passed_on(self, bluesky: Bluesky) -> None:
        source = dict(bluesky.somebody_posts("The bridge is closed."))
        for wrong in ({"cid": "bafyreiother"}, {"id": source["id"][:-13] + "3aaaaaaaaaaaa"}):
            answer = answer_to(bluesky, kind="retweet", source={**source, **wrong})
            assert isinstance(answer, Refused)
            assert answer.code == "source"
        assert bluesky.held() == []

    def test_pictures_that_are_too_large_are_refused(self, bluesky: Bluesky) -> None:
        for size, code in ((1_100_000, "BlobTooLarge"), (6_000_000, "PayloadTooLarge")):
            answer = answer_to(bluesky, media=(replace(picture("Big"), content=b"x" * size),))
            assert isinstance(answer, Refused)
            assert answer.code == code


class TestAnswers:
    @pytest.mark.parametrize(
        ("reply", "kind"),
        [
            (problem(400, "InvalidRequest", "No."), Refused),
            (problem(413, "PayloadTooLarge"), Refused),
            (Reply(400, {}), Unknown),
            (problem(403, "Forbidden"), Unknown),
            (problem(404, "XRPCNotSupported"), Unknown),
            (Reply(200, {"uri": f"at://did:plc:other/{POST}/2222222222222", "cid": "b"}), Unknown),
            (Reply(200, {}), Unknown),
            (INTERNAL, Unknown),
            (UPSTREAM, Unknown),
            (Trouble.RESET, Unknown),
            (Trouble.GARBAGE, Unknown),
        ],
    )
    def test_mean(self, bluesky: Bluesky, reply: Reply | Trouble, kind: type) -> None:
        bluesky.fake.fail_next(reply)
        assert isinstance(answer_to(bluesky), kind)

    def test_of_another_try_that_was_first(self, bluesky: Bluesky) -> None:
        bluesky.fake.fail_next(INTERNAL, done=True)
        payload = tweet(bluesky)
        assert isinstance(bluesky.publisher.publish(payload, bluesky.secrets), Unknown)
        answer = published(bluesky, payload)
        assert [post.id for post in bluesky.held()] == [answer.id]

    @pytest.mark.parametrize(
        "reply", [TAKEN_DOWN, DEACTIVATED, AUTH_MISSING, problem(400, "RepoDeactivated")]
    )
    def test_about_the_account_stop_it(self, bluesky: Bluesky, reply: Reply) -> None:
        for _ in range(2):
            bluesky.fake.fail_next(reply)
        answer = answer_to(bluesky)
        assert isinstance(answer, NotSent)
        assert (answer.cause, bluesky.held()) == (Cause.CREDENTIALS, [])

    @pytest.mark.parametrize("name", [OPEN, "com.atproto.repo.uploadBlob"])
    def test_about_the_rate_are_waited_for(self, bluesky: Bluesky, name: str) -> None:
        bluesky.fake.fail_next(too_many(wait=77), name=name)
        answer = answer_to(bluesky, media=(picture("A lamp"),))
        assert isinstance(answer, NotSent)
        assert answer.cause == Cause.RATE_LIMIT
        assert answer.retry_after == pytest.approx(77, abs=3)

    def test_repeat_no_secret(self, bluesky: Bluesky) -> None:
        published(bluesky, tweet(bluesky))
        token = bluesky.secrets.values["access_token"]
        bluesky.fake.fail_next(
            problem(400, "InvalidRequest", f"Bad\r\n{token} {bluesky.us.password}")
        )
        answer = answer_to(bluesky)
        assert answer == Refused("InvalidRequest", "Bluesky answered 400: Bad … …")


class TestSessions:
    def test_are_opened_once(self, bluesky: Bluesky) -> None:
        for _ in range(4):
            published(bluesky, tweet(bluesky))
        assert (bluesky.fake.sessions.opened, bluesky.fake.sessions.refreshed) == (1, 0)
        assert bluesky.secrets.values["signed_in_as"] == TEAM

    def test_go_on_when_the_access_is_over(self, bluesky: Bluesky) -> None:
        published(bluesky, tweet(bluesky))
        bluesky.fake.expire_access()
        published(bluesky, tweet(bluesky))
        assert (bluesky.fake.sessions.opened, bluesky.fake.sessions.refreshed) == (1, 1)
        assert len(bluesky.held()) == 2

    def test_are_opened_anew_when_they_were_ended(self, bluesky: Bluesky) -> None:
        published(bluesky, tweet(bluesky))
        bluesky.fake.revoke()
        published(bluesky, tweet(bluesky))
        assert (bluesky.fake.sessions.opened, bluesky.fake.sessions.refreshed) == (2, 0)

    def test_are_taken_over_from_another_process(self, bluesky: Bluesky) -> None:
        published(bluesky, tweet(bluesky))
        stale = dict(bluesky.secrets.values)
        bluesky.fake.expire_access()
        published(bluesky, tweet(bluesky))

        class Behind(Keeps):
            """What was read before the other process renewed it."""

            def read(self) -> dict[str, str]:
                return stale

        answer = bluesky.publisher.publish(tweet(bluesky), Behind(bluesky.secrets.values))
        assert isinstance(answer, Published)
        assert (bluesky.fake.sessions.opened, bluesky.fake.sessions.refreshed) == (1, 1)

    def test_that_do_not_help_are_asked_for_once(self, bluesky: Bluesky) -> None:
        for _ in range(2):
            bluesky.fake.fail_next(EXPIRED)
        answer = answer_to(bluesky)
        assert isinstance(answer, NotSent)
        assert answer.cause == Cause.CREDENTIALS
        assert bluesky.fake.calls("com.atproto.repo.putRecord") == 2

    def test_say_nothing_about_the_post_when_they_are_refused(self, bluesky: Bluesky) -> None:
        bluesky.fake.fail_next(problem(400, "InvalidRequest", "Not now."), name=OPEN)
        assert isinstance(answer_to(bluesky), NotSent)
        published(bluesky, tweet(bluesky))
        bluesky.fake.revoke()
        bluesky.fake.fail_next(problem(400, "InvalidRequest", "Not now."), name=OPEN)
        assert isinstance(answer_to(bluesky), NotSent)

    def test_a_limit_on_renewing_is_waited_for(self, bluesky: Bluesky) -> None:
        published(bluesky, tweet(bluesky))
        bluesky.fake.expire_access()
        bluesky.fake.fail_next(too_many(wait=60), name=REFRESH)
        answer = answer_to(bluesky)
        assert isinstance(answer, NotSent)
        assert answer.cause == Cause.RATE_LIMIT

    def test_of_another_account_are_not_used(self, bluesky: Bluesky) -> None:
        """Whatever was stored, a tweet goes out under the name it was approved for."""
        other = bluesky.fake.join(NEIGHBOUR)
        secrets = Keeps({"app_password": other.password})
        assert isinstance(
            bluesky.publisher.publish(
                replace(tweet(bluesky), account=f"bluesky:{NEIGHBOUR}"), secrets
            ),
            Published,
        )
        answer = bluesky.publisher.publish(tweet(bluesky), secrets)
        assert isinstance(answer, NotSent)
        assert (answer.cause, bluesky.held()) == (Cause.CREDENTIALS, [])


class TestNames:
    def test_are_completed_by_the_domain(self, bluesky: Bluesky) -> None:
        publisher = BlueskyPublisher(bluesky.url, domain="police.uk")
        payload = replace(tweet(bluesky, token=uuid4()), account="bluesky:Foxhollow")
        assert isinstance(publisher.publish(payload, bluesky.secrets), Published)
        assert len(bluesky.held()) == 1

    def test_may_be_given_with_the_credentials(self, bluesky: Bluesky) -> None:
        bluesky.secrets.values["handle"] = f"@{TEAM}"
        payload = replace(tweet(bluesky), account="bluesky:FoxhollowLPT")
        assert isinstance(bluesky.publisher.publish(payload, bluesky.secrets), Published)

    @pytest.mark.parametrize(
        ("name", "value"), [("handle", "a b.uk"), ("server", "a/b"), ("server", "localhost")]
    )
    def test_that_are_none_are_asked_nowhere(self, bluesky: Bluesky, name: str, value: str) -> None:
        bluesky.secrets.values[name] = value
        answer = answer_to(bluesky)
        assert isinstance(answer, NotSent)
        assert (answer.cause, bluesky.fake.requests) == (Cause.CREDENTIALS, [])
