"""Section 4 of the manual: how cases are created, followed and resolved in time."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from cercana.cases import commands
from cercana.cases.errors import DescriptionMissing
from cercana.cases.models import Case
from cercana.cases.rows import state_of
from cercana.citizens.errors import ContactMissing
from cercana.rules.access import Role
from cercana.rules.classification import CaseClass, Channel, ClockKind, RequestKind
from cercana.rules.lifecycle import Closure, Stage, StageRefused
from cercana.rules.projected_clocks import ClockStatus
from tests.factories import NOW, PUBLIC, make_actor, make_answer, make_case, make_person, make_reception


def resolution_after(class_: CaseClass, elapsed: timedelta) -> ClockStatus:
    """Return what became of the promise of a case answered and confirmed when ``elapsed`` has passed."""
    officer = make_actor(Role.AREA_OFFICER, "obras_infraestructura")
    head = make_actor(Role.SUPERVISOR, "obras_infraestructura")
    case = make_case(Stage.IN_FOLLOW_UP, officer=officer, class_=class_)
    at = NOW + elapsed
    commands.answer_case(number=case.number, answer=make_answer(), actor=officer, now=at)
    commands.confirm(number=case.number, words="Sí.", actor=head, now=at)
    if class_ is CaseClass.CRITICAL:
        commands.agree_to_closure(number=case.number, actor=head, now=at)
    clock = state_of(Case.objects.get(pk=case.pk)).clock(ClockKind.RESOLUTION)
    assert clock is not None
    return clock.status


class TestCreation:
    def test_m4_1a_a_question_answered_on_the_spot_is_a_case_too(self) -> None:
        agent = make_actor(Role.AGENT, "atencion_ciudadano")

        case = commands.register_and_solve(
            make_reception(kind=RequestKind.INQUIRY), make_answer(), spoken_yes="Ya, gracias.", actor=agent, now=NOW
        )

        assert (case.stage, case.closure) == (Stage.CLOSED, Closure.ON_THE_SPOT)

    @pytest.mark.parametrize("channel", list(Channel))
    def test_m4_1b_every_channel_gives_the_same_kind_of_case(self, channel: Channel) -> None:
        case = commands.register_case(make_reception(channel=channel, category="noise"), actor=PUBLIC, now=NOW)

        assert case.clocks.get().due_at == NOW + timedelta(hours=48)

    def test_m4_1c_asks_for_the_parts_that_are_required(self) -> None:
        with pytest.raises(DescriptionMissing):
            commands.register_case(make_reception(description=""), actor=PUBLIC, now=NOW)
        with pytest.raises(ContactMissing):
            commands.register_case(make_reception(person=make_person(contacts=())), actor=PUBLIC, now=NOW)

    def test_m4_1c_proposes_the_priority_and_lets_a_person_decide(self) -> None:
        proposed = commands.register_case(make_reception(), actor=PUBLIC, now=NOW)
        decided = commands.register_case(make_reception(class_=CaseClass.SIMPLE), actor=PUBLIC, now=NOW)

        assert (proposed.class_, decided.class_) == (CaseClass.COMPLEX, CaseClass.SIMPLE)


class TestFollowUp:
    def test_m4_2a_no_stage_is_skipped(self) -> None:
        officer = make_actor(Role.AREA_OFFICER, "obras_infraestructura")
        case = make_case(Stage.REFERRED)

        with pytest.raises(StageRefused):
            commands.answer_case(number=case.number, answer=make_answer(), actor=officer, now=NOW)

    def test_m4_2b_what_was_noted_is_never_changed(self) -> None:
        officer = make_actor(Role.AREA_OFFICER, "obras_infraestructura")
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer)
        commands.add_note(number=case.number, text="Mide 1 metro.", actor=officer, now=NOW + timedelta(hours=1))
        commands.add_note(
            number=case.number, text="Corrijo: mide 2 metros.", actor=officer, now=NOW + timedelta(hours=2)
        )

        assert case.events.filter(type="noted").count() == 2
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE cases_event SET payload = '{}' WHERE type = 'noted'")

    def test_m4_2c_remembers_when_the_citizen_last_heard_from_us(self) -> None:
        officer = make_actor(Role.AREA_OFFICER, "obras_infraestructura")
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer)
        assert case.last_contact_at is None

        commands.write_to_citizen(
            number=case.number, text="Iremos mañana.", actor=officer, now=NOW + timedelta(hours=1)
        )

        assert Case.objects.get(pk=case.pk).last_contact_at == NOW + timedelta(hours=1)


class TestTime:
    def test_m4_3a_simple_in_48_hours_inclusive(self) -> None:
        limit = timedelta(hours=48)

        assert resolution_after(CaseClass.SIMPLE, limit) is ClockStatus.MET
        assert resolution_after(CaseClass.SIMPLE, limit + timedelta(microseconds=1)) is ClockStatus.BREACHED

    def test_m4_3b_complex_in_five_working_days(self) -> None:
        last_midnight = timedelta(days=8) - timedelta(hours=10)

        assert resolution_after(CaseClass.COMPLEX, last_midnight - timedelta(microseconds=1)) is ClockStatus.MET
        assert resolution_after(CaseClass.COMPLEX, last_midnight) is ClockStatus.BREACHED

    def test_m4_3c_critical_in_24_hours_inclusive(self) -> None:
        limit = timedelta(hours=24)

        assert resolution_after(CaseClass.CRITICAL, limit) is ClockStatus.MET
        assert resolution_after(CaseClass.CRITICAL, limit + timedelta(microseconds=1)) is ClockStatus.BREACHED
