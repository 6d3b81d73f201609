"""Every address of the desk, for everybody who may stand before it, against the table in doors.toml."""

from typing import Any, TypeAlias

import pytest
from django.test import Client
from django.urls import reverse

from cercana.cases.models import Attachment
from tests.access.town import DISMISSED, DOORS, NO_FILE, PEOPLE, WAITING, Town, members

# Each test stands within the transaction of the module: see «town».
pytestmark = pytest.mark.django_db


# What the list of cases shows, by person and view.
Lists: TypeAlias = dict[str, dict[str, str]]


@pytest.fixture(scope="module")
def lists(town: Town) -> Lists:
    """Return the list of open and of closed cases that everybody sees: it is the same whatever case is looked for."""

    def seen(who: str, view: str) -> str:
        heard = town.ask(who, "GET", reverse("desk:queue"), {"vista": view})
        return str(heard.response.content.decode())

    return {who: {view: seen(who, view) for view in ("todos", "cerrados")} for who in PEOPLE}


class TestADoorOfTheDesk:
    @pytest.mark.parametrize("door", DOORS["desk"])
    def test_opens_to_whom_the_table_says(self, town: Town, door: str) -> None:
        row = DOORS["desk"][door]
        own: dict[str, dict[str, Any]] = {"forget-view": {"view_id": 1}, "intake-files": {"form_key": NO_FILE}}
        own["guide-text"] = {"key": "demora"}
        own |= {name: {"key": WAITING} for name in ("contact", "join-contact", "dismiss-contact")}
        own |= {"restore-contact": {"key": DISMISSED}, "release-mail": {"key": town.set_aside}}
        address = reverse(f"desk:{door}", kwargs=own.get(door))
        fields = {"nombre": "Mi vista", "q": "bache"} if row["how"] == "POST" else {}
        fields |= {"por_que": "Saluda.", "numero": town.cases["unreferred"].number}

        let_in = {who for who in PEOPLE if town.ask(who, row["how"], address, fields).status in (200, 302)}

        assert let_in == members(row["who"])

    @pytest.mark.parametrize("door", DOORS["bulk"])
    def test_on_many_cases_reaches_those_the_table_says(self, town: Town, door: str) -> None:
        row = DOORS["bulk"][door]
        fields = {
            "caso": [town.cases[row["at"]].number],
            "area": "fiscalizacion",
            "motivo": "Corresponde.",
            "responsable": town.users["colleague"].pk,
        }
        heard = {who: town.ask(who, row["how"], reverse(f"desk:{door}"), fields) for who in PEOPLE}
        reached = {who for who, each in heard.items() if (each.events if row["how"] == "POST" else each.status == 200)}

        assert reached == members(row["who"])

    def test_sends_who_has_not_signed_in_to_the_sign_in(self, town: Town) -> None:
        town.clients["anonymous"] = Client()
        given = {"number": town.cases["referred"].number, "key": NO_FILE, "verb": "nota", "view_id": 1, "sequence": 1}
        given["form_key"] = NO_FILE
        wanted = {
            "forget-view": ["view_id"],
            "intake-files": ["form_key"],
            "guide-text": ["key"],
            "attachment": ["number", "key"],
            "whole-mail": ["number", "sequence"],
        }
        wanted |= {
            name: ["key"] for name in ("contact", "join-contact", "dismiss-contact", "restore-contact", "release-mail")
        }
        wanted |= {door: ["number", "verb"] for door in ("act", "promise-offers", "writing-help", "letter-preview")}
        wanted |= {
            door: ["number"] for door in ("case", "protocol", "uncover", "code", "reply-phrases", "print-receipt")
        }
        for door in (*DOORS["desk"], *DOORS["bulk"], *DOORS["case"]):
            address = reverse(f"desk:{door}", kwargs={name: given[name] for name in wanted.get(door, [])})
            for how in ("GET", "POST"):
                heard = town.ask("anonymous", how, address)
                assert (heard.status, heard.events, heard.leads_to) == (302, 0, f"/cuenta/login/?next={address}")


class TestACase:
    @pytest.mark.parametrize("situation", DOORS["look"])
    def test_is_seen_by_whom_the_table_says(self, town: Town, situation: str) -> None:
        address = town.address("desk:case", situation)
        heard = {who: town.ask(who, "GET", address).status for who in PEOPLE}

        assert set(heard.values()) <= {200, 404}
        assert {who for who, status in heard.items() if status == 200} == members(DOORS["look"][situation])

    @pytest.mark.parametrize("situation", DOORS["look"])
    def test_shows_its_protocol_to_who_may_look(self, town: Town, situation: str) -> None:
        address = town.address("desk:protocol", situation)
        heard = {who: town.ask(who, "GET", address).status for who in PEOPLE}

        # One that never was critical has none.
        assert set(heard.values()) <= {200, 409, 404}
        assert {who for who, status in heard.items() if status != 404} == members(DOORS["look"][situation])

    @pytest.mark.parametrize("situation", DOORS["look"])
    def test_gives_out_its_person_to_whom_the_table_says(self, town: Town, situation: str) -> None:
        key = Attachment.objects.get(case=town.cases[situation]).key
        look = members(DOORS["look"][situation])
        person = look - members(DOORS["masked"].get(situation, []))
        codeless = members(DOORS["codeless"]["always"]) | members(DOORS["codeless"].get(situation, []))
        # Files stand behind the same question as the person, whom everybody asks for.
        asking = dict.fromkeys(("attachment", "whole-mail"), look | {"other_agent", "administrator"})
        more: dict[str, dict[str, Any]] = {"attachment": {"key": key}, "whole-mail": {"sequence": 1}}
        for door, row in DOORS["case"].items():
            if row["who"] in ("person", "code"):
                address = town.address(f"desk:{door}", situation, **more.get(door, {}))
                shown = {who for who in asking.get(door, PEOPLE) if not town.ask(who, row["how"], address).is_refused}
                assert shown == (person - codeless if row["who"] == "code" else person), door

    def test_offers_to_promise_what_is_written_to_who_may_promise(self, town: Town) -> None:
        row = DOORS["verbs"]["promesa"]
        address = town.address("desk:promise-offers", row["at"], verb="mensaje")
        heard = {who: town.ask(who, "POST", address, {"text": "Vamos mañana."}) for who in PEOPLE}

        shut = members(DOORS["shut"].get(row["at"], {}).get("shut", []))
        assert {who for who, each in heard.items() if each.status == 200} == members(row["may"]) - shut
        assert {each.events for each in heard.values()} == {0}

    @pytest.mark.parametrize("door", ["writing-help", "letter-preview"])
    def test_helps_with_what_is_written_to_who_may_write(self, town: Town, door: str) -> None:
        row = DOORS["verbs"][DOORS["case"][door]["who"]]
        address = town.address(f"desk:{door}", row["at"], verb="mensaje")
        heard = {who: town.ask(who, "POST", address, {"text": "Vamos mañana."}) for who in PEOPLE}

        shut = members(DOORS["shut"].get(row["at"], {}).get("shut", []))
        assert {who for who, each in heard.items() if each.status == 200} == members(row["may"]) - shut
        assert {each.events for each in heard.values()} == {0}

    @pytest.mark.parametrize("situation", ["in_follow_up", "unreferred", "about_person", "restricted", "abstained"])
    def test_fills_reply_phrases_for_who_may_write_to_its_person(self, town: Town, situation: str) -> None:
        address = town.address("desk:reply-phrases", situation)
        heard = {who: town.ask(who, "GET", address).status for who in PEOPLE}
        row, rules = DOORS["verbs"]["mensaje"], DOORS["shut"].get(situation, {})

        let_in = {who for who, status in heard.items() if status == 200}
        assert let_in <= members([*row["may"], *row["before"], "stranger"]) & members(DOORS["look"][situation])
        assert not let_in & members(rules.get("shut", []))
        assert let_in >= members(rules.get("open", []))
        assert set(heard.values()) <= {200, 404}

    @pytest.mark.parametrize("situation", DOORS["look"])
    def test_is_listed_and_found_by_who_may_look(self, town: Town, lists: Lists, situation: str) -> None:
        number = town.cases[situation].number
        for who in PEOPLE:
            listed = lists[who]["cerrados" if situation.endswith("closed") else "todos"]
            found = town.ask(who, "POST", reverse("desk:search"), {"q": number})
            may = who in members(DOORS["look"][situation])
            assert (number in listed) == may, who
            assert (found.leads_to == town.address("desk:case", situation)) == may, who
            hears = who in members(DOORS["heard"].get(situation, []))
            assert (found.leads_to == town.address("desk:act", situation, verb="confirmar")) == hears, who
