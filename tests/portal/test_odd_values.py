"""Whatever a field is sent, the page says what to mend or goes on, and never fails (domain.md, Bad input)."""

from collections.abc import Sequence

import pytest
from django.test import Client

from cercana.cases.models import Draft
from cercana.portal import forms
from cercana.rules.lifecycle import Stage
from tests.factories import make_case
from tests.portal.walking import WHAT, WHERE, WHO, Fields, come_in, fill_in, number_never_given, page, shown_errors

ODD = (
    "\0",
    "older_adult\0",
    "\x01\x1b\x7f\u2028\u202e\u200d",
    "💥 路 ﷽",
    "１２３４５６７８",
    "-1",
    "0001-01-01",
    "{n} %(n)s {{ 7*7 }}",
    "x" * 25_000,
)
STEPS: Sequence[tuple[str, Fields, type[forms.PlainForm]]] = (
    ("que-paso", WHAT, forms.WhatForm),
    ("donde-y-cuando", WHERE, forms.WhereForm),
    ("tus-datos", WHO, forms.WhoForm),
)
FREE = {
    "que-paso": ("relato",),
    "donde-y-cuando": ("calle", "cuadra", "referencia", "cuando", "hora", "antes"),
    "tus-datos": ("nombres", "apellidos", "lengua", "preferente", "adulto", "sin_contacto"),
}
FIELDS_OF_CASES = [
    (path, name)
    for path, form in (
        ("mensajes/", forms.MessageForm),
        ("cierre/", forms.DecisionForm),
        ("retirar/", forms.WhyForm),
        ("reabrir/", forms.WhyForm),
        ("codigo/", forms.WhyForm),
        ("libro/", forms.PlatformCodeForm),
    )
    for name in form.base_fields
]


class TestSteps:
    @pytest.mark.parametrize(("step", "valid", "form"), STEPS)
    @pytest.mark.parametrize("value", [*ODD, ["older_adult", "\0"], ["x"] * 100])
    def test_answer_any_value_of_any_field(
        self, client: Client, step: str, valid: Fields, form: type[forms.PlainForm], value: object
    ) -> None:
        client.post("/casos/nuevo/que-paso/", WHAT)
        for name in form.base_fields:
            answer = client.post(f"/casos/nuevo/{step}/", {**valid, name: value})
            assert answer.status_code in (302, 422), name
            if answer.status_code == 422:
                assert 'href="#' in answer.content.decode(), name

    @pytest.mark.parametrize("value", [*(each for each in ODD if len(each) < 100), "路" * 40])
    def test_become_a_case_whatever_was_let_through(self, client: Client, value: str) -> None:
        fill_in(client)
        for step, valid, _form in STEPS:
            taken = {**valid}
            for name in FREE[step]:
                if client.post(f"/casos/nuevo/{step}/", {**taken, name: value}).status_code == 302:
                    taken[name] = value
            assert client.post(f"/casos/nuevo/{step}/", taken).status_code == 302

        address = client.post("/casos/nuevo/revisar/", {"formal": value, "opinion": value})["Location"]

        assert page(client, address)
        assert page(client, address.replace("registrado/", ""))
        assert client.get(address.replace("registrado/", "constancia.pdf")).content.startswith(b"%PDF-")

    def test_keep_no_more_than_a_field_may_hold(self, client: Client) -> None:
        client.post("/casos/nuevo/que-paso/", WHAT)
        for step, _valid, form in STEPS:
            client.post(f"/casos/nuevo/{step}/", {name: ["x" * 30_000] * 12 for name in form.base_fields})

        assert len(str(Draft.objects.get().fields)) < 25_000

    def test_shorten_nothing_that_could_then_be_sent(self, client: Client) -> None:
        fill_in(client)
        client.post("/casos/nuevo/que-paso/", {**WHAT, "relato": f"   {'x' * 20_001} fin"})

        assert client.get("/casos/nuevo/revisar/")["Location"] == "/casos/nuevo/que-paso/"


class TestEntering:
    @pytest.mark.parametrize("value", ODD)
    def test_says_what_to_mend(self, value: str) -> None:
        for address, fields in (
            ("seguir", {"numero": value, "codigo": value}),
            ("seguir", {"numero": number_never_given(), "codigo": value}),
            ("sin-codigo", {"numero": value}),
        ):
            answer = Client().post(f"/casos/{address}/", fields)
            assert answer.status_code == 422
            assert shown_errors(answer.content.decode())

    def test_takes_any_value_in_an_address(self, client: Client) -> None:
        address = come_in(client, make_case(Stage.ANSWERED))

        for value in ODD[:-1]:
            assert client.get("/casos/seguir/", {"numero": value}).status_code == 200
            assert client.get("/casos/nuevo/", {"tipo": value}).status_code == 200
            assert client.get(f"{address}cierre/", {"cierre": value}).status_code == 200


class TestCase:
    @pytest.mark.parametrize(("path", "name"), FIELDS_OF_CASES)
    def test_answers_any_value_of_any_field(self, client: Client, path: str, name: str) -> None:
        address = come_in(client, make_case(Stage.ANSWERED))
        for value in ODD:
            fields = {"resuelto": "no", "falta": "Falta la tapa.", name: value}
            answer = client.post(f"{address}{path}", fields)
            assert answer.status_code in (200, 302, 403, 409, 422), value
            assert page(client, address)
