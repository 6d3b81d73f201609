"""What reached us before it is entered: with its true time, its source, and the promises of that time."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cercana.cases.models import Case
from cercana.rules.access import Role
from tests.desk.test_intake import register, text_of
from tests.factories import make_user


@pytest.fixture(autouse=True)
def agent(client: Client) -> None:
    """Sign somebody in who attends people."""
    client.force_login(make_user(Role.AGENT, "atencion_ciudadano"))


class TestEnteringLate:
    def test_enters_late_what_arrived_before_with_its_source(self, client: Client) -> None:
        before = timezone.localtime() - timedelta(hours=3)
        moment = before.strftime("%Y-%m-%dT%H:%M")

        refused = register(client, received_at=moment)
        register(client, received_at=moment, source="Cuaderno de ventanilla")

        assert refused.status_code == 422
        assert "falta decir de dónde sale" in text_of(refused)
        case = Case.objects.get()
        assert case.received_at == before.replace(second=0, microsecond=0)
        assert case.events.get(sequence=1).payload["source"] == "Cuaderno de ventanilla"

    def test_says_from_when_on_there_are_promises_of_what_arrived_before_them(self, client: Client) -> None:
        response = register(client, received_at="1999-06-12T11:19", source="Cuaderno de ventanilla")

        assert response.status_code == 422
        assert "Los plazos rigen desde el" in text_of(response)
        assert "Miguel Dasso con" in text_of(response)
        assert not Case.objects.exists()
