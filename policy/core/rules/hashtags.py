"""How many hashtags one tweet may carry."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policy.core.rules import authorities
from policy.core.rules.base import (
    MAY_OVERRIDE,
    TEXT_ONLY,
    Case,
    Param,
    ParamKind,
    Rule,
    Span,
    noted,
    params,
    tweets,
)
from policy.core.types import Severity


def hashtags_past_the_limit(case: Case) -> Iterator[Span]:
    """Every hashtag after the last that is allowed."""
    most = case.number("max")
    tags = case.reading.entities.hashtags
    for tag in tags[most:]:
        yield Span(
            tag.start,
            tag.end,
            f"You have {len(tags)} hashtags. Use at most {most}.",
            replacements=(tag.hashtag, ""),
        )


TOO_MANY_HASHTAGS: Final = Rule(
    id="hashtags-max",
    title="Too many hashtags",
    subject="Hashtags",
    severity=Severity.BLOCK,
    cites=authorities.HASHTAGS,
    advice="Keep the tags your community searches for and take out the least useful.",
    find=hashtags_past_the_limit,
    wrong=tweets(
        "Meeting tonight #Oldermoor #ASB #Police #Surgery",
        "#Shed #Lock #Alarm #Burglary #Oldermoor: check yours tonight",
        "\uff03Oldermoor \uff03ASB \uff03Police \uff03Surgery",
    ),
    right=noted(
        ("Meeting tonight #Oldermoor #ASB #Surgery", "Three tags, each of use to somebody."),
        (
            "We are #1 of 4: #Oldermoor #ASB #Surgery https://marlshire.example.org/#news",
            "A number and a part of a link are no tags.",
        ),
        ("Surgery at Oldermoor Library tonight, 6pm #Oldermoor", "One tag that people follow."),
    ),
    overridable_by=MAY_OVERRIDE,
    reads=TEXT_ONLY,
    params=params(max=Param("The greatest number of hashtags", ParamKind.NUMBER, 3)),
)
