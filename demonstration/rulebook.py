"""The demonstration's policy owners at work."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from accounts.models import Force, User
from demonstration.people import PARTNER_ACCOUNTS, PEOPLE, TEAMS
from insights.services import try_version
from policy.models import PackVersion
from policy.services import activate, add_entry, preparing, propose

HOUR = timedelta(hours=1)


def who(name: str) -> User:
    """The person of the demonstration with that name."""
    person = next(p for p in PEOPLE if p.name == name)
    return User.objects.get(email=person.email)


@dataclass
class Rulebook:
    """Plays the policy owners: a version in force, and one that waits for the second owner."""

    force: Force
    now: datetime
    edits: int = 0

    def play(self) -> None:
        helen, sam = who("Helen Voss"), who("Sam Pettifer")
        begun = self.now - timedelta(days=12)
        for team in TEAMS:
            self._add("area_hashtags", team.hashtag, by=helen, at=begun)
        self._add("campaign_hashtags", "WinterReady", by=helen, at=begun)
        for name, handle in PARTNER_ACCOUNTS:
            self._add("partner_accounts", name, handle, by=helen, at=begun)
        first = self._propose(
            helen, "The hashtags of our areas, the winter campaign and our partners.", at=begun
        )
        try_version(first, actor=sam, now=begun + HOUR)
        activate(first, actor=sam, seen=first.content_hash, now=begun + HOUR)

        self.edits, lately = 0, self.now - 3 * HOUR
        self._add("allowed_domains", "tickets.example.com", by=helen, at=lately)
        self._propose(helen, "Our partners sell the tickets for their fairs there.", at=lately)

    def _add(self, name: str, left: str, right: str = "", *, by: User, at: datetime) -> None:
        add_entry(self.force, name, left, right, actor=by, seen=self.edits, now=at)
        self.edits += 1

    def _propose(self, author: User, reason: str, *, at: datetime) -> PackVersion:
        version = preparing(self.force, author)
        assert version is not None  # one was just saved
        return propose(version, actor=author, reason=reason, seen=self.edits, now=at)
