"""One text of a post as rules read it: raw, folded, and with what a platform finds in it."""

from __future__ import annotations

from functools import cached_property

from policy.core.normalise import Normalised, normalise
from policy.core.text import Entities
from policy.core.types import Post, Where

# No pattern runs over more than this; what lies beyond is refused unread.
CAP = 4_000


class Reading:
    """A text, where it comes from, and its folded form and entities once a rule asks for them.

    `raw` is what rules see, `is_cut` says that there was more of it than may be read.
    """

    def __init__(self, raw: str, where: Where = Where.TEXT, index: int = 0) -> None:
        self.raw = raw[:CAP]
        self.is_cut = len(raw) > CAP
        self.where = where
        self.index = index

    @cached_property
    def folded(self) -> Normalised:
        return normalise(self.raw)

    @cached_property
    def entities(self) -> Entities:
        return Entities.of(self.raw)


def readings(post: Post) -> list[Reading]:
    """Every text of `post` that goes out under the force's name, its own text first."""
    texts = [Reading(post.text)]
    texts += [Reading(alt, Where.ALT, index) for index, alt in enumerate(post.alt_texts) if alt]
    if post.source_text:
        texts.append(Reading(post.source_text, Where.SOURCE))
    return texts
