"""The demonstration's first page: whom to be, and where to look."""

from typing import Any

from allauth.account.utils import perform_login
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache

from accounts.models import User
from accounts.roles import Role
from demonstration.mail import letters
from demonstration.people import PEOPLE, TEAMS, TOUR
from insights.views.public import PublicView
from insights.views.public import Start as PlainStart

LOOPBACK = {"127.0.0.1", "::1"}
# Letters on the page.
SHOWN = 20


def _ours(request: HttpRequest, address: str) -> str:
    """`address` where it leads to a page of ours, otherwise nothing."""
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts={request.get_host()})
    return address if is_ours else ""


def _only_from_here(request: HttpRequest) -> None:
    """Raise Http404 for whoever is not at this machine."""
    forwarded = {"HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED"} & request.META.keys()
    if forwarded or request.META.get("REMOTE_ADDR") not in LOOPBACK:
        raise Http404


class Start(PlainStart):
    """The start page with the people to sign in as and the tour."""

    def context(self) -> dict[str, Any]:
        keys = dict(User.objects.filter(is_active=True).values_list("email", "pk"))
        teams = {team.slug: team.name for team in TEAMS}
        people = {
            person.name: {
                "pk": keys[person.email],
                "name": person.full_name,
                "role": Role(person.role).label,
                "team": teams.get(person.team, ""),
                "sees": person.sees,
                "is_default": person is PEOPLE[0],
            }
            for person in PEOPLE
            if person.email in keys
        }
        tour = [
            {
                "number": number,
                "text": step.text,
                "person": people[step.who]["pk"],
                "name": people[step.who]["name"],
                "link": step.link,
            }
            for number, step in enumerate(TOUR, start=1)
            if step.who in people
        ]
        if not people:
            # Somebody is setting up a force of their own.
            return super().context()
        return super().context() | {
            "is_demo": True,
            "after": _ours(self.request, self.request.GET.get("next", "")),
            "people": list(people.values()),
            "tour": tour,
        }


class SignIn(PublicView):
    """Sign in as one of the demonstration's people, without a password, from this machine only."""

    def post(self, request: HttpRequest) -> HttpResponse:
        _only_from_here(request)
        person = request.POST.get("person", "")
        emails = [known.email for known in PEOPLE]
        user = get_object_or_404(
            User,
            pk=int(person) if person.isdecimal() and len(person) < 10 else 0,
            email__in=emails,
            is_active=True,
        )
        request.session.flush()
        after = _ours(request, request.POST.get("next", ""))
        response: HttpResponse = perform_login(
            request, user, email_verification="none", redirect_url=after or None
        )
        return response


@method_decorator(never_cache, name="dispatch")
class Mail(PublicView):
    """The mail that was not sent, for whoever sits at this machine.

    Without signing in: whoever follows an invitation cannot yet.
    """

    def get(self, request: HttpRequest) -> HttpResponse:
        _only_from_here(request)
        if not settings.PRACTICE_MAIL:
            raise Http404
        return render(request, "demonstration/mail.html", {"letters": letters(SHOWN)})
