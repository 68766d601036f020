"""Changing a rule, a list or a number in the version that one prepares."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import PermittedView, Request
from accounts.models import Force
from policy.core import RULEBOOK, Pack, PackError
from policy.core.registers import (
    BY_NAME,
    GIVEN_BY_PEOPLE,
    REGISTERS,
    EntryKind,
    Register,
    alike,
    cost,
    is_same,
    shown,
)
from policy.explaining import every_rule
from policy.forms import EntryForm, NumbersForm, RuleForm, SeenForm
from policy.models import PackVersion
from policy.permissions import OWNERS
from policy.services import (
    add_entry,
    handles_in,
    list_history,
    own_entries,
    pack_for,
    preparing,
    remove_entry,
    set_numbers,
    set_rule,
    working_pack,
)
from policy.workflow import StaleVersion

STALE = "Your version was changed after you opened this page. Look at it and save again."
HASHTAGS = ("campaign_hashtags", "area_hashtags")


def owned_force(request: Request) -> Force:
    """The force whose rulebook this person keeps."""
    for membership in request.user.current_memberships:
        if membership.role in OWNERS:
            return membership.force
    raise PermissionDenied


class DeskView(PermittedView):
    """A page of the policy owner."""

    permission = "policy.prepare"

    @cached_property
    def force(self) -> Force:
        return owned_force(self.request)

    @cached_property
    def version(self) -> PackVersion | None:
        return preparing(self.force, self.request.user)

    @property
    def seen(self) -> int:
        return self.version.edits if self.version else 0

    @cached_property
    def pack(self) -> Pack:
        """The pack as this person has it in preparation, else as it is in force."""
        return working_pack(self.force, self.request.user)

    def refused(self, form: SeenForm, problem: Exception) -> None:
        """Say on the form what stood in the way; what was typed stays."""
        if isinstance(problem, PackError):
            form.blame(problem)
            return
        form.add_error(None, STALE if isinstance(problem, StaleVersion) else str(problem))
        # The next press is about what this page shows.
        form.data = {**{name: form.data.get(name) for name in form.data}, "seen": self.seen}

    def saved(self, words: str) -> None:
        messages.success(
            self.request, f"{words} It takes effect once a version with it is in force."
        )


class ChangeRule(DeskView):
    """One rule: what it does, and its weight and limits in the version that one prepares."""

    def get(self, request: Request, rule_id: str) -> HttpResponse:
        return self._show(rule_id, self._form(rule_id))

    def post(self, request: Request, rule_id: str) -> HttpResponse:
        form = self._form(rule_id, request.POST)
        if not form.is_valid():
            return self._show(rule_id, form, status=422)
        try:
            set_rule(
                self.force,
                rule_id,
                severity=form.severity,
                params=form.params,
                actor=request.user,
                seen=form.cleaned_data["seen"],
                now=timezone.now(),
            )
        except (PackError, StaleVersion) as problem:
            self.refused(form, problem)
            return self._show(rule_id, form, status=422)
        self.saved(f"Saved in your version: {form.rule.title}.")
        return redirect("rules:rule", rule_id=rule_id)

    def _form(self, rule_id: str, data: Any = None) -> RuleForm:
        rule = next((rule for rule in RULEBOOK if rule.id == rule_id), None)
        if rule is None or rule_id not in self.pack.rules:
            raise Http404
        return RuleForm(data, rule=rule, setting=self.pack.rules[rule_id], seen=self.seen)

    def _show(self, rule_id: str, form: RuleForm, status: int = 200) -> HttpResponse:
        in_force = pack_for(self.force)
        entry = next(entry for entry in every_rule(in_force) if entry.id == rule_id)
        context = {
            "form": form,
            "rule": entry,
            "is_legal": form.rule.is_legal,
            "pack": in_force,
            "version": self.version,
        }
        return render(self.request, "policy/rule.html", context, status=status)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list: as it is held, as people read it, and what the version does to it.

    `state` is "new", "gone", "own" for what the force's record brings, or empty.
    """

    value: str
    shown: str
    state: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ListLine:
    """A list in the overview."""

    register: Register
    count: int
    changes: int


def _entries(
    register: Register, in_force: Pack, working: Pack, own: tuple[str, ...]
) -> list[Entry]:
    """What the list holds in the version, and, marked as such, what the version takes out."""
    old, new = in_force.lists[register.name], working.lists[register.name]
    tags = [tag for name in HASHTAGS for tag in working.lists[name]]

    def line(entry: str, state: str) -> Entry:
        note = ""
        if register.kind is EntryKind.HASHTAG:
            note = f"Takes {cost(entry)} characters of a tweet, with its space"
            if others := alike(entry, tags):
                note += f"; easily mixed up with #{others[0]}"
        return Entry(entry, shown(register, entry), state, note)

    return [
        *(
            line(entry, "" if _holds(old, entry) else "new")
            for entry in sorted(new, key=str.casefold)
            if entry not in own
        ),
        *(line(entry, "own") for entry in own),
        *(line(entry, "gone") for entry in old if not _holds(new, entry)),
    ]


def _holds(entries: tuple[str, ...], entry: str) -> bool:
    return any(is_same(entry, known) for known in entries)


class Lists(DeskView):
    """Every list with what it is for."""

    def get(self, request: Request) -> HttpResponse:
        in_force = pack_for(self.force)
        lines = []
        for register in REGISTERS:
            own = own_entries(self.force, register.name)
            entries = _entries(register, in_force, self.pack, own)
            standing = [entry for entry in entries if entry.state != "gone"]
            changes = sum(entry.state in ("new", "gone") for entry in entries)
            lines.append(ListLine(register, len(standing), changes))
        context = {"lines": lines, "version": self.version}
        return render(request, "policy/lists.html", context)


class ChangeList(DeskView):
    """One list: its entries, a form for another, and where they came from."""

    def get(self, request: Request, name: str) -> HttpResponse:
        register = self._register(name)
        if name == GIVEN_BY_PEOPLE:
            context = {"register": register, "handles": handles_in(self.force)}
            return render(request, "policy/handles.html", context)
        return self._show(register, EntryForm(register=register, seen=self.seen))

    def post(self, request: Request, name: str) -> HttpResponse:
        register = self._register(name)
        if name == GIVEN_BY_PEOPLE:
            raise Http404
        if "remove" in request.POST:
            return self._remove(register, request.POST["remove"])
        form = EntryForm(request.POST, register=register, seen=self.seen)
        if not form.is_valid():
            return self._show(register, form, status=422)
        typed = form.cleaned_data
        try:
            entry = add_entry(
                self.force,
                name,
                typed["left"],
                typed.get("right", ""),
                actor=request.user,
                seen=typed["seen"],
                now=timezone.now(),
            )
        except (PackError, StaleVersion) as problem:
            self.refused(form, problem)
            return self._show(register, form, status=422)
        self.saved(f"Added to your version: {shown(register, entry)}.")
        return redirect("rules:list", name=name)

    def _remove(self, register: Register, entry: str) -> HttpResponse:
        form = SeenForm(self.request.POST, seen=self.seen)
        try:
            remove_entry(
                self.force,
                register.name,
                entry,
                actor=self.request.user,
                # A page that does not say what it showed is as stale as can be.
                seen=form.cleaned_data["seen"] if form.is_valid() else -1,
                now=timezone.now(),
            )
        except PackError as problem:
            messages.warning(self.request, problem.sentence)
        except StaleVersion:
            messages.warning(self.request, STALE)
        else:
            self.saved(f"Taken out in your version: {shown(register, entry)}.")
        return redirect("rules:list", name=register.name)

    def _register(self, name: str) -> Register:
        if name not in BY_NAME:
            raise Http404
        return BY_NAME[name]

    def _show(self, register: Register, form: EntryForm, status: int = 200) -> HttpResponse:
        context = {
            "register": register,
            "entries": _entries(
                register,
                pack_for(self.force),
                self.pack,
                own_entries(self.force, register.name),
            ),
            "form": form,
            "seen": self.seen,
            "history": list_history(self.force, register.name),
            "version": self.version,
        }
        return render(self.request, "policy/list.html", context, status=status)


class ChangeNumbers(DeskView):
    """The longest tweet, where people report a crime, and when silence is told of."""

    def get(self, request: Request) -> HttpResponse:
        return self._show(NumbersForm(pack=self.pack, seen=self.seen))

    def post(self, request: Request) -> HttpResponse:
        form = NumbersForm(request.POST, pack=self.pack, seen=self.seen)
        if not form.is_valid():
            return self._show(form, status=422)
        try:
            set_numbers(
                self.force,
                limits=form.limits,
                reporting=form.reporting,
                silence=form.silence,
                actor=request.user,
                seen=form.cleaned_data["seen"],
                now=timezone.now(),
            )
        except (PackError, StaleVersion) as problem:
            self.refused(form, problem)
            return self._show(form, status=422)
        self.saved("Saved in your version.")
        return redirect("rules:numbers")

    def _show(self, form: NumbersForm, status: int = 200) -> HttpResponse:
        context = {"form": form, "version": self.version}
        return render(self.request, "policy/numbers.html", context, status=status)
