from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cercana.cases.models import Case
from cercana.citizens.queries import values_of
from cercana.rules.access import Actor
from cercana.rules.history import value_ids
from cercana.rules.lifecycle import Stage
from tests.factories import make_case
from tests.portal.walking import TextsOf, come_in, page, shown_errors


def case_at(stage: Stage, officer: Actor | None = None, **given: object) -> Case:
    """Return a case registered an hour ago that stands at ``stage``."""
    return make_case(stage, officer=officer, now=timezone.now() - timedelta(hours=1), **given)


class TestDecide:
    def test_shows_the_answer_before_asking(self, client: Client) -> None:
        html = page(client, come_in(client, case_at(Stage.ANSWERED)) + "cierre/")

        answer = TextsOf("p-respuesta").read(html)[0]
        assert "Qué hicimos Buenos días. Tapamos el bache esta mañana." in answer
        assert "Para cuándo La revisión es el viernes 27 de noviembre." in answer
        assert " checked" not in html

    def test_closes_with_a_yes(self, client: Client) -> None:
        case = case_at(Stage.ANSWERED)
        address = come_in(client, case)

        client.post(f"{address}cierre/", {"resuelto": "si"})

        case.refresh_from_db()
        assert (case.stage, case.closure) == (Stage.CLOSED, "confirmed")
        assert "Lo confirmaste y lo cerramos el" in page(client, address)

    def test_takes_the_opinion_along(self, client: Client) -> None:
        case = case_at(Stage.ANSWERED)
        address = come_in(client, case)

        client.post(f"{address}cierre/", {"resuelto": "si", "nota": "4", "linea": "Rápidos."})

        assert case.events.get(type="opinion_given").payload["mark"] == 4
        assert "Dar mi opinión" not in page(client, address)

    def test_keeps_a_line_without_a_mark(self, client: Client) -> None:
        case = case_at(Stage.ANSWERED)

        client.post(f"{come_in(client, case)}cierre/", {"resuelto": "si", "linea": "Gracias a la cuadrilla."})

        kept = values_of(value_ids(case.events.get(type="confirmed").payload))
        assert list(kept.values()) == ["Gracias a la cuadrilla."]

    def test_asks_once_more_if_the_line_says_no(self, client: Client) -> None:
        case = case_at(Stage.ANSWERED)
        address = come_in(client, case)
        given = {"resuelto": "si", "nota": "2", "linea": "no, sigue igual"}

        html = client.post(f"{address}cierre/", given).content.decode()

        case.refresh_from_db()
        assert case.stage == Stage.ANSWERED
        assert shown_errors(html) == ["Por lo que escribiste, quizá todavía falta algo. ¿Quedó resuelto?"]
        assert 'value="si" checked' not in html
        assert "no, sigue igual</textarea>" in html
        client.post(f"{address}cierre/", {**given, "seguro": "on"})
        case.refresh_from_db()
        assert case.stage == Stage.CLOSED

    def test_offers_the_opinion_to_those_who_gave_none(self, client: Client) -> None:
        html = page(client, come_in(client, case_at(Stage.CLOSED)))

        assert "Dar mi opinión" in html
        assert 'href="/opinion/' in html

    def test_goes_on_with_a_no_and_its_reason(self, client: Client) -> None:
        case = case_at(Stage.ANSWERED)
        address = come_in(client, case)

        client.post(f"{address}cierre/", {"resuelto": "no", "falta": "Se hundió otra vez."})

        case.refresh_from_db()
        assert case.stage == Stage.IN_FOLLOW_UP
        assert "Volvimos a trabajar en tu caso, porque no quedó resuelto." in page(client, address)

    @pytest.mark.parametrize(
        ("given", "sentence"),
        [
            ({}, "Elige si quedó resuelto o no."),
            ({"resuelto": "no"}, "Cuéntanos en una línea qué falta, para empezar por ahí."),
        ],
    )
    def test_asks_again_for_what_is_missing(self, client: Client, given: dict[str, str], sentence: str) -> None:
        case = case_at(Stage.ANSWERED)

        answer = client.post(f"{come_in(client, case)}cierre/", given)

        assert shown_errors(answer.content.decode()) == [sentence]
        case.refresh_from_db()
        assert case.stage == Stage.ANSWERED

    def test_leads_back_once_it_is_decided(self, client: Client) -> None:
        case = case_at(Stage.CLOSED)
        address = come_in(client, case)

        assert client.get(f"{address}cierre/")["Location"] == address

    def test_late_leads_back_to_the_case(self, client: Client) -> None:
        case = case_at(Stage.CLOSED)
        address = come_in(client, case)

        answer = client.post(f"{address}cierre/", {"resuelto": "si"})

        assert answer.status_code == 409
        assert f'href="{address}"' in answer.content.decode()

    def test_of_a_critical_case_waits_for_the_supervisor(self, client: Client) -> None:
        case = case_at(Stage.ANSWERED, category="violence_or_child")
        address = come_in(client, case)

        client.post(f"{address}cierre/", {"resuelto": "si", "nota": "5"})

        case.refresh_from_db()
        assert case.stage == Stage.ANSWERED
        assert "La jefatura revisa tu caso antes de cerrarlo." in page(client, address)
        assert not case.events.filter(type="opinion_given").exists()


class TestWithdraw:
    def test_closes_an_open_case(self, client: Client) -> None:
        case = case_at(Stage.REFERRED)
        address = come_in(client, case)

        client.post(f"{address}retirar/", {"motivo": "Ya lo arreglaron."})

        case.refresh_from_db()
        assert (case.stage, case.outcome) == (Stage.CLOSED, "withdrawn")
        assert "Lo retiraste el" in page(client, address)

    def test_of_a_contested_case_counts_for_no_promise_kept(self, client: Client) -> None:
        case = case_at(Stage.ANSWERED)
        address = come_in(client, case)
        client.post(f"{address}cierre/", {"resuelto": "no", "falta": "Sigue igual."})

        client.post(f"{address}retirar/", {"motivo": ""})

        resolution = TextsOf("p-plazo-doble").read(page(client, address))[0]
        assert "Para darte la solución Retirado" in resolution
        assert "Cumplida" not in resolution

    def test_before_any_answer_leaves_no_promise_kept(self, client: Client) -> None:
        case = case_at(Stage.REFERRED, category="violence_or_child")
        address = come_in(client, case)

        client.post(f"{address}retirar/", {"motivo": ""})

        assert "Cumplida" not in page(client, address)


class TestReopen:
    def test_begins_a_closed_case_again(self, client: Client) -> None:
        case = case_at(Stage.CLOSED)
        address = come_in(client, case)
        assert "Reabrir mi caso" in page(client, address)

        client.post(f"{address}reabrir/", {"motivo": "Volvió el hueco."})

        case.refresh_from_db()
        assert (case.stage, case.reopened_count) == (Stage.IN_FOLLOW_UP, 1)

    def test_asks_why(self, client: Client) -> None:
        answer = client.post(f"{come_in(client, case_at(Stage.CLOSED))}reabrir/", {"motivo": " "})

        assert shown_errors(answer.content.decode()) == ["Cuéntanos en una línea qué volvió a pasar."]

    def test_is_over_after_thirty_days(self, client: Client) -> None:
        case = make_case(Stage.CLOSED, now=timezone.now() - timedelta(days=31))
        address = come_in(client, case)

        assert "Reabrir mi caso" not in page(client, address)
        answer = client.post(f"{address}reabrir/", {"motivo": "Volvió."})
        assert answer.status_code == 409
        assert "Ya pasaron 30 días desde el cierre" in answer.content.decode()
