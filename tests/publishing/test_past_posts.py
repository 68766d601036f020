"""Sent past the product: what is on our timelines and did not come from here."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.models import AccountStatus, SocialAccount, User
from accounts.roles import Role
from audit.models import Record
from audit.verbs import Verb
from notices.models import Notice
from publishing.backends.mock import Fault
from publishing.clock import database_now
from publishing.models import Alert, AlertKind, Delivery, PastPost, TimelineReading
from publishing.models.past_posts import Explanation
from publishing.publishers import publishers
from publishing.services import AlreadyExplained, dispatch_due, explain, freeze, post_past, watch
from publishing.services.reading_timelines import (
    EVERY,
    OVERLAP,
    TOO_OFTEN,
    read_timeline,
    read_timelines_due,
    unread,
)
from publishing.workflow import Outcome, State
from tests.factories import Scene, signed_in
from tests.pages import Page
from tests.publishing import stage
from tests.publishing.after import failing
from tests.publishing.stage import Ledger

pytestmark = pytest.mark.django_db
TEXT = "Anyone know who this is? Plate AB12 CDE. Share far and wide!"
MINUTE = timedelta(minutes=1)


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def admin(scene: Scene) -> User:
    return scene.person(Role.COMMS_ADMIN)


@pytest.fixture
def duty(scene: Scene) -> User:
    return scene.person(Role.COMMS_DUTY)


def begun(account: SocialAccount) -> None:
    """The account has been read before, an hour ago for the first time."""
    ago = database_now() - timedelta(hours=1)
    TimelineReading.objects.create(account=account, started_at=ago, read_to=ago, next_at=ago)


def read(account: SocialAccount) -> int:
    """What is new at the next reading, whenever its turn is."""
    TimelineReading.objects.filter(account=account).update(next_at=database_now() - MINUTE)
    return read_timeline(account.pk, now=database_now())


@pytest.fixture
def past(scene: Scene, admin: User, duty: User) -> PastPost:
    begun(scene.account)
    post_past(scene.account, text=TEXT, actor=admin, now=database_now())
    assert read(scene.account) == 1
    return PastPost.objects.get()


class TestReading:
    def test_lists_what_has_no_delivery_once(self, past: PastPost, scene: Scene) -> None:
        assert (past.account, past.text) == (scene.account, TEXT)
        assert past.external_id == "practice-1"
        assert read(scene.account) == 0
        assert PastPost.objects.count() == 1
        record = Record.objects.get(verb=Verb.POST_FOUND)
        assert TEXT not in str(record.data) + record.target_name

    def test_finds_a_practice_post_that_is_older_than_the_first_reading(
        self, scene: Scene, admin: User
    ) -> None:
        post_past(scene.account, text=TEXT, actor=admin, now=database_now())
        assert read(scene.account) == 1

    def test_asks_the_rulebook(self, past: PastPost) -> None:
        assert "vehicle" in str(past.report["findings"]).lower()

    def test_alerts_comms_and_those_who_answer_for_the_team(
        self, scene: Scene, admin: User, duty: User
    ) -> None:
        sergeant = scene.person(Role.LPT_SUPERVISOR)
        officer, other = scene.person(), scene.person(lpt=scene.other_account().lpt)
        begun(scene.account)
        post_past(scene.account, text=TEXT, actor=admin, now=database_now())
        read(scene.account)
        told = set(Notice.objects.filter(urgent=True).values_list("recipient_id", flat=True))
        assert told == {admin.pk, duty.pk, sergeant.pk}
        assert not {officer.pk, other.pk} & told
        notice = Notice.objects.for_person(duty.pk)[0]
        assert "did not go through Blue Lamp" in notice.text
        assert notice.link == f"/sent-past/#post-{PastPost.objects.get().pk}"

    def test_leaves_our_own_tweets_alone(self, scene: Scene) -> None:
        begun(scene.account)
        stage.due(scene, 3)
        dispatch_due(now=database_now())
        assert Delivery.objects.filter(state=State.PUBLISHED).count() == 3
        assert read(scene.account) == 0

    def test_leaves_what_was_there_before_alone(self, scene: Scene, admin: User) -> None:
        post_past(scene.account, text=TEXT, actor=admin, now=database_now())
        TimelineReading.objects.all().delete()
        assert read_timeline(scene.account.pk, now=database_now()) == 0
        assert read(scene.account) == 0
        post_past(scene.account, text=f"{TEXT} Again.", actor=admin, now=database_now())
        assert read(scene.account) == 1

    @pytest.mark.parametrize("state", [State.UNKNOWN, State.SENDING, State.NEEDS_HUMAN])
    def test_does_not_take_one_without_an_answer_for_a_stranger(
        self, scene: Scene, state: State
    ) -> None:
        begun(scene.account)
        delivery = unanswered(scene)
        Delivery.objects.filter(pk=delivery.pk).update(state=state)
        assert read(scene.account) == 0
        # It is read again, however long that lasts, until it is known.
        reading = TimelineReading.objects.get()
        posted = publishers["default"].effects()[0].at  # type: ignore[attr-defined]
        assert reading.read_to == posted
        Delivery.objects.filter(pk=delivery.pk).update(
            state=State.PUBLISHED, external_id="practice-1"
        )
        assert read(scene.account) == 0

    def test_takes_it_for_one_when_it_turns_out_not_to_be_ours(self, scene: Scene) -> None:
        begun(scene.account)
        delivery = unanswered(scene)
        assert read(scene.account) == 0
        delivery.attempts.update(outcome=Outcome.CONFIRMED_NOT_SENT)
        Delivery.objects.filter(pk=delivery.pk).update(state=State.CANCELLED)
        assert read(scene.account) == 1

    def test_tells_other_words_from_those_of_one_without_an_answer(
        self, scene: Scene, admin: User
    ) -> None:
        begun(scene.account)
        unanswered(scene)
        post_past(scene.account, text=TEXT, actor=admin, now=database_now())
        assert read(scene.account) == 1
        assert PastPost.objects.get().text == TEXT

    def test_knows_a_tweet_whose_links_the_platform_rewrote(
        self, scene: Scene, admin: User
    ) -> None:
        begun(scene.account)
        text = "Our page:  {site}/news  says more {n}."
        (delivery,) = stage.due(scene, text=text.format(site="https://force.example", n="{}"))
        delivery.attempts.create(fence=1, started_at=database_now(), outcome=Outcome.UNKNOWN)
        Delivery.objects.filter(pk=delivery.pk).update(state=State.UNKNOWN)
        rewritten = delivery.draft.text.replace("https://force.example/news", "https://t.co/x1")
        post_past(scene.account, text=rewritten, actor=admin, now=database_now())
        assert read(scene.account) == 0

    def test_knows_one_that_somebody_found_by_its_address(self, scene: Scene, admin: User) -> None:
        begun(scene.account)
        (delivery,) = stage.due(scene)
        post_past(scene.account, text=TEXT, actor=admin, now=database_now())
        Delivery.objects.filter(pk=delivery.pk).update(
            state=State.PUBLISHED, external_url="/practice-timeline/#practice-1"
        )
        assert read(scene.account) == 0

    def test_reads_the_last_hour_again(self, scene: Scene) -> None:
        begun(scene.account)
        read(scene.account)
        reading, now = TimelineReading.objects.get(), database_now()
        assert now - reading.read_to < MINUTE
        assert reading.read_to - OVERLAP < now - timedelta(minutes=59)

    def test_comes_round_every_five_minutes(self, scene: Scene) -> None:
        begun(scene.account)
        now = database_now()
        assert read_timelines_due(now=now) == 1
        read_timeline(scene.account.pk, now=now)
        assert TimelineReading.objects.get().next_at == now + EVERY
        assert read_timelines_due(now=now + EVERY - MINUTE) == 0
        assert read_timelines_due(now=now + EVERY) == 1

    def test_is_done_by_one_worker_at_a_time(self, scene: Scene, admin: User) -> None:
        begun(scene.account)
        post_past(scene.account, text=TEXT, actor=admin, now=database_now())
        now = database_now()
        TimelineReading.objects.update(next_at=now)
        assert [read_timeline(scene.account.pk, now=now) for _ in range(2)] == [1, 0]

    def test_passes_over_who_cannot_be_read_and_closed_accounts(
        self, scene: Scene, settings: Any
    ) -> None:
        assert read_timelines_due(now=database_now()) == 1
        SocialAccount.objects.update(status=AccountStatus.FROZEN)
        assert read_timelines_due(now=database_now()) == 1
        SocialAccount.objects.update(status=AccountStatus.CLOSED)
        assert read_timelines_due(now=database_now()) == 0
        SocialAccount.objects.update(status=AccountStatus.ACTIVE)
        settings.PUBLISHERS = {
            "default": {"BACKEND": "tests.publishing.publishers.Real", "OPTIONS": {}}
        }
        assert read_timelines_due(now=database_now()) == 0

    @pytest.mark.parametrize(
        ("fault", "words"),
        [
            ("away", "The platform is away."),
            ("bug", "The publisher failed: RuntimeError."),
        ],
    )
    def test_of_a_platform_that_fails_loses_nothing(
        self, scene: Scene, admin: User, ledger: Ledger, fault: str, words: str
    ) -> None:
        begun(scene.account)
        post_past(scene.account, text=TEXT, actor=admin, now=database_now())
        failing(ledger, fault)
        before = TimelineReading.objects.get().read_to
        assert read(scene.account) == 0
        reading = TimelineReading.objects.get()
        assert (reading.last_error, reading.read_to) == (words, before)
        failing(ledger, "")
        assert read(scene.account) == 1
        assert TimelineReading.objects.get().last_error == ""

    def test_that_fails_again_and_again_raises_an_alert_until_it_works(
        self, client: Client, scene: Scene, admin: User, ledger: Ledger
    ) -> None:
        begun(scene.account)
        failing(ledger, "locked")
        open_ = Alert.objects.open().filter(kind=AlertKind.UNREAD)
        for _ in range(TOO_OFTEN - 1):
            read(scene.account)
        watch(now=database_now())
        assert not open_.exists()
        read(scene.account)
        watch(now=database_now())
        alert = open_.get()
        assert (alert.account, alert.force) == (scene.account, scene.force)
        assert str(scene.account) in alert.text
        assert "Test its connection under Connections" in alert.text
        assert Notice.objects.filter(recipient_id=admin.pk, text=alert.text).exists()
        client.force_login(admin)
        page = Page.of(client.get(reverse("publishing:connections")))
        assert "could not be read: The platform does not take our password." in page.main
        failing(ledger, "")
        read(scene.account)
        watch(now=database_now() + MINUTE)
        assert not open_.exists()
        page = Page.of(client.get(reverse("publishing:connections")))
        assert "could not be read" not in page.main

    def test_of_an_account_that_is_not_read_any_more_is_no_trouble(
        self, scene: Scene, ledger: Ledger
    ) -> None:
        begun(scene.account)
        TimelineReading.objects.update(failures=TOO_OFTEN, last_error="Away.")
        assert unread().exists()
        SocialAccount.objects.filter(pk=scene.account.pk).update(status=AccountStatus.CLOSED)
        assert not unread().exists()


def unanswered(scene: Scene) -> Delivery:
    """A tweet that the platform took without an answer."""
    (delivery,) = stage.due(scene)
    publishers["default"].fail_next(Fault.TIMEOUT_ACCEPTED)  # type: ignore[attr-defined]
    dispatch_due(now=database_now())
    assert stage.state_of(delivery) == State.UNKNOWN
    return delivery


def explained(post: PastPost, actor: User) -> None:
    explain(
        post,
        actor=actor,
        explanation=Explanation.BY_HAND,
        posted_by="Sergeant Marsh",
        words="The network was down.",
        now=database_now(),
    )


def frozen(post: PastPost, actor: User) -> None:
    freeze(post, actor=actor, now=database_now())


class TestAnAnswer:
    def test_is_kept_with_its_name(self, past: PastPost, duty: User) -> None:
        explained(past, duty)
        past.refresh_from_db()
        assert (past.explanation, past.posted_by, past.answered_by) == (
            "by_hand",
            "Sergeant Marsh",
            duty,
        )
        assert Record.objects.get(verb=Verb.POST_EXPLAINED).actor_name == duty.full_name
        assert not Notice.objects.filter(urgent=True, read_at=None).exists()

    @pytest.mark.parametrize("answer", [explained, frozen])
    def test_is_given_once(
        self, past: PastPost, duty: User, answer: Callable[[PastPost, User], None]
    ) -> None:
        explained(past, duty)
        with pytest.raises(AlreadyExplained):
            answer(past, duty)
        assert SocialAccount.objects.get().status == AccountStatus.ACTIVE
        with pytest.raises(IntegrityError), transaction.atomic():
            PastPost.objects.update(words="It was otherwise.")

    def test_that_nobody_knows_it_freezes_the_account(self, past: PastPost, scene: Scene) -> None:
        officer = scene.person(Role.OFFICER)
        frozen(past, officer)
        assert SocialAccount.objects.get().status == AccountStatus.FROZEN
        past.refresh_from_db()
        assert (past.explanation, past.answered_by) == ("hacked", officer)
        (delivery,) = stage.due(scene)
        dispatch_due(now=database_now())
        assert stage.state_of(delivery) == State.QUEUED

    @pytest.mark.parametrize("role", list(Role))
    def test_is_given_by_the_centre_alone(self, past: PastPost, scene: Scene, role: Role) -> None:
        person = scene.person(role)
        if role in {Role.COMMS_APPROVER, Role.COMMS_DUTY, Role.COMMS_ADMIN}:
            explained(past, person)
        else:
            with pytest.raises(PermissionDenied):
                explained(past, person)

    @pytest.mark.parametrize("role", list(Role))
    def test_to_freeze_is_not_for_other_teams_officers(
        self, past: PastPost, scene: Scene, role: Role
    ) -> None:
        elsewhere = scene.other_account().lpt
        may = {Role.LPT_SUPERVISOR, Role.LPT_COMMANDER, Role.COMMS_APPROVER, Role.COMMS_DUTY,
               Role.COMMS_ADMIN}  # fmt: skip
        team = (
            elsewhere if role in {Role.OFFICER, Role.LPT_SUPERVISOR, Role.LPT_COMMANDER} else None
        )
        person = scene.person(role, lpt=team)
        if role in may:
            frozen(past, person)
        else:
            with pytest.raises(PermissionDenied):
                frozen(past, person)

    def test_is_not_given_in_another_force(self, past: PastPost) -> None:
        stranger = Scene().person(Role.COMMS_DUTY)
        for answer in (explained, frozen):
            with pytest.raises(PermissionDenied):
                answer(past, stranger)


class TestThePage:
    def test_shows_the_post_with_what_the_rulebook_finds(self, past: PastPost, duty: User) -> None:
        page = Page.of(signed_in(duty).get(reverse("publishing:past-posts")))
        row = page.root.one(id=f"post-{past.pk}")
        assert TEXT in row.text
        assert row.all(class_="bl-found__item")

    def test_takes_the_answer(self, past: PastPost, duty: User) -> None:
        client = signed_in(duty)
        address = reverse("publishing:explain-post", args=[past.pk])
        response = client.post(address, {"explanation": "by_hand"})
        assert response.status_code == 422
        assert "Say who posted it." in response.content.decode()
        assert client.post(address, {"explanation": "hacked"}).status_code == 422
        said = {"explanation": "by_hand", "posted_by": "Sergeant Marsh", "words": ""}
        page = Page.of(client.post(address, said, follow=True))
        assert "One of us posted it by hand: Sergeant Marsh" in page.root.text
        page = Page.of(client.post(address, said, follow=True))
        assert "Somebody else has answered for this post already." in page.root.text

    def test_is_the_own_teams_alone(self, past: PastPost, scene: Scene) -> None:
        stranger = signed_in(scene.person(lpt=scene.other_account().lpt))
        assert TEXT not in stranger.get(reverse("publishing:past-posts")).content.decode()
        address = reverse("lifecycle:freeze-post", args=[past.pk])
        assert stranger.post(address).status_code == 404
        officer = signed_in(scene.person())
        assert TEXT in officer.get(reverse("publishing:past-posts")).content.decode()
        address = reverse("publishing:explain-post", args=[past.pk])
        assert officer.post(address).status_code == 403
        nobody = signed_in(scene.person(Role.DPO))
        assert nobody.get(reverse("publishing:past-posts")).status_code == 403

    def test_is_counted_in_the_navigation(self, past: PastPost, duty: User) -> None:
        page = Page.of(signed_in(duty).get("/desk/"))
        (entry,) = [a for a in page.root.all("a") if a.attrs.get("href") == "/sent-past/"]
        assert "1" in entry.text


class TestPractising:
    def test_posts_past_the_product_for_the_admin(
        self, scene: Scene, admin: User, ledger: Ledger
    ) -> None:
        begun(scene.account)
        client = signed_in(admin)
        address = reverse("publishing:post-past")
        page = Page.of(client.get(reverse("publishing:practice-timeline")))
        sent = page.form(address) | {"text": TEXT}
        page = Page.of(client.post(address, sent, follow=True))
        assert "Posted past Blue Lamp." in page.root.text
        assert [effect.text for effect in ledger.effects()] == [TEXT]
        assert TimelineReading.objects.get().next_at <= database_now()
        page = Page.of(client.post(address, sent | {"text": ""}, follow=True))
        assert "Choose an account and write something." in page.root.text

    def test_is_not_for_others(self, scene: Scene, duty: User) -> None:
        address = reverse("publishing:post-past")
        assert signed_in(duty).post(address).status_code == 403
        with pytest.raises(PermissionDenied):
            post_past(scene.account, text=TEXT, actor=duty, now=database_now())
        page = Page.of(signed_in(duty).get(reverse("publishing:practice-timeline")))
        assert address not in [form.attrs.get("action") for form in page.root.all("form")]

    def test_never_reaches_a_real_platform(self, scene: Scene, admin: User, settings: Any) -> None:
        settings.PUBLISHERS = {
            "default": {"BACKEND": "tests.publishing.publishers.Real", "OPTIONS": {}}
        }
        address = reverse("publishing:post-past")
        sent = {"account": scene.account.pk, "text": TEXT}
        assert signed_in(admin).post(address, sent).status_code == 403
