from datetime import timedelta
from typing import Any

import pgtrigger
import pytest
from django.db import DatabaseError, connection, transaction

from cercana.cases import commands
from cercana.cases.models import Case, Clock, Event
from cercana.cases.queries import Discrepancy, verify_cases
from cercana.rules.access import Role
from cercana.rules.lifecycle import Stage
from tests.factories import NOW, citizen_of, make_actor, make_answer, make_case


def discrepancies() -> list[Discrepancy]:
    return [each for progress in verify_cases() for each in progress.found]


class TestVerifyCases:
    def test_finds_nothing_when_cases_of_every_stage_are_as_their_histories_say(self) -> None:
        for stage in (Stage.REGISTERED, Stage.REFERRED, Stage.IN_FOLLOW_UP, Stage.ANSWERED, Stage.CLOSED):
            make_case(stage)
        contested = make_case(Stage.ANSWERED)
        commands.contest(
            number=contested.number, why="Sigue igual.", actor=citizen_of(contested), now=NOW + timedelta(days=20)
        )

        progress = list(verify_cases())

        assert discrepancies() == []
        assert progress[-1].cases == Case.objects.count() == 6
        assert progress[-1].events == Event.objects.count()

    def test_finds_a_row_that_was_changed_behind_the_history(self) -> None:
        case = make_case()
        Case.objects.filter(pk=case.pk).update(stage=Stage.ANSWERED)

        assert discrepancies() == [Discrepancy(case.number, "difiere en stage")]

    def test_finds_a_promise_that_was_moved_behind_the_history(self) -> None:
        case = make_case()
        Clock.objects.filter(case=case).update(due_at=NOW + timedelta(days=30))

        assert discrepancies() == [Discrepancy(case.number, "difiere en clocks")]

    @pytest.mark.parametrize(
        "change",
        [
            {"payload": {}},
            {"payload": {"number": 1.5}},
            {"occurred_at": NOW + timedelta(days=1)},
            {"actor": "system"},
            {"type": "forgiven"},
        ],
        ids=str,
    )
    def test_finds_an_event_that_was_rewritten(self, change: dict[str, Any]) -> None:
        case = make_case()
        with pgtrigger.ignore("cases.Event:append_only"):
            Event.objects.filter(case=case, sequence=2).update(**change)

        assert discrepancies() == [Discrepancy(case.number, "el registro 2 no es el que se guardó")]

    def test_finds_an_event_that_was_cut_out(self) -> None:
        case = make_case(Stage.IN_FOLLOW_UP)
        with pgtrigger.ignore("cases.Event:append_only"):
            Event.objects.filter(case=case, sequence=2).delete()

        assert discrepancies() == [Discrepancy(case.number, "la cadena se corta en el registro 2")]

    def test_stays_clean_after_a_person_was_erased(self) -> None:
        officer = make_actor(Role.AREA_OFFICER, "obras_infraestructura")
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer)
        commands.answer_case(number=case.number, answer=make_answer(), actor=officer, now=NOW + timedelta(hours=1))
        keeper = make_actor(Role.DATA_PROTECTION, "alcaldia")

        commands.erase_citizen(case.citizen_id, reason="lo pidió", actor=keeper, now=NOW + timedelta(days=1))

        assert discrepancies() == []


class TestEvents:
    @pytest.mark.parametrize(
        "statement", ["UPDATE cases_event SET actor = 'x'", "DELETE FROM cases_event", "TRUNCATE cases_event CASCADE"]
    )
    def test_cannot_be_changed_or_removed(self, statement: str) -> None:
        make_case()

        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

        assert Event.objects.count() == 2
