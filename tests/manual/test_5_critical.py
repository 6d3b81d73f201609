"""Section 5 of the manual: which cases are critical, and what follows at once."""

from datetime import datetime, timedelta

import pytest

from cercana.cases import commands
from cercana.cases.models import Case
from cercana.cases.queries import tracked_case
from cercana.cases.rows import state_of
from cercana.conversation.queries import promises_of
from cercana.organization.queries import calendar
from cercana.rules.access import Role
from cercana.rules.classification import CaseClass, ClockKind, CriticalReason, CriticalState
from cercana.rules.critical_states import Proposal
from cercana.rules.lifecycle import Stage
from tests.factories import NOW, PUBLIC, Given, citizen_of, make_actor, make_answer, make_case, make_reception

DANGER = Proposal((CriticalReason.HEALTH_SAFETY,), "huele a gas")
PLACE = "Av. Jorge Basadre, cuadra 9"
DAY, HOUR, SECOND = timedelta(days=1), timedelta(hours=1), timedelta(seconds=1)
QUARTER = timedelta(minutes=15)


def critical_state(case: Case) -> CriticalState:
    return state_of(Case.objects.get(pk=case.pk)).critical_state


def promised_to_citizen(case: Case, now: datetime) -> list[str]:
    tracked = tracked_case(citizen_of(case), number=case.number)
    return [each.label for each in promises_of(tracked, calendar(), now)]


class TestRecognition:
    @pytest.mark.parametrize(
        ("told", "reason"),
        [
            ("Buenas tardes. Huele a gas en mi edificio y nadie ha venido.", CriticalReason.HEALTH_SAFETY),
            ("Tengo 84 años, vivo sola y hace dos días que no puedo bajar a comer.", CriticalReason.VULNERABILITY),
            ("Es la cuarta vez que reclamo por el mismo ruido y nadie me atiende.", CriticalReason.RECURRENCE),
        ],
        ids=["m5_1a", "m5_1c", "m5_1b"],
    )
    def test_m5_1abc_what_a_person_tells_is_recognised_and_registered_at_once(
        self, told: str, reason: CriticalReason
    ) -> None:
        case = commands.register_case(make_reception(description=told), actor=PUBLIC, now=NOW)

        assert critical_state(case) is CriticalState.PROPOSED
        assert reason in case.events.get(type="critical_proposed").payload["reasons"]

    @pytest.mark.parametrize(
        ("first", "second", "expected"),
        [
            ({"stage": Stage.REFERRED}, {"stage": Stage.CLOSED}, CriticalState.PROPOSED),
            ({"stage": Stage.CLOSED}, {"stage": Stage.CLOSED}, CriticalState.NONE),
        ],
        ids=["one was never attended", "both were attended"],
    )
    def test_m5_1b_a_complaint_that_comes_a_third_time_unattended(
        self, first: dict[str, Given], second: dict[str, Given], expected: CriticalState
    ) -> None:
        make_case(place=PLACE, now=NOW - 40 * DAY, **first)
        make_case(place="basadre jorge 890", now=NOW - 10 * DAY, **second)

        third = commands.register_case(make_reception(place=PLACE), actor=PUBLIC, now=NOW)

        assert critical_state(third) is expected

    def test_m5_1b_the_reason_and_its_words_are_on_the_case(self) -> None:
        for days in (40, 10):
            make_case(place=PLACE, now=NOW - days * DAY)

        third = commands.register_case(make_reception(place=PLACE), actor=PUBLIC, now=NOW)

        payload = third.events.get(type="critical_proposed").payload
        assert payload["reasons"] == [CriticalReason.RECURRENCE]
        assert "words" in payload

    def test_m5_1b_the_second_time_is_a_reminder(self) -> None:
        make_case(place=PLACE, now=NOW - 10 * DAY)

        second = commands.register_case(make_reception(place=PLACE), actor=PUBLIC, now=NOW)

        assert critical_state(second) is CriticalState.NONE


class TestProtocol:
    def test_m5_2b_state_reasons_and_time_stand_in_the_step_that_registers(self) -> None:
        case = commands.register_case(make_reception(danger=DANGER), actor=PUBLIC, now=NOW)

        events = {each.type: each for each in case.events.all()}
        assert events["critical_proposed"].payload["reasons"] == [CriticalReason.HEALTH_SAFETY]
        assert events["critical_proposed"].recorded_at == events["registered"].recorded_at == NOW
        due = {clock.kind: clock.due_at for clock in case.clocks.all()}
        assert due[ClockKind.FIRST_RESPONSE] == NOW + timedelta(hours=2)
        assert due[ClockKind.RESOLUTION] == NOW + timedelta(hours=24)

    @pytest.mark.parametrize(
        ("after", "expected"), [(QUARTER - SECOND, CriticalState.PROPOSED), (QUARTER, CriticalState.MARKED)]
    )
    def test_m5_2b_silence_marks_at_fifteen_minutes_to_the_second(
        self, after: timedelta, expected: CriticalState
    ) -> None:
        case = make_case(danger=DANGER)

        commands.mark_unanswered(now=NOW + after)

        assert critical_state(case) is expected

    def test_m5_2b_the_hours_are_promised_once_it_is_marked(self) -> None:
        case = make_case(danger=DANGER)
        assert promised_to_citizen(case, NOW) == []

        commands.mark_unanswered(now=NOW + QUARTER)

        assert promised_to_citizen(case, NOW + QUARTER) == ["Para darte la solución", "Primera respuesta"]

    def test_m5_2b_a_rejection_gives_back_the_promise_from_reception(self) -> None:
        agent = make_actor(Role.AGENT, "atencion_ciudadano")
        case, plain = make_case(danger=DANGER), make_case()

        commands.reject_critical(number=case.number, reason="Solo pregunta.", actor=agent, now=NOW + QUARTER - SECOND)

        due = [state_of(Case.objects.get(pk=each.pk)).clock(ClockKind.RESOLUTION) for each in (case, plain)]
        assert due[0] == due[1]

    def test_m5_2b_two_people_sign_that_it_is_critical_no_longer(self) -> None:
        head, above = make_actor(Role.SUPERVISOR, "obras_infraestructura"), make_actor(Role.SUPERVISOR, "alcaldia")
        case = make_case(Stage.IN_FOLLOW_UP, class_=CaseClass.CRITICAL)

        commands.ask_lowering(number=case.number, reason="Se cerró la llave.", actor=head, now=NOW + QUARTER)
        assert critical_state(case) is CriticalState.MARKED

        commands.decide_lowering(number=case.number, granted=True, reason="", actor=above, now=NOW + QUARTER)
        assert critical_state(case) is CriticalState.NONE

    @pytest.mark.parametrize(("after", "status"), [(2 * HOUR - SECOND, "met"), (2 * HOUR, "breached")])
    def test_m5_2c_response_in_under_two_hours_of_reception(self, after: timedelta, status: str) -> None:
        officer = make_actor(Role.AREA_OFFICER, "obras_infraestructura")
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer, danger=DANGER)

        commands.answer_case(number=case.number, answer=make_answer(), actor=officer, now=NOW + after)

        assert case.clocks.get(kind=ClockKind.FIRST_RESPONSE).status == status
