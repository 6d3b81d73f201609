"""A question answered while the person waits is a case too: six fields and one press (M4.1a)."""

import uuid

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from cercana.accounts.models import User
from cercana.cases.models import Case
from cercana.citizens.models import PersonalValue
from cercana.organization.models import Category
from cercana.rules.access import Role
from cercana.rules.classification import Cause, Channel, ClaimType, RequestKind
from cercana.rules.lifecycle import Closure, Outcome, Stage
from tests.factories import Given, make_user

ADDRESS = "/mesa/atender/momento/"
MOST_QUERIES = 8


@pytest.fixture(autouse=True)
def agent(client: Client) -> User:
    """Return somebody who attends people, signed in."""
    user = make_user(Role.AGENT, "atencion_ciudadano")
    client.force_login(user)
    return user


def typed(**given: Given) -> dict[str, str]:
    """Return the form as filled in for somebody who asked when noise may be made."""
    fields = {
        "client_key": str(uuid.uuid4()),
        "channel": "counter",
        "description": "¿Hasta qué hora puede hacer ruido una obra?",
        "matter": "consulta",
        "category": "noise",
        "done": "Le expliqué el horario de la ordenanza.",
        "who": "Elvira Chávez",
        "said_yes": "on",
    }
    return {**fields, **given}


def send(client: Client, **given: Given) -> HttpResponseBase:
    return client.post(ADDRESS, typed(**given))


def page(response: HttpResponseBase) -> str:
    return response.getvalue().decode()


class TestOnTheSpot:
    def test_registers_and_closes_by_one_post_m4_1a(self, client: Client) -> None:
        response = send(client)

        case = Case.objects.get()
        assert response.headers["Location"] == f"{ADDRESS}?canal=counter"
        assert (case.stage, case.closure, case.outcome) == (Stage.CLOSED, Closure.ON_THE_SPOT, Outcome.EXPLAINED)
        assert (case.kind, case.channel, case.cause) == (RequestKind.INQUIRY, Channel.COUNTER, Cause.INFORMATION)
        assert case.citizen.name == "Elvira Chávez"

    def test_has_six_fields(self, client: Client) -> None:
        form = page(client.get(ADDRESS))
        shown = ("description", "matter", "category", "done", "who", "said_yes")

        assert [name for name in shown if f'id="{name}"' in form] == list(shown)
        assert form.count('class="c-campo"') == len(shown)

    def test_shows_the_number_and_an_empty_form_for_the_next_person(self, client: Client) -> None:
        fields = typed()
        shown = page(client.post(ADDRESS, fields, follow=True))

        assert f'Registrado y cerrado: <span class="c-numero">{Case.objects.get().number}</span>' in shown
        assert "horario de la ordenanza" not in shown
        assert f'data-draft-clear="momento:{fields["client_key"]}:pidio ' in shown

    def test_gives_one_case_for_a_form_sent_twice(self, client: Client) -> None:
        fields = typed()
        for _ in range(2):
            client.post(ADDRESS, fields)

        assert Case.objects.count() == 1

    def test_takes_a_simple_claim_with_its_cause(self, client: Client) -> None:
        send(client, matter="dato")

        case = Case.objects.get()
        assert (case.kind, case.claim_type, case.cause) == (RequestKind.CLAIM, ClaimType.ERROR, Cause.DATA_ERROR)
        assert case.outcome == Outcome.SOLVED

    @pytest.mark.parametrize(
        ("who", "kept"),
        [
            ("987 654 321", {"contact_points__normalized": "+51987654321"}),
            ("elvira@vecinos.example", {"contact_points__normalized": "elvira@vecinos.example"}),
            ("45678901", {"document_number": "45678901"}),
            ("", {"no_contact_reason": "Se le atendió en el momento y no dejó contacto."}),
        ],
    )
    def test_takes_from_one_line_whatever_the_person_gives(
        self, client: Client, who: str, kept: dict[str, str]
    ) -> None:
        send(client, who=who)

        assert Case.objects.filter(**{f"citizen__{name}": value for name, value in kept.items()}).count() == 1

    def test_keeps_what_was_said(self, client: Client) -> None:
        send(client)

        kept = set(PersonalValue.objects.values_list("value", flat=True))
        assert {"¿Hasta qué hora puede hacer ruido una obra?", "Le expliqué el horario de la ordenanza."} <= kept

    def test_keeps_what_was_typed_and_names_what_is_missing(self, client: Client) -> None:
        response = send(client, said_yes="", done="")

        shown = page(response)
        assert response.status_code == 422
        assert not Case.objects.exists()
        assert "¿Hasta qué hora puede hacer ruido una obra?" in shown
        for field in ("said_yes", "done"):
            assert f'id="{field}-error"' in shown

    def test_refuses_a_claim_that_is_not_simple_beside_its_motive(self, client: Client) -> None:
        response = send(client, matter="demora", category="pothole")

        assert response.status_code == 422
        assert "Solo una consulta o un reclamo simple" in page(response)
        assert not Case.objects.exists()

    @pytest.mark.parametrize("category", ["violence_or_child", "poor_attention", "unknown", ""])
    def test_has_no_motive_that_is_critical_reserved_or_about_the_staff(self, client: Client, category: str) -> None:
        response = send(client, category=category)

        assert response.status_code == 422
        assert "Elija el motivo" in page(response)

    def test_is_not_for_who_does_not_attend_people(self, client: Client) -> None:
        client.force_login(make_user(Role.ANALYST, "alcaldia"))

        assert client.get(ADDRESS).status_code == send(client).status_code == 403


class TestProposedMotive:
    @pytest.fixture(autouse=True)
    def catalogue(self) -> None:
        Category.objects.filter(code="noise").update(citizen_words="Una fiesta o una obra hace demasiado ruido")

    def test_is_shown_with_the_words_that_led_to_it(self, client: Client) -> None:
        shown = page(client.post(ADDRESS, typed(category=""), headers={"hx-request": "true"}))

        assert 'name="proposed" value="noise"' in shown
        assert "«ruido», «obra»" in shown
        assert not Case.objects.exists()

    def test_is_taken_when_it_was_shown_and_nothing_else_chosen(self, client: Client) -> None:
        send(client, category="", proposed="noise")

        assert Case.objects.get().category_id == "noise"

    def test_gives_way_to_the_motive_that_was_chosen(self, client: Client) -> None:
        send(client, category="pothole", proposed="noise")

        assert Case.objects.get().category_id == "pothole"


class TestHowOftenTheDatabaseIsAsked:
    def test_at_most_eight_times_for_the_page(
        self, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        with django_assert_max_num_queries(MOST_QUERIES):
            client.get(ADDRESS)
