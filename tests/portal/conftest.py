"""Tests of the portal happen in a small municipality."""

from collections.abc import Iterator
from importlib import import_module

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def municipality(db: None) -> object:
    """Return the municipality in which every test of this folder happens."""
    # Imported here: Django is not set up yet when pytest reads this file.
    return import_module("tests.factories").make_municipality()


@pytest.fixture(autouse=True)
def spanish() -> Iterator[None]:
    """Begin in Spanish, whatever the page spoke that another test asked for last."""
    with translation.override("es"):
        yield
