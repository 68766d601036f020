"""What must not change what is found: words that say nothing, and the place where a text stands."""

from collections import Counter

import pytest

from policy.core import RULEBOOK, Context, Kind, Post, check
from policy.core.rules.base import EVERYWHERE
from tests.policy.core import labelled
from tests.policy.core.packs import WEST_MIDLANDS

TEXTS = sorted({one.text for one in labelled.assertions() if one.text.strip()})
# What is measured over the whole text changes with every word.
OF_THE_WHOLE = frozenset({"tweet-length", "tweet-empty"})
HARMLESS = (" Thank you.", "\nThank you.", " Thanks for reading.", " ", "\n\n")


def found(post: Post) -> Counter[tuple[str, str]]:
    """The rules met and the words that they point at."""
    return Counter(
        (finding.rule, finding.excerpt)
        for finding in check(post, Context(), WEST_MIDLANDS).findings
        if finding.rule not in OF_THE_WHOLE
    )


class TestWhatIsFound:
    @pytest.mark.parametrize("suffix", HARMLESS, ids=repr)
    def test_is_the_same_with_harmless_words_after_it(self, suffix: str) -> None:
        # A full stop first: some findings are of the whole sentence.
        ended = [text if text.rstrip()[-1:] in ".!?" else f"{text}." for text in TEXTS]
        changed = [
            (text[:80], found(Post(text)), found(Post(text + suffix)))
            for text in ended
            if found(Post(text)) != found(Post(text + suffix))
        ]
        assert not changed

    def test_is_the_same_in_an_alternative_text(self) -> None:
        everywhere = {rule.id for rule in RULEBOOK if rule.reads == EVERYWHERE}
        for text in TEXTS:
            own = {rule for rule, _ in found(Post(text))}
            alone = {rule for rule, _ in found(Post("Good morning", alt_texts=(text,)))}
            assert own & everywhere == alone & everywhere, text[:80]

    def test_is_the_same_whoever_the_tweet_answers(self) -> None:
        for text in TEXTS:
            assert found(Post(text)).keys() <= found(Post(text, kind=Kind.REPLY)).keys(), text[:80]

    def test_is_the_same_every_time(self) -> None:
        assert [found(Post(text)) for text in TEXTS] == [found(Post(text)) for text in TEXTS]
