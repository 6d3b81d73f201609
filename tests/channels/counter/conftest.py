"""Tests of the counter happen in a small municipality."""

from importlib import import_module

import pytest


@pytest.fixture
def municipality(db: None) -> object:
    """Return the municipality in which a test happens."""
    # Imported here: Django is not set up yet when pytest reads this file.
    return import_module("tests.factories").make_municipality()
