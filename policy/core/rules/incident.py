"""While a critical incident is on, a team's account is silent but for chosen retweets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from policy.core.rules import authorities
from policy.core.rules.base import TEXT_ONLY, Case, Example, Rule, Span
from policy.core.types import Context, Incident, Kind, Post, Severity, SourceKind


def _is_chosen_retweet(post: Post, incidents: tuple[Incident, ...]) -> bool:
    if post.kind is not Kind.RETWEET:
        return False
    if post.source_kind is SourceKind.FORCE:
        return True
    if post.source_kind is SourceKind.COMMANDER and post.source_in_scope:
        return True
    # One incident may not open what another keeps closed.
    return all(_is_named(post.source_account, incident) for incident in incidents)


def _is_named(account: str, incident: Incident) -> bool:
    named = {source.lstrip("@").casefold() for source in incident.named_sources}
    return bool(account) and account.lstrip("@").casefold() in named


def anything_but_chosen_retweets(case: Case) -> Iterator[Span]:
    """The whole post, unless it is a retweet that the incident allows."""
    incidents = case.context.incidents
    if incidents and not _is_chosen_retweet(case.post, incidents):
        scopes = " and ".join(incident.scope for incident in incidents)
        since = min(incident.since for incident in incidents)
        yield Span(
            0,
            len(case.reading.raw),
            f"A critical incident is on for {scopes} since {since:%H:%M}. "
            "Nothing goes out until it is stood down.",
        )


_FOXHOLLOW: Final = Context(
    incidents=(
        Incident("Foxhollow", datetime(2026, 11, 26, 14, 5, tzinfo=UTC), ("MarlshireFire",)),
    )
)


def _retweet(kind: SourceKind, account: str, *, in_scope: bool = False) -> Post:
    return Post(
        "",
        kind=Kind.RETWEET,
        source_text="Please stay away from Tanner Square.",
        source_account=account,
        source_kind=kind,
        source_in_scope=in_scope,
    )


CRITICAL_INCIDENT_LOCK: Final = Rule(
    id="critical-incident-lock",
    title="A critical incident is on",
    subject="Critical incidents",
    severity=Severity.BLOCK,
    cites=authorities.INCIDENTS,
    advice="Wait for the stand down. Comms can retweet the force's account or the commander of the "
    "team for you, on the platform itself.",
    find=anything_but_chosen_retweets,
    wrong=(
        Example(Post("Fit a door chain."), _FOXHOLLOW, "An original while the incident is on."),
        Example(
            Post("Please stay away.", kind=Kind.QUOTE, source_kind=SourceKind.FORCE),
            _FOXHOLLOW,
            "A quote adds words of its own.",
        ),
        Example(
            _retweet(SourceKind.COMMANDER, "InspOkaforMP"),
            _FOXHOLLOW,
            "A retweet of the commander of another team.",
        ),
        Example(
            _retweet(SourceKind.PARTNER, "MarlshireCC"),
            _FOXHOLLOW,
            "A retweet of a partner that comms did not name.",
        ),
    ),
    right=(
        Example(Post("Fit a door chain."), note="No incident is on."),
        Example(_retweet(SourceKind.FORCE, "MarlshirePolice"), _FOXHOLLOW, "A force retweet."),
        Example(
            _retweet(SourceKind.COMMANDER, "InspFoxhollow", in_scope=True),
            _FOXHOLLOW,
            "A retweet of the commander of the team concerned.",
        ),
        Example(
            _retweet(SourceKind.PARTNER, "marlshirefire"),
            _FOXHOLLOW,
            "A retweet of a partner that comms named for this incident.",
        ),
    ),
    reads=TEXT_ONLY,
)
