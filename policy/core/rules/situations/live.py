"""Incidents that are still going on, and the way to them."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Final

import regex

from policy.core.rules import authorities
from policy.core.rules.base import Case, Rule, Span, tweets
from policy.core.rules.phrases import sentence
from policy.core.rules.situations.live_signs import AT_WORK_SIGNS, AWAITED, PAST, SIGNS
from policy.core.rules.situations.live_words import (
    AT_WORK,
    CROWDED,
    GRAVE,
    GRAVE_STEMS,
    IN_GENERAL,
    LIVE,
    MORE_THAN_ROADS,
    OVER,
    PLANNED,
    ROADS,
    TALK,
    TOLD_IF,
)
from policy.core.types import Severity


def _is_in_general(case: Case, found: regex.Match[str]) -> bool:
    before, after = sentence(case, found)
    if "helicopter" in found.group():
        return False
    if found.group().startswith(("avoid", "stay", "keep")):
        return bool(CROWDED.search(after) or PLANNED.search(case.reading.plain))
    return bool(
        IN_GENERAL.search(before)
        or TOLD_IF.search(after)
        or PAST.search(before)
        or PAST.search(after)
    )


def _is_about_roads(case: Case) -> bool:
    plain = case.reading.plain
    return bool(ROADS.search(plain)) and not MORE_THAN_ROADS.search(plain)


def _at_work(case: Case) -> Iterator[regex.Match[str]]:
    plain = case.reading.plain
    if GRAVE_STEMS.are_in(case.reading) and GRAVE.search(plain):
        at_work = AT_WORK.finditer(plain, timeout=case.deadline.remaining())
        for found in (*islice(at_work, 10), *AT_WORK_SIGNS.found(case)):
            before, after = sentence(case, found)
            whole = f"{before}{found.group()}{after}"
            if GRAVE.search(whole) and not TALK.search(whole):
                yield found
        if not TALK.search(plain):
            yield from AWAITED.found(case)


def what_goes_on_now(case: Case) -> Iterator[Span]:
    """The first words that tell of an incident that goes on, or of the way to one."""
    finds = [
        found
        for found in (*LIVE.found(case), *SIGNS.found(case), *_at_work(case))
        if not _is_in_general(case, found)
    ]
    if not finds or OVER.occur(case):
        return
    first = min(finds, key=lambda found: found.start())
    start, end = case.place(*first.span())
    if _is_about_roads(case):
        yield Span(
            start,
            end,
            "This says where officers are at work now.",
            "Tell road users what they need to know, and nothing more of the incident.",
            confidence=0.5,
            at_most=Severity.ADVISE,
        )
    else:
        yield Span(start, end, "This may tell of an incident while it goes on.", confidence=0.7)


LIVE_INCIDENT: Final = Rule(
    id="live-incident",
    title="An incident that is still going on",
    subject="Incidents and appeals",
    severity=Severity.NEEDS_REASON,
    cites=authorities.LIVE,
    advice="Wait until it is over, and ask comms if the public must act now.",
    find=what_goes_on_now,
    wrong=tweets(
        "En route to a burglary in progress in Oldermoor",
        "Officers are currently dealing with a disturbance in Saltmere. Please avoid the area.",
        "We've just been called to a fight outside the station",
        "Armed police are at an address in Kingsmarl. More when we have it.",
        "The siege in Foxhollow is still going on",
    ),
    right=tweets(
        "Last night we attended a collision on the A12. All now clear, thanks for your patience.",
        "Police were called at 10pm on Friday to a fight in Saltmere. Two men were arrested.",
        "The A12 is closed between Oldermoor and Saltmere. Please use another road.",
        "If you see a burglary in progress, call 999.",
        "We are currently dealing with a high number of calls. Please report online.",
        "The incident in Brackenford is resolved and officers are no longer at the scene.",
    ),
    answers=(
        "It is over",
        "Comms asked us to tell people now",
        "It only tells people about roads or an event",
    ),
)
