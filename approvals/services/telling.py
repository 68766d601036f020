"""Telling whoever goes on with a draft: its author, or the team where the author cannot."""

from datetime import datetime

from django.utils import timezone

from accounts.models import AccountKind, Membership, SocialAccount, User
from accounts.roles import COMMS_REVIEWERS, TEAM_ROLES
from drafts.models import Draft
from notices.models import Kind
from notices.services import tell


def tell_author(
    draft: Draft,
    yours: str,
    theirs: str,
    *,
    kind: Kind,
    now: datetime,
    words: str = "",
    in_mail: str = "",
    urgent: bool = False,
    actor: User | None = None,
) -> None:
    """Tell the author `yours`, a sentence without its stop.

    After a colon follow `words`, or what a mail says instead of them (`in_mail`). An author who may
    not read the draft any more is told without a link, which would lead nowhere, if they have not
    left altogether; and everybody who can go on with it, but `actor`, is told `theirs`.
    """
    link = draft.get_absolute_url()
    # Their roles as they are by now, not as they were when the draft was loaded.
    author = User.objects.get(pk=draft.author_id)
    if author.is_active and author.has_perm("drafts.read", draft):
        said = [([author], yours, link)]
    else:
        team = [person for person in _writers(draft.account, now) if person != actor]
        moved = f"{yours}. You are not in its team any more, so your colleagues go on with it"
        said = [([author] if author.is_active else [], moved, ""), (team, theirs, link)]
    for people, told, leads_to in said:
        tell(
            people,
            f"{told}: {words}" if words else f"{told}.",
            in_mail=f"{told}: {in_mail}" if in_mail else "",
            kind=kind,
            link=leads_to,
            urgent=urgent,
            now=now,
        )


def _writers(account: SocialAccount, now: datetime) -> list[User]:
    """The active people whose own account this is: its team; of the force's own, communications."""
    if account.kind == AccountKind.FORCE:
        return list(User.objects.holding(COMMS_REVIEWERS, force_id=account.force_id))
    rows = Membership.objects.current(timezone.localdate(now)).filter(
        force=account.force_id, lpt=account.lpt_id, role__in=TEAM_ROLES, person__is_active=True
    )
    return [row.person for row in rows.select_related("person")]
