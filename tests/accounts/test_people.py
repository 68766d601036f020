"""People, their roles with dates, and what nobody's record may do without."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import Error as DatabaseError
from django.db import transaction
from django.utils import timezone

from accounts.models import ApprovalRoute, Lane, Membership, User
from accounts.roles import Role
from accounts.services import Step
from tests.factories import (
    ForceFactory,
    LPTFactory,
    MembershipFactory,
    Scene,
    SocialAccountFactory,
    UserFactory,
    again,
)

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


class TestARecord:
    def test_holds_name_mail_and_mobile(self) -> None:
        person = User.objects.create_user(
            email="Asha.Tindall@Force.Example.org", full_name="Asha Tindall", mobile="07700 900101"
        )
        assert (person.email, person.mobile) == (
            "asha.tindall@force.example.org",
            "+447700900101",
        )
        assert str(person) == person.get_full_name() == "Asha Tindall"
        assert not person.has_usable_password()

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("full_name", ""),
            ("full_name", "x" * 101),
            ("mobile", ""),
            ("mobile", "01785 123456"),
            ("email", ""),
            ("email", "asha"),
        ],
    )
    def test_is_made_complete_or_not_at_all(self, field: str, value: str) -> None:
        right = {"email": "a@force.example.org", "full_name": "A", "mobile": "07700 900101"}
        with pytest.raises(ValidationError) as refused:
            User.objects.create_user(**(right | {field: value}))
        assert field in refused.value.message_dict
        assert not User.objects.exists()

    @pytest.mark.parametrize("field", ["full_name", "mobile"])
    def test_stays_complete_in_the_database(self, field: str) -> None:
        UserFactory.create()
        with pytest.raises(DatabaseError, match="person_has"), transaction.atomic():
            User.objects.update(**{field: ""})

    def test_has_a_mail_address_of_its_own_in_any_case(self) -> None:
        person = UserFactory.create(email="a@force.example.org")
        with pytest.raises(ValidationError):
            UserFactory.create(email="A@force.example.org")
        with pytest.raises(DatabaseError, match="one_person_per_email"), transaction.atomic():
            User.objects.filter(pk=UserFactory.create().pk).update(email="A@FORCE.example.org")
        assert User.objects.get_by_natural_key("A@Force.Example.ORG") == person

    def test_counts_a_number_as_confirmed_for_six_months(self) -> None:
        person = UserFactory.build(mobile_confirmed_on=TODAY() - timedelta(days=183))
        assert person.mobile_counts_until == TODAY()
        assert UserFactory.build(mobile_confirmed_on=None).mobile_counts_until is None


class TestARole:
    def test_holds_from_its_first_to_its_last_day(self) -> None:
        person, today = UserFactory.create(), TODAY()
        day = timedelta(days=1)
        for since, until, holds in (
            (today, None, True),
            (today, today, True),
            (today - day, today, True),
            (today - day, today - day, False),
            (today + day, None, False),
        ):
            Membership.objects.all().delete()
            membership = MembershipFactory.create(
                person=person, role=Role.COMMS_DUTY, since=since, until=until
            )
            assert again(person).has_perm("approvals.review") == holds
            expected = [membership] if holds else []
            assert again(person).current_memberships == expected
            force = membership.force_id
            reviewers = User.objects.holding({Role.COMMS_DUTY}, force_id=force)
            assert list(reviewers) == ([person] if holds else [])

    def test_ends_at_the_next_request(self) -> None:
        person = Scene().person(Role.COMMS_DUTY)
        assert person.has_perm("approvals.review")
        person.memberships.update(until=TODAY() - timedelta(days=1))
        assert not again(person).has_perm("approvals.review")

    def test_says_whose_it_is_and_where(self) -> None:
        scene = Scene()
        officer, comms = scene.person(), scene.person(Role.COMMS_DUTY)
        assert str(officer.memberships.get()) == f"{officer} · Officer · {scene.lpt}"
        assert str(comms.memberships.get()) == f"{comms} · Comms duty officer · {scene.force}"

    @pytest.mark.parametrize("role", [Role.LPT_SUPERVISOR, Role.LPT_COMMANDER])
    def test_of_a_team_has_a_team(self, role: Role) -> None:
        with pytest.raises(DatabaseError, match="team_role_has_lpt"), transaction.atomic():
            MembershipFactory.create(role=role)

    @pytest.mark.parametrize(
        "role", sorted(set(Role) - {Role.OFFICER, Role.LPT_SUPERVISOR, Role.LPT_COMMANDER})
    )
    def test_of_the_whole_force_has_none(self, role: Role) -> None:
        lpt = LPTFactory.create()
        with pytest.raises(DatabaseError, match="force_role_has_no_lpt"), transaction.atomic():
            MembershipFactory.create(role=role, force=lpt.force, lpt=lpt)

    def test_does_not_end_before_it_begins(self) -> None:
        with pytest.raises(DatabaseError, match="membership_ends_later"), transaction.atomic():
            MembershipFactory.create(since=date(2026, 2, 1), until=date(2026, 1, 31))


class TestThoseWhoHoldARole:
    def test_are_active_people_of_the_force_once_each_by_name(self) -> None:
        scene, elsewhere = Scene(), Scene()
        zoe = scene.person(Role.COMMS_DUTY, full_name="Zoe")
        scene.give(zoe, Role.COMMS_APPROVER)
        ann = scene.person(Role.COMMS_APPROVER, full_name="Ann")
        scene.person(Role.COMMS_APPROVER, is_active=False)
        scene.person(Role.OFFICER)
        elsewhere.person(Role.COMMS_DUTY)
        roles = {Role.COMMS_DUTY, Role.COMMS_APPROVER}
        assert list(User.objects.holding(roles, force_id=scene.force.pk)) == [ann, zoe]


class TestNobody:
    @pytest.mark.parametrize("attribute", ["is_superuser", "is_staff", "is_admin"])
    def test_is_let_past_the_tables_by_an_attribute(self, attribute: str) -> None:
        scene = Scene()
        officer = scene.person()
        setattr(officer, attribute, True)
        for permission in ("approvals.review", "incidents.release", "publishing.inject_faults"):
            assert not officer.has_perm(permission)
        assert attribute not in {field.name for field in User._meta.get_fields()}

    def test_who_was_deactivated_may_anything(self) -> None:
        person = Scene().person(Role.COMMS_DUTY, is_active=False)
        for permission in ("approvals.review", "drafts.write", "insights.desk"):
            assert not person.has_perm(permission)


class TestTheOrganisation:
    def test_names_itself(self) -> None:
        scene = Scene()
        assert str(scene.force) == scene.force.name
        assert str(scene.lpt) == scene.lpt.name
        assert str(scene.account) == f"@{scene.account.handle}"
        route = ApprovalRoute.objects.get()
        assert str(route) == f"Review by steps for {scene.force}"
        assert str(route.steps.get()) == "Step 1: Comms approver"

    def test_has_each_handle_once_on_a_platform(self) -> None:
        account = SocialAccountFactory.create()
        assert SocialAccountFactory.create(handle=account.handle, platform="mastodon").pk
        with pytest.raises(DatabaseError, match="handle_once_on_platform"), transaction.atomic():
            SocialAccountFactory.create(handle=account.handle)

    @pytest.mark.parametrize("kind", ["lpt", "commander"])
    def test_has_a_team_for_the_account_of_a_team(self, kind: str) -> None:
        with pytest.raises(DatabaseError, match="team_account_has_lpt"), transaction.atomic():
            SocialAccountFactory.create(kind=kind, lpt=None)

    def test_has_one_route_with_each_step_once(self) -> None:
        force = ForceFactory.create()
        lpt = LPTFactory.create(force=force)
        for team in (None, lpt):
            route = ApprovalRoute.objects.create(force=force, lpt=team)
            with pytest.raises(DatabaseError, match="one_route_for"), transaction.atomic():
                ApprovalRoute.objects.create(force=force, lpt=team)
            route.steps.create(number=1, roles=[Role.COMMS_APPROVER])
            with pytest.raises(DatabaseError, match="step_number_once"), transaction.atomic():
                route.steps.create(number=1, roles=[Role.COMMS_DUTY])

    def test_has_each_team_once_in_a_force(self) -> None:
        lpt = LPTFactory.create()
        assert LPTFactory.create(slug=lpt.slug).pk
        with pytest.raises(DatabaseError, match="lpt_once_in_force"), transaction.atomic():
            LPTFactory.create(force=lpt.force, slug=lpt.slug)

    @pytest.mark.parametrize("handle", ["", "@x", "a b", "x" * 31, "x.y", "é"])
    def test_refuses_a_handle_that_is_none(self, handle: str) -> None:
        account = SocialAccountFactory.build(handle=handle)
        with pytest.raises(ValidationError) as refused:
            account.clean_fields(exclude={"force", "lpt"})
        assert set(refused.value.message_dict) == {"handle"}


class TestTheRoute:
    def test_of_a_team_goes_before_that_of_the_force(self) -> None:
        scene = Scene()
        force_wide = ApprovalRoute.objects.get()
        own = scene.route(Step((Role.COMMS_DUTY,)), lpt=scene.lpt)
        central = scene.other_account(kind="central", lpt=None)
        for account, route in (
            (scene.account, own),
            (scene.other_account(), force_wide),
            (central, force_wide),
        ):
            assert ApprovalRoute.objects.for_account(account, Lane.ORDINARY) == route
            assert ApprovalRoute.objects.for_account(account, Lane.ROUTINE) is None

    def test_ends_when_another_takes_its_place(self) -> None:
        scene = Scene()
        before = ApprovalRoute.objects.get()
        route = scene.route(Step((Role.LPT_SUPERVISOR,)), Step((Role.COMMS_APPROVER,)))
        before.refresh_from_db()
        assert before.until is not None
        assert list(ApprovalRoute.objects.current()) == [route]
        # A process of the version before finds no step that it knows.
        assert set(ApprovalRoute.objects.values_list("step", flat=True)) == {0}
        assert scene.route() is None
        assert not ApprovalRoute.objects.current().exists()
