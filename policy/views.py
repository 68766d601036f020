from django.http import HttpResponse
from django.shortcuts import render

from accounts.access import PermittedView, Request
from policy.services import pack_for, rulebook_for


class Rulebook(PermittedView):
    """Every rule of the reader's force in plain words, searchable."""

    permission = "policy.read_rulebook"

    def get(self, request: Request) -> HttpResponse:
        query = request.GET.get("q", "").strip()[:100]
        force = request.user.current_memberships[0].force
        rules = rulebook_for(force, query=query)
        context = {"pack": pack_for(force), "rules": rules, "query": query}
        return render(request, "policy/rulebook.html", context)
