"""The table of doors.toml is whole: every address, every verb, every role."""

from django.urls import get_resolver

from cercana.desk.act_forms import FORMS
from cercana.rules.access import Role
from tests.access.town import DOORS, PEOPLE, members, named_addresses


class TestTheTable:
    def test_names_every_address_of_the_site(self) -> None:
        rows = {f"desk:{name}" for part in ("desk", "bulk", "case") for name in DOORS[part]}
        rows |= {f"api:{name}" for name in DOORS["api"]}
        rows |= {f"portal:{name}" for name in DOORS["portal"]} | set(DOORS["elsewhere"]) | set(DOORS["account"])
        prefixes = tuple(DOORS["prefixes"])
        found = {name for name in named_addresses(get_resolver()) if not name.startswith(prefixes)}

        assert found == rows

    def test_names_every_verb_and_every_role(self) -> None:
        assert set(DOORS["verbs"]) == set(FORMS)
        held = {office.partition(" in ")[0] for offices in PEOPLE.values() for office in offices}
        assert held == {role.value for role in Role}

    def test_opens_every_group_to_somebody(self) -> None:
        assert all(members(names) <= set(PEOPLE) for names in DOORS["groups"].values())
        assert members(["staff"]) == set(PEOPLE)
