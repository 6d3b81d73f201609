"""What is read aloud can be written down at first hearing."""

import pytest

from cercana.desk.intake_words import promise_words, spoken_code, spoken_number
from cercana.rules.classification import CaseClass, ClockKind
from cercana.rules.peru_days import peru_calendar
from cercana.rules.promises import Policy, promise_for
from tests.factories import NOW


class TestSpokenNumber:
    def test_says_the_figures_in_groups_of_three_and_the_letter_by_its_name(self) -> None:
        assert spoken_number("SI-2026-004217-G") == (
            "ese i, dos mil veintiséis",
            "cero cero cuatro, dos uno siete",
            "ge",
        )

    @pytest.mark.parametrize(
        ("year", "said"),
        [("2027", "dos mil veintisiete"), ("2030", "dos mil treinta"), ("2041", "dos mil cuarenta y uno")],
    )
    def test_says_the_year_as_people_do(self, year: str, said: str) -> None:
        assert spoken_number(f"SI-{year}-000001-7")[0] == f"ese i, {said}"

    def test_says_a_figure_at_the_end_too(self) -> None:
        assert spoken_number("SI-2026-1000000-4")[1:] == ("uno cero cero, cero cero cero, cero", "cuatro")


class TestSpokenCode:
    def test_pauses_between_the_halves(self) -> None:
        assert spoken_code("N94D-Y3MD") == "ene nueve cuatro de, ye tres eme de"


class TestPromiseWords:
    def said(self, class_: CaseClass) -> str:
        """Return what is promised for a case received on Monday at ten."""
        promise = promise_for(NOW, class_, Policy(version=1), peru_calendar())
        promises = {ClockKind.RESOLUTION: promise.resolution}
        if promise.first_response:
            promises[ClockKind.FIRST_RESPONSE] = promise.first_response
        return promise_words(promises)

    def test_names_the_last_day(self) -> None:
        assert self.said(CaseClass.COMPLEX) == "Le respondemos hasta el final del lunes 30 de noviembre."

    def test_names_both_hours_of_a_critical_case(self) -> None:
        said = self.said(CaseClass.CRITICAL)

        assert "una primera respuesta antes del lunes 23 de noviembre a las 12:00" in said
        assert "lo resolvemos hasta el martes 24 de noviembre a las 10:00" in said

    def test_says_nothing_where_nothing_runs(self) -> None:
        assert promise_words({}) == ""
