"""The duty roster at the desk."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cercana.accounts.models import DutyAbsence, DutySwap, DutyTurn, User
from cercana.rules.access import Role
from cercana.rules.promises import to_lima
from tests.factories import make_user

PAGE = "/mesa/guardia/"
DAY = timedelta(days=1)


@pytest.fixture
def ana() -> User:
    return make_user(Role.DUTY_OFFICER, "alcaldia", name="Ana Guardia")


@pytest.fixture
def head(client: Client) -> User:
    user = make_user(Role.SUPERVISOR, "obras_infraestructura", name="Carmen Jefa")
    client.force_login(user)
    return user


def today() -> str:
    return to_lima(timezone.now()).date().isoformat()


def fill(client: Client, person: User) -> None:
    """Give ``person`` every hour of the week."""
    for weekday in range(7):
        for starts, ends in (("00:00", "12:00"), ("12:00", "00:00")):
            fields = {"paso": "turno", "dia": weekday, "empieza": starts, "termina": ends}
            assert client.post(PAGE, {**fields, "persona": person.pk, "desde": today()}).status_code == 302


def page(client: Client, path: str = PAGE) -> str:
    return client.get(path).content.decode()


class TestThePage:
    def test_shows_gaps_before_they_happen(self, client: Client, head: User, ana: User) -> None:
        before = page(client)
        fill(client, ana)
        after = page(client)

        assert "sin nadie de guardia" in before
        assert "menos de 48 horas" in before
        assert "sin nadie de guardia" not in after
        assert "Ana Guardia" in after

    def test_gives_the_turn_of_a_day_to_somebody_else(self, client: Client, head: User, ana: User) -> None:
        beto = make_user(Role.DUTY_OFFICER, "alcaldia", name="Beto Guardia")
        fill(client, ana)
        tomorrow = to_lima(timezone.now()).date() + DAY
        turn = DutyTurn.objects.filter(weekday=tomorrow.weekday()).first()
        assert turn is not None

        client.post(PAGE, {"paso": "cambio", "turno": f"{turn.pk}:{tomorrow}", "persona": beto.pk})
        shown = page(client)
        client.post(PAGE, {"paso": "cambio", "turno": f"{turn.pk}:{tomorrow}", "persona": ""})

        assert "en lugar de Ana Guardia" in shown
        assert "Carmen Jefa" in shown
        assert DutySwap.objects.get().user is None
        assert "sin nadie de guardia" in page(client)

    def test_notes_an_absence_and_takes_it_back(self, client: Client, head: User, ana: User) -> None:
        fill(client, ana)

        client.post(PAGE, {"paso": "ausencia", "persona": ana.pk, "desde": today(), "hasta": today()})
        away = page(client)
        client.post(PAGE, {"paso": "volver", "ausencia": DutyAbsence.objects.get().pk})

        assert "sin nadie de guardia" in away
        assert "sin nadie de guardia" not in page(client)

    def test_ends_a_turn(self, client: Client, head: User, ana: User) -> None:
        fill(client, ana)
        turn = DutyTurn.objects.latest("pk")

        client.post(PAGE, {"paso": "terminar", "turno": turn.pk, "hasta": today()})

        turn.refresh_from_db()
        assert str(turn.valid_until) == today()

    @pytest.mark.parametrize(
        "fields",
        [
            {"paso": "turno", "dia": "9"},
            {"paso": "cambio", "turno": "1:ayer"},
            {"paso": "cambio", "turno": "1:2026-02-30"},
            {"paso": "ausencia", "persona": "x"},
        ],
    )
    def test_says_what_is_wrong(self, client: Client, head: User, fields: dict[str, str]) -> None:
        answer = client.post(PAGE, fields)

        assert answer.status_code == 422
        assert "algo falta o no va junto" in answer.content.decode()

    def test_is_read_and_not_changed_by_duty_officers(self, client: Client, ana: User) -> None:
        client.force_login(ana)

        shown = page(client)
        answer = client.post(PAGE, {"paso": "ausencia", "persona": ana.pk, "desde": today(), "hasta": today()})

        assert "Próximas dos semanas" in shown
        assert "Anotar una ausencia" not in shown
        assert answer.status_code == 403
        assert not DutyAbsence.objects.exists()


class TestTheNotices:
    def test_warn_heads_of_a_gap_within_48_hours(self, client: Client, head: User, ana: User) -> None:
        before = page(client, "/mesa/avisos/")
        fill(client, ana)

        assert "Nadie está de guardia en las próximas 48 horas" in before
        assert "Nadie está de guardia" not in page(client, "/mesa/avisos/")

    def test_leave_everybody_else_alone(self, client: Client, ana: User) -> None:
        client.force_login(make_user(Role.AREA_OFFICER, "obras_infraestructura"))

        assert "Nadie está de guardia" not in page(client, "/mesa/avisos/")
