"""The model that looks for names beside the lists: off unless the settings ask for it."""

import pytest
from pytest_django import Settings

from policy import checks, services
from policy.core import LIGHT, ner
from policy.services import rulebook


class TestTheNamesModel:
    def test_is_off_unless_asked_for(self) -> None:
        assert services.name_detector() is LIGHT
        assert checks.names_model_is_there() == []

    def test_is_used_once_it_is_on(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.POLICY_NAMES_MODEL = True
        model = ner.SpacyNames(model=None)
        monkeypatch.setattr(rulebook, "spacy_names", lambda: model)
        assert services.name_detector() is model

    def test_stops_the_start_when_it_is_on_and_missing(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.POLICY_NAMES_MODEL = True
        monkeypatch.setattr(ner, "MODELS", ("no_such_model",))
        (error,) = checks.names_model_is_there()
        assert error.id == "policy.E003"

    def test_lets_it_start_when_it_is_there(
        self, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.POLICY_NAMES_MODEL = True
        monkeypatch.setattr(ner, "is_installed", lambda: True)
        assert checks.names_model_is_there() == []
