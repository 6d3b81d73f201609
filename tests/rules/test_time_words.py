from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cercana.rules.calendar import CalendarDay, DayKind
from cercana.rules.classification import CaseClass
from cercana.rules.peru_days import peru_calendar
from cercana.rules.promises import (
    Due,
    Policy,
    promise_for,
    reckon_first_response,
    reckon_resolution,
    reckon_statutory,
    to_lima,
)
from cercana.rules.time_texts import Language
from cercana.rules.time_words import TimeState, due_words, explain, time_left, time_left_for_citizen

PERU = peru_calendar()
POLICY = Policy(version=1)
NOW = to_lima(datetime.fromisoformat("2026-11-23T10:42"))
NBSP = "\N{NO-BREAK SPACE}"


def lima(text: str) -> datetime:
    return to_lima(datetime.fromisoformat(text))


def due_in(**length: float) -> Due:
    return Due(NOW + timedelta(**length), inclusive=True)


def end_of(day: date) -> Due:
    return Due(to_lima(datetime.fromisoformat(day.isoformat())) + timedelta(days=1), inclusive=False, whole_day=True)


class TestTheWordsOfADue:
    @given(st.booleans(), st.integers(-4 * 86_400 * 10**6, 4 * 86_400 * 10**6))
    def test_are_those_of_the_instant_at_which_it_breaks(self, inclusive: bool, microseconds: int) -> None:
        due = Due(NOW + timedelta(microseconds=microseconds), inclusive=inclusive)
        kept_by_lists = Due(due.breaks_at, inclusive=False)

        assert time_left(due, NOW, PERU) == time_left(kept_by_lists, NOW, PERU)
        assert time_left_for_citizen(due, NOW, PERU) == time_left_for_citizen(kept_by_lists, NOW, PERU)


class TestTimeLeft:
    @pytest.mark.parametrize(
        ("due", "words", "state"),
        [
            (due_in(seconds=59), "vence en menos de 1 min", TimeState.TODAY),
            (due_in(minutes=38, seconds=59), "vence en 38 min", TimeState.TODAY),
            (due_in(hours=1), "vence en 1 h", TimeState.TODAY),
            (due_in(hours=2, minutes=48), "vence en 2 h 48 min", TimeState.TODAY),
            (due_in(hours=3, minutes=59), "vence en 3 h", TimeState.TODAY),
            (due_in(hours=45), "vence en 45 h", TimeState.LATER),
            (due_in(hours=48), "vence en 48 h", TimeState.LATER),
            (end_of(date(2026, 11, 23)), "vence en 13 h", TimeState.TODAY),
            (end_of(date(2026, 11, 24)), "vence en 37 h", TimeState.LATER),
            (end_of(date(2026, 11, 25)), "2 días hábiles", TimeState.LATER),
            (end_of(date(2026, 11, 27)), "4 días hábiles", TimeState.LATER),
            (end_of(date(2026, 12, 10)), "11 días hábiles", TimeState.LATER),
            (due_in(seconds=-59), "venció hace menos de 1 min", TimeState.OVERDUE),
            (due_in(minutes=-16), "venció hace 16 min", TimeState.OVERDUE),
            (due_in(hours=-2, minutes=-30), "venció hace 2 h", TimeState.OVERDUE),
            (due_in(hours=-24), "venció hace 1 día", TimeState.OVERDUE),
            (due_in(days=-3), "venció hace 3 días", TimeState.OVERDUE),
        ],
    )
    def test_is_said_in_hours_up_to_48_and_in_working_days_above(self, due: Due, words: str, state: TimeState) -> None:
        left = time_left(due, NOW, PERU)

        assert (left.words, left.state) == (words, state)

    def test_says_one_working_day_over_a_weekend(self) -> None:
        assert time_left(end_of(date(2026, 11, 30)), lima("2026-11-27T10:00"), PERU).words == "1 día hábil"

    def test_falls_back_to_hours_when_no_working_day_is_left(self) -> None:
        closed = peru_calendar(added=[CalendarDay(date(2026, 11, 30), DayKind.LOCAL, "", "", counts=False)])

        assert time_left(end_of(date(2026, 11, 30)), lima("2026-11-27T10:00"), closed).words == "vence en 86 h"

    def test_asks_for_the_first_response_by_its_name(self) -> None:
        due = Due(NOW + timedelta(minutes=38), inclusive=False)

        assert time_left(due, NOW, PERU, for_response=True).words == "responder en 38 min"

    @pytest.mark.parametrize(
        ("since", "words"), [(timedelta(hours=3), "en pausa"), (timedelta(hours=50), "en pausa, 2 días")]
    )
    def test_says_how_long_a_clock_has_waited_for_the_person(self, since: timedelta, words: str) -> None:
        left = time_left(due_in(hours=-5), NOW, PERU, paused_since=NOW - since)

        assert (left.words, left.state) == (words, TimeState.PAUSED)

    @given(st.timedeltas(timedelta(days=-30), timedelta(days=30)), st.booleans())
    def test_is_overdue_exactly_when_the_promise_is_broken(self, ahead: timedelta, inclusive: bool) -> None:
        due = Due(NOW + ahead, inclusive)

        assert (time_left(due, NOW, PERU).state is TimeState.OVERDUE) is not due.is_met_by(NOW)


class TestTimeLeftForCitizen:
    @pytest.mark.parametrize(
        ("due", "spanish", "english"),
        [
            (due_in(hours=20, minutes=15), "Quedan 20 horas y 15 minutos", "20 hours and 15 minutes left"),
            (due_in(hours=1, minutes=1), "Queda 1 hora y 1 minuto", "1 hour and 1 minute left"),
            (due_in(hours=2), "Quedan 2 horas", "2 hours left"),
            (due_in(minutes=38), "Quedan 38 minutos", "38 minutes left"),
            (due_in(seconds=20), "Queda menos de un minuto", "less than a minute left"),
            (end_of(date(2026, 11, 26)), "Quedan 3 días hábiles", "3 working days left"),
            (due_in(hours=-3), "Vamos tarde por 3 horas", "We are late by 3 hours"),
            (due_in(days=-1), "Vamos tarde por 1 día", "We are late by 1 day"),
            (due_in(seconds=-1), "Vamos tarde por menos de un minuto", "We are late by less than a minute"),
        ],
    )
    def test_is_said_in_full_words_of_both_languages(self, due: Due, spanish: str, english: str) -> None:
        assert time_left_for_citizen(due, NOW, PERU).words == spanish
        assert time_left_for_citizen(due, NOW, PERU, "en").words == english

    def test_says_one_working_day(self) -> None:
        left = time_left_for_citizen(end_of(date(2026, 11, 30)), lima("2026-11-27T10:00"), PERU)

        assert left.words == "Queda 1 día hábil"


class TestDueWords:
    @pytest.mark.parametrize(
        ("due", "language", "words"),
        [
            (
                Due(lima("2026-11-22T16:40"), inclusive=True),
                "es",
                f"hasta el domingo 22 de noviembre a las 4:40{NBSP}p.{NBSP}m.",
            ),
            (
                Due(lima("2027-01-01T01:30"), inclusive=False),
                "es",
                f"antes del viernes 1 de enero a la 1:30{NBSP}a.{NBSP}m.",
            ),
            (end_of(date(2026, 11, 27)), "es", "hasta el final del viernes 27 de noviembre"),
            (
                Due(lima("2026-11-22T12:05"), inclusive=True),
                "en",
                f"until Sunday 22 November at 12:05{NBSP}p.m.",
            ),
            (Due(lima("2026-11-22T00:05"), inclusive=False), "en", f"before Sunday 22 November at 12:05{NBSP}a.m."),
            (end_of(date(2026, 11, 27)), "en", "until the end of Friday 27 November"),
        ],
    )
    def test_tell_the_limit_and_whether_it_is_included(self, due: Due, language: Language, words: str) -> None:
        assert due_words(due, language) == words


class TestExplain:
    @pytest.mark.parametrize(
        ("received", "spanish", "english"),
        [
            (
                "2026-12-03T10:00",
                "5 días hábiles desde el viernes 4 de diciembre; el 8 y el 9 no cuentan",
                "5 working days from Friday 4 December; 8 and 9 do not count",
            ),
            ("2026-11-23T10:00", "5 días hábiles desde el martes 24 de noviembre", None),
            (
                "2026-07-22T18:00",
                "5 días hábiles desde el viernes 24 de julio; el 23, el 27, el 28 y el 29 no cuentan",
                None,
            ),
            (
                "2025-12-23T10:00",
                "5 días hábiles desde el miércoles 24 de diciembre; "
                "el 25 y el 26 de diciembre y el 1 y el 2 de enero no cuentan",
                "5 working days from Wednesday 24 December; 25 and 26 December and 1 and 2 January do not count",
            ),
            (
                "2026-04-27T10:00",
                "5 días hábiles desde el martes 28 de abril; el 1 de mayo no cuenta",
                "5 working days from Tuesday 28 April; 1 May does not count",
            ),
        ],
    )
    def test_names_the_first_day_and_the_days_that_do_not_count(
        self, received: str, spanish: str, english: str | None
    ) -> None:
        reckoning = reckon_resolution(lima(received), CaseClass.COMPLEX, POLICY, PERU)

        assert explain(reckoning) == spanish
        assert english is None or explain(reckoning, "en") == english

    def test_says_from_when_hours_run(self) -> None:
        reckoning = reckon_resolution(lima("2026-11-20T16:40"), CaseClass.SIMPLE, POLICY, PERU)

        assert explain(reckoning) == f"48 horas desde el viernes 20 de noviembre a las 4:40{NBSP}p.{NBSP}m."
        assert explain(reckoning, "en") == f"48 hours from Friday 20 November at 4:40{NBSP}p.m."

    def test_says_that_two_hours_are_already_late(self) -> None:
        reckoning = reckon_first_response(lima("2026-11-20T13:00"), POLICY)

        assert explain(reckoning) == f"menos de 2 horas desde el viernes 20 de noviembre a la 1:00{NBSP}p.{NBSP}m."

    def test_says_that_an_earlier_promise_holds(self) -> None:
        reckoning = reckon_resolution(
            lima("2026-11-23T09:00"), CaseClass.COMPLEX, POLICY, PERU, became_critical_at=lima("2026-11-30T20:00")
        )

        assert explain(reckoning) == (
            "vale la promesa anterior, que termina antes: hasta el final del lunes 30 de noviembre"
        )
        assert explain(reckoning, "en") == "the earlier promise holds: until the end of Monday 30 November"

    def test_says_the_sum_of_a_legal_term(self) -> None:
        assert explain(reckon_statutory(lima("2026-12-07T10:00"), 3, PERU)) == (
            "3 días hábiles desde el jueves 10 de diciembre; el 8 y el 9 no cuentan"
        )

    def test_leads_a_reader_who_counts_to_the_promise(self) -> None:
        received = lima("2026-12-03T10:00")
        reckoning = reckon_resolution(received, CaseClass.COMPLEX, POLICY, PERU)

        assert reckoning.due == promise_for(received, CaseClass.COMPLEX, POLICY, PERU).resolution
