"""Every page of the configuration, for everybody, against the table in doors.toml."""

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from tests.access.town import DOORS, PEOPLE, Heard, Town, members, named_addresses

# Each test stands within the transaction of the module: see «town».
pytestmark = pytest.mark.django_db

REGISTER = "admin:accounts_changerecord_changelist"

# What the configuration holds, each with the name of its addresses.
LISTS = sorted(name for name in named_addresses(get_resolver()) if name.endswith("_changelist"))


class TestTheConfiguration:
    @pytest.mark.parametrize("list_", LISTS)
    def test_opens_to_administrators_alone(self, town: Town, list_: str) -> None:
        town.clients["anonymous"] = Client()
        administrators = members(DOORS["admin"]["who"])
        # Everybody asks for the list; to add stands behind the same question, which these ask again.
        asking = {
            list_: {*PEOPLE, "anonymous"},
            _adding(list_): administrators | {"anonymous", "head_above", "auditor"},
        }
        for page, people in asking.items():
            address = reverse(page)
            heard = {who: town.ask(who, "GET", address) for who in people}
            let_in = {who for who, each in heard.items() if each.status == 200}
            open_to = members(DOORS["admin"]["register" if page == REGISTER else "who"])
            # A page to add may be shut to all: what there is one of is not added to.
            assert let_in == open_to or (page != list_ and not let_in)
            assert not [who for who, each in heard.items() if who not in let_in and not _is_turned_away(each)]

    def test_has_no_page_without_a_door(self, town: Town) -> None:
        for who in sorted(set(PEOPLE) - members(DOORS["admin"]["register"])):
            assert _is_turned_away(town.ask(who, "GET", reverse("admin:index")))


def _adding(list_: str) -> str:
    return list_.replace("_changelist", "_add")


def _is_turned_away(heard: Heard) -> bool:
    return heard.is_refused or heard.leads_to.startswith(("/admin/login/", "/cuenta/login/"))
