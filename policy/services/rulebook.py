"""The rulebook in force: which pack a force uses, and the generation of what the rules say."""

from collections.abc import Mapping
from functools import cache, lru_cache
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F, Subquery

from accounts.models import Force
from policy.core import LIGHT, Category, NameDetector, Pack, load_packs
from policy.core.changes import changed, fitting
from policy.core.ner import spacy_names
from policy.models import PackVersion, RulebookGeneration, StaffHandle


@cache
def packs() -> dict[str, Pack]:
    """Every pack by id, read once per process. Raises PackError."""
    return load_packs(settings.POLICY_PACKS)


def name_detector() -> NameDetector:
    """What finds names in a text: the lists, and the model where the settings ask for it."""
    return spacy_names() if settings.POLICY_NAMES_MODEL else LIGHT


def pack_for(force: Force) -> Pack:
    """The pack of `force` as it is in force now: the file's, with the version that was activated.

    The force's own site and its partners' domains are allowed; what people gave as their own
    accounts is protected. Costs one small query as long as nothing has changed.
    """
    if not force.pk:
        return version_pack(force, None)
    number = RulebookGeneration.objects.filter(pk=1).values("number")[:1]
    active = PackVersion.objects.of(force).in_force().values("pk")[:1]
    standing = Force.objects.filter(pk=force.pk).values_list(Subquery(number), Subquery(active))
    settings_of_force = (force.pk, force.policy_pack, force.site, tuple(force.allowed_domains))
    return _pack_at(settings_of_force, standing.get())


def file_pack(force: Force) -> Pack:
    """The pack of `force` as its file has it: nothing that was changed on screen."""
    return packs()[force.policy_pack]


def categories_of(force: Force) -> Mapping[str, Category]:
    """The categories of the force's tweets, which no version changes; asks no database."""
    return file_pack(force).categories


def version_pack(force: Force, version: PackVersion | None) -> Pack:
    """What the pack of `force` is, was or would be under `version` (None: as the file has it).

    What a release left behind of the version is left out; `manage.py check` tells.
    """
    pack = file_pack(force)
    if version is not None:
        changes = fitting(pack, version.changes)
        pack = changed(pack, changes).with_version(version.number or pack.version)
    own_site = urlsplit(force.site).hostname or ""
    domains = [domain for domain in (own_site, *force.allowed_domains) if domain]
    return pack.with_lists(allowed_domains=domains, protected_handles=_given_handles(force))


# The key holds everything that the pack depends on: whatever changes a rule, a list or a
# protected account counts the generation up.
@lru_cache(maxsize=64)
def _pack_at(
    of: tuple[int, str, str, tuple[str, ...]], standing: tuple[int | None, int | None]
) -> Pack:
    force_id, pack_id, site, domains = of
    _, version_id = standing
    force = Force(pk=force_id, policy_pack=pack_id, site=site, allowed_domains=list(domains))
    version = PackVersion.objects.get(pk=version_id) if version_id else None
    return version_pack(force, version)


def _given_handles(force: Force) -> list[str]:
    if not force.pk:
        return []
    given = StaffHandle.objects.filter(
        withdrawn_at=None, person__is_active=True, person__memberships__force=force.pk
    )
    return list(given.order_by("handle").values_list("handle", flat=True).distinct())


def generation() -> int:
    """The number of the rulebook's generation now."""
    row, _ = RulebookGeneration.objects.get_or_create(pk=1)
    return row.number


def next_generation() -> None:
    """Count the generation up, in the transaction of whatever changed the rules.

    Call it first: the row is the first that the dispatcher locks, too.
    """
    generation()
    RulebookGeneration.objects.filter(pk=1).update(number=F("number") + 1)
