"""Every page about one's own account, against the table in doors.toml."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.access.town import DOORS, Town

# Each test stands within the transaction of the module: see «town».
pytestmark = pytest.mark.django_db

KEYS = {
    "account_confirm_email": {"key": "MQ:1"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "a"},
}


def address_of(page: str) -> str:
    """Return where a page of the table stands."""
    return reverse(page, kwargs=KEYS.get(page))


class TestTheAccount:
    @pytest.mark.parametrize("page", [name for name, who in DOORS["account"].items() if who == "shut"])
    @pytest.mark.parametrize("who", ["anonymous", "agent", "administrator"])
    def test_has_no_page_that_the_product_does_not_want(self, town: Town, page: str, who: str) -> None:
        town.clients["anonymous"] = Client()

        assert {town.ask(who, how, address_of(page)).status for how in ("GET", "POST")} == {404}

    @pytest.mark.parametrize("page", [name for name, who in DOORS["account"].items() if who == "own"])
    def test_is_shown_to_whom_it_belongs(self, town: Town, page: str) -> None:
        town.clients["anonymous"] = Client()

        assert town.ask("anonymous", "GET", address_of(page)).status == 302

    def test_changes_no_mail_address(self, town: Town) -> None:
        user = town.users["agent"]
        known = user.email

        town.ask("agent", "POST", "/cuenta/email/", {"action_add": "", "email": "otra@prueba.example"})

        user.refresh_from_db()
        assert user.email == known
