import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cercana.accounts.models import User
from cercana.cases.models import Case
from cercana.rules.access import Role
from cercana.rules.lifecycle import Stage
from tests.desk.queue_pages import page_of
from tests.factories import make_case, make_user

HTMX = {"hx-request": "true"}


@pytest.fixture
def head() -> User:
    return make_user(Role.SUPERVISOR, "obras_infraestructura", name="Carmen Salazar")


@pytest.fixture
def now() -> datetime:
    return timezone.now()


class TestBulkReferral:
    def test_refers_the_chosen_and_can_be_undone(self, client: Client, now: datetime) -> None:
        first, second = make_case(now=now), make_case(now=now)
        client.force_login(make_user(Role.AGENT, "atencion_ciudadano"))
        chosen = {"caso": [first.number, second.number], "area": "obras_infraestructura", "consulta": "vista=todos"}

        page = client.post("/mesa/derivar/casos/", chosen, follow=True).content.decode()

        assert "Derivados: 2 casos." in page
        assert set(Case.objects.values_list("stage", flat=True)) == {Stage.REFERRED}
        assert "Deshacer" in page

        undoing = {"caso": re.findall(r'type="hidden" name="caso" value="([^"]+)"', page)}
        page = client.post("/mesa/derivar/deshacer/", undoing, follow=True).content.decode()

        assert "Derivaciones deshechas: 2 casos." in page
        assert set(Case.objects.values_list("stage", flat=True)) == {Stage.REGISTERED}

    def test_says_which_case_was_refused_and_why(self, client: Client, now: datetime) -> None:
        fine, closed = make_case(now=now), make_case(Stage.CLOSED, now=now - timedelta(hours=1))
        client.force_login(make_user(Role.SUPERVISOR, "alcaldia"))
        chosen = {"caso": [fine.number, closed.number], "area": "fiscalizacion"}

        page = client.post("/mesa/derivar/casos/", chosen, follow=True).content.decode()

        assert "Derivado: 1 caso." in page
        assert f"{closed.number}: El caso {closed.number} está en «Cierre»" in page

    def test_proposes_the_area_that_all_the_chosen_have_in_common(self, client: Client, now: datetime) -> None:
        cases = [make_case(now=now), make_case(now=now)]
        client.force_login(make_user(Role.AGENT, "atencion_ciudadano"))

        form = client.get("/mesa/derivar/", {"caso": [case.number for case in cases]}, headers=HTMX).content.decode()

        assert "Derivar 2 casos" in form
        assert "Obras e Infraestructura (propuesta)" in form

    def test_asks_to_choose_before_it_begins(self, client: Client, head: User) -> None:
        client.force_login(head)

        assert client.get("/mesa/derivar/").status_code == 422


class TestBulkAssignment:
    def test_gives_the_chosen_cases_to_somebody_of_their_area(self, client: Client, head: User, now: datetime) -> None:
        officer = make_user(Role.AREA_OFFICER, "obras_infraestructura", name="Lucía Arrieta")
        cases = [make_case(Stage.REFERRED, now=now), make_case(Stage.REFERRED, now=now)]
        numbers = [case.number for case in cases]
        client.force_login(head)
        assert "Lucía Arrieta" in client.get("/mesa/asignar/", {"caso": numbers}).content.decode()

        page = client.post("/mesa/asignar/casos/", {"caso": numbers, "responsable": officer.pk}, follow=True)

        assert "Asignados: 2 casos." in page.content.decode()
        assert set(Case.objects.values_list("owner_id", flat=True)) == {officer.pk}

    def test_is_offered_to_heads_alone(self, client: Client, head: User, now: datetime) -> None:
        make_case(Stage.REFERRED, now=now)

        assert "/mesa/asignar/" in page_of(client, head)
        assert "/mesa/asignar/" not in page_of(client, make_user(Role.AREA_OFFICER, "obras_infraestructura"))
