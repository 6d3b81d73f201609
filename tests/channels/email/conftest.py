"""Mail reaches a small demonstration municipality whose motives have words of their own."""

from importlib import import_module

import pytest


@pytest.fixture(autouse=True)
def municipality(db: None) -> object:
    """Return the municipality in which every test of this folder happens."""
    # Imported here: Django is not set up yet when pytest reads this file.
    return import_module("tests.channels.email.town").make_town()
