"""What stopped a delivery, said to whoever has to settle it: what, why, where, what to do."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch
from django.urls import reverse
from django.utils import timezone

from accounts.models import Platform, SocialAccount
from publishing.backends.base import Lookup
from publishing.models import Attempt, Delivery, DeliveryQuerySet
from publishing.publishers import publishers
from publishing.workflow import Outcome, State

# Where a platform shows an account to the public. Mastodon's are as many as its servers.
PAGES = {
    Platform.X: "https://x.com/{handle}",
    Platform.BLUESKY: "https://bsky.app/profile/{handle}",
}
# What can be done about a reason for which a tweet was not sent, by a part of the reason.
ADVICE = {
    "rulebook now stops": "Drop it and have it written anew, or try it again once the rule no"
    " longer stops it.",
    "no longer active": "Drop it. Its team can copy it to a new draft for somebody else to submit.",
    "is closed": "Drop it: nothing goes out from a closed account.",
    "not what was approved": "Drop it. It has to be submitted and approved again.",
    "no longer the one that was approved": "Drop it. It has to be submitted and approved again.",
    "could not be checked": "Try it again. If it comes back, tell whoever runs Blue Lamp.",
}
OTHER_ADVICE = "Open the tweet, then send it again or drop it."


@dataclass(frozen=True, slots=True)
class Situation:
    """Where one delivery stands.

    `look_words` are empty where there is nothing to look at, `look_at` where no address is known.
    """

    what: str
    why: str
    todo: str
    may_be_public: bool
    look_at: str
    look_words: str


def with_attempts(deliveries: DeliveryQuerySet) -> DeliveryQuerySet:
    """The same deliveries with what `situation_of` reads of their attempts."""
    lost = Attempt.objects.filter(outcome=Outcome.UNKNOWN).order_by("-pk")
    return deliveries.prefetch_related(Prefetch("attempts", queryset=lost, to_attr="unanswered"))


def situation_of(delivery: Delivery) -> Situation:
    """What to tell about a delivery of `with_attempts` that needs somebody."""
    lost: Iterable[Attempt] = delivery.unanswered  # type: ignore[attr-defined]
    attempt = next(iter(lost), None)
    may_be_public = attempt is not None or delivery.state == State.UNKNOWN
    what, why, todo = (
        _in_doubt(delivery, attempt) if may_be_public else _not_sent(delivery, delivery.state)
    )
    # What was missed was never handed over: there is nothing to look at.
    may_be_seen = delivery.state != State.MISSED
    return Situation(
        what=what,
        why=why,
        todo=todo,
        may_be_public=may_be_public,
        look_at=page_of(delivery.account) if may_be_seen else "",
        look_words=f"{delivery.account} on {_platform(delivery.account)}" if may_be_seen else "",
    )


def _in_doubt(delivery: Delivery, attempt: Attempt | None) -> tuple[str, str, str]:
    platform = _platform(delivery.account)
    why = delivery.last_error
    if attempt is not None and attempt.ended_at is not None:
        at = timezone.localtime(attempt.ended_at)
        handed = f"It was handed to {platform}. By {at:%H:%M:%S} there was no clear answer:"
        detail = attempt.detail or "the connection ended."
        why = f"{handed} {detail} {'' if why == detail else why}".strip()
    if delivery.state == State.UNKNOWN and _asks_by_itself(delivery):
        todo = (
            f"Blue Lamp asks {platform} by itself and settles it. Answer here only if you have"
            " looked and are sure."
        )
    else:
        todo = (
            "Look for it on the account’s page. If it is there, answer “It is public” with its"
            " address; if it must not stay there, take it down from its own page then. If it is not"
            " there, send it again or drop it."
        )
    return "Nobody knows whether it is public.", why, todo


def _not_sent(delivery: Delivery, state: str) -> tuple[str, str, str]:
    why = delivery.last_error
    match state:
        case State.REFUSED:
            todo = (
                "Send it again only if that reason is gone. Otherwise drop it and have it written"
                " anew."
            )
            return "The platform refused it. It is not public.", why, todo
        case State.MISSED:
            why = why or "It could not go out before its last moment."
            todo = "Give it a new time if its words are still right then, or drop it."
            return "It was not sent in time. It is not public.", why, todo
    todo = next((words for part, words in ADVICE.items() if part in why), OTHER_ADVICE)
    return "It was stopped before it was sent. It is not public.", why, todo


def _asks_by_itself(delivery: Delivery) -> bool:
    publisher = publishers.get(delivery.account.publisher)
    return publisher is not None and (
        publisher.lookup_kind == Lookup.RELIABLE or publisher.takes_token
    )


def _is_practice(account: SocialAccount) -> bool:
    publisher = publishers.get(account.publisher)
    return publisher is not None and publisher.is_practice


def _platform(account: SocialAccount) -> str:
    return "the practice publisher" if _is_practice(account) else account.get_platform_display()


def page_of(account: SocialAccount) -> str:
    """Where the public sees what `account` published; empty where that is not known."""
    if _is_practice(account):
        return reverse("publishing:practice-timeline")
    pattern = PAGES.get(Platform(account.platform))
    return pattern.format(handle=account.handle) if pattern else _page_by_last_tweet(account)


def _page_by_last_tweet(account: SocialAccount) -> str:
    """A server's page for an account is what stands before the number of one of its tweets."""
    published = Delivery.objects.filter(account=account, state=State.PUBLISHED)
    last = published.exclude(external_url="").order_by("-published_at", "-pk").first()
    address = last.external_url.rpartition("/")[0] if last else ""
    return address if address.startswith("https://") and "/@" in address else ""


def due_words(moment: datetime) -> str:
    """`14:30 on Thursday 26 November`, UK time."""
    local = timezone.localtime(moment)
    return f"{local:%H:%M} on {local:%A} {local.day} {local:%B}"
