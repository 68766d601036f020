"""Whether a person's record is complete: what stops them, and what is only said ahead."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from accounts.guidance import FOLDER, BadGuidance, Module, guidance, read
from accounts.models import Force, TrainingDone, User
from accounts.roles import Role
from accounts.services import accept_guidance, do_training, put_guidance_in_force
from accounts.standing import gaps, gaps_of, stopping
from audit.models import Record
from audit.verbs import Verb
from drafts.services import NotReady
from tests.factories import Scene, again, handed_in, trained, written
from tests.pages import Page

DAY = timedelta(days=1)
COMPULSORY = guidance().compulsory
HACKED = next(module for module in COMPULSORY if module.id == "hacked")


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def asked(scene: Scene) -> Scene:
    """A force that asked for the guidance long ago, before the people of the test came."""
    Force.objects.update(guidance_version=guidance().version, guidance_since=date(2019, 1, 1))
    scene.force.refresh_from_db()
    return scene


def today() -> date:
    return timezone.localdate()


class TestTheFiles:
    def test_hold_every_page_of_the_guidance(self) -> None:
        files = {path.stem for path in FOLDER.glob("*.toml")} - {"guidance"}
        assert files == {module.id for module in guidance().modules}
        assert len(files) == 14

    @pytest.mark.parametrize("module", guidance().modules, ids=lambda module: module.id)
    def test_are_short_and_have_a_check(self, module: Module) -> None:
        words = " ".join(p for s in module.sections for p in (*s.paragraphs, *s.points)).split()
        assert 30 < len(words) < 320
        assert module.title
        assert module.summary
        for question in module.questions:
            assert len(set(question.answers)) == len(question.answers) >= 2
            assert question.because

    def test_say_that_personal_accounts_are_never_monitored(self) -> None:
        module = guidance().module("personal-use")
        assert module
        assert "never monitored" in module.sections[0].paragraphs[0]

    @pytest.mark.parametrize(
        ("name", "old", "new", "said"),
        [
            ("guidance", "version = 1", "", "guidance.toml lacks 'version'."),
            ("hacked", "title =", "titel =", "hacked.toml lacks 'title'."),
            ("hacked", "version = 1", "version = 2", "the version lies outside 1 to 1"),
            ("hacked", "right = 2", "right = 9", "has no right answer"),
            ("hacked", "summary = ", "summary ", "cannot be read"),
        ],
    )
    def test_that_are_wrong_are_named(
        self, tmp_path: Path, name: str, old: str, new: str, said: str
    ) -> None:
        for path in FOLDER.glob("*.toml"):
            words = path.read_text()
            changed = words.replace(old, new, 1) if path.stem == name else words
            (tmp_path / path.name).write_text(changed)
        with pytest.raises(BadGuidance, match=said):
            read(tmp_path)


@pytest.mark.django_db
class TestARecord:
    def test_is_complete_where_no_guidance_is_in_force(self, scene: Scene) -> None:
        assert gaps(scene.person(), on=today()) == []

    def test_lacks_everything_at_first(self, asked: Scene) -> None:
        person = asked.person(mobile_confirmed_on=None)
        found = gaps(person, on=today())
        assert [gap.until for gap in found] == [None] * (2 + len(COMPULSORY))
        assert {gap.module for gap in found if gap.module} == {m.id for m in COMPULSORY}
        assert sum(gap.is_number for gap in found) == sum(gap.is_guidance for gap in found) == 1

    def test_of_somebody_new_says_that_they_have_not_signed_in(self, asked: Scene) -> None:
        person = asked.person(mobile_confirmed_on=None)
        words = gaps(person, on=today())[0].words
        assert words.startswith("Has not signed in yet. Mobile number 07700 9")
        assert words.endswith(" not confirmed.")
        person.last_login = timezone.now()
        gap = gaps(person, on=today())[0]
        assert gap.words.endswith("not confirmed yet.")
        assert gap.sentence == "Confirm your mobile number on My desk first."

    def test_says_once_on_its_page_what_follows(self, client: Client, asked: Scene) -> None:
        person = asked.person(mobile_confirmed_on=None)
        client.force_login(asked.person(Role.COMMS_ADMIN))
        page = Page.of(client.get(f"/people/{person.pk}/")).main
        assert page.count("Cannot submit") == 1
        assert page.index("Cannot submit") < page.index("Has not signed in yet.")

    def test_is_complete_after_the_training(self, asked: Scene) -> None:
        assert gaps(trained(asked.person()), on=today()) == []

    def test_tells_the_same_of_many_people(self, asked: Scene) -> None:
        people = [asked.person(), trained(asked.person()), asked.person(Role.COMMS_APPROVER)]
        assert gaps_of(people, on=today()) == {p.pk: gaps(p, on=today()) for p in people}

    def test_keeps_from_submitting_as_long_as_something_is_missing(self, asked: Scene) -> None:
        author = asked.person()
        draft = written(asked, author=author)
        with pytest.raises(NotReady) as refused:
            handed_in(draft)
        sentences = [problem.sentence for problem in refused.value.problems]
        assert sentences[0] == "Read and accept the guidance first."
        assert "Do the training “Pictures” first." in sentences
        trained(author)
        assert handed_in(draft).state == "submitted"


@pytest.mark.django_db
class TestTrainingThatRunsOut:
    def test_is_said_ahead_then_has_days_of_grace_then_stops(self, asked: Scene) -> None:
        person = trained(asked.person())
        end = today() + settings.TRAINING_VALID_FOR
        last = end + settings.TRAINING_GRACE
        assert settings.TRAINING_GRACE == 14 * DAY
        soon = end - settings.TRAINING_SAID_AHEAD
        User.objects.update(mobile_confirmed_on=None)
        whenever = [
            (soon, None), (soon + DAY, last), (end, last), (end + DAY, last), (last, last),
        ]  # fmt: skip
        for day, until in whenever:
            found = [gap for gap in gaps(again(person), on=day) if gap.module]
            assert {gap.until for gap in found} == ({until} if until else set()), day
        stopped = [gap for gap in stopping(again(person), on=last + DAY) if gap.module]
        assert len(stopped) == len(COMPULSORY)
        assert "ran out on" in stopped[0].sentence

    def test_counts_again_once_it_was_done_again(self, asked: Scene) -> None:
        person = asked.person()
        trained(person, now=timezone.now() - settings.TRAINING_VALID_FOR - 20 * DAY)
        assert stopping(person, on=today())
        trained(person)
        assert gaps(person, on=today()) == []


@pytest.mark.django_db
class TestNewGuidance:
    def test_gives_those_who_are_here_some_days(self, scene: Scene) -> None:
        admin, old = scene.person(Role.COMMS_ADMIN), scene.person()
        put_guidance_in_force(scene.force, actor=admin, now=timezone.now())
        old = again(old)
        last = today() + settings.TRAINING_GRACE
        assert {gap.until for gap in gaps(old, on=today())} == {last}
        assert {gap.until for gap in gaps(old, on=last)} == {last}
        assert {gap.until for gap in gaps(old, on=last + DAY)} == {None}

    def test_gives_none_to_who_comes_after_it(self, scene: Scene) -> None:
        put_guidance_in_force(scene.force, actor=None, now=timezone.now() - 3 * DAY)
        new = scene.person()
        new.memberships.update(since=today() - DAY)
        assert {gap.until for gap in gaps(again(new), on=today())} == {None}

    def test_is_put_in_force_once(self, scene: Scene) -> None:
        admin = scene.person(Role.COMMS_ADMIN)
        for ago in (5, 0):
            put_guidance_in_force(scene.force, actor=admin, now=timezone.now() - ago * DAY)
        assert scene.force.guidance_since == today() - 5 * DAY
        assert Record.objects.filter(verb=Verb.GUIDANCE_IN_FORCE).count() == 1

    def test_asks_again_for_a_page_that_changed(self, asked: Scene) -> None:
        person = trained(asked.person())
        Force.objects.update(guidance_version=guidance().version)
        TrainingDone.objects.filter(module=HACKED.id).update(version=HACKED.version)
        assert gaps(again(person), on=today()) == []
        # As if the page had been another when it was done: no version is below 1.
        Force.objects.update(guidance_version=guidance().version + 1)
        assert [gap.is_guidance for gap in gaps(again(person), on=today())] == [True]


@pytest.mark.django_db
class TestTheCheck:
    def test_is_passed_with_the_right_answers_alone(self, scene: Scene) -> None:
        person = scene.person()
        right = [question.right for question in HACKED.questions]
        wrong = [right[0], (right[1] + 1) % len(HACKED.questions[1].answers)]
        now = timezone.now()
        assert do_training(person, HACKED, wrong, now=now) == [1]
        assert do_training(person, HACKED, [], now=now) == [0, 1]
        assert not TrainingDone.objects.exists()
        assert do_training(person, HACKED, right, now=now) == []
        row = TrainingDone.objects.get()
        assert (row.module, row.version) == ("hacked", HACKED.version)
        assert row.expires_on == today() + settings.TRAINING_VALID_FOR
        assert Record.objects.about(person).get().verb == Verb.TRAINING_DONE

    def test_says_beside_a_wrong_answer_why(self, client: Client, scene: Scene) -> None:
        client.force_login(scene.person())
        question = HACKED.questions[0]
        wrong = (question.right + 1) % len(question.answers)
        response = client.post("/guidance/hacked/", {"q0": wrong, "q1": HACKED.questions[1].right})
        assert response.status_code == 422
        page = Page.of(response)
        assert page.problems == [(f"That is not it. {question.because}", "#id_q0_0")]
        assert page.title.startswith("Error: ")
        chosen = [radio for radio in page.root.all("input", name="q0") if "checked" in radio.attrs]
        assert [radio.attrs["value"] for radio in chosen] == [str(wrong)]

    def test_asks_for_each_answer(self, client: Client, scene: Scene) -> None:
        client.force_login(scene.person())
        page = Page.of(client.post("/guidance/hacked/", {"q0": "99"}))
        assert len(page.problems) == len(HACKED.questions)
        assert not TrainingDone.objects.exists()

    def test_of_a_page_that_there_is_not_is_none(self, client: Client, scene: Scene) -> None:
        client.force_login(scene.person())
        assert client.get("/guidance/nothing/").status_code == 404

    @pytest.mark.parametrize("module", guidance().modules, ids=lambda module: module.id)
    def test_stands_below_its_page(self, client: Client, scene: Scene, module: Module) -> None:
        client.force_login(scene.person())
        page = Page.of(client.get(f"/guidance/{module.id}/"))
        assert page.h1 == module.title
        assert module.questions[0].ask in page.main


@pytest.mark.django_db
class TestTheAcceptance:
    def test_counts_for_the_version_that_was_read(self, client: Client, asked: Scene) -> None:
        person = asked.person()
        client.force_login(person)
        for sent in ("0", "99", "x", ""):
            client.post("/guidance/", {"version": sent})
            assert not person.guidance_accepted.exists()
        client.post("/guidance/", {"version": guidance().version})
        client.post("/guidance/", {"version": guidance().version})
        assert person.guidance_accepted.get().version == guidance().version
        assert Record.objects.filter(verb=Verb.GUIDANCE_ACCEPTED).count() == 1
        assert "You accepted version" in Page.of(client.get("/guidance/")).main

    def test_of_another_version_is_refused(self, scene: Scene) -> None:
        assert not accept_guidance(scene.person(), version=99, now=timezone.now())


@pytest.mark.django_db
class TestWhatOneSeesOfIt:
    def test_stands_on_the_desk_and_on_the_own_record(self, client: Client, asked: Scene) -> None:
        person = asked.person(mobile_confirmed_on=None)
        client.force_login(person)
        for path in ("/desk/", "/me/"):
            page = Page.of(client.get(path))
            assert "Do the training “What to tweet” first." in page.main
            assert len(page.root.all("form", action="/accounts/mobile/confirm/")) == 1
            assert page.root.all("a", href="/guidance/what-to-tweet/")
        client.post("/accounts/mobile/confirm/", {"number": person.mobile})
        trained(person)
        assert "Your record is complete." in Page.of(client.get("/me/")).main

    def test_is_there_for_somebody_without_a_role(self, client: Client, scene: Scene) -> None:
        person = scene.person()
        person.memberships.all().delete()
        client.force_login(person)
        assert "You have no role now." in Page.of(client.get("/me/")).main
