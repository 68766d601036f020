"""How each person wants to be told of each kind of thing."""

from collections.abc import Collection, Mapping

from django.db import transaction

from notices.models import Kind, Way, Wish

# What people choose about: all but what they must act on.
CHOOSABLE = tuple(kind for kind in Kind if kind != Kind.ALERT)


def choose(*, person_id: int, ways: Mapping[Kind, Way | None]) -> None:
    """Keep how this person wants to be told; None leaves it to each notice.

    Raises ValueError for what nobody can choose.
    """
    if not set(ways) <= set(CHOOSABLE):
        message = "Whoever must act is told at once."
        raise ValueError(message)
    with transaction.atomic():
        for kind, way in ways.items():
            if way is None:
                Wish.objects.filter(person_id=person_id, kind=kind).delete()
                continue
            Wish.objects.update_or_create(person_id=person_id, kind=kind, defaults={"way": way})


def wishes_of(people: Collection[int]) -> dict[int, dict[Kind, Way]]:
    """By person and kind how each wants to be told; what is not there, as the notice says."""
    wishes: dict[int, dict[Kind, Way]] = {person: {} for person in people}
    for wish in Wish.objects.filter(person_id__in=people):
        wishes[wish.person_id][Kind(wish.kind)] = Way(wish.way)
    return wishes
