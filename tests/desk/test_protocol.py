from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cercana.accounts.models import User
from cercana.accounts.queries import actor_for
from cercana.cases.models import AccessRecord, Case
from cercana.critical import commands
from cercana.rules.access import Role
from cercana.rules.classification import CaseClass
from cercana.rules.lifecycle import Stage
from tests.critical.scenes import make_critical, ring, steps_at
from tests.factories import make_case, make_user

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def head(client: Client) -> User:
    """Return the head of Obras, who looks at the page."""
    head = make_user(Role.SUPERVISOR, "obras_infraestructura", name="Carmen Salazar Vega")
    client.force_login(head)
    return head


def three_hours_old(head: User) -> Case:
    """Return a critical case whose first call nobody answered, whose second one did, and nobody wrote to."""
    began = timezone.now() - 3 * HOUR
    case = make_critical(now=began)
    ring(case, began)
    steps_at(case, began + 10 * MINUTE)
    commands.acknowledge(number=case.number, way="wall", actor=actor_for(head, began), now=began + 13 * MINUTE)
    return case


class TestTheLineOfTime:
    def test_tells_what_was_kept_and_what_was_missed_among_what_happened(self, client: Client, head: User) -> None:
        case = three_hours_old(head)

        shown = client.get(f"/mesa/casos/{case.number}/protocolo/").content.decode()

        for words in (
            "Nadie se hizo cargo en 10 minutos",
            "Alguien se hizo cargo en 3 min",
            "1 de 2 a tiempo",
            "Sin primera respuesta a tiempo",
            "Faltó anotar algo nuevo",
            "Resolver antes del ",
            "Se hizo cargo desde el muro",
        ):
            assert words in shown, words

    def test_is_linked_from_the_page_of_a_critical_case_and_of_no_other(self, client: Client, head: User) -> None:
        case, other = make_critical(), make_case(Stage.REFERRED)

        assert f"/mesa/casos/{case.number}/protocolo/" in client.get(f"/mesa/casos/{case.number}/").content.decode()
        assert "/protocolo/" not in client.get(f"/mesa/casos/{other.number}/").content.decode()

    def test_is_refused_for_a_case_that_never_was_critical(self, client: Client, head: User) -> None:
        case = make_case(Stage.REFERRED)

        answer = client.get(f"/mesa/casos/{case.number}/protocolo/")

        assert answer.status_code == 409
        assert "no es crítico" in answer.content.decode()

    def test_is_recorded_as_a_look_and_hidden_from_strangers(self, client: Client, head: User) -> None:
        case = make_case(Stage.REFERRED, class_=CaseClass.CRITICAL)
        client.get(f"/mesa/casos/{case.number}/protocolo/")
        assert AccessRecord.objects.filter(actor=f"staff:{head.pk}", act="view", numbers=[case.number]).count() == 1

        client.force_login(make_user(Role.AREA_OFFICER, "fiscalizacion"))

        assert client.get(f"/mesa/casos/{case.number}/protocolo/").status_code == 404
