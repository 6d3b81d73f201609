"""Days and hours that a text promises, read on a Monday morning of November."""

from dataclasses import replace
from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cercana.rules.calendar import Calendar
from cercana.rules.dated_promises import find_dated_words
from cercana.rules.promises import to_lima
from tests.rules.reckoning import PERU

MONDAY = to_lima(datetime.fromisoformat("2026-11-23T10:00"))


def found(text: str, now: datetime = MONDAY, calendar: Calendar = PERU) -> list[tuple[str, str]]:
    return [(each.words, each.due.printed()[:16]) for each in find_dated_words(text, now=now, calendar=calendar)]


class TestFindDatedWords:
    @pytest.mark.parametrize(
        ("text", "words", "until"),
        [
            ("Mañana pasa la cuadrilla.", "Mañana", "2026-11-24T23:59"),
            ("PASADO MAÑANA VAMOS", "PASADO MAÑANA", "2026-11-25T23:59"),
            ("Hoy mismo se lo decimos.", "Hoy mismo", "2026-11-23T23:59"),
            ("La revisión es el viernes.", "el viernes", "2026-11-27T23:59"),
            ("Vamos el lunes.", "el lunes", "2026-11-30T23:59"),
            ("Será este sabado", "este sabado", "2026-11-28T23:59"),
            ("El martes de la próxima semana le escribimos.", "El martes de la próxima semana", "2026-12-01T23:59"),
            ("Será el viernes 27 de noviembre.", "el viernes 27 de noviembre", "2026-11-27T23:59"),
            ("Se pinta el 3 de diciembre", "el 3 de diciembre", "2026-12-03T23:59"),
            ("Vence el 15 de enero", "el 15 de enero", "2027-01-15T23:59"),
            ("Vence el 2 de marzo de 2027.", "el 2 de marzo de 2027", "2027-03-02T23:59"),
            ("Iremos el 03/12/2026", "el 03/12/2026", "2026-12-03T23:59"),
            ("Iremos el viernes 4", "el viernes 4", "2026-12-04T23:59"),
            ("Le respondo en dos días.", "en dos días", "2026-11-25T23:59"),
            ("Le respondo en 2 días hábiles.", "en 2 días hábiles", "2026-11-25T23:59"),
            ("Dentro de 10 dias utiles", "Dentro de 10 dias utiles", "2026-12-07T23:59"),
            ("La reparación será dentro de 48 horas.", "dentro de 48 horas", "2026-11-25T10:00"),
            ("en las próximas cuarenta y ocho horas", "en las próximas cuarenta y ocho horas", "2026-11-25T10:00"),
            ("Llegan en media hora", "en media hora", "2026-11-23T10:30"),
            ("Lo vemos en una semana", "en una semana", "2026-11-30T23:59"),
            ("Antes del mediodía quedará listo.", "Antes del mediodía", "2026-11-23T12:00"),
            ("Pasamos a las 4.", "a las 4", "2026-11-23T16:00"),
            ("Pasamos a las 9", "a las 9", "2026-11-23T21:00"),
            ("Pasamos mañana a las 9 y media", "mañana a las 9 y media", "2026-11-24T09:30"),
            ("Pasamos el jueves a las 4 de la tarde.", "el jueves a las 4 de la tarde", "2026-11-26T16:00"),
            ("Mañana por la mañana va el técnico", "Mañana por la mañana", "2026-11-24T12:00"),
            ("Antes del mediodía de mañana", "Antes del mediodía de mañana", "2026-11-24T12:00"),
            ("Hoy a las 5 p. m. le llamo", "Hoy a las 5 p. m.", "2026-11-23T17:00"),
            ("Vamos entre las 3 y las 5", "entre las 3 y las 5", "2026-11-23T17:00"),
            ("Queda listo esta semana.", "esta semana", "2026-11-27T23:59"),
            ("La próxima semana le aviso", "La próxima semana", "2026-12-04T23:59"),
            ("A fines de mes", "A fines de mes", "2026-11-30T23:59"),
            ("Antes del viernes", "Antes del viernes", "2026-11-26T23:59"),
        ],
    )
    def test_reads_what_people_write(self, text: str, words: str, until: str) -> None:
        assert found(text) == [(words, until)]

    @pytest.mark.parametrize(
        "text",
        [
            "Lo haremos pronto, a la brevedad posible.",
            "Tapamos el bache esta mañana.",
            "Fuimos el viernes pasado y la semana pasada.",
            "El 3 de marzo recibimos su pedido.",
            "Atendemos por la mañana.",
            "Vive en la cuadra 9, lote 3, y pagó 48 soles.",
            "Su caso es el SI-2026-004217-G.",
            "Llame al 5139000, de lunes a viernes.",
            "Los lunes recogemos la basura.",
            "",
        ],
    )
    def test_takes_nothing_else_for_a_date(self, text: str) -> None:
        assert found(text) == []

    def test_counts_working_days_over_holidays(self) -> None:
        thursday = to_lima(datetime.fromisoformat("2026-12-03T10:00"))

        assert found("En 5 días hábiles", thursday) == [("En 5 días hábiles", "2026-12-14T23:59")]

    def test_leaves_out_what_the_calendar_does_not_know(self) -> None:
        known = replace(PERU, last_year=2026)

        assert found("En 90 días hábiles, o el viernes", calendar=known) == [("el viernes", "2026-11-27T23:59")]

    def test_finds_several_in_their_order(self) -> None:
        text = "Mañana pasa la cuadrilla y el viernes 27 le escribimos."

        assert [words for words, _ in found(text)] == ["Mañana", "el viernes 27"]

    def test_keeps_an_hour_out_that_a_promise_breaks_at(self) -> None:
        [before] = find_dated_words("antes de las 4", now=MONDAY, calendar=PERU)
        [until] = find_dated_words("hasta las 4", now=MONDAY, calendar=PERU)

        assert (before.due.inclusive, until.due.inclusive) == (False, True)

    @given(st.text(alphabet="mañana lunes 123/:de el a las í́…½Ⅷﬁ .,en dos días antes", max_size=80))
    def test_tells_where_the_words_stand_and_nothing_past(self, text: str) -> None:
        told = find_dated_words(text, now=MONDAY, calendar=PERU)

        assert all(text[each.start : each.end] == each.words for each in told)
        assert all(each.due.breaks_at > MONDAY for each in told)
        assert all(one.end <= other.start for one, other in pairwise(told))
