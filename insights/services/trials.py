"""Trying a version of the rulebook on recent drafts before anybody has to live with it."""

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import F

from accounts.models import Force, User
from drafts.models import Revision
from drafts.services import post_of
from incidents.services import context_of
from policy.core import Context, Finding, Pack, Severity, check
from policy.core.changes import touched_rules
from policy.models import PackVersion, Trial
from policy.services import active_version, keep_trial, version_pack

TRIAL_SIZE = 1000
# Rows kept of a trial; the counts cover all drafts.
KEPT = 200
# Seconds: a person waits for the page.
TIME = 20.0


def try_version(
    version: PackVersion, *, actor: User, now: datetime, time_left: float = TIME
) -> Trial:
    """Check the newest drafts of the force under what is in force and under `version`.

    At most TRIAL_SIZE drafts, in their newest revision, and no more than `time_left` seconds
    allow. The stored result holds counts, and for each of the first KEPT drafts that differ the
    revision and the places, but no words. Raises PermissionDenied.
    """
    force = version.force
    if not actor.has_perm("policy.prepare", force):
        raise PermissionDenied
    old, new = version_pack(force, active_version(force)), version_pack(force, version)
    touched = touched_rules(old, new)
    old, new = _only(old, touched), _only(new, touched)
    counts, rows, looked_at = Counter[str](), list[dict[str, Any]](), 0
    contexts: dict[int, Context] = {}
    end = time.monotonic() + time_left
    for revision in _newest(force):
        if time.monotonic() > end:
            break
        looked_at += 1
        account = revision.account
        if account.pk not in contexts:
            # An incident that happens to be on says nothing about the rules.
            contexts[account.pk] = replace(context_of(account, now=now), incidents=())
        post, context = post_of(revision), contexts[account.pk]
        changes = list(
            _changes(check(post, context, old).findings, check(post, context, new).findings)
        )
        if changes:
            counts.update({kind_of(change) for change in changes})
            counts["changed"] += 1
            if len(rows) < KEPT:
                rows.append({"revision": revision.pk, "changes": changes})
    result = {"counts": dict(counts), "rows": rows}
    return keep_trial(version, actor=actor, looked_at=looked_at, result=result, now=now)


def _only(pack: Pack, rules: frozenset[str]) -> Pack:
    return replace(pack, rules={name: pack.rules[name] for name in pack.rules if name in rules})


def _newest(force: Force) -> Iterable[Revision]:
    return (
        Revision.objects.filter(draft__account__force=force, number=F("draft__revision_number"))
        .select_related("account__force", "account__lpt")
        .order_by("-draft__changed_at", "-draft_id")[:TRIAL_SIZE]
    )


def _heaviest(findings: Iterable[Finding]) -> dict[tuple[str, str, int], Finding]:
    """By what it is about: the findings come heaviest first."""
    found: dict[tuple[str, str, int], Finding] = {}
    for finding in findings:
        found.setdefault((finding.key, finding.where.value, finding.index), finding)
    return found


def _changes(before: Iterable[Finding], after: Iterable[Finding]) -> Iterator[dict[str, Any]]:
    old, new = _heaviest(before), _heaviest(after)
    # In the order of the new findings, then those that are gone.
    for key in [*new, *(key for key in old if key not in new)]:
        was = old[key].severity if key in old else Severity.OFF
        is_now = new[key].severity if key in new else Severity.OFF
        if was is not is_now:
            finding = new.get(key) or old[key]
            yield {
                "rule": finding.rule,
                "title": finding.title,
                "was": was.value,
                "now": is_now.value,
                "where": finding.where.value,
                "start": finding.start,
                "end": finding.end,
            }


def kind_of(change: dict[str, Any]) -> str:
    """Which count a change adds to: "newly-block" … "no-longer-advise"."""
    was, is_now = Severity(change["was"]), Severity(change["now"])
    if is_now.weight > was.weight:
        return f"newly-{is_now}"
    return f"no-longer-{was}"
