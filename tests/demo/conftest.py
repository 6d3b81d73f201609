"""Tests of the demonstration happen in its municipality, entered as «cercana demo base» does."""

from importlib import import_module

import pytest


@pytest.fixture
def demonstration(db: None) -> None:
    """Enter the demonstration municipality."""
    # Imported here: Django is not set up yet when pytest reads this file.
    base, factories = import_module("cercana.demo.base"), import_module("tests.factories")
    base.set_up_municipality(factories.NOW)
