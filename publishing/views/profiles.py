"""What the accounts' profiles say, what they should say, and what the teams want them to say."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import PermittedView, Request
from accounts.models import SocialAccount
from publishing.forms import ChangeForm, DecideForm
from publishing.models import ProfileChange, ProfileDifference, ProfileRecord
from publishing.models.profiles import OPEN_WISHES, Drift, ProfileField, ProfileSettled, Wish
from publishing.services import (
    AlreadyWanted,
    ask_for_change,
    can_read_profile,
    check_profile,
    decide_on_change,
    take_as_record,
    tick_change,
    withdraw_change,
)
from publishing.views.vault_door import account_for, accounts_for

PERMISSION = "publishing.read_profile"
EARLIER = 20
SETTLED = "Somebody was first, or it says something else by now. Nothing was done: look again."


class Profiles(PermittedView):
    """Every account of this person's, with what waits there."""

    permission = PERMISSION

    def get(self, request: Request) -> HttpResponse:
        open_ones = Q(profile_differences__state=Drift.OPEN)
        wanted = Q(profile_changes__state__in=OPEN_WISHES)
        accounts = (
            accounts_for(request, PERMISSION)
            .select_related("profile_record")
            .annotate(
                differs=Count("profile_differences", filter=open_ones, distinct=True),
                wished=Count("profile_changes", filter=wanted, distinct=True),
            )
        )
        return render(request, "publishing/profiles.html", {"accounts": accounts})


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One wish on screen, with what this person can do about it."""

    change: ProfileChange
    form: DecideForm | None
    may_tick: bool
    may_withdraw: bool


class ProfilePage(PermittedView):
    """One account: what differs, the record, what the team wants."""

    permission = PERMISSION

    def get(self, request: Request, pk: int) -> HttpResponse:
        return self._show(self._account(pk), ChangeForm())

    def post(self, request: Request, pk: int) -> HttpResponse:
        account = self._account(pk)
        work: dict[str, Callable[[SocialAccount], HttpResponse]] = {
            "check": self._check,
            "take": self._take,
            "agree": self._decide,
            "decline": self._decide,
            "withdraw": self._withdraw,
            "tick": self._tick,
        }
        try:
            return work.get(request.POST.get("do", ""), self._ask)(account)
        except (ProfileSettled, ProfileChange.DoesNotExist, ProfileDifference.DoesNotExist):
            messages.warning(request, SETTLED)
            return self._back(account)

    def _account(self, pk: int) -> SocialAccount:
        return account_for(self.request, PERMISSION, pk)

    def _back(self, account: SocialAccount) -> HttpResponse:
        return redirect("publishing:profile", account.pk)

    def _ask(self, account: SocialAccount) -> HttpResponse:
        form = ChangeForm(self.request.POST)
        if not form.is_valid():
            return self._show(account, form, status=422)
        try:
            ask_for_change(
                account,
                field=ProfileField(form.cleaned_data["field"]),
                wanted=form.cleaned_data["wanted"],
                reason=form.cleaned_data["reason"],
                actor=self.request.user,
                now=timezone.now(),
            )
        except AlreadyWanted:
            form.add_error("field", "Somebody has asked to change this already: see above.")
            return self._show(account, form, status=409)
        messages.success(self.request, "Asked. Communications decides, and you are told.")
        return self._back(account)

    def _check(self, account: SocialAccount) -> HttpResponse:
        checked = check_profile(account, actor=self.request.user, now=timezone.now())
        is_right = checked.was_read and not checked.differences
        say = messages.success if is_right else messages.warning
        say(self.request, f"{account}: {checked.sentence}")
        return self._back(account)

    def _take(self, account: SocialAccount) -> HttpResponse:
        mine = ProfileDifference.objects.exclude(field=ProfileField.HANDLE).filter(account=account)
        difference = mine.select_related("account__force").get(pk=self._key())
        take_as_record(
            difference,
            found=self.request.POST.get("found", ""),
            actor=self.request.user,
            now=timezone.now(),
        )
        messages.success(self.request, f"{difference.get_field_display()}: this is the record now.")
        return self._back(account)

    def _decide(self, account: SocialAccount) -> HttpResponse:
        change, agree = self._change(account), self.request.POST["do"] == "agree"
        form = DecideForm(self.request.POST, key=change.pk, declines=not agree)
        if not form.is_valid():
            return self._show(account, ChangeForm(), failed=(change.pk, form), status=422)
        decide_on_change(
            change,
            agree=agree,
            answer=form.cleaned_data["answer"],
            actor=self.request.user,
            now=timezone.now(),
        )
        done = "Agreed. Change it on the platform, then tick it here." if agree else "Declined."
        messages.success(self.request, f"{done} {change.asked_by} is told.")
        return self._back(account)

    def _withdraw(self, account: SocialAccount) -> HttpResponse:
        withdraw_change(self._change(account), actor=self.request.user, now=timezone.now())
        messages.success(self.request, "Taken back.")
        return self._back(account)

    def _tick(self, account: SocialAccount) -> HttpResponse:
        tick_change(self._change(account), actor=self.request.user, now=timezone.now())
        messages.success(self.request, "Done. The record says so, and the profile is read again.")
        return self._back(account)

    def _change(self, account: SocialAccount) -> ProfileChange:
        """The one that was meant. Raises ProfileChange.DoesNotExist."""
        mine = ProfileChange.objects.select_related("account__force", "asked_by")
        return mine.get(account=account, pk=self._key())

    def _key(self) -> int:
        key = self.request.POST.get("key", "")
        return int(key) if key.isdecimal() and len(key) < 19 else 0

    def _show(
        self,
        account: SocialAccount,
        form: ChangeForm,
        *,
        failed: tuple[int, DecideForm] | None = None,
        status: int = 200,
    ) -> HttpResponse:
        may_keep = self.request.user.has_perm("publishing.keep_profile", account)
        kept = ProfileRecord.objects.select_related("taken_by").filter(pk=account.pk).first()
        changes = ProfileChange.objects.filter(account=account).select_related(
            "asked_by", "decided_by", "done_by"
        )
        context = {
            "account": account,
            "kept": kept,
            "values": _in_words(kept),
            "differences": ProfileDifference.objects.open().filter(account=account).order_by("pk"),
            "can_be_read": can_read_profile(account),
            "may_keep": may_keep,
            "may_freeze": self.request.user.has_perm("publishing.freeze", account),
            "wishes": [
                self._line(change, failed, may_keep=may_keep)
                for change in changes.open().order_by("asked_at", "pk")
            ],
            "earlier": changes.exclude(state__in=OPEN_WISHES).newest_first()[:EARLIER],
            "form": form,
            "failed_form": failed[1] if failed else None,
        }
        return render(self.request, "publishing/profile.html", context, status=status)

    def _line(
        self, change: ProfileChange, failed: tuple[int, DecideForm] | None, *, may_keep: bool
    ) -> ChangeLine:
        form = None
        if may_keep and change.state == Wish.ASKED:
            is_failed = failed and failed[0] == change.pk
            form = failed[1] if failed and is_failed else DecideForm(key=change.pk)
        return ChangeLine(
            change,
            form,
            may_tick=may_keep and change.state == Wish.AGREED,
            may_withdraw=change.asked_by_id == self.request.user.pk,
        )


def _in_words(kept: ProfileRecord | None) -> dict[str, str]:
    """The record by the names of its fields, in their order."""
    values = kept.values if kept else {}
    return {field.label: values[field.value] for field in ProfileField if field.value in values}
