from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytest_django import DjangoDbBlocker

    from tests.access.town import Town


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Town]:
    """Return the town of all tests here, built once and never kept."""
    # Only now: models cannot be imported before Django is set up, and this file may be read earlier.
    from tests.access.town import Town
    from tests.factories import make_municipality

    with django_db_blocker.unblock(), transaction.atomic():
        make_municipality()
        town = Town(timezone.now())
        town.settle()
        town.happen()
        yield town
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def visited(town: Town) -> Town:
    """Return the town with who comes to the portal: the holders of three cases by their codes, and a passer-by."""
    from tests.portal.walking import come_in

    for who, situation in (("holder", "answered"), ("other_holder", "closed"), ("late_holder", "in_follow_up")):
        town.clients[who] = Client()
        come_in(town.clients[who], town.cases[situation])
    town.clients["passer_by"] = Client()
    return town
