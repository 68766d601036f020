"""Breaking the glass: ask to see an account's credentials, let somebody see them, see them once."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import Request
from accounts.models import SocialAccount
from accounts.services import NotTwoPeople
from publishing.forms import RevealForm
from publishing.models import Reveal
from publishing.models.reveals import RevealOver, State
from publishing.services import (
    SHOWN_FOR,
    AlreadyOpen,
    CannotOpen,
    KeyLost,
    NothingStored,
    ask_to_reveal,
    decide_on_reveal,
    show_credentials,
    withdraw_reveal,
)
from publishing.views.vault_door import VaultDoor, account_for

EARLIER = 20


@dataclass(frozen=True, slots=True)
class Opening:
    """One request on screen, with what this person can do about it."""

    reveal: Reveal
    is_mine: bool
    may_decide: bool

    @property
    def may_open(self) -> bool:
        return self.is_mine and self.reveal.state == State.GRANTED


class RevealPage(VaultDoor):
    """The requests for one account: asked, answered, used; and those that have ended."""

    permission = "publishing.see_reveals"

    def get(self, request: Request, pk: int) -> HttpResponse:
        return self._show(self._account(pk), RevealForm())

    def post(self, request: Request, pk: int) -> HttpResponseBase:
        account = self._account(pk)
        work = {
            "grant": self._grant,
            "refuse": self._refuse,
            "withdraw": self._withdraw,
            "open": self._open,
        }.get(request.POST.get("do", ""))
        return self._do(account, work) if work else self._ask(account)

    def _account(self, pk: int) -> SocialAccount:
        return account_for(self.request, self.permission, pk)

    def _ask(self, account: SocialAccount) -> HttpResponse:
        form = RevealForm(self.request.POST)
        if not form.is_valid():
            return self._show(account, form, status=422)
        try:
            ask_to_reveal(
                account,
                reason=form.cleaned_data["reason"],
                actor=self.request.user,
                now=timezone.now(),
            )
        except AlreadyOpen:
            messages.warning(self.request, "You have asked already. A second person has to answer.")
        except NothingStored:
            messages.warning(self.request, f"No credentials of {account} are stored.")
        else:
            messages.success(
                self.request, "Asked. A second person has an hour to answer; you will be told."
            )
        return redirect("publishing:reveal", account.pk)

    def _do(
        self, account: SocialAccount, work: Callable[[Reveal], HttpResponseBase]
    ) -> HttpResponseBase:
        key = self.request.POST.get("request", "")
        mine = Reveal.objects.filter(account=account, pk=int(key) if key.isdecimal() else 0)
        try:
            return work(mine.select_related("account__force", "asked_by", "decided_by").get())
        except (RevealOver, Reveal.DoesNotExist):
            messages.warning(
                self.request, "This request is over: it was answered, used or taken back, or its"
                " time has passed. Nothing was done.",
            )  # fmt: skip
        except (CannotOpen, KeyLost, NotTwoPeople) as error:
            messages.warning(self.request, str(error))
        return redirect("publishing:reveal", account.pk)

    def _grant(self, reveal: Reveal) -> HttpResponse:
        decide_on_reveal(reveal, grant=True, actor=self.request.user, now=timezone.now())
        messages.success(
            self.request, f"{reveal.asked_by} can open them once in the next 15 minutes."
        )
        return redirect("publishing:reveal", reveal.account_id)

    def _refuse(self, reveal: Reveal) -> HttpResponse:
        decide_on_reveal(reveal, grant=False, actor=self.request.user, now=timezone.now())
        messages.success(self.request, f"{reveal.asked_by} does not see them.")
        return redirect("publishing:reveal", reveal.account_id)

    def _withdraw(self, reveal: Reveal) -> HttpResponse:
        withdraw_reveal(reveal, actor=self.request.user, now=timezone.now())
        messages.success(self.request, "Taken back. Nobody saw them.")
        return redirect("publishing:reveal", reveal.account_id)

    def _open(self, reveal: Reveal) -> HttpResponse:
        values = show_credentials(reveal, actor=self.request.user, now=timezone.now())
        shown = {
            name.replace("_", " ").capitalize(): value for name, value in sorted(values.items())
        }
        context = {"account": reveal.account, "shown": shown, "seconds": SHOWN_FOR}
        response = render(self.request, "publishing/revealed.html", context)
        # Whoever walks away leaves nothing on the screen, with or without JavaScript.
        leads_to = reverse("publishing:reveal", args=[reveal.account_id])
        response["Refresh"] = f"{SHOWN_FOR}; url={leads_to}"
        return response

    def _show(self, account: SocialAccount, form: RevealForm, status: int = 200) -> HttpResponse:
        user, now = self.request.user, timezone.now()
        every = Reveal.objects.filter(account=account).select_related(
            "account__force", "asked_by", "decided_by"
        )
        openings = [
            Opening(
                reveal,
                is_mine=reveal.asked_by_id == user.pk,
                may_decide=reveal.state == State.ASKED
                and user.has_perm("publishing.decide_reveal", reveal),
            )
            for reveal in every.standing(now).newest_first()
        ]
        context = {
            "account": account,
            "openings": openings,
            "earlier": every.exclude(pk__in=every.standing(now)).newest_first()[:EARLIER],
            "is_stored": hasattr(account, "credential"),
            "form": form,
            "may_ask": user.has_perm("publishing.connect", account)
            and not any(opening.is_mine for opening in openings),
            "may_connect": user.has_perm("publishing.connect"),
        }
        return render(self.request, "publishing/reveal.html", context, status=status)
