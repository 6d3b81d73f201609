"""Every address of the portal and of letters, for citizens, passers-by and staff, against the table in doors.toml."""

import pytest
from django.db import transaction
from django.urls import reverse

from cercana.cases import commands
from cercana.conversation.queries import Access, Purpose, token_for
from cercana.organization.queries import is_demonstration
from tests.access.town import DOORS, NO_FILE, PEOPLE, Town

# Each test stands within the transaction of the module: see «town».
pytestmark = pytest.mark.django_db


class TestADoorOfThePortal:
    @pytest.mark.parametrize("door", [door for door, kind in DOORS["portal"].items() if kind in ("holder", "writer")])
    def test_of_one_case_opens_to_its_holder_alone(self, visited: Town, door: str) -> None:
        given = {"key": NO_FILE} if door == "file" else {}
        address = visited.address(f"portal:{door}", "answered", **given)
        door_keeper = f"{reverse('portal:find')}?numero={visited.cases['answered'].number}"
        fields = {"mensaje": "Hola", "resuelto": "si", "motivo": "Ya no.", "codigo": "R-1"}
        for who in ("other_holder", "passer_by", "owner", "auditor", "administrator"):
            for how in ("GET", "POST"):
                heard = visited.ask(who, how, address, fields)
                told = (heard.status, heard.events, heard.leads_to)
                assert told == (302, 0, door_keeper) or (heard.status, heard.events) == (405, 0), (who, how)

        heard = visited.ask("holder", "GET", address)
        assert (heard.leads_to == door_keeper) == (DOORS["portal"][door] == "writer")

    def test_is_shut_again_once_the_code_is_revoked(self, visited: Town) -> None:
        address = visited.address("portal:track", "in_follow_up")
        assert visited.ask("late_holder", "GET", address).status == 200
        with transaction.atomic():
            number = visited.cases["in_follow_up"].number
            commands.revoke_access(number=number, actor=visited.actor("owner"), now=visited.now)
            assert visited.ask("late_holder", "GET", address).status == 302
            transaction.set_rollback(True)

    @pytest.mark.parametrize("door", [door for door, kind in DOORS["portal"].items() if kind == "public"])
    def test_that_is_public_asks_nobody_to_sign_in(self, visited: Town, door: str) -> None:
        given: dict[str, object] = {"key": NO_FILE} if door == "remove_file" else {}
        address = (
            visited.address("portal:leave", "answered") if door == "leave" else reverse(f"portal:{door}", kwargs=given)
        )
        for who in ("passer_by", "owner", "administrator"):
            for how in ("GET", "POST"):
                heard = visited.ask(who, how, address)
                assert heard.status in (200, 302, 400, 405, 422), (who, how, heard.status)
                assert not heard.leads_to.startswith("/cuenta/")
                assert heard.events == 0

    def test_opens_by_its_key_alone(self, visited: Town) -> None:
        case = visited.cases["closed"]
        access = Access(case.key, case.access_generation)
        right = {
            "portal:link": token_for(Purpose.CASE, access),
            "feedback:give": token_for(Purpose.OPINION, access),
            "feedback:decline": token_for(Purpose.NO_OPINION, access),
        }
        for door, token in right.items():
            wrong = (f"{token[:-1]}{'a' if token[-1] != 'a' else 'b'}", "x", *(set(right.values()) - {token}))
            assert visited.ask("passer_by", "GET", reverse(door, kwargs={"token": token})).status in (200, 302)
            for who in ("passer_by", "owner", "auditor"):
                for each in wrong:
                    heard = visited.ask(who, "GET", reverse(door, kwargs={"token": each}))
                    assert (heard.status in (403, 404, 410), heard.events) == (True, 0), (door, heard.status)

    def test_of_the_demonstration_is_shut_elsewhere(self, visited: Town) -> None:
        assert not is_demonstration()
        addresses = (reverse("conversation:mailbox"), reverse("conversation:letter", kwargs={"letter_id": 1}))
        assert {visited.ask(who, "GET", each).status for who in ("passer_by", *PEOPLE) for each in addresses} == {404}
