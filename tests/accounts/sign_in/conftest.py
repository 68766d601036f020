"""Somebody with a password, and limits that begin anew with each test."""

import pytest
from django.core.cache import cache

from accounts.models import User
from tests.accounts.sign_in.people import PASSWORD
from tests.factories import Scene


@pytest.fixture(autouse=True)
def _nobody_is_locked() -> None:
    cache.clear()


@pytest.fixture
def scene() -> Scene:
    return Scene()


@pytest.fixture
def officer(scene: Scene) -> User:
    person = scene.person()
    person.set_password(PASSWORD)
    person.save()
    return person
