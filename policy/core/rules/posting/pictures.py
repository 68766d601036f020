"""What has to be answered before a picture goes out, and words for those who cannot see it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from policy.core.rules import authorities
from policy.core.rules.base import TEXT_ONLY, Case, Example, Rule, Span, tweets
from policy.core.types import Context, Post, Severity

PICTURE_ATTESTATIONS: Final = {
    "picture-release": "everybody to be recognised has signed a release",
    "picture-no-child": "no child is in it",
    "picture-not-evidence": "it is no evidence",
    "picture-no-suspect": "no suspect or wanted person is in it",
    "picture-no-address": "no address can be made out",
    "picture-ours": "it is ours to use",
}


def unattested_pictures(case: Case) -> Iterator[Span]:
    """A picture about which something was not declared."""
    if case.post.pictures < 1:
        return
    missing = [
        said for id_, said in PICTURE_ATTESTATIONS.items() if id_ not in case.context.attested
    ]
    if missing:
        yield Span(
            0,
            len(case.reading.raw),
            f"You have not said yet that {_listed(missing)}.",
        )


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


_PICTURE: Final = Post(
    "Our new cycle patrol on the Oldermoor towpath",
    pictures=1,
    alt_texts=("Two officers on bicycles beside a canal",),
)
_ALL: Final = frozenset(PICTURE_ATTESTATIONS)

MEDIA_ATTESTATION_MISSING: Final = Rule(
    id="media-attestation-missing",
    title="Questions about the picture",
    subject="Pictures",
    severity=Severity.BLOCK,
    cites=authorities.PICTURES,
    advice="Answer the questions about the picture, or take it out.",
    find=unattested_pictures,
    wrong=(
        Example(_PICTURE, note="Nothing was answered."),
        Example(_PICTURE, Context(attested=_ALL - {"picture-no-child"}), "One is open."),
        Example(_PICTURE, Context(attested=frozenset({"policing-purpose"})), "Other ticks."),
    ),
    right=(
        Example(_PICTURE, Context(attested=_ALL), "Everything was answered."),
        *tweets("Our new cycle patrol is out today", "Have you seen our picture of it?"),
    ),
    reads=TEXT_ONLY,
)


def pictures_without_words(case: Case) -> Iterator[Span]:
    """Pictures that nobody has described."""
    described = sum(1 for alt in case.post.alt_texts if alt.strip())
    missing = case.post.pictures - described
    if missing > 0:
        which = "A picture has" if missing == 1 else f"{missing} pictures have"
        yield Span(0, len(case.reading.raw), f"{which} no description.")


ALT_TEXT_MISSING: Final = Rule(
    id="alt-text-missing",
    title="A picture without a description",
    subject="Pictures",
    severity=Severity.BLOCK,
    cites=authorities.ALT_TEXTS,
    advice="Say in a sentence what the picture shows, and any words that are in it.",
    find=pictures_without_words,
    wrong=(
        Example(Post("Our new patrol", pictures=1), note="None at all."),
        Example(Post("Our patrol", pictures=2, alt_texts=("A van",)), note="One of two."),
        Example(Post("Our patrol", pictures=1, alt_texts=("  ",)), note="Blanks describe nothing."),
    ),
    right=(
        Example(_PICTURE, note="Described."),
        Example(Post("Look", pictures=2, alt_texts=("A van", "A bicycle")), note="Both described."),
        *tweets("See the picture on our page"),
    ),
    reads=TEXT_ONLY,
)
