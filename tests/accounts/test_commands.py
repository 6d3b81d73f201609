"""How staff are entered."""

from datetime import date, datetime, timedelta

import pytest

from cercana.accounts import commands, queries
from cercana.accounts.commands import RoleEntry, ShiftEntry, StaffEntry
from cercana.accounts.models import DutyShift, Membership, User
from cercana.organization.models import Area
from cercana.rules.access import Role
from cercana.rules.promises import to_lima

LONG_AGO = date(2020, 1, 1)
NIGHT = to_lima(datetime.fromisoformat("2026-11-23T20:00"))


@pytest.fixture(autouse=True)
def parks(db: None) -> Area:
    """Return the only area."""
    return Area.objects.create(code="parks", name="Parques", valid_from=LONG_AGO)


def make_entry(*roles: Role, name: str = "Ana Poma") -> StaffEntry:
    """Return a member of staff with these roles in the only area."""
    held = [RoleEntry(role=role, area="parks", valid_from=LONG_AGO) for role in roles]
    return StaffEntry(email="Ana@Prueba.example", full_name=name, roles=held)


class TestSetStaff:
    def test_opens_an_account_that_no_password_opens(self) -> None:
        commands.set_staff([make_entry(Role.AGENT)])

        user = User.objects.get(email="ana@prueba.example")
        assert not user.has_usable_password()
        assert [user.full_name for user in queries.members_of("parks", LONG_AGO)] == ["Ana Poma"]

    def test_replaces_name_and_roles_and_keeps_the_password(self) -> None:
        commands.set_staff([make_entry(Role.AGENT)])
        commands.set_password(["ana@prueba.example"], "una clave cualquiera")

        commands.set_staff([make_entry(Role.SUPERVISOR, name="Ana Poma Ríos")])

        user = User.objects.get()
        assert user.full_name == "Ana Poma Ríos"
        assert user.check_password("una clave cualquiera")
        assert list(Membership.objects.values_list("role", flat=True)) == [Role.SUPERVISOR]


class TestSetDutyRoster:
    def test_replaces_the_shifts_of_its_span_only(self) -> None:
        commands.set_staff([make_entry(Role.DUTY_OFFICER)])
        day = timedelta(days=1)
        first = ShiftEntry(email="ana@prueba.example", starts_at=NIGHT, ends_at=NIGHT + day / 2)
        later = ShiftEntry(email="ana@prueba.example", starts_at=NIGHT + 7 * day, ends_at=NIGHT + 7.5 * day)
        commands.set_duty_roster([first, later], starts_at=NIGHT, ends_at=NIGHT + 8 * day)

        commands.set_duty_roster([first], starts_at=NIGHT, ends_at=NIGHT + day)

        assert DutyShift.objects.count() == 2
        assert queries.actor_for(User.objects.get(email="ana@prueba.example"), NIGHT).on_duty
