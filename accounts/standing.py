"""Whether a person's record is complete, which submitting asks for, and what it lacks.

Name and number are there by constraint. The number has to be confirmed, the guidance accepted and
the compulsory training done; what runs out is said ahead and has days of grace.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.db.models import Max

from accounts.guidance import Module, guidance
from accounts.mobile import as_said
from accounts.models import Force, GuidanceAccepted, Membership, TrainingDone, User


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing, or soon will be.

    `until` is the last day on which the person can submit in spite of it; None: they cannot.
    `ends` is that day as well when it is over; None: in this respect they never could.
    `sentence` is for the person, `words` for whoever keeps the register. `module` is the id of the
    page to do; `is_number` and `is_guidance` say what else it may be about.
    """

    sentence: str
    words: str
    until: date | None = None
    module: str = ""
    is_number: bool = False
    is_guidance: bool = False
    ends: date | None = None


def day_said(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


@dataclass(frozen=True, slots=True)
class _Facts:
    """What one person's gaps are reckoned from."""

    person: User
    roles: list[Membership]
    accepted: int
    done: Mapping[str, TrainingDone]

    @property
    def asking(self) -> Force | None:
        """The force of this person that asks for the newest guidance; None: nobody asks."""
        asking = [role.force for role in self.roles if role.force.guidance_version]
        return max(asking, key=lambda force: (force.guidance_version, force.pk), default=None)


def gaps(person: User, *, on: date) -> list[Gap]:
    """What this person's record lacks on that day, what stops them first."""
    roles = person.current_memberships
    if not is_asked_for_guidance(person):
        return _gaps(_Facts(person, roles, 0, {}), on)
    done = training_of([person.pk])[person.pk]
    return _gaps(_Facts(person, roles, accepted_versions([person.pk])[person.pk], done), on)


def gaps_of(people: Sequence[User], *, on: date) -> dict[int, list[Gap]]:
    """The same for many people, by key, in a number of queries that does not grow."""
    keys = [person.pk for person in people]
    roles: dict[int, list[Membership]] = {key: [] for key in keys}
    for role in Membership.objects.current(on).filter(person__in=keys).select_related("force"):
        roles[role.person_id].append(role)
    accepted, done = accepted_versions(keys), training_of(keys)
    return {
        person.pk: _gaps(_Facts(person, roles[person.pk], accepted[person.pk], done[person.pk]), on)
        for person in people
    }


def stopping(person: User, *, on: date) -> list[Gap]:
    """What keeps this person from submitting on that day."""
    return [gap for gap in gaps(person, on=on) if gap.until is None]


def training_of(people: Collection[int]) -> dict[int, dict[str, TrainingDone]]:
    """The last time that each person (by key) did each page (by id)."""
    found: dict[int, dict[str, TrainingDone]] = {key: {} for key in people}
    for row in TrainingDone.objects.filter(person__in=people).order_by("pk"):
        found[row.person_id][row.module] = row
    return found


def accepted_versions(people: Collection[int]) -> dict[int, int]:
    """The newest version of the guidance that each person (by key) accepted; 0 for none."""
    rows = GuidanceAccepted.objects.filter(person__in=people).order_by()
    newest = dict(rows.values_list("person").annotate(Max("version")))
    return {key: newest.get(key, 0) for key in people}


def is_asked_for_guidance(person: User) -> bool:
    """Whether any force of this person has put guidance in force."""
    return any(role.force.guidance_version for role in person.current_memberships)


def _gaps(facts: _Facts, on: date) -> list[Gap]:
    found = [*_of_the_number(facts.person, on), *_of_the_guidance(facts, on)]
    return sorted(found, key=lambda gap: (gap.until is not None, gap.until or on))


def _of_the_number(person: User, on: date) -> list[Gap]:
    last = person.mobile_counts_until
    if last and on <= last - settings.MOBILE_SAID_AHEAD:
        return []
    number = as_said(person.mobile)
    if last and on <= last:
        return [
            Gap(
                f"Confirm your mobile number by {day_said(last)}.",
                f"Mobile number {number} has to be confirmed again. Can submit until"
                f" {day_said(last)}.",
                last,
                is_number=True,
                ends=last,
            )
        ]
    sentence = "Confirm your mobile number on My desk first"
    if last:
        sentence += ": it was not confirmed in the last six months"
        words = f"Mobile number {number} not confirmed in the last six months."
    elif person.last_login:
        words = f"Mobile number {number} not confirmed yet."
    else:
        words = f"Has not signed in yet. Mobile number {number} not confirmed."
    return [Gap(f"{sentence}.", words, is_number=True, ends=last)]


def _of_the_guidance(facts: _Facts, on: date) -> list[Gap]:
    force = facts.asking
    if force is None:
        return []
    settles = _settling_in(facts.roles, force)
    # Who was here before a version came has some days to catch up with it.
    until = settles if settles and on <= settles else None
    found: list[Gap] = []
    if facts.accepted < force.guidance_version:
        found.append(replace(_guidance_gap(force.guidance_version, until), ends=settles))
    training = (
        _training_gap(module, facts.done.get(module.id), force, settles, on)
        for module in guidance().compulsory
    )
    return [*found, *filter(None, training)]


def _settling_in(roles: Sequence[Membership], force: Force) -> date | None:
    """The last day of grace after a version of the guidance; None for those who came with it."""
    if force.guidance_since is None or min(role.since for role in roles) >= force.guidance_since:
        return None
    return force.guidance_since + settings.TRAINING_GRACE


def _guidance_gap(version: int, until: date | None) -> Gap:
    words = f"Guidance version {version} not accepted."
    if until is None:
        return Gap("Read and accept the guidance first.", words, is_guidance=True)
    sentence = f"There is new guidance. Read and accept it by {day_said(until)}."
    return Gap(sentence, f"{words} Can submit until {day_said(until)}.", until, is_guidance=True)


def _training_gap(
    module: Module, row: TrainingDone | None, force: Force, settles: date | None, on: date
) -> Gap | None:
    title = f"“{module.title}”"
    is_old = row is not None and row.version < module.version <= force.guidance_version
    if row is None or is_old:
        lacks = "changed since it was done" if is_old else "not done"
        words = f"Training {title} {lacks}."
        until = settles if settles and on <= settles else None
        if until is None:
            return Gap(f"Do the training {title} first.", words, module=module.id, ends=settles)
        return Gap(
            f"Do the training {title} by {day_said(until)}.",
            f"{words} Can submit until {day_said(until)}.",
            until,
            module.id,
            ends=until,
        )
    return _running_out(row, title, on)


def _running_out(row: TrainingDone, title: str, on: date) -> Gap | None:
    end, last = row.expires_on, row.expires_on + settings.TRAINING_GRACE
    if on <= end - settings.TRAINING_SAID_AHEAD:
        return None
    runs = "runs out" if on <= end else "ran out"
    words = f"Training {title} {runs} on {day_said(end)}."
    if on > last:
        return Gap(
            f"Your training {title} ran out on {day_said(end)}. Do it again first.",
            words,
            module=row.module,
            ends=last,
        )
    return Gap(
        f"Your training {title} {runs} on {day_said(end)}. Do it again by {day_said(last)}, or you"
        " cannot submit from then on.",
        f"{words} Can submit until {day_said(last)}.",
        last,
        row.module,
        ends=last,
    )
