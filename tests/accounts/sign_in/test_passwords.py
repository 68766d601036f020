"""A password holds nothing that colleagues know of somebody (requirement B33)."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core import mail
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.models import LPT, Force, User
from accounts.sign_in.passwords import NothingAboutYou
from audit.models import Record
from audit.verbs import Verb
from tests.accounts.sign_in.people import PASSWORD
from tests.factories import Scene
from tests.pages import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def person(scene: Scene) -> User:
    Force.objects.filter(pk=scene.force.pk).update(name="Marlshire Police")
    LPT.objects.filter(pk=scene.lpt.pk).update(name="Saltmere Quay LPT")
    person = scene.person(
        full_name="PC Asha Tindall", email="a.quillby@force.example.org", collar_number="4711"
    )
    return User.objects.get(pk=person.pk)


class TestAPassword:
    @pytest.mark.parametrize(
        ("password", "what"),
        [
            ("lantern4711harbour", "collar number"),
            ("lantern 47-11 harbour", "collar number"),
            ("my tindall lantern", "name"),
            ("T1nd@ll-lantern", "name"),
            ("lantern-ASHA-harbour", "name"),
            ("quillby lantern harbour", "work e-mail"),
            ("saltmere lantern harbour", "team’s name"),
            ("5alt mere lantern", "team’s name"),
            ("lantern of Marlsh1re", "force’s name"),
        ],
    )
    def test_with_something_about_oneself_is_refused_in_a_sentence(
        self, person: User, password: str, what: str
    ) -> None:
        with pytest.raises(ValidationError) as refused:
            NothingAboutYou().validate(password, person)
        (sentence,) = refused.value.messages
        assert sentence == (
            f"Choose a password without your {what} in it: colleagues can guess that."
        )

    @pytest.mark.parametrize(
        ("password", "what"),
        [
            ("Amy-Lee-1984-x!", "name"),
            ("xx4my l33xx1984", "name"),
            ("leeong-harbour-1", "name"),
            ("jo.xu harbour 22", "work e-mail"),
            ("WestCityTeam2026", "team’s name"),
            ("w3st-c1ty lantern", "team’s name"),
            ("central.police.1", "force’s name"),
            ("collar47collar47", "collar number"),
            ("lantern PC 47 harbour", "collar number"),
        ],
    )
    def test_with_a_whole_name_of_short_or_common_words_is_refused(
        self, scene: Scene, password: str, what: str
    ) -> None:
        Force.objects.filter(pk=scene.force.pk).update(name="Central Police")
        LPT.objects.filter(pk=scene.lpt.pk).update(name="West City Team")
        person = scene.person(
            full_name="Amy-Lee Ong", email="jo_xu@force.example.org", collar_number="47"
        )
        with pytest.raises(ValidationError) as refused:
            NothingAboutYou().validate(password, User.objects.get(pk=person.pk))
        assert f"your {what} in it" in refused.value.messages[0]

    @pytest.mark.parametrize(
        "password",
        [
            "amy had a lantern",  # a name of three letters
            "sleeping lantern harbour",
            "west of the city lantern",
            "northwest lantern 1",
            "lantern47harbour",  # two figures, and nothing says which
            "collar 470 lantern",
        ],
    )
    def test_with_no_more_than_a_bit_of_them_is_fine(self, scene: Scene, password: str) -> None:
        LPT.objects.filter(pk=scene.lpt.pk).update(name="North West City")
        person = scene.person(full_name="Amy Lee", email="a@b.example.org", collar_number="47")
        NothingAboutYou().validate(password, User.objects.get(pk=person.pk))

    @pytest.mark.parametrize(
        "password",
        [
            PASSWORD,
            "police lantern harbour",  # says nothing about which force
            "lantern 4 harbour 7 1 1x2",
            "washable lantern harbour"[3:],
            "éclair lantern harbour",
            "",
        ],
    )
    def test_without_is_fine(self, person: User, password: str) -> None:
        NothingAboutYou().validate(password, person)

    def test_is_judged_for_somebody_without_a_role_or_a_number_too(self) -> None:
        nobody = User(full_name="Edda Lorne", email="e@force.example.org")
        NothingAboutYou().validate("lantern harbour quill", nobody)
        NothingAboutYou().validate("lantern harbour quill", None)
        with pytest.raises(ValidationError):
            NothingAboutYou().validate("lorne harbour quill", nobody)

    @pytest.mark.parametrize("weak", ["eleven char", "password1234", "123456789012345"])
    def test_is_long_uncommon_and_more_than_a_number(self, person: User, weak: str) -> None:
        with pytest.raises(ValidationError):
            validate_password(weak, person)

    def test_is_refused_beside_its_field(self, client: Client, officer: User) -> None:
        client.force_login(officer)
        User.objects.filter(pk=officer.pk).update(collar_number="88123")
        typed = "lantern 88123 harbour"
        answer = client.post(
            "/accounts/password/change/",
            {"oldpassword": PASSWORD, "password1": typed, "password2": typed},
        )
        assert not mail.outbox
        page = Page.of(answer)
        assert any("collar number" in said for said in page.beside("id_password1"))
        assert "Three words" in page.main
        officer.refresh_from_db()
        assert officer.check_password(PASSWORD)

    def test_that_was_changed_is_told_by_mail_and_recorded(
        self, client: Client, officer: User
    ) -> None:
        client.force_login(officer)
        fresh = "another long and winding road"
        typed = {"oldpassword": PASSWORD, "password1": fresh, "password2": fresh}
        client.post("/accounts/password/change/", typed)
        (letter,) = mail.outbox
        assert letter.to == [officer.email]
        assert letter.subject == "Blue Lamp: The way you sign in was changed"
        assert "Your password was changed." in letter.body
        assert "ring the comms desk on 07700 900100 now" in letter.body
        assert fresh not in letter.body
        record = Record.objects.filter(verb=Verb.SIGN_IN_CHANGED).get()
        assert record.data == {"what": "password"}
        assert record.actor_id == str(officer.pk)
