"""What an administrator cannot do unseen."""

from datetime import date, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.db import ProgrammingError, transaction
from django.test import Client
from django.utils import timezone

from cercana.accounts.models import ChangeRecord, Membership, User
from cercana.rules.access import Role
from tests.factories import make_user

REGISTER = "/admin/accounts/changerecord/"


@pytest.fixture
def administrator(client: Client) -> User:
    """Return who has signed in."""
    user = make_user(Role.ADMINISTRATOR, "alcaldia", name="Claudia Espejo")
    client.force_login(user)
    return user


@pytest.fixture
def agent() -> User:
    return make_user(Role.AGENT, "atencion_ciudadano", name="Ana Poma")


def entered(role: Role, user: User, *, until: date | None = None) -> dict[str, str]:
    """Return the fields of a role from today on."""
    day = timezone.localdate().isoformat()
    last = until.isoformat() if until else ""
    return {"user": str(user.pk), "role": role, "area": "alcaldia", "valid_from": day, "valid_until": last}


def below(account: User, row: dict[str, str]) -> dict[str, str]:
    """Return the form of an account with one row of its roles."""
    rows = {f"memberships-0-{name}": value for name, value in row.items()}
    is_new = "id" not in row
    counted = {"memberships-TOTAL_FORMS": "1", "memberships-INITIAL_FORMS": "0" if is_new else "1"}
    return {"full_name": account.full_name, "email": account.email, "is_active": "on", **counted, **rows}


def newest() -> LogEntry:
    """Return the last line of the register."""
    record = ChangeRecord.objects.order_by("-pk").first()
    assert record is not None
    return record


class TestRoles:
    def test_are_given_by_somebody_else(self, client: Client, administrator: User, agent: User) -> None:
        client.post("/admin/accounts/membership/add/", entered(Role.AUDITOR, administrator))
        row = entered(Role.AUDITOR, administrator)
        client.post(f"/admin/accounts/user/{administrator.pk}/change/", below(administrator, row))

        client.post("/admin/accounts/membership/add/", entered(Role.AUDITOR, agent))

        assert [each.user for each in Membership.objects.filter(role=Role.AUDITOR)] == [agent]

    def test_of_ones_own_stay_as_they_are(self, client: Client, administrator: User) -> None:
        own = administrator.memberships.get()

        answer = client.post(f"/admin/accounts/membership/{own.pk}/change/", entered(Role.AUDITOR, administrator))

        assert answer.status_code == 403
        assert administrator.memberships.get().role == Role.ADMINISTRATOR

    def test_are_never_deleted(self, client: Client, administrator: User, agent: User) -> None:
        held = agent.memberships.get()
        delete = {"id": str(held.pk), "DELETE": "on", **entered(Role.AGENT, agent)}

        assert client.post(f"/admin/accounts/membership/{held.pk}/delete/", {"post": "yes"}).status_code == 403
        client.post(f"/admin/accounts/user/{agent.pk}/change/", below(agent, delete))
        chosen = {"action": "delete_selected", "_selected_action": str(held.pk), "post": "yes"}
        client.post("/admin/accounts/membership/", chosen)

        assert agent.memberships.exists()

    def test_in_force_are_ended_and_nothing_else(self, client: Client, administrator: User, agent: User) -> None:
        held, today = agent.memberships.get(), timezone.localdate()

        client.post(f"/admin/accounts/membership/{held.pk}/change/", entered(Role.AUDITOR, agent, until=today))

        held.refresh_from_db()
        assert (held.role, held.area_id, held.valid_until) == (Role.AGENT, "atencion_ciudadano", today)

    def test_are_not_ended_in_the_past(self, client: Client, administrator: User, agent: User) -> None:
        held, long_ago = agent.memberships.get(), timezone.localdate() - timedelta(days=2)

        answer = client.post(
            f"/admin/accounts/membership/{held.pk}/change/", entered(Role.AGENT, agent, until=long_ago)
        )

        assert "Ponga la fecha de ayer o una posterior." in answer.content.decode()
        held.refresh_from_db()
        assert held.valid_until is None

    def test_that_are_over_stay_as_they_were(self, client: Client, administrator: User, agent: User) -> None:
        over = timezone.localdate() - timedelta(days=9)
        agent.memberships.update(valid_until=over)
        held = agent.memberships.get()

        client.post(f"/admin/accounts/membership/{held.pk}/change/", entered(Role.AGENT, agent))

        held.refresh_from_db()
        assert held.valid_until == over


class TestTheRegister:
    def test_says_who_gave_whom_a_role_that_opens_cases(self, client: Client, administrator: User, agent: User) -> None:
        client.post("/admin/accounts/membership/add/", entered(Role.AUDITOR, agent))
        client.force_login(make_user(Role.AUDITOR, "alcaldia"))

        page = client.get(f"{REGISTER}?abre=casos").content.decode()

        assert f"Claudia Espejo ({administrator.email})" in page
        assert "Abre casos. Persona: Ana Poma; Rol: auditoría; Área: Gerencia Municipal" in page

    def test_says_so_too_if_it_was_given_with_the_account(
        self, client: Client, administrator: User, agent: User
    ) -> None:
        client.post(f"/admin/accounts/user/{agent.pk}/change/", below(agent, entered(Role.SUPERVISOR, agent)))

        words = newest().change_message
        assert words.startswith("Abre casos. Añade cargo «Ana Poma: jefatura de Gerencia Municipal»: Rol: jefatura")

    def test_keeps_the_name_that_somebody_had(self, client: Client, administrator: User, agent: User) -> None:
        changed = {**below(agent, {}), "full_name": "Ana Poma Ríos", "memberships-TOTAL_FORMS": "0"}

        client.post(f"/admin/accounts/user/{agent.pk}/change/", changed)

        assert newest().change_message == "Nombre: Ana Poma → Ana Poma Ríos"

    def test_keeps_changes_of_the_configuration_in_the_words_of_the_screen(
        self, client: Client, administrator: User
    ) -> None:
        hour = {"area": "alcaldia", "weekday": "0", "opens": "08:00", "closes": "12:00"}
        client.post("/admin/organization/officehour/add/", hour)

        assert newest().change_message == "Área: Gerencia Municipal; Día: lunes; Abre: 08:00:00; Cierra: 12:00:00"

    @pytest.mark.parametrize("how", ["add/", "{}/change/", "{}/delete/"])
    def test_is_written_by_nobody(self, client: Client, administrator: User, agent: User, how: str) -> None:
        client.post("/admin/accounts/membership/add/", entered(Role.AUDITOR, agent))
        before = newest().change_message

        answer = client.post(f"{REGISTER}{how.format(newest().pk)}", {"post": "yes"})

        assert answer.status_code == 403
        assert newest().change_message == before

    def test_cannot_even_be_changed_in_the_database(self, client: Client, administrator: User, agent: User) -> None:
        client.post("/admin/accounts/membership/add/", entered(Role.AUDITOR, agent))

        for forbidden in (ChangeRecord.objects.all().delete, lambda: ChangeRecord.objects.update(object_repr="")):
            with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
                forbidden()

    def test_is_all_an_auditor_sees_of_the_configuration(self, client: Client) -> None:
        client.force_login(make_user(Role.AUDITOR, "alcaldia"))

        index = client.get("/admin/").content.decode()

        assert REGISTER in index
        assert "/admin/accounts/user/" not in index
        assert "Registro de cambios" in index

    def test_asks_nobody_to_add_the_first_line_of_an_empty_one(self, client: Client) -> None:
        client.force_login(make_user(Role.AUDITOR, "alcaldia"))

        page = client.get(REGISTER).content.decode()

        assert "Aquí no hay nada todavía" in page
        assert "Añada" not in page

    def test_is_one_step_from_the_desk_for_who_may_read_it(self, client: Client) -> None:
        client.force_login(make_user(Role.AUDITOR, "alcaldia"))
        link = f'href="{REGISTER}"'
        assert link in client.get("/mesa/").content.decode()
        assert client.get(REGISTER).status_code == 200

        client.force_login(make_user(Role.AGENT, "alcaldia"))

        assert link not in client.get("/mesa/").content.decode()
