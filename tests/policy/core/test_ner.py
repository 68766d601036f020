"""Detectors of names, each by itself and inside a check: the model too where it is installed."""

import sys
from collections.abc import Iterator
from types import SimpleNamespace

import pytest

from policy.core import LIGHT, NameDetector, Post, check, ner
from policy.core.ner import SpacyNames
from tests.policy.core.packs import DEMONSTRATION, NOTHING

DETECTORS = [pytest.param(LIGHT, id="lists")]
if ner.is_installed():
    DETECTORS += [pytest.param(ner.spacy_names(), id="model")]


def saying(*people: str, label: str = "PERSON") -> SpacyNames:
    """A detector whose model takes exactly `people` for names, wherever they stand."""

    def model(text: str) -> SimpleNamespace:
        places = [(text.find(name), name) for name in people if name in text]
        return SimpleNamespace(
            ents=[
                SimpleNamespace(label_=label, start_char=at, end_char=at + len(name))
                for at, name in places
            ]
        )

    return SpacyNames(model)


def named(text: str, names: NameDetector) -> list[str]:
    report = check(Post(text), NOTHING, DEMONSTRATION, names=names)
    return [finding.excerpt for finding in report.findings if finding.rule.startswith("name-")]


class TestEveryDetector:
    @pytest.mark.parametrize("detector", DETECTORS)
    def test_finds_a_name(self, detector: NameDetector) -> None:
        assert named("Ann Sample, 34, of Oldermoor, was jailed", detector) == ["Ann Sample"]

    @pytest.mark.parametrize("detector", DETECTORS)
    def test_is_asked_about_the_folded_text(self, detector: NameDetector) -> None:
        assert named("Jo\u200bhn Sm\u200bith was jailed", detector) == ["Jo\u200bhn Sm\u200bith"]

    @pytest.mark.parametrize("detector", DETECTORS)
    @pytest.mark.parametrize(
        "text",
        [
            "PC Ann Sample will be at the library",
            "Harper Road is closed",
            "Come to our meeting in Brackenford",
        ],
    )
    def test_leaves_officers_and_places_alone(self, detector: NameDetector, text: str) -> None:
        assert named(text, detector) == []


class TestLoadingTheModel:
    @pytest.fixture(autouse=True)
    def _load_anew(self) -> Iterator[None]:
        ner.spacy_names.cache_clear()
        yield
        ner.spacy_names.cache_clear()

    def test_asks_for_the_model_and_for_names_alone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        asked = []

        def load(model: str, *, exclude: list[str]) -> SimpleNamespace:
            asked.append((model, set(exclude)))
            return SimpleNamespace()

        monkeypatch.setitem(sys.modules, "spacy", SimpleNamespace(load=load))
        assert ner.spacy_names() is ner.spacy_names()
        ((model, left_out),) = asked
        assert model in ner.MODELS
        assert {"tagger", "parser", "lemmatizer"} <= left_out
        assert "ner" not in left_out

    def test_fails_where_the_library_is_missing(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "spacy", None)
        with pytest.raises(ImportError):
            ner.spacy_names()


class TestTheModel:
    def test_adds_what_the_lists_do_not_know(self) -> None:
        text = "Kind words from Vrxka Qqelin today"
        assert named(text, LIGHT) == []
        assert named(text, saying("Vrxka Qqelin")) == ["Vrxka Qqelin"]

    def test_does_not_take_away_what_the_lists_know(self) -> None:
        assert named("Ann Sample was jailed", saying()) == ["Ann Sample"]

    @pytest.mark.parametrize(
        "taken",
        ["Oldermoor", "Police Station", "Vrxka Road", "Covid", "Facebook Live", "vrxka qqelin"],
    )
    def test_is_not_believed_where_a_word_tells_better(self, taken: str) -> None:
        assert named(f"See you by {taken} today", saying(taken)) == []

    def test_is_not_believed_before_a_road_or_a_law(self) -> None:
        assert named("The Vrxka Qqelin Trust met", saying("Vrxka Qqelin")) == []

    def test_is_not_believed_about_handles(self) -> None:
        assert named("Thanks @Vrxka Qqelin", saying("Vrxka Qqelin")) == []

    def test_speaks_of_people_only(self) -> None:
        assert named("See Vrxka Qqelin", saying("Vrxka Qqelin", label="ORG")) == []
