from itertools import groupby
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from accounts.access import PermittedView, Request
from policy.core import Severity
from policy.explaining import RuleEntry, rulebook_for
from policy.services import pack_for

REGISTERS = [
    ("Court restrictions", "policy:restrictions", "policy.keep_restrictions"),
    ("Pre-election periods", "policy:elections", "policy.declare_election"),
]


WEIGHTS = {
    "": "All",
    Severity.BLOCK: "Stops submission",
    Severity.NEEDS_REASON: "Needs a reason",
    Severity.ADVISE: "Advice",
}
# So few rules are shown with everything that there is to say about them.
FEW = 4


class Rulebook(PermittedView):
    """Every rule of the reader's force in plain words, by subject, searchable."""

    permission = "policy.read_rulebook"

    def get(self, request: Request) -> HttpResponse:
        query = request.GET.get("q", "").strip()[:100]
        weight = request.GET.get("weight", "")
        if weight not in WEIGHTS:
            raise Http404
        force = request.user.current_memberships[0].force
        found = rulebook_for(force, query=query)
        rules = [rule for rule in found if weight in ("", rule.severity)]
        context = {
            "pack": pack_for(force),
            "subjects": [(name, list(group)) for name, group in groupby(rules, _subject)],
            "count": len(rules),
            "is_short": len(rules) <= FEW,
            "query": query,
            "weight": weight,
            "weight_tabs": [
                {
                    "label": label,
                    "url": f"?{urlencode({'weight': key, 'q': query})}",
                    "count": sum(key in ("", rule.severity) for rule in found),
                    "current": key == weight,
                }
                for key, label in WEIGHTS.items()
            ],
            "registers": [
                {"label": label, "url": reverse(name)}
                for label, name, permission in REGISTERS
                if request.user.has_perm(permission)
            ],
        }
        return render(request, "policy/rulebook.html", context)


def _subject(rule: RuleEntry) -> str:
    return rule.subject
