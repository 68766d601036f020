"""The queue: who has what open, in which order it comes, how it is narrowed down and paged."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from approvals.services import claim, release
from approvals.showing import due_words
from drafts.models import Draft
from drafts.workflow import State
from publishing.workflow import State as DeliveryState
from tests.factories import ASKING, Scene, approve_it, approved, handed_in, in_, submitted, written
from tests.pages import Element, Page

pytestmark = pytest.mark.django_db

QUEUE = "/review/"
ANSWER = {"duty-times:signing off": "It does not say when the team is away"}


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def reviewer(scene: Scene, client: Client) -> User:
    """Signed in with `client`."""
    reviewer = scene.person(Role.COMMS_APPROVER)
    client.force_login(reviewer)
    return reviewer


def cards(client: Client, query: str = "") -> list[Element]:
    return Page.of(client.get(QUEUE + query)).root.all("article", class_="bl-card")


def texts(client: Client, query: str = "") -> list[str]:
    return [card.one("p", class_="bl-card__text").text for card in cards(client, query)]


class TestAClaim:
    def test_shows_others_who_has_it_open(
        self, client: Client, scene: Scene, reviewer: User
    ) -> None:
        draft, other = submitted(scene), scene.person(Role.COMMS_DUTY)
        assert claim(draft, actor=other, now=timezone.now())
        (card,) = cards(client)
        assert card.one(class_="bl-card__claim").text.startswith(f"{other.full_name} opened this")
        page = Page.of(client.get(f"/review/{draft.pk}/"))
        assert f"{other.full_name} opened this" in page.main

    def test_is_made_by_opening(self, client: Client, scene: Scene, reviewer: User) -> None:
        draft = submitted(scene)
        client.get(f"/review/{draft.pk}/")
        draft.refresh_from_db()
        assert draft.claimed_by == reviewer
        # One's own is nothing to be told.
        (card,) = cards(client)
        assert not card.all(class_="bl-card__claim")

    def test_is_not_taken_from_somebody_else(self, scene: Scene, reviewer: User) -> None:
        now = timezone.now()
        draft, other = submitted(scene), scene.person(Role.COMMS_DUTY)
        assert claim(draft, actor=other, now=now)
        assert not claim(draft, actor=reviewer, now=now + timedelta(minutes=14))
        draft.refresh_from_db()
        assert draft.claimed_by == other
        assert draft.claimed_by_other(reviewer, now)

    def test_ends_by_itself(self, scene: Scene, reviewer: User) -> None:
        now = timezone.now()
        draft, other = submitted(scene), scene.person(Role.COMMS_DUTY)
        claim(draft, actor=other, now=now)
        draft.refresh_from_db()
        assert not draft.claimed_by_other(reviewer, now + settings.CLAIM_FOR)
        assert claim(draft, actor=reviewer, now=now + settings.CLAIM_FOR)

    def test_can_be_renewed_and_given_up(self, scene: Scene, reviewer: User) -> None:
        now, draft = timezone.now(), submitted(scene)
        assert claim(draft, actor=reviewer, now=now)
        assert claim(draft, actor=reviewer, now=now + timedelta(minutes=1))
        release(draft, actor=scene.person(Role.COMMS_DUTY))
        draft.refresh_from_db()
        assert draft.claimed_by == reviewer
        release(draft, actor=reviewer)
        free = Draft.objects.get(pk=draft.pk)
        assert free.claimed_by is None
        assert free.claimed_at is None
        assert not free.claimed_by_other(reviewer, now)

    def test_hinders_nobody_from_deciding(self, scene: Scene, reviewer: User) -> None:
        draft = submitted(scene)
        claim(draft, actor=scene.person(Role.COMMS_DUTY), now=timezone.now())
        assert approve_it(draft, by=reviewer).state == DeliveryState.QUEUED

    def test_is_for_drafts_that_wait(self, scene: Scene, reviewer: User) -> None:
        assert not claim(approved(scene), actor=reviewer, now=timezone.now())

    def test_is_for_reviewers_alone(self, scene: Scene) -> None:
        draft = submitted(scene)
        with pytest.raises(PermissionDenied):
            claim(draft, actor=scene.person(Role.LPT_COMMANDER), now=timezone.now())


class TestTheOrder:
    def test_is_oldest_due_first(self, client: Client, scene: Scene, reviewer: User) -> None:
        now = timezone.now()
        for text, submitted_ago, planned in (
            ("Due tomorrow", 5, in_(timedelta(days=1), now=now)),
            ("Due in an hour", 1, in_(timedelta(hours=1), now=now)),
            ("Waiting for an hour", 60, None),
            ("Waiting for two hours", 120, None),
            ("Just submitted", 0, None),
        ):
            at = now - timedelta(minutes=submitted_ago)
            submitted(scene, text=text, planned=planned, now=at)
        assert texts(client) == [
            "Waiting for two hours",
            "Waiting for an hour",
            "Just submitted",
            "Due in an hour",
            "Due tomorrow",
        ]

    def test_holds_what_waits_and_nothing_else(
        self, client: Client, scene: Scene, reviewer: User
    ) -> None:
        written(scene, text="Being written")
        approved(scene, text="Approved")
        submitted(Scene(), text="Another force's")
        submitted(scene, text="Waiting")
        assert texts(client) == ["Waiting"]

    def test_shows_nothing_as_good_news(self, client: Client, scene: Scene, reviewer: User) -> None:
        assert "Nothing is waiting" in Page.of(client.get(QUEUE)).main


class TestACard:
    def test_shows_the_whole_tweet_and_what_it_needs(
        self, client: Client, scene: Scene, reviewer: User
    ) -> None:
        submitted(scene, text=ASKING, answers=ANSWER, planned=in_(timedelta(minutes=41)))
        (card,) = cards(client)
        assert ASKING in card.text
        assert "Due in 40 minutes" in card.text
        tags = [tag.text for tag in card.all(class_="bl-tag")]
        assert tags == ["Due soon", "When the team is on or off duty: answered"]
        assert "It does not say when the team is away" in card.text

    def test_of_a_draft_without_findings_is_quiet(
        self, client: Client, scene: Scene, reviewer: User
    ) -> None:
        submitted(scene)
        (card,) = cards(client)
        assert not card.all(class_="bl-tag")

    @pytest.mark.parametrize(
        ("planned", "waited", "words"),
        [
            (None, timedelta(), "As soon as approved. Waiting for less than a minute"),
            (None, timedelta(minutes=1), "As soon as approved. Waiting for 1 minute"),
            (None, timedelta(minutes=59), "As soon as approved. Waiting for 59 minutes"),
            (None, timedelta(hours=1), "As soon as approved. Waiting for 1 hour"),
            (None, timedelta(hours=30), "As soon as approved. Waiting for 1 day"),
            (timedelta(hours=5), timedelta(), "Due in 5 hours"),
            (timedelta(days=3), timedelta(), "Due in 3 days"),
            (timedelta(0), timedelta(), "Its time has passed"),
            (timedelta(hours=-1), timedelta(), "Its time has passed"),
        ],
    )
    def test_says_how_urgent_it_is(
        self, planned: timedelta | None, waited: timedelta, words: str
    ) -> None:
        now = timezone.now()
        draft = Draft(
            submitted_at=now - waited, planned_at=None if planned is None else now + planned
        )
        assert due_words(draft, now) == words

    def test_does_not_need_a_time_of_submission(self) -> None:
        assert due_words(Draft(), timezone.now()).endswith("less than a minute")


class TestApprovingOnACard:
    def test_leads_back_to_the_queue(self, client: Client, scene: Scene, reviewer: User) -> None:
        draft = submitted(scene)
        (form,) = cards(client)[0].all("form")
        data = {box.attrs["name"]: box.attrs["value"] for box in form.all("input", type="hidden")}
        response = client.post(form.attrs["action"], data)
        assert response.headers["Location"] == QUEUE
        draft.refresh_from_db()
        assert draft.state == State.APPROVED

    def test_is_for_clean_tweets_of_others(
        self, client: Client, scene: Scene, reviewer: User
    ) -> None:
        submitted(scene, author=reviewer, text="My own")
        submitted(scene, text=ASKING, answers=ANSWER)
        assert [card.all("form") for card in cards(client)] == [[], []]

    def test_is_for_those_that_have_only_advice(
        self, client: Client, scene: Scene, reviewer: User
    ) -> None:
        # Nothing above advice: the card says all of it.
        draft = submitted(
            scene, text="Meet your team at the library. PLEASE COME ALONG EVERYBODY NOW"
        )
        assert not draft.has_findings
        (card,) = cards(client)
        assert "Advice not taken:" in card.text
        card.one("form", action=f"/review/{draft.pk}/")


class TestTheFilters:
    def fill(self, scene: Scene) -> None:
        now = timezone.now()
        other = scene.other_account()
        author = scene.person(lpt=other.lpt)
        submitted(scene, text="Ours, soon", planned=in_(timedelta(hours=1), now=now))
        submitted(scene, text="Ours, today", planned=in_(timedelta(hours=20), now=now))
        submitted(scene, text="Ours, later", planned=in_(timedelta(days=3), now=now))
        submitted(scene, text="Theirs", author=author, account=other)
        submitted(scene, text=ASKING, answers=ANSWER)

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("", {"Ours, soon", "Ours, today", "Ours, later", "Theirs", ASKING}),
            ("?lpt=own", {"Ours, soon", "Ours, today", "Ours, later", ASKING}),
            ("?lpt=other", {"Theirs"}),
            ("?found=findings", {ASKING}),
            ("?found=clean", {"Ours, soon", "Ours, today", "Ours, later", "Theirs"}),
            ("?due=2h", {"Ours, soon"}),
            ("?due=today", {"Ours, soon", "Ours, today"}),
            ("?due=asap", {"Theirs", ASKING}),
            ("?lpt=own&found=clean&due=today", {"Ours, soon", "Ours, today"}),
            ("?lpt=other&found=findings", set()),
            ("?lpt=0", set()),
            ("?lpt=x", set()),
            ("?found=x", set()),
            ("?due=x", set()),
        ],
    )
    def test_narrow_it_down(
        self, client: Client, scene: Scene, reviewer: User, query: str, found: set[str]
    ) -> None:
        self.fill(scene)
        other = Draft.objects.get(text="Theirs").account
        query = query.replace("own", str(scene.lpt.pk)).replace("other", str(other.lpt_id))
        assert set(texts(client, query)) == found

    def test_offer_the_teams_of_the_own_force(
        self, client: Client, scene: Scene, reviewer: User
    ) -> None:
        Scene()
        page = Page.of(client.get(QUEUE))
        options = page.root.one("select", name="lpt").all("option")
        assert [option.text for option in options] == ["All teams", scene.lpt.name]

    def test_stand_closed_and_in_words_above_what_was_found(
        self, client: Client, scene: Scene, reviewer: User
    ) -> None:
        submitted(scene)
        page = Page.of(client.get(QUEUE))
        assert not page.root.all("p", class_="bl-filter__said")
        chosen = f"?q=meet+%3Cb%3E&lpt={scene.lpt.pk}&found=clean"
        page = Page.of(client.get(f"{QUEUE}{chosen}"))
        assert "open" not in page.root.one("details", class_="bl-filter").attrs
        assert page.root.one("p", class_="bl-filter__said").text == (
            f"Filtered by Words in the tweet: meet <b> Team: {scene.lpt.name}"
            " Rulebook: Clean Clear the filter"
        )
        # What is wrong with the name of a view stands inside.
        refused = Page.of(client.post(f"/review/views/{chosen}", {"name": ""}))
        assert "open" in refused.root.one("details", class_="bl-filter").attrs

    def test_that_match_nothing_say_so(self, client: Client, scene: Scene, reviewer: User) -> None:
        submitted(scene)
        page = Page.of(client.get(f"{QUEUE}?found=findings"))
        assert "Nothing matches these filters" in page.main


class TestPaging:
    def test_has_no_double_and_no_gap_while_rows_come_and_go(
        self, client: Client, scene: Scene, reviewer: User
    ) -> None:
        now, author = timezone.now(), scene.person()
        drafts = [
            # Several of the same microsecond: the key decides between them.
            submitted(
                scene,
                author=author,
                text=f"No. {n:02}",
                now=now - timedelta(hours=2, minutes=n // 9),
            )
            for n in range(60)
        ]
        expected = sorted(drafts, key=lambda draft: (draft.queue_at, draft.pk))
        seen: list[str] = []
        query = ""
        while True:
            page = Page.of(client.get(QUEUE + query))
            shown = [
                card.one("p", class_="bl-card__text").text
                for card in page.root.all("article", class_="bl-card")
            ]
            seen += [text for text in shown if text.startswith("No.")]
            # Meanwhile older and newer ones arrive and one that was seen is decided.
            when = {"Older": now - timedelta(hours=5), "Newer": now}
            for words, at in when.items():
                submitted(scene, author=author, text=f"{words} than page {len(seen)}", now=at)
            approve_it(Draft.objects.with_people().get(text=shown[0], state=State.SUBMITTED),
                       by=reviewer, now=now)  # fmt: skip
            nexts = page.root.all("a", rel="next")
            if not nexts:
                break
            query = nexts[0].attrs["href"]
        assert seen == [draft.text for draft in expected]

    def test_keeps_the_filters(self, client: Client, scene: Scene, reviewer: User) -> None:
        author = scene.person()
        for _ in range(26):
            submitted(scene, author=author)
        page = Page.of(client.get(f"{QUEUE}?found=clean&due=asap"))
        (link,) = page.root.all("a", rel="next")
        assert "found=clean&due=asap&after=" in link.attrs["href"]

    def test_needs_no_page_after_the_last(
        self, client: Client, scene: Scene, reviewer: User
    ) -> None:
        author = scene.person()
        for _ in range(25):
            submitted(scene, author=author)
        assert not Page.of(client.get(QUEUE)).root.all("a", rel="next")
        assert len(cards(client)) == 25

    @pytest.mark.parametrize("cursor", ["x", "1_", "%00", "9" * 40, "1_1_1", "%FF", "٣_٣"])
    def test_from_nowhere_starts_at_the_beginning(
        self, client: Client, scene: Scene, reviewer: User, cursor: str
    ) -> None:
        submitted(scene)
        assert client.get(f"{QUEUE}?after={cursor}").status_code in {200, 404}

    def test_costs_the_same_queries_for_30_and_for_60(
        self, client: Client, scene: Scene, reviewer: User, django_assert_max_num_queries: Any
    ) -> None:
        counts = []
        # The first request of a minute writes down that the session goes on.
        client.get(QUEUE)
        for wanted in (30, 60):
            while Draft.objects.count() < wanted:
                number = Draft.objects.count()
                submitted(scene, text=f"{ASKING} No. {number}.", answers=ANSWER)
            with django_assert_max_num_queries(8) as captured:
                client.get(QUEUE)
            counts.append(len(captured))
        assert counts[0] == counts[1]


class TestADraftThatComesBack:
    def test_is_shown_with_its_newest_answers(
        self, client: Client, scene: Scene, reviewer: User
    ) -> None:
        draft = submitted(scene, text=ASKING, answers=ANSWER)
        Draft.objects.filter(pk=draft.pk).update(state=State.CHANGES_REQUESTED)
        draft.refresh_from_db()
        handed_in(draft, answers={"duty-times:signing off": "A better reason"})
        (card,) = cards(client)
        assert "A better reason" in card.text
        assert "It does not say when the team is away" not in card.text
