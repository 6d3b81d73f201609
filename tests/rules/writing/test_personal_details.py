"""What makes a message ask twice: somebody else's data, and blanks."""

import time

import pytest

from cercana.rules.writing.personal_details import Detail, details_in


class TestDetailsIn:
    @pytest.mark.parametrize(
        ("text", "kind", "masked"),
        [
            ("El titular tiene DNI 41234567.", Detail.DOCUMENT, "••• 67"),
            ("Con DNI 41 234 567 firmó su vecino.", Detail.DOCUMENT, "••• 67"),
            ("Su carné de extranjería 001234567 venció.", Detail.DOCUMENT, "••• 67"),
            ("Figura con C.E. N.º 001234567 en el acta.", Detail.DOCUMENT, "••• 67"),
            ("La empresa con RUC 20123456789 hará la obra.", Detail.TAXPAYER, "••• 89"),
            ("Llame a su vecina al 987 654 321.", Detail.PHONE, "••• 21"),
            ("Su celular es +51 987654321.", Detail.PHONE, "••• 21"),
            ("El teléfono de la denunciante es (01) 555-0142.", Detail.PHONE, "••• 42"),
            ("Llame al 555-0142 y pregunte por ella.", Detail.PHONE, "••• 42"),
            ("Escriba a ana.perez@correo.example hoy.", Detail.EMAIL, "a•••@correo.example"),
            ("Quien se quejó vive en la calle Los Laureles 239.", Detail.HOME, "calle L•••"),
            ("Su casa queda en Jr. Los Cedros 114.", Detail.HOME, "Jr. L•••"),
            ("Iremos el ____ por la tarde.", Detail.BLANK, "____"),
            ("Iremos el [fecha] por la tarde.", Detail.BLANK, "[fecha]"),
            ("Buenos días, {nombre}.", Detail.BLANK, "{nombre}"),
            ("Iremos el XX de diciembre.", Detail.BLANK, "XX"),
            ("...", Detail.BLANK, "..."),
        ],
    )
    def test_are_found_with_their_kind_and_shown_masked(self, text: str, kind: Detail, masked: str) -> None:
        assert [(each.kind, each.masked) for each in details_in(text)] == [(kind, masked)]

    @pytest.mark.parametrize(
        "text",
        [
            "Iremos a la obra de Los Laureles 245 hoy a las 10:30 p. m.",
            "Su caso es el SI-2026-013642-G y vence el 26/11/2026.",
            "Multamos a la empresa con S/ 4,950.00 según la ordenanza 1876-2019.",
            "Cerramos la Av. Javier Prado 1200 hasta el viernes.",
            "Tapamos 12 huecos en 48 horas, entre el 2024 y el 2026.",
            "El acta es la N.º 0921.",
            "Gracias... Lo vemos el viernes.",
            "",
        ],
    )
    def test_are_not_seen_in_what_a_good_answer_says(self, text: str) -> None:
        assert details_in(text) == ()

    @pytest.mark.parametrize(
        ("text", "own"),
        [
            ("Su DNI 41234567 quedó anotado.", "41234567"),
            ("La llamamos al 987 654 321.", "+51987654321"),
            ("Le escribimos a Ana@correo.example.", "ana@correo.example"),
            ("Iremos a su casa, en Calle Los Laureles 239.", "calle Los Laureles 239, dpto. 301"),
        ],
    )
    def test_may_be_repeated_to_whom_they_belong(self, text: str, own: str) -> None:
        assert details_in(text, [own]) == ()
        assert details_in(text, ["otra cosa"]) != ()

    def test_stand_at_their_place_in_the_order_of_the_text(self) -> None:
        text = "Llame al 987654321 o escriba a ana@correo.example."

        found = details_in(text)

        assert [text[each.start : each.end] for each in found] == ["987654321", "ana@correo.example"]

    @pytest.mark.parametrize("piece", ["vive en calle ", "9", "a@", "_ ", "(01) ", "a.b-c+", "DNI 12 "])
    def test_are_looked_for_in_little_time_whatever_is_written(self, piece: str) -> None:
        began = time.process_time()

        details_in((piece * 20_000)[:20_000])

        assert time.process_time() - began < 0.5
