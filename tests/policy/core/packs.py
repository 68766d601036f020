"""The packs as they ship, read once for all tests, and short ways to check a text."""

from pathlib import Path

from policy.core import EXAMPLE_LISTS, Context, Finding, Kind, Pack, Post, Report, check, load_packs

FOLDER = Path(__file__).parents[3] / "policy" / "packs"
PACKS = load_packs(FOLDER)
NEUTRAL = PACKS["neutral"]
WEST_MIDLANDS = PACKS["west_midlands"]
DEMONSTRATION = NEUTRAL.with_lists(allowed_domains=["marlshire.example.org"])
# With an entry in each list that is empty when a pack ships, so that its rules have work to do.
WITH_LISTS = NEUTRAL.with_lists(**EXAMPLE_LISTS)
NOTHING = Context()


def checked(text: str, pack: Pack = DEMONSTRATION, kind: Kind = Kind.ORIGINAL) -> Report:
    return check(Post(text, kind=kind), NOTHING, pack)


def found(text: str, rule: str, pack: Pack = DEMONSTRATION) -> tuple[Finding, ...]:
    """What one rule has to say about one text."""
    return tuple(finding for finding in checked(text, pack).findings if finding.rule == rule)


def excerpts(text: str, rule: str, pack: Pack = DEMONSTRATION) -> list[str]:
    return [finding.excerpt for finding in found(text, rule, pack)]
