"""The drafts that a person may see: one, or page after page."""

from typing import ClassVar

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.access import PermittedView, Request
from drafts.models import Draft, DraftQuerySet, cursor_of
from drafts.workflow import State

PAGE = 25


def find_draft(request: Request, pk: int) -> Draft | None:
    """The draft if this person may see it."""
    return Draft.objects.visible_to(request.user).with_people().filter(pk=pk).first()


def visible_draft(request: Request, pk: int) -> Draft:
    """The draft if this person may see it; another team's is 404 like one that never was."""
    draft = find_draft(request, pk)
    if draft is None:
        raise Http404
    return draft


class TeamDrafts(PermittedView):
    permission = "drafts.read"
    tabs: ClassVar = {
        "writing": ("Being written", [State.DRAFT, State.CHANGES_REQUESTED, State.EXPIRED]),
        "waiting": ("Waiting for review", [State.SUBMITTED]),
        "approved": ("Approved", [State.APPROVED]),
        "ended": ("Rejected or discarded", [State.REJECTED, State.WITHDRAWN]),
    }

    def get(self, request: Request) -> HttpResponse:
        chosen = request.GET.get("state", "writing")
        if chosen not in self.tabs:
            raise Http404
        drafts = Draft.objects.visible_to(request.user).filter(state__in=self.tabs[chosen][1])
        page, next_url = _newest_page(request, drafts.with_people(), f"state={chosen}")
        url = reverse("drafts:list")
        context = {
            "drafts": page,
            "next_url": next_url,
            "state_tabs": [
                {"label": label, "url": f"{url}?state={key}", "current": key == chosen}
                for key, (label, _) in self.tabs.items()
            ],
        }
        return render(request, "drafts/list.html", context)


def _newest_page(request: Request, drafts: DraftQuerySet, query: str) -> tuple[list[Draft], str]:
    """One page of drafts, newest first, and the address of the next: by key, never by number."""
    before = request.GET.get("before", "")
    page = list(drafts.older_than(before).newest_first()[: PAGE + 1])
    if len(page) <= PAGE:
        return page, ""
    last = page[PAGE - 1]
    return page[:PAGE], f"?{query}&before={cursor_of(last.changed_at, last.pk)}"
