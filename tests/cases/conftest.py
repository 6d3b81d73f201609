"""Tests of cases happen in a small municipality."""

from importlib import import_module

import pytest

from cercana.rules.access import Role


@pytest.fixture(autouse=True)
def municipality(db: None) -> object:
    """Return the municipality in which every test of this folder happens."""
    # Imported here: Django is not set up yet when pytest reads this file.
    return import_module("tests.factories").make_municipality()


@pytest.fixture
def officer() -> object:
    """Return an officer of the area that most cases of these tests stand with."""
    return _actor(Role.AREA_OFFICER, "obras_infraestructura")


@pytest.fixture
def head() -> object:
    """Return the head of that area."""
    return _actor(Role.SUPERVISOR, "obras_infraestructura")


@pytest.fixture
def agent() -> object:
    """Return an agent of the desk that takes cases in."""
    return _actor(Role.AGENT, "atencion_ciudadano")


def _actor(role: Role, area: str) -> object:
    return import_module("tests.factories").make_actor(role, area)
