"""Writing the trail: known verbs, only inserts, and no word of a tweet."""

import pytest
from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Force
from accounts.roles import Role
from approvals.reasons import Reason
from approvals.services import reject, reopen, unschedule
from audit.models import Record, Seal
from audit.services import record, seal
from audit.verbs import Verb
from drafts.services import Writing, save, withdraw
from notices.models import Notice
from tests.factories import ForceFactory, Scene, UserFactory, approve_it, handed_in, written

pytestmark = pytest.mark.django_db


def refused(statement: str, *, words: str) -> None:
    with (
        pytest.raises(DatabaseError, match=words),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


class TestARecord:
    def test_holds_who_what_when_as_text(self) -> None:
        force, actor, now = ForceFactory.create(), UserFactory.create(), timezone.now()
        row = record(Verb.FORCE_CREATED, force, actor=actor, at=now, pack="neutral")
        assert (row.verb, row.target_type, row.target_id, row.target_name) == (
            "force.created",
            "force",
            str(force.pk),
            force.name,
        )
        assert (row.actor_id, row.actor_name, row.at) == (str(actor.pk), actor.full_name, now)
        assert row.data == {"pack": "neutral"}
        assert str(row) == f"Force created · {force.name}"

    def test_of_the_system_names_nobody(self) -> None:
        row = record(Verb.FORCE_CREATED, ForceFactory.create(), actor=None, at=timezone.now())
        assert (row.actor_id, row.actor_name) == ("", "")

    def test_outlives_what_it_describes(self) -> None:
        force = ForceFactory.create()
        record(Verb.FORCE_CREATED, force, actor=None, at=timezone.now())
        name = force.name
        force.delete()
        assert Record.objects.get().target_name == name

    def test_has_one_of_the_known_verbs(self) -> None:
        with pytest.raises(DatabaseError, match="record_verb"), transaction.atomic():
            record("made.up", ForceFactory.create(), actor=None, at=timezone.now())  # type: ignore[arg-type]  # that is the point

    def test_cuts_a_name_that_is_too_long(self) -> None:
        force = Force(pk=1, name="x" * 500)
        row = record(Verb.FORCE_CREATED, force, actor=None, at=timezone.now())
        assert len(row.target_name) == 200

    def test_goes_with_the_transaction_it_was_written_in(self) -> None:
        force = ForceFactory.create()

        def fail() -> None:
            with transaction.atomic():
                record(Verb.FORCE_CREATED, force, actor=None, at=timezone.now())
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()
        assert not Record.objects.exists()

    def test_is_found_by_its_target(self) -> None:
        one, two = ForceFactory.create(), ForceFactory.create()
        for force in (one, two, one):
            record(Verb.FORCE_CREATED, force, actor=None, at=timezone.now())
        rows = list(Record.objects.about(one))
        assert [row.target_id for row in rows] == [str(one.pk)] * 2
        assert rows == sorted(rows, key=lambda row: row.pk)


class TestTheTrail:
    @pytest.mark.parametrize(
        ("statement", "words"),
        [
            ("UPDATE audit_record SET actor_name = 'x'", "audit_record rows are never changed"),
            ("DELETE FROM audit_record", "audit_record rows are never deleted"),
            ("UPDATE audit_seal SET mac = 'x'", "audit_seal rows are never changed"),
            ("DELETE FROM audit_seal", "audit_seal rows are never deleted"),
        ],
    )
    def test_is_never_changed_and_never_deleted(self, statement: str, words: str) -> None:
        record(Verb.FORCE_CREATED, ForceFactory.create(), actor=None, at=timezone.now())
        seal(now=timezone.now())
        refused(statement, words=words)

    def test_is_not_changed_by_the_models_either(self) -> None:
        row = record(Verb.FORCE_CREATED, ForceFactory.create(), actor=None, at=timezone.now())
        seal(now=timezone.now())
        row.actor_name = "Somebody else"
        for change in (row.save, row.delete, Seal.objects.all().delete):
            with pytest.raises(DatabaseError, match="rows are never"), transaction.atomic():
                change()

    def test_holds_no_word_of_a_tweet(self) -> None:
        scene = Scene()
        approver = scene.person(Role.COMMS_APPROVER)
        secret = "Xylophone quokka"
        draft = written(scene, text=f"{secret} one")
        writing = Writing(text=f"{secret} two", account=draft.account, category="meeting")
        draft = save(draft, writing, actor=draft.author, revision_number=1, now=timezone.now())
        handed_in(draft)
        withdraw(draft, actor=draft.author, now=timezone.now())
        handed_in(draft)
        draft.refresh_from_db()
        approve_it(draft, by=approver)
        unschedule(draft, actor=approver, now=timezone.now())
        draft.refresh_from_db()
        approve_it(draft, by=approver)
        reopen(draft, actor=draft.author, now=timezone.now())
        draft.refresh_from_db()
        handed_in(draft)
        reject(
            draft,
            actor=approver,
            revision_number=draft.revision_number,
            revision_hash=draft.content_hash,
            reason=Reason.OTHER,
            sentence=f"Leave out {secret}.",
            now=timezone.now(),
        )
        rows = list(Record.objects.values_list())
        assert len(rows) > 12
        assert secret not in str(rows)
        notices = Notice.objects.exclude(text__contains="Leave out").values_list("text")
        assert secret not in str(list(notices))


class TestAVerb:
    def test_says_itself_in_words(self) -> None:
        for verb in Verb:
            assert verb.label[0].isupper()
            assert verb.value.count(".") == 1
        assert len({verb.label for verb in Verb}) == len(Verb)
