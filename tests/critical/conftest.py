"""Tests of alarms happen in a small demonstration municipality, whose mailbox stands for those of people."""

from importlib import import_module

import pytest


@pytest.fixture(autouse=True)
def municipality(db: None) -> object:
    """Return the municipality in which every test of this folder happens."""
    # Imported here: Django is not set up yet when pytest reads this file.
    municipality = import_module("tests.factories").make_municipality()
    municipality.is_demo = True
    municipality.save(update_fields=["is_demo"])
    return municipality
