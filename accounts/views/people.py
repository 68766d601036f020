"""The register of people: a list, one person's record, and what a comms admin changes in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import Request
from accounts.forms import EndRoleForm, NewPersonForm, PersonForm, RoleForm
from accounts.guidance import guidance
from accounts.models import LPT, Membership, TrainingDone, User
from accounts.roles import COMMS_REVIEWERS, TEAM_ROLES
from accounts.seen import OVERTAKEN
from accounts.services import (
    Details,
    InvitationRefused,
    PersonChanged,
    PersonRefused,
    add_person,
    change_person,
    end_role,
    give_role,
    invite_again,
    invited_at,
    is_awaited,
    kept_people,
    let_back,
    person_was_read,
    register_was_read,
)
from accounts.sign_in import second_factor
from accounts.standing import Gap, accepted_versions, gaps, gaps_of, training_of
from accounts.views.frames import OfAForce

PAGE = 50
SHOWS = {
    "": "Here now",
    "missing": "Something is missing",
    "soon": "Rights end soon",
    "left": "Have left",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One person in the list, with what is missing today."""

    person: User
    roles: list[Membership]
    to_come: list[Membership]
    gaps: list[Gap]

    @property
    def more(self) -> int:
        """How many gaps there are beside the first, which the person's page shows."""
        return len(self.gaps) - 1


class People(OfAForce):
    """Everybody of the force, searched and by team."""

    permission = "accounts.keep_people"

    def get(self, request: Request) -> HttpResponse:
        now = timezone.now()
        asked = {name: request.GET.get(name, "")[:100] for name in ("q", "team", "show", "after")}
        if asked["show"] not in SHOWS:
            asked["show"] = ""
        rows, next_after = self._rows(asked)
        register_was_read(
            self.force, [row.person.pk for row in rows], how="list", actor=request.user, now=now
        )
        context = {
            "force": self.force,
            "rows": rows,
            "asked": asked,
            "teams": LPT.objects.open().filter(force=self.force).in_order(),
            "tabs": [self._tab(show, label, asked) for show, label in SHOWS.items()],
            "next_url": f"?{urlencode(asked | {'after': next_after})}" if next_after else "",
            "is_filtered": bool(asked["q"] or asked["team"]),
        }
        return render(request, "accounts/people.html", context)

    def _tab(self, show: str, label: str, asked: dict[str, str]) -> dict[str, Any]:
        url = f"?{urlencode(asked | {'show': show, 'after': ''})}"
        return {"label": label, "url": url, "current": show == asked["show"]}

    def _rows(self, asked: dict[str, str]) -> tuple[list[Row], str]:
        """A page of the list by name, and the name after which the next begins; "" at the end."""
        today = timezone.localdate()
        people = self._found(asked)
        shown: list[Row] = []
        # What is missing is reckoned by the rules, not by the database: read on until a page is
        # full.
        place = asked["after"]
        while True:
            batch = list(_after(people, place)[: PAGE + 1])
            writers = [person for person in batch if person.is_active and _writes(person)]
            lacks = gaps_of(writers, on=today)
            for person in batch[:PAGE]:
                roles = person.roles_here  # type: ignore[attr-defined]
                to_come = person.roles_to_come  # type: ignore[attr-defined]
                lacking = lacks.get(person.pk, [])
                if _is_shown(asked["show"], lacking):
                    shown.append(Row(person, roles, to_come, lacking))
                place = f"{person.pk}"
                if len(shown) == PAGE:
                    return shown, place if person != batch[-1] else ""
            if len(batch) <= PAGE:
                return shown, ""

    def _found(self, asked: dict[str, str]) -> QuerySet[User]:
        today = timezone.localdate()
        people = kept_people(self.force, on=today)
        standing = Membership.objects.standing(today).filter(force=self.force)
        current = standing.filter(since__lte=today)
        has_left = Q(is_active=False) | ~Q(pk__in=standing.order_by().values("person"))
        people = people.filter(has_left) if asked["show"] == "left" else people.exclude(has_left)
        for word in asked["q"].split()[:6]:
            people = people.filter(
                Q(full_name__icontains=word)
                | Q(email__icontains=word)
                | Q(collar_number__icontains=word)
                | Q(job_title__icontains=word)
            )
        if asked["team"].isdecimal() and len(asked["team"]) < 18:
            people = people.filter(
                pk__in=standing.filter(lpt=int(asked["team"])).order_by().values("person")
            )
        return people.prefetch_related(
            Prefetch("memberships", queryset=current.select_related("lpt"), to_attr="roles_here"),
            Prefetch(
                "memberships",
                queryset=standing.filter(since__gt=today).select_related("lpt"),
                to_attr="roles_to_come",
            ),
        ).order_by("full_name", "pk")


def _writes(person: User) -> bool:
    """Whether anything may be missing: nobody else submits."""
    roles: list[Membership] = person.roles_here  # type: ignore[attr-defined]
    return any(role.role in TEAM_ROLES | COMMS_REVIEWERS for role in roles)


def _is_shown(show: str, lacking: Sequence[Gap]) -> bool:
    if show == "soon":
        return any(gap.until for gap in lacking)
    return show != "missing" or bool(lacking)


def _after(people: QuerySet[User], place: str) -> QuerySet[User]:
    """The people behind the one with this key, in the order of names."""
    last = User.objects.filter(pk=place).first() if place.isdecimal() and len(place) < 18 else None
    if last is None:
        return people
    return people.filter(
        Q(full_name__gt=last.full_name) | Q(full_name=last.full_name, pk__gt=last.pk)
    )


class AddPerson(OfAForce):
    """Somebody new, with a first role. They are told by mail how to get in."""

    permission = "accounts.keep_people"
    reauthenticates = True

    def get(self, request: Request) -> HttpResponse:
        return self._show(self._form())

    def post(self, request: Request) -> HttpResponse:
        form = self._form(request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        try:
            person = add_person(
                form.details, form.place, force=self.force, actor=request.user, now=timezone.now()
            )
        except PersonRefused as refusal:
            form.add_error(refusal.field or None, str(refusal))
            return self._show(form, status=422)
        messages.success(request, f"{person} is on the register, and is told by mail.")
        page = reverse("people:person", args=[person.pk])
        return redirect(f"{page}?from=begin" if self.from_begin else page)

    def _form(self, data: Any = None) -> NewPersonForm:
        teams = LPT.objects.open().filter(force=self.force).in_order()
        return NewPersonForm(data, force=self.force, teams=teams, today=timezone.localdate())

    def _show(self, form: NewPersonForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "force": self.force, "from_begin": self.from_begin}
        return render(self.request, "accounts/add_person.html", context, status=status)


class Person(OfAForce):
    """One person's record. Whoever reads it is recorded."""

    permission = "accounts.keep_people"

    def get(self, request: Request, pk: int) -> HttpResponse:
        person = self.person(pk)
        person_was_read(person, actor=request.user, now=timezone.now())
        return render(request, "accounts/person.html", self._context(person))

    def _context(self, person: User, **more: Any) -> dict[str, Any]:
        return {
            **record_of(person),
            "force": self.force,
            "from_begin": self.from_begin,
            "role_form": _role_form(self),
            "is_oneself": person == self.request.user,
            "factors": second_factor.kinds_of(person),
            "is_awaited": is_awaited(person),
            "invited_at": invited_at(person) if is_awaited(person) else None,
            **more,
        }


class ChangePerson(OfAForce):
    permission = "accounts.keep_people"
    # Whoever has the e-mail on record can set the password.
    reauthenticates = True

    def get(self, request: Request, pk: int) -> HttpResponse:
        person = self.person(pk)
        person_was_read(person, actor=request.user, now=timezone.now())
        return self._show(person, PersonForm(details=Details.of(person)))

    def post(self, request: Request, pk: int) -> HttpResponse:
        person = self.person(pk)
        there = Details.of(person)
        form = PersonForm(request.POST, details=there)
        if not form.is_valid():
            return self._show(person, form, status=422)
        if not form.has_seen(there):
            return self._overtaken(person)
        try:
            change_person(
                person, form.details, force=self.force, seen=there, actor=request.user,
                now=timezone.now(),
            )  # fmt: skip
        except PersonChanged:
            return self._overtaken(person)
        except PersonRefused as refusal:
            person.refresh_from_db()
            form.add_error(refusal.field or None, str(refusal))
            return self._show(person, form, status=422)
        messages.success(request, "Saved.")
        return redirect("people:person", person.pk)

    def _overtaken(self, person: User) -> HttpResponse:
        person.refresh_from_db()
        messages.warning(self.request, OVERTAKEN)
        return self._show(person, PersonForm(details=Details.of(person)), status=409)

    def _show(self, person: User, form: PersonForm, status: int = 200) -> HttpResponse:
        days = settings.EMAIL_SETTLES_FOR.days
        context = {"form": form, "person": person, "days": days}
        return render(self.request, "accounts/change_person.html", context, status=status)


class GiveRole(Person):
    """A further role for somebody, from the form on their page."""

    reauthenticates = True

    def get(self, request: Request, pk: int) -> HttpResponse:
        return redirect("people:person", self.person(pk).pk)

    def post(self, request: Request, pk: int) -> HttpResponse:
        person = self.person(pk)
        form = _role_form(self, request.POST)
        if form.is_valid():
            try:
                give_role(
                    person, form.place, force=self.force, actor=request.user, now=timezone.now()
                )
            except PersonRefused as refusal:
                form.add_error(refusal.field or None, str(refusal))
            else:
                messages.success(request, f"{person} has the role.")
                return redirect("people:person", person.pk)
        context = self._context(person, role_form=form, form=form)
        return render(request, "accounts/person.html", context, status=422)


class EndRole(Person):
    """A role ends, at once or after a day."""

    reauthenticates = True

    def get(self, request: Request, pk: int, role: int) -> HttpResponse:  # type: ignore[override]
        return redirect("people:person", self.person(pk).pk)

    def post(self, request: Request, pk: int, role: int) -> HttpResponse:
        person = self.person(pk)
        held = person.memberships.filter(pk=role, force=self.force)
        membership = held.select_related("force", "person", "lpt").first()
        if membership is None:
            raise Http404
        form = EndRoleForm(request.POST)
        if form.is_valid():
            try:
                end_role(
                    membership, last_day=form.cleaned_data["last_day"], actor=request.user,
                    now=timezone.now(),
                )  # fmt: skip
            except PersonRefused as refusal:
                form.add_error(refusal.field or None, str(refusal))
            else:
                messages.success(request, "The role ends.")
                return redirect("people:person", person.pk)
        problem = next(iter(form.errors.values()))[0]
        messages.error(request, str(problem))
        return redirect("people:person", person.pk)


class LetBack(OfAForce):
    """Somebody who had left is back."""

    permission = "accounts.keep_people"

    def post(self, request: Request, pk: int) -> HttpResponse:
        person = self.person(pk)
        let_back(person, force=self.force, actor=request.user, now=timezone.now())
        messages.success(
            request, f"{person} can set a password and sign in again. Give them a role now."
        )
        return redirect("people:person", person.pk)


class InviteAgain(OfAForce):
    """The invitation once more, for somebody who was never here."""

    permission = "accounts.keep_people"

    def post(self, request: Request, pk: int) -> HttpResponse:
        person = self.person(pk)
        try:
            invite_again(person, force=self.force, actor=request.user, now=timezone.now())
        except InvitationRefused as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(
                request,
                f"The invitation is on its way to {person.email}. Links from earlier mails do not"
                " work any more.",
            )
        return redirect("people:person", person.pk)


class Me(OfAForce):
    """One's own record: what is held, what is missing, and the tap that confirms the number."""

    permission = "accounts.see_oneself"

    def get(self, request: Request) -> HttpResponse:
        return render(request, "accounts/me.html", record_of(request.user))


def record_of(person: User) -> dict[str, Any]:
    """What a page shows of a person's record."""
    today = timezone.localdate()
    roles = person.memberships.select_related("lpt", "force").order_by("-since", "-pk")
    done: dict[str, TrainingDone] = training_of([person.pk])[person.pk]
    lacking = gaps(person, on=today)
    return {
        "person": person,
        "roles": [row for row in roles if row.until is None or row.until >= today],
        "earlier": [row for row in roles if row.until is not None and row.until < today],
        "gaps": lacking,
        "stopping": [gap for gap in lacking if gap.until is None],
        "training": [(module, done.get(module.id)) for module in guidance().modules],
        "accepted": accepted_versions([person.pk])[person.pk],
        "guidance": guidance(),
        "today": today,
        "guidance_url": reverse("people:guidance"),
    }


def _role_form(view: OfAForce, data: Any = None) -> RoleForm:
    teams = LPT.objects.open().filter(force=view.force).in_order()
    return RoleForm(data, teams=teams, today=timezone.localdate(), auto_id="id_role_%s")
