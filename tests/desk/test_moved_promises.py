"""The page on which administrators see and move what a change of the calendar moves."""

import re
from datetime import date, timedelta

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from cercana.accounts.models import User
from cercana.cases.models import Case, Event
from cercana.organization.models import AddedDay
from cercana.rules.access import Role
from cercana.rules.promises import to_lima
from tests.factories import make_case, make_person, make_user

ADDRESS = "/mesa/plazos-del-calendario/"
MOST_QUERIES = 11


@pytest.fixture(autouse=True)
def administrator(client: Client) -> User:
    """Return an administrator, signed in."""
    user = make_user(Role.ADMINISTRATOR, "alcaldia")
    client.force_login(user)
    return user


def page(response: HttpResponseBase) -> str:
    return response.getvalue().decode()


def add_holiday() -> AddedDay:
    """Add a holiday on the first working day after today, from which every promise of days counts."""
    day = to_lima(timezone.now()).date() + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    return AddedDay.objects.create(day=day, kind="local", name="Aniversario", norm="Ordenanza 1")


def mark_in(text: str) -> str:
    found = re.search(r'name="calendario" value="(\w+)"', text)
    assert found is not None
    return found[1]


def make_open_case() -> Case:
    return make_case(person=make_person(name="Elvira Chávez"), now=timezone.now())


class TestThePage:
    def test_shows_number_and_dues_and_nothing_else_of_a_case(self, client: Client) -> None:
        case = make_open_case()
        add_holiday()

        shown = page(client.get(ADDRESS))

        assert case.number in shown
        assert "1 plazo se mueve" in shown
        assert "Se avisará a 1 persona." in shown
        assert not re.search(r"Elvira|bache|Basadre|/mesa/casos/", shown)

    def test_is_calm_when_nothing_moves(self, client: Client) -> None:
        make_open_case()

        shown = page(client.get(ADDRESS))

        assert "Ningún plazo se mueve" in shown
        assert 'name="motivo"' not in shown

    def test_proposes_name_date_and_norm_of_the_day_behind_it(self, client: Client) -> None:
        make_open_case()
        add_holiday()
        AddedDay.objects.create(day=date(2020, 1, 2), kind="local", name="Otro", norm="Otra")

        proposed, chosen = page(client.get(ADDRESS)), page(client.get(ADDRESS, {"dia": "2020-01-02"}))

        assert re.search(r'name="motivo"[^>]* value="Aniversario, \w+ \d+ de \w+ \(Ordenanza 1\)"', proposed)
        assert 'value="Otro, jueves 2 de enero (Otra)"' in chosen

    def test_warns_of_promises_that_come_nearer_and_proposes_no_day_for_them(self, client: Client) -> None:
        day = add_holiday()
        make_open_case()
        day.delete()

        shown = page(client.get(ADDRESS))

        assert "Uno vencerá antes." in shown
        assert re.search(r'name="motivo"[^>]* value=""', shown)

    def test_has_a_place_in_the_rail_of_administrators_alone(self, client: Client) -> None:
        assert f'href="{ADDRESS}"' in page(client.get("/mesa/"))
        client.force_login(make_user(Role.SUPERVISOR, "alcaldia"))
        assert f'href="{ADDRESS}"' not in page(client.get("/mesa/"))

    def test_shows_a_hundred_and_counts_the_rest(
        self, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        for _ in range(102):
            make_open_case()
        add_holiday()

        with django_assert_max_num_queries(MOST_QUERIES):
            shown = page(client.get(ADDRESS))

        assert shown.count('scope="row"') == 100
        assert "Y 2 más, que vencen después." in shown


class TestMoving:
    def test_moves_says_so_and_leaves_nothing(self, client: Client) -> None:
        case = make_open_case()
        add_holiday()

        fields = {"motivo": "Aniversario", "calendario": mark_in(page(client.get(ADDRESS)))}
        shown = page(client.post(ADDRESS, fields, follow=True))

        assert Event.objects.get(case=case, type="promise_moved").payload["why"] == "Aniversario"
        assert "Plazos movidos." in shown
        assert "Ningún plazo se mueve" in shown

    def test_asks_for_the_reason_next_to_the_field(self, client: Client) -> None:
        make_open_case()
        add_holiday()

        response = client.post(ADDRESS, {"motivo": " ", "calendario": mark_in(page(client.get(ADDRESS)))})

        assert response.status_code == 422
        assert "Escriba el motivo." in page(response)
        assert not Event.objects.filter(type="promise_moved").exists()

    def test_shows_the_list_again_if_the_calendar_changed_meanwhile(self, client: Client) -> None:
        make_open_case()
        day = add_holiday()
        mark = mark_in(page(client.get(ADDRESS)))
        AddedDay.objects.create(day=day.day + timedelta(days=14), kind="local", name="Otro", norm="Otra")

        response = client.post(ADDRESS, {"motivo": "Mi motivo", "calendario": mark})

        assert response.status_code == 409
        assert "El calendario cambió mientras usted miraba." in page(response)
        assert 'value="Mi motivo"' in page(response)
        assert not Event.objects.filter(type="promise_moved").exists()

    def test_tells_how_many_are_left_while_the_worker_is_at_it(self, client: Client) -> None:
        for _ in range(41):
            make_open_case()
        add_holiday()

        fields = {"motivo": "Aniversario", "calendario": mark_in(page(client.get(ADDRESS)))}
        shown = page(client.post(ADDRESS, fields, follow=True))
        fragment = page(client.get(ADDRESS, headers={"hx-request": "true"}))

        assert "Quedan 41." in shown
        assert 'hx-trigger="every 3s"' in fragment
        assert "<html" not in fragment


class TestDaysAdded:
    def test_lead_from_their_list_and_from_each_change_to_what_moves(self, client: Client) -> None:
        given = {"day": "2027-03-01", "kind": "local", "name": "Aniversario", "norm": "Ordenanza 1"}

        listed = page(client.get("/admin/organization/addedday/"))
        saved = page(client.post("/admin/organization/addedday/add/", given, follow=True))
        taken = page(client.post("/admin/organization/addedday/2027-03-01/delete/", {"post": "yes"}, follow=True))

        assert f'href="{ADDRESS}"' in listed
        assert f'href="{ADDRESS}?dia=2027-03-01"' in saved
        assert taken.count(f'href="{ADDRESS}"') == 2
