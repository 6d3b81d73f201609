from datetime import datetime

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cercana.accounts.models import User
from cercana.accounts.queries import actor_for
from cercana.cases import commands
from cercana.cases.models import AccessRecord
from cercana.rules.access import Role
from cercana.rules.classification import CaseClass
from cercana.rules.lifecycle import Stage
from cercana.workplace.models import SavedView
from tests.desk.queue_pages import numbers_in, page_of, total_of
from tests.factories import make_case, make_user

MOST_QUERIES = 8
HTMX = {"hx-request": "true"}


@pytest.fixture
def head() -> User:
    return make_user(Role.SUPERVISOR, "obras_infraestructura", name="Carmen Salazar")


@pytest.fixture
def now() -> datetime:
    return timezone.now()


class TestKeptViews:
    def test_are_shown_with_their_count_to_who_keeps_them(self, client: Client, head: User, now: datetime) -> None:
        simple = make_case(Stage.REFERRED, now=now, class_=CaseClass.SIMPLE)
        make_case(Stage.REFERRED, now=now)
        client.force_login(head)

        client.post("/mesa/vistas/", {"vista": "todos", "clase": "simple", "nombre": "Lo simple"})
        kept = SavedView.objects.get()
        page = page_of(client, head, "?vista=todos&clase=simple")

        assert '<h1 class="d-h1">Lo simple</h1>' in page
        assert numbers_in(page) == [simple.number]
        assert total_of(page, str(kept.pk)) == "1"
        assert "Lo simple" not in page_of(client, make_user(Role.SUPERVISOR, "obras_infraestructura"))

    def test_need_a_name(self, client: Client, head: User) -> None:
        client.force_login(head)

        response = client.post("/mesa/vistas/", {"vista": "todos", "nombre": "  "}, headers=HTMX)

        assert response.status_code == 422
        assert "Escriba un nombre para la vista" in response.content.decode()
        assert not SavedView.objects.exists()

    def test_are_forgotten_by_who_keeps_them_alone(self, client: Client, head: User) -> None:
        kept = SavedView.objects.create(staff=head, name="Todo", view="todos")
        client.force_login(make_user(Role.AGENT, "atencion_ciudadano"))
        client.post(f"/mesa/vistas/{kept.pk}/quitar/")
        assert SavedView.objects.exists()

        client.force_login(head)
        client.post(f"/mesa/vistas/{kept.pk}/quitar/")

        assert not SavedView.objects.exists()


class TestTheLiveList:
    def ask(self, client: Client, etag: str) -> tuple[int, str, str]:
        response = client.get("/mesa/?vista=todos", headers={**HTMX, "if-none-match": etag})
        return response.status_code, response.headers["ETag"], response.content.decode()

    def test_is_left_alone_until_something_happens(self, client: Client, head: User, now: datetime) -> None:
        case = make_case(Stage.REFERRED, now=now)
        client.force_login(head)
        etag = client.get("/mesa/?vista=todos").headers["ETag"]
        assert self.ask(client, etag)[0] == 304

        commands.take(number=case.number, actor=actor_for(head, now), now=now)
        status, _, fragment = self.ask(client, etag)

        assert status == 200
        assert "Lo tomó el área" in fragment
        assert 'id="vistas"' in fragment
        assert "<!doctype" not in fragment

    def test_is_left_alone_when_something_happens_elsewhere(self, client: Client, head: User, now: datetime) -> None:
        make_case(Stage.REFERRED, now=now)
        client.force_login(head)
        etag = client.get("/mesa/?vista=todos").headers["ETag"]

        make_case(now=now)
        status, newer, _ = self.ask(client, etag)

        assert status == 304
        assert newer != etag

    def test_costs_four_questions_while_nothing_happens(
        self, client: Client, head: User, now: datetime, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        make_case(Stage.REFERRED, now=now)
        client.force_login(head)
        etag = client.get("/mesa/?vista=todos").headers["ETag"]

        with django_assert_max_num_queries(4):
            assert self.ask(client, etag)[0] == 304

    def test_is_no_new_look_as_long_as_it_holds_the_same_cases(self, client: Client, head: User, now: datetime) -> None:
        case = make_case(Stage.REFERRED, now=now)
        client.force_login(head)
        etag = client.get("/mesa/?vista=todos").headers["ETag"]

        commands.take(number=case.number, actor=actor_for(head, now), now=now)
        etag = self.ask(client, etag)[1]
        assert AccessRecord.objects.filter(act="list").count() == 1
        make_case(Stage.REFERRED, now=now)
        self.ask(client, etag)

        assert AccessRecord.objects.filter(act="list").count() == 2
