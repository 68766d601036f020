"""Pages that anybody may see."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.generic import View


@method_decorator(login_not_required, name="dispatch")
class PublicView(View):
    """A page without sign-in."""


class Start(PublicView):
    """What this is, and where to sign in."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            return redirect("insights:desk")
        return render(request, "insights/start.html", self.context())

    def context(self) -> dict[str, Any]:
        return {"is_demo": False, "login_url": reverse("account_login")}


class Health(PublicView):
    """200 when the process is up and the database answers; for supervisors, not for people."""

    def get(self, request: HttpRequest) -> JsonResponse:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return JsonResponse({"status": "up"})


class TextPage(PublicView):
    """A page of plain text: a title and sections of paragraphs."""

    title: str
    sections: list[tuple[str, list[str]]]

    def get(self, request: HttpRequest) -> HttpResponse:
        sections = [
            {"heading": heading, "paragraphs": paragraphs} for heading, paragraphs in self.sections
        ]
        context = {"title": self.title, "sections": sections}
        return render(request, "insights/page.html", context)


class Accessibility(TextPage):
    title = "Accessibility statement"
    sections = [
        (
            "How accessible this product is",
            [
                "Blue Lamp is built to meet level AA of the Web Content Accessibility Guidelines"
                " 2.2. Every page is checked for this by machine with every change.",
                "You can use all of it with a keyboard alone, at 400 % zoom, and without"
                " JavaScript. Without JavaScript the rulebook checks your text when you submit it"
                " and not while you type.",
            ],
        ),
        (
            "If something does not work for you",
            ["Tell the corporate communications desk. They can also take a tweet by phone."],
        ),
    ]


class AboutYou(TextPage):
    title = "What we hold about you"
    sections = [
        (
            "What is stored",
            [
                "Your name, work e-mail, mobile number, collar number, rank or role, your roles"
                " with their dates, and when you last confirmed your number. If somebody else put"
                " your work e-mail on record, who that was and when.",
                "Which training you passed, when and in which version, which versions of the"
                " guidance you accepted, and when you were told that a training or your number"
                " runs out.",
                "How you sign in: your password in a form from which nobody can read it, your"
                " passkeys by name with the public half of each, the secret of your app for codes"
                " and your recovery codes, both encrypted, and when each was added and last used.",
                "Where you are signed in: the browser, its internet address, since when, and when"
                " it was last used. You see this list under Your sign-in; an entry that has ended"
                " is deleted when you next look there. The record of what was done also keeps the"
                " address at which you ended a session.",
                "Your shifts on the duty rota, who decides in your place, and what you were told"
                " in notices and how you like to be told.",
                "What you wrote, submitted, approved, returned or rejected, and when. This record"
                " cannot be changed by anyone.",
                "What you asked corporate communications, and their answers. They read it, and your"
                " team only where it is about one of its drafts.",
                "Your mobile number stands on the duty call list: corporate communications and your"
                " own team see it there, and each look is recorded.",
            ],
        ),
        (
            "What it is for",
            [
                "To reach you when a tweet of yours needs you, to keep the person who writes and"
                " the person who approves apart, and to show later what happened.",
                "Text that you have not saved stays in your own browser for at most 24 hours and"
                " goes when you sign out.",
                "A browser in which you signed in keeps a cookie for half a year that says so, for"
                " Blue Lamp alone: it still lets you in when somebody tries passwords for you from"
                " elsewhere.",
            ],
        ),
        (
            "What is not done",
            ["Blue Lamp does not look at your personal accounts on any platform."],
        ),
    ]
