"""The button for an account that looks hacked, and what is done after it was pressed."""

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone

from accounts.access import PermittedView, Request
from accounts.models import AccountStatus, SocialAccount, User
from accounts.roles import TEAM_SUPERVISORS
from accounts.services import NotTwoPeople
from lifecycle.forms import HackedForm
from lifecycle.models import Compromise
from lifecycle.reach import CENTRE, within
from lifecycle.services import (
    AlreadyFrozen,
    AlreadySigned,
    AlreadyTicked,
    IsClosed,
    SecondPersonNeeded,
    StepsOpen,
    report,
    report_post,
    sign,
    signature_counts,
    start_statement,
    statement_account,
)
from lifecycle.views.steps import Link, lines_of
from publishing.models import Delivery, PastPost
from publishing.services import AlreadyExplained, page_of
from publishing.workflow import State as DeliveryState

ENDED = 20
FROZEN = "{} is frozen: nothing goes out on it. Communications has been told. Do not open any link."


class Hacked(PermittedView):
    """The button, and every account that is frozen or was."""

    permission = "publishing.freeze"

    def get(self, request: Request) -> HttpResponse:
        chosen = request.GET.get("account", "")
        return self._show(self._form(chosen=chosen))

    def post(self, request: Request) -> HttpResponse:
        form = self._form(request.POST)
        if not form.is_valid():
            return self._show(form, status=422)
        account, words = form.chosen, form.cleaned_data["words"]
        try:
            case = report(account, actor=request.user, words=words, now=timezone.now())
        except AlreadyFrozen as before:
            messages.warning(
                request,
                f"{account} was frozen already. What you saw is kept here and communications has"
                " been told. Do not open any link.",
            )
            return redirect(before.case)
        except IsClosed:
            messages.warning(request, f"{account} is closed. Nothing goes out on it.")
            return redirect("lifecycle:hacked")
        messages.success(request, FROZEN.format(account))
        return redirect(case)

    def _form(self, data: QueryDict | None = None, *, chosen: str = "") -> HackedForm:
        cases = Compromise.objects.visible_to(self.request.user).open()
        since = dict(cases.values_list("account", "reported_at"))
        return HackedForm(data, accounts=self._accounts(), since=since, chosen=chosen)

    def _accounts(self) -> list[SocialAccount]:
        """Those that this person may freeze, and those that are frozen: they may have seen more."""
        user = self.request.user
        reach = within(user, everywhere=CENTRE | TEAM_SUPERVISORS)
        open_ones = SocialAccount.objects.exclude(status=AccountStatus.CLOSED)
        mine = open_ones.filter(reach).select_related("force", "lpt")
        # Their own teams' accounts first: nobody looks for them among all the others.
        teams = {membership.lpt_id for membership in user.current_memberships}
        return sorted(mine.in_order(), key=lambda account: account.lpt_id not in teams)

    def _show(self, form: HackedForm, status: int = 200) -> HttpResponse:
        cases = Compromise.objects.visible_to(self.request.user).with_people().newest_first()
        context = {
            "form": form,
            "open_cases": cases.open().with_overdue(timezone.now()),
            "ended": cases.exclude(ended_at=None)[:ENDED],
        }
        return render(self.request, "lifecycle/hacked.html", context, status=status)


class _OfACase(PermittedView):
    def case(self, pk: int) -> Compromise:
        mine = Compromise.objects.visible_to(self.request.user).with_people()
        return get_object_or_404(mine, pk=pk)


class Case(_OfACase):
    """What has to be done about one account, and what was."""

    permission = "lifecycle.read_case"

    def get(self, request: Request, pk: int) -> HttpResponse:
        user, now, case = request.user, timezone.now(), self.case(pk)
        steps = list(case.steps.with_process().in_order())
        until = case.ended_at or now
        past = PastPost.objects.visible_to(user).filter(
            account=case.account, posted_at__gte=case.since, posted_at__lte=until
        )
        ours = Delivery.objects.filter(
            account=case.account,
            state__in=[DeliveryState.PUBLISHED, DeliveryState.TAKEN_DOWN],
            published_at__gte=case.since,
            published_at__lte=until,
        )
        may_unfreeze = case.ended_at is None and user.has_perm("lifecycle.unfreeze", case)
        context = {
            "case": case,
            "steps": lines_of(steps, user, links=_links(case, user), now=now),
            "left": [s.about.title for s in steps if s.about.vital and s.done_at is None],
            "past_posts": past.newest_first(),
            "ours": ours.count(),
            "may_unfreeze": may_unfreeze,
            "further": case.further_reports.select_related("person"),
            "signature_counts": signature_counts(case),
            "signed_by_me": case.first_by == user,
        }
        return render(request, "lifecycle/case.html", context)


def _links(case: Compromise, user: User) -> dict[str, list[Link]]:
    """Where the work of each step is done, as far as this person may do it."""
    account, links = case.account, {"tweets": [_past_posts()]}
    if page := page_of(account):
        links["tweets"].insert(0, Link(f"See {account} as the public does", page))
    if user.has_perm("publishing.connect", account):
        credentials = reverse("publishing:credentials", args=[account.pk])
        links["sessions"] = [Link("Store new credentials", credentials)]
    on = statement_account(case)
    if user.has_perm("drafts.post_centrally", on):
        start = reverse("lifecycle:statement", args=[case.pk])
        links["statement"] = [Link(f"Start it on {on}", start, by_post=True)]
    return links


def _past_posts() -> Link:
    return Link("What was sent past Blue Lamp", reverse("publishing:past-posts"))


class Statement(_OfACase):
    """Begin the draft that tells followers."""

    permission = "drafts.post_centrally"

    def post(self, request: Request, pk: int) -> HttpResponse:
        case = self.case(pk)
        try:
            draft = start_statement(case, actor=request.user, now=timezone.now())
        except AlreadyTicked:
            messages.warning(request, "Somebody else has started the statement already.")
            return redirect(case)
        messages.success(request, "Started. Say what you know, then submit it.")
        return redirect("drafts:edit", draft.pk)


class Unfreeze(_OfACase):
    permission = "lifecycle.unfreeze"
    reauthenticates = True

    def post(self, request: Request, pk: int) -> HttpResponse:
        case = self.case(pk)
        try:
            is_open = sign(case, actor=request.user, now=timezone.now())
        except StepsOpen as left:
            words = "; ".join(left.titles)
            messages.warning(request, f"Not yet. This has to be done and ticked first: {words}.")
        except SecondPersonNeeded:
            messages.warning(
                request,
                "You have signed already. A second person, the comms duty officer or a comms"
                " admin, has to sign too.",
            )
        except NotTwoPeople as reason:
            messages.warning(request, str(reason))
        except AlreadySigned:
            messages.warning(request, f"{case.account} was opened again by others.")
        else:
            messages.success(
                request,
                f"{case.account} is open again. What was due meanwhile was not sent: give it a new"
                " time under Deliveries."
                if is_open
                else "You have signed. Now a second person has to.",
            )
        return redirect(case)


class FreezePost(PermittedView):
    """Nobody knows a tweet that was sent past Blue Lamp."""

    permission = "publishing.freeze"

    def get(self, request: Request, pk: int) -> HttpResponse:
        return redirect("publishing:past-posts")

    def post(self, request: Request, pk: int) -> HttpResponse:
        mine = PastPost.objects.visible_to(request.user).select_related("account")
        post = mine.filter(pk=pk).first()
        if post is None:
            raise Http404
        try:
            case = report_post(post, actor=request.user, now=timezone.now())
        except AlreadyExplained:
            messages.warning(request, "Somebody else has answered for this post already.")
            return redirect("publishing:past-posts")
        messages.success(request, FROZEN.format(post.account))
        return redirect(case)
