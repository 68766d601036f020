"""What still goes out while a critical incident is on."""

from datetime import UTC, datetime

import pytest

from policy.core import Context, Incident, Kind, Post, SourceKind, check
from policy.core.rules.incident import CRITICAL_INCIDENT_LOCK
from tests.policy.core.packs import NEUTRAL

FOXHOLLOW = Incident("Foxhollow", datetime(2026, 11, 26, 14, 5, tzinfo=UTC), ("@MarlshireFire",))
KINGSMARL = Incident("Kingsmarl", datetime(2026, 11, 26, 13, 0, tzinfo=UTC))


def is_locked(post: Post, *incidents: Incident) -> bool:
    findings = check(post, Context(incidents=incidents), NEUTRAL).findings
    return "critical-incident-lock" in {finding.rule for finding in findings}


def retweet(kind: SourceKind, account: str = "somebody", *, in_scope: bool = False) -> Post:
    return Post(
        "",
        kind=Kind.RETWEET,
        source_text="Please stay away.",
        source_account=account,
        source_kind=kind,
        source_in_scope=in_scope,
    )


class TestACriticalIncident:
    def test_locks_nothing_when_there_is_none(self) -> None:
        assert not is_locked(Post("Fit a door chain."))

    @pytest.mark.parametrize("kind", [Kind.ORIGINAL, Kind.REPLY, Kind.QUOTE])
    def test_locks_everything_with_words_of_ones_own(self, kind: Kind) -> None:
        post = Post("Fit a door chain.", kind=kind, source_kind=SourceKind.FORCE)
        assert is_locked(post, FOXHOLLOW)

    def test_lets_the_force_be_retweeted(self) -> None:
        assert not is_locked(retweet(SourceKind.FORCE), FOXHOLLOW, KINGSMARL)

    def test_lets_the_commander_in_scope_be_retweeted(self) -> None:
        assert not is_locked(retweet(SourceKind.COMMANDER, in_scope=True), FOXHOLLOW)
        assert is_locked(retweet(SourceKind.COMMANDER), FOXHOLLOW)
        assert is_locked(retweet(SourceKind.LPT, in_scope=True), FOXHOLLOW)

    def test_lets_a_named_source_be_retweeted(self) -> None:
        assert not is_locked(retweet(SourceKind.PARTNER, "marlshirefire"), FOXHOLLOW)
        assert is_locked(retweet(SourceKind.PARTNER, "MarlshireCC"), FOXHOLLOW)
        assert is_locked(retweet(SourceKind.PARTNER, ""), FOXHOLLOW)

    def test_is_not_opened_by_another(self) -> None:
        assert is_locked(retweet(SourceKind.PARTNER, "MarlshireFire"), FOXHOLLOW, KINGSMARL)

    def test_says_where_and_since_when(self) -> None:
        context = Context(incidents=(FOXHOLLOW, KINGSMARL))
        (finding,) = check(Post("Fit a door chain."), context, NEUTRAL).findings
        assert finding.message == (
            "A critical incident is on for Foxhollow and Kingsmarl since 13:00. "
            "Nothing goes out until it is stood down."
        )
        # Nobody can write a retweet here yet: it advises nobody to.
        assert CRITICAL_INCIDENT_LOCK.advice.startswith(
            "Wait for the stand down. Comms can retweet"
        )
        assert finding.overridable_by == ""
