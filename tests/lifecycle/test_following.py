"""Whom our accounts follow, and drafts for another team."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import Error as DatabaseError
from django.db import transaction

from accounts.models import SocialAccount, User
from accounts.roles import Role
from audit.models import Record
from audit.verbs import Verb
from drafts.models import Draft
from drafts.services import Writing, save
from lifecycle.models import AlreadyDecided, Following, Offer, Who
from lifecycle.services import (
    AlreadyFollowed,
    AlreadyOffered,
    NotDeclared,
    adopt_offer,
    ask_to_follow,
    decide_following,
    followed_by,
    may_be_offered_to,
    offer,
    turn_down_offer,
    unfollow,
)
from lifecycle.workflow import FollowState, OfferState
from notices.models import Notice
from policy.services import add_entry, preparing, propose
from publishing.clock import database_now
from tests.factories import Scene, approve_it, handed_in, signed_in, written
from tests.pages import Page
from tests.policy.owners import owner, put_in_force

pytestmark = pytest.mark.django_db
PATH = "/following/"


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def officer(scene: Scene) -> User:
    return scene.person()


@pytest.fixture
def approver(scene: Scene) -> User:
    return scene.person(Role.COMMS_APPROVER)


@pytest.fixture
def theirs(scene: Scene) -> SocialAccount:
    """The account of another team."""
    return scene.other_account()


@pytest.fixture
def colleague(scene: Scene, theirs: SocialAccount) -> User:
    """Somebody of that team."""
    return scene.person(lpt=theirs.lpt)


def asked(
    scene: Scene,
    by: User,
    handle: str = "MarlshireFire",
    *,
    has_looked: bool = True,
    is_no_celebrity: bool = True,
) -> Following:
    return ask_to_follow(
        scene.account,
        handle,
        who=Who.PARTNER,
        why="They tweet about our streets.",
        has_looked=has_looked,
        is_no_celebrity=is_no_celebrity,
        actor=by,
        now=database_now(),
    )


class TestAFollowRequest:
    def test_is_decided_by_communications_and_stands_in_the_register(
        self, scene: Scene, officer: User, approver: User
    ) -> None:
        one = asked(scene, officer)
        assert "asks that" in Notice.objects.for_person(approver.pk).get().text
        decide_following(one, follow=True, actor=approver, now=database_now())
        register = followed_by(SocialAccount.objects.filter(pk=scene.account.pk))
        assert [(row.handle, row.decided_by) for row in register] == [("MarlshireFire", approver)]
        assert "follows @MarlshireFire" in Notice.objects.for_person(officer.pk).get().text
        with pytest.raises(AlreadyDecided):
            decide_following(one, follow=False, actor=approver, answer="No.", now=database_now())
        unfollow(one, actor=approver, now=database_now())
        with pytest.raises(AlreadyDecided):
            unfollow(one, actor=approver, now=database_now())
        assert not register.all()
        verbs = Record.objects.about(scene.account).values_list("verb", flat=True)
        assert list(verbs) == [Verb.FOLLOW_ASKED, Verb.FOLLOWED, Verb.UNFOLLOWED]

    def test_needs_both_declarations(self, scene: Scene, officer: User) -> None:
        with pytest.raises(NotDeclared):
            asked(scene, officer, has_looked=False)
        with pytest.raises(NotDeclared):
            asked(scene, officer, is_no_celebrity=False)

    def test_is_made_once_for_each_name_until_it_is_over(
        self, scene: Scene, officer: User, approver: User
    ) -> None:
        one = asked(scene, officer)
        with pytest.raises(AlreadyFollowed):
            asked(scene, approver, "marlshirefire")
        decide_following(one, follow=False, actor=approver, answer="No.", now=database_now())
        assert asked(scene, officer).state == FollowState.ASKED

    def test_is_for_the_own_accounts(
        self, scene: Scene, officer: User, colleague: User, approver: User
    ) -> None:
        with pytest.raises(PermissionDenied):
            asked(scene, colleague)
        one = asked(scene, officer)
        for person in (officer, Scene().person(Role.COMMS_APPROVER)):
            with pytest.raises(PermissionDenied):
                decide_following(one, follow=True, actor=person, now=database_now())

    def test_keeps_who_asked_and_why(self, scene: Scene, officer: User) -> None:
        asked(scene, officer)
        for change in ({"why": "Otherwise"}, {"handle": "Other"}, {"state": FollowState.FOLLOWED}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Following.objects.update(**change)


class TestThePageOfFollowing:
    def typed(self, scene: Scene, **more: Any) -> dict[str, Any]:
        return {
            "account": scene.account.pk, "handle": "@MarlshireFire", "who": "partner",
            "why": "Our streets.", "looked": "on", "no_celebrity": "on", **more,
        }  # fmt: skip

    def test_takes_a_request_and_the_decision(
        self, scene: Scene, officer: User, approver: User
    ) -> None:
        client = signed_in(officer)
        page = Page.of(client.post(f"{PATH}ask/", self.typed(scene), follow=True))
        assert page.messages == ["Asked. Communications decides."]
        page = Page.of(client.post(f"{PATH}ask/", self.typed(scene)))
        assert "follows them, or somebody has asked for it" in page.problems[0][0]
        one = Following.objects.get()
        assert not page.root.all("form", action=f"{PATH}{one.pk}/decide/")
        client = signed_in(approver)
        page = Page.of(client.post(f"{PATH}{one.pk}/decide/", {"do": "no"}))
        assert page.problems[0][0] == "Say in a sentence why not."
        page = Page.of(client.post(f"{PATH}{one.pk}/decide/", {"do": "yes"}, follow=True))
        assert page.messages[0].startswith("Follow @MarlshireFire on the platform now")
        page = Page.of(client.post(f"{PATH}{one.pk}/decide/", {"do": "yes"}, follow=True))
        assert page.messages == ["Somebody else has decided on this already."]
        for said in ("Unfollow @MarlshireFire", "Somebody else has decided"):
            page = Page.of(client.post(f"{PATH}{one.pk}/end/", follow=True))
            assert page.messages[0].startswith(said)

    def test_warns_the_decider_of_a_listed_celebrity(
        self, scene: Scene, officer: User, approver: User
    ) -> None:
        helen, second = owner(scene), owner(scene)
        now = database_now()
        add_entry(scene.force, "celebrity_accounts", "@FamousSinger", actor=helen, seen=0, now=now)
        version = preparing(scene.force, helen)
        assert version is not None
        version = propose(version, actor=helen, reason="New.", seen=version.edits, now=now)
        put_in_force(version, second)
        asked(scene, officer, "famoussinger")
        asked(scene, officer)
        warning = "is in the force’s list of celebrities"
        page = Page.of(signed_in(approver).get(PATH))
        assert page.main.count(warning) == 1
        assert f"@famoussinger {warning}, and we follow nobody for being famous." in page.main
        assert warning not in Page.of(signed_in(officer).get(PATH)).main

    @pytest.mark.parametrize(
        ("more", "problem"),
        [
            ({"handle": "two words"}, "Enter one name, such as @MarlshireFire."),
            ({"handle": ""}, "Enter their name on the platform."),
            ({"looked": ""}, "Look at their profile first, then tick this."),
            ({"no_celebrity": ""}, "We follow nobody for being famous. Tick this if they are not."),
            ({"why": "x" * 301}, "Use at most 300 characters: it has 301."),
            ({"account": "0"}, "Choose an account in the list."),
        ],
    )
    def test_says_what_is_wrong(
        self, scene: Scene, officer: User, more: dict[str, Any], problem: str
    ) -> None:
        response = signed_in(officer).post(f"{PATH}ask/", self.typed(scene, **more))
        assert response.status_code == 422
        assert [text for text, _ in Page.of(response).problems] == [problem]
        assert not Following.objects.exists()


class TestAnOffer:
    def test_is_adopted_with_everyone_who_wrote_it(
        self, scene: Scene, officer: User, theirs: SocialAccount, colleague: User
    ) -> None:
        draft = written(scene, author=officer)
        made = offer(draft, theirs, actor=officer, words="For you?", now=database_now())
        assert "You adopt it, or not." in Notice.objects.for_person(colleague.pk).get().text
        with pytest.raises(AlreadyOffered):
            offer(draft, theirs, actor=officer, now=database_now())
        adopted = adopt_offer(made, actor=colleague, now=database_now())
        assert (adopted.account, adopted.author, adopted.text) == (theirs, colleague, draft.text)
        assert "adopted your draft" in Notice.objects.for_person(officer.pk).get().text
        made.refresh_from_db()
        assert (made.state, made.adopted) == (OfferState.ADOPTED, adopted)
        # Who wrote the words is not let approve them on the other account.
        reviewer = scene.give(officer, Role.COMMS_APPROVER)
        with pytest.raises(PermissionDenied):
            approve_it(handed_in(adopted), by=reviewer)
        with pytest.raises(AlreadyDecided):
            turn_down_offer(made, actor=colleague, answer="No.", now=database_now())
        with pytest.raises(DatabaseError), transaction.atomic():
            Offer.objects.update(answer="Otherwise")

    def test_keeps_the_words_that_were_offered(
        self, scene: Scene, officer: User, theirs: SocialAccount, colleague: User
    ) -> None:
        draft = written(scene, author=officer)
        made = offer(draft, theirs, actor=officer, now=database_now())
        before = draft.text
        writing = Writing(text="Other words.", account=scene.account, category="meeting")
        save(draft, writing, actor=officer, revision_number=1, now=database_now())
        assert adopt_offer(made, actor=colleague, now=database_now()).text == before

    def test_is_declined_with_a_reason_and_may_come_again(
        self, scene: Scene, officer: User, theirs: SocialAccount, colleague: User
    ) -> None:
        draft = written(scene, author=officer)
        made = offer(draft, theirs, actor=officer, now=database_now())
        turn_down_offer(made, actor=colleague, answer="Not ours.", now=database_now())
        assert Draft.objects.count() == 1
        assert offer(draft, theirs, actor=officer, now=database_now()).state == OfferState.OPEN

    def test_is_for_accounts_of_the_force_and_drafts_of_the_team(
        self, scene: Scene, officer: User, theirs: SocialAccount, colleague: User
    ) -> None:
        draft = written(scene, author=officer)
        assert list(may_be_offered_to(draft)) == [theirs]
        for person, account in (
            (colleague, theirs), (officer, scene.account), (officer, Scene().account),
        ):  # fmt: skip
            with pytest.raises(PermissionDenied):
                offer(draft, account, actor=person, now=database_now())
        made = offer(draft, theirs, actor=officer, now=database_now())
        for answer in (adopt_offer, lambda *a, **k: turn_down_offer(*a, answer="No.", **k)):
            with pytest.raises(PermissionDenied):
                answer(made, actor=officer, now=database_now())

    def test_to_the_force_is_told_to_communications(
        self, scene: Scene, officer: User, approver: User
    ) -> None:
        own = scene.other_account(kind="force", lpt=None)
        offer(written(scene, author=officer), own, actor=officer, now=database_now())
        assert Notice.objects.for_person(approver.pk).exists()


class TestThePageOfOffers:
    def test_offers_from_the_draft_and_takes_the_answer(
        self, scene: Scene, officer: User, theirs: SocialAccount, colleague: User
    ) -> None:
        draft, client = written(scene, author=officer), signed_in(officer)
        path = f"/drafts/{draft.pk}/offer/"
        assert Page.of(client.get(draft.get_absolute_url())).root.all("a", href=path)
        page = Page.of(client.post(path, {}))
        assert page.problems[0][0] == "Choose the account."
        sent = {"account": theirs.pk, "words": "For you?"}
        page = Page.of(client.post(path, sent, follow=True))
        assert page.messages == [f"Offered to {theirs}. You are told what they answer."]
        page = Page.of(client.post(path, sent, follow=True))
        assert page.messages == [f"It waits for an answer of {theirs} already."]
        assert "You have offered" in Page.of(client.get("/offered/")).main
        made = Offer.objects.get()
        answer = f"/offered/{made.pk}/answer/"
        assert client.post(answer, {"do": "yes"}).status_code == 403
        client = signed_in(colleague)
        assert "For you?" in Page.of(client.get("/offered/")).main
        page = Page.of(client.post(answer, {"do": "no"}))
        assert page.problems[0][0] == "Say in a sentence why not."
        page = Page.of(client.post(answer, {"do": "yes"}, follow=True))
        assert page.messages == ["Adopted: it is a draft of yours. Change and submit it."]
        page = Page.of(client.post(answer, {"do": "no", "answer": "No."}, follow=True))
        assert page.messages == ["Somebody else has answered already."]

    def test_are_told_why_not(
        self, scene: Scene, officer: User, theirs: SocialAccount, colleague: User
    ) -> None:
        draft = written(scene, author=officer)
        made = offer(draft, theirs, actor=officer, now=database_now())
        client = signed_in(colleague)
        sent = {"do": "no", "answer": "Not ours."}
        page = Page.of(client.post(f"/offered/{made.pk}/answer/", sent, follow=True))
        assert page.messages == ["They are told why not."]
        assert "Not ours." in Page.of(signed_in(officer).get("/offered/")).main

    def test_are_the_two_teams_alone(
        self, scene: Scene, officer: User, theirs: SocialAccount
    ) -> None:
        draft = written(scene, author=officer)
        made = offer(draft, theirs, actor=officer, now=database_now())
        stranger = signed_in(scene.person(lpt=scene.other_account().lpt))
        assert stranger.post(f"/offered/{made.pk}/answer/", {"do": "yes"}).status_code == 404
        assert stranger.get(f"/drafts/{draft.pk}/offer/").status_code == 404
        assert draft.text not in stranger.get("/offered/").content.decode()
