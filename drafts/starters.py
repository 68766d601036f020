"""What a tweet can be started from: a kind, and prepared words with blanks in square brackets."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from django.urls import reverse

from accounts.models import SocialAccount
from policy.core import CaseStage, Category, Pack, Template

BLANK: Final = re.compile(r"\[[^\[\]\n]{1,60}\]")
# The kinds that are offered at once, in this order; everything else stands under More.
AT_ONCE: Final = ("meeting", "you-said-we-did", "advice", "traffic", "retweet")
LABELS: Final = {"retweet": "Retweet force"}
MORE: Final = "More"
MEETING: Final = "meeting"


@dataclass(frozen=True, slots=True)
class Starter:
    """One way to start: the kind that it sets, and its words, with blanks, if it has any.

    `stage` is the case stage that the words are made for; empty where they are made for none.
    """

    label: str
    category: str
    url: str
    text: str = ""
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Chip:
    """What stands above the text box. Several starters open below it."""

    label: str
    starters: tuple[Starter, ...]


def chips_for(pack: Pack, account: SocialAccount | None) -> list[Chip]:
    """The chips of the Write page, filled in with what is known of the account's team."""
    at_once = [pack.categories[name] for name in AT_ONCE if name in pack.categories]
    chips = [
        Chip(LABELS.get(kind.id, kind.label), tuple(_starters(kind, pack, account)))
        for kind in at_once
    ]
    others = [kind for kind in pack.categories.values() if kind.id not in AT_ONCE]
    more = tuple(starter for kind in others for starter in _starters(kind, pack, account))
    return [*chips, Chip(MORE, more)] if more else chips


def starter_for(
    pack: Pack, account: SocialAccount | None, *, template: str = "", category: str = ""
) -> Starter | None:
    """The starter of an address of the Write page; None where the pack has no such thing."""
    if template in pack.templates:
        chosen = pack.templates[template]
        return _from_template(chosen, account)
    if category in pack.categories:
        return _from_kind(pack.categories[category])
    return None


def template_text(template: Template, account: SocialAccount | None) -> str:
    """The words of `template`; blanks that the account's team answers are filled in."""
    known = _known(account)
    if template.category == MEETING:
        known["place"] = known.get("meeting place", "")
    return BLANK.sub(
        lambda blank: known.get(blank.group()[1:-1].casefold()) or blank.group(), template.text
    )


def _starters(kind: Category, pack: Pack, account: SocialAccount | None) -> Iterator[Starter]:
    templates = [t for t in pack.templates.values() if t.category == kind.id]
    for template in templates:
        yield _from_template(template, account)
    if not templates:
        yield _from_kind(kind)


def _from_template(template: Template, account: SocialAccount | None) -> Starter:
    return Starter(
        label=template.label,
        category=template.category,
        url=_address(template=template.id),
        text=template_text(template, account),
        stage="" if template.stage is CaseStage.NONE else template.stage.value,
    )


def _from_kind(kind: Category) -> Starter:
    return Starter(label=kind.label, category=kind.id, url=_address(category=kind.id))


def _address(**start: str) -> str:
    return f"{reverse('drafts:write')}?{urlencode(start)}"


def _known(account: SocialAccount | None) -> dict[str, str]:
    """What fills which blank, by the words in the brackets."""
    if account is None:
        return {}
    page = account.force.site
    if account.lpt is None:
        return {"team page": page}
    lpt = account.lpt
    return {
        "team page": lpt.team_page or page,
        "area": lpt.name,
        "areatag": lpt.area_hashtag,
        "meeting place": lpt.meeting_place,
        "newsletter page": lpt.newsletter_page,
    }
