"""Triage on the desk: what it proposed stays on the page of a case, with its words and what people made of it."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cercana.accounts.models import User
from cercana.accounts.queries import actor_for
from cercana.cases import commands
from cercana.cases.models import Case
from cercana.rules.access import Role
from cercana.rules.classification import CaseClass, ClaimType, RequestKind
from tests.factories import make_case, make_user

GAS = "Buenas tardes. Huele a gas en mi edificio y nadie ha venido."


@pytest.fixture
def now() -> datetime:
    return timezone.now()


@pytest.fixture
def agent() -> User:
    return make_user(Role.AGENT, "atencion_ciudadano", name="Rosa Huamán")


def card_of(client: Client, user: User, case: Case) -> str:
    client.force_login(user)
    page = client.get(f"/mesa/casos/{case.number}/").content.decode().replace("\N{NO-BREAK SPACE}", " ")
    found = re.search(r"Lo que propuso Cercana(.*?)</section>", page, re.DOTALL)
    return " ".join(re.sub(r"<(?!/?mark)[^>]*>", " ", found.group(1)).split()) if found else ""


class TestTheCardOfACase:
    def test_highlights_the_words_that_led_to_the_danger(self, client: Client, agent: User, now: datetime) -> None:
        card = card_of(client, agent, make_case(description=GAS, now=now))

        assert "<mark>Huele a gas</mark>" in card
        assert "Riesgo para la salud o la seguridad 5.1" in card
        assert "Peligro: crítico. Falta que una persona lo confirme" in card

    def test_says_who_confirmed_it(self, client: Client, agent: User, now: datetime) -> None:
        case = make_case(description=GAS, now=now)
        commands.confirm_critical(number=case.number, actor=actor_for(agent, now), now=now)

        assert "Peligro: crítico. Rosa Huamán lo confirmó, hace un momento" in card_of(client, agent, case)

    def test_says_who_corrected_it_and_to_what(self, client: Client, agent: User, now: datetime) -> None:
        case = make_case(now=now - timedelta(hours=1))
        change = commands.Reclassification(
            class_=CaseClass.COMPLEX,
            category="pothole",
            kind=RequestKind.CLAIM,
            claim_type=ClaimType.DELAY,
            reason="Espera hace un mes.",
        )
        commands.reclassify(number=case.number, change=change, actor=actor_for(agent, now), now=now)

        assert "Tipo: mal servicio. Rosa Huamán lo dejó en «demora en la atención», hace un momento" in card_of(
            client, agent, case
        )

    def test_quotes_nothing_once_the_person_is_erased(self, client: Client, agent: User, now: datetime) -> None:
        case = make_case(description=GAS, now=now)
        keeper = make_user(Role.DATA_PROTECTION, "alcaldia")
        commands.erase_citizen(case.citizen_id, reason="Lo pide.", actor=actor_for(keeper, now), now=now)

        assert "gas" not in card_of(client, agent, case).lower()
