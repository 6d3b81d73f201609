"""What a change of the calendar does to open promises, and who may let it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cercana.cases import commands
from cercana.cases.errors import CalendarRefused, PromisesMoving, TextMissing
from cercana.cases.models import Case, Clock, Event
from cercana.cases.queries.verification import verify_cases
from cercana.organization.models import AddedDay, LegalTerm, PolicyVersion
from cercana.rules.access import SYSTEM, Actor, Role
from cercana.rules.classification import ClockKind
from cercana.rules.lifecycle import Stage
from tests.factories import NOW, make_actor, make_case
from tests.jobs import queued, run_job

LATER = NOW + timedelta(hours=1)
WHY = "Aniversario, jueves 26 de noviembre (Ordenanza 1)"


@pytest.fixture
def administrator() -> Actor:
    return make_actor(Role.ADMINISTRATOR, "alcaldia")


def add_holiday(day: date = date(2026, 11, 26)) -> AddedDay:
    return AddedDay.objects.create(day=day, kind="local", name="Aniversario", norm="Ordenanza 1")


def due_day(case: Case) -> date:
    due: date = Clock.objects.get(case=case, kind="resolution").due_at.date()
    return due


class TestPreview:
    def test_says_what_moves_and_how_many_people_are_told(self, administrator: Actor) -> None:
        person = make_case().citizen_id
        Case.objects.filter(pk__in=[make_case().pk, make_case().pk]).update(citizen_id=person)
        add_holiday()

        preview = commands.preview_moved_promises(LATER, actor=administrator)

        assert (len(preview.promises), preview.citizens) == (3, 1)
        assert {(each.was.last_day, each.due.last_day) for each in preview.promises} == {
            (date(2026, 11, 30), date(2026, 12, 1))
        }

    @pytest.mark.parametrize("role", [role for role in Role if role is not Role.ADMINISTRATOR])
    def test_is_refused_to_every_other_role(self, role: Role) -> None:
        actor = make_actor(role, "alcaldia")

        with pytest.raises(CalendarRefused):
            commands.preview_moved_promises(LATER, actor=actor)
        with pytest.raises(CalendarRefused):
            commands.order_moved_promises(why=WHY, actor=actor, now=LATER)

    def test_leaves_out_a_case_about_whoever_looks_which_moves_all_the_same_m3_3a(self, administrator: Actor) -> None:
        case, other = make_case(), make_case()
        Case.objects.filter(pk=case.pk).update(about_staff=True, complained_staff_id=administrator.staff_id)
        add_holiday()

        preview = commands.preview_moved_promises(LATER, actor=administrator)
        commands.order_moved_promises(why=WHY, actor=administrator, now=LATER)

        assert ([each.number for each in preview.promises], preview.citizens) == ([other.number], 1)
        assert due_day(case) == due_day(other) == date(2026, 12, 2)

    def test_costs_the_same_questions_for_many_cases(self) -> None:
        def questions() -> int:
            with CaptureQueriesContext(connection) as asked:
                commands.preview_moved_promises(LATER, actor=SYSTEM)
            return len(asked)

        make_case()
        add_holiday()
        one = questions()
        for _ in range(4):
            make_case()

        assert questions() == one == 4

    def test_keeps_the_figures_under_which_a_promise_was_made(self, administrator: Actor) -> None:
        make_case()
        PolicyVersion.objects.create(version=2, valid_from=NOW, complex_working_days=9, reason="otra")

        assert not commands.preview_moved_promises(LATER, actor=administrator).promises


class TestOrder:
    def test_moves_a_few_at_once_and_notes_who_ordered_it(self, administrator: Actor) -> None:
        case = make_case(Stage.IN_FOLLOW_UP)
        add_holiday()

        assert commands.order_moved_promises(why=f" {WHY} ", actor=administrator, now=LATER)

        event = Event.objects.get(case=case, type="promise_moved")
        assert (event.actor, event.payload["why"], event.payload["ordered_by"]) == (
            "system",
            WHY,
            administrator.signature,
        )

    def test_needs_a_reason(self, administrator: Actor) -> None:
        with pytest.raises(TextMissing):
            commands.order_moved_promises(why="  ", actor=administrator, now=LATER)

    def test_leaves_many_to_the_worker_which_may_be_cut_off_and_begin_again(self, administrator: Actor) -> None:
        cases = [make_case() for _ in range(41)]
        add_holiday()

        assert not commands.order_moved_promises(why=WHY, actor=administrator, now=LATER)
        assert {due_day(case) for case in cases} == {date(2026, 12, 1)}
        with pytest.raises(PromisesMoving):
            commands.order_moved_promises(why=WHY, actor=administrator, now=LATER)
        [job] = queued(commands.MOVE_TASK)

        # What a worker that was cut off had done before.
        commands.move_promises(why=WHY, now=LATER, ordered_by=administrator.signature)
        run_job(job)

        assert {due_day(case) for case in cases} == {date(2026, 12, 2)}
        assert Event.objects.filter(type="promise_moved").count() == 41
        assert not commands.is_moving_promises()

    def test_moves_the_term_of_the_law_beside_the_promise_in_one_event(self, administrator: Actor) -> None:
        case = make_case(category="poor_attention")
        add_holiday()

        preview = commands.preview_moved_promises(LATER, actor=administrator)
        commands.order_moved_promises(why=WHY, actor=administrator, now=LATER)

        assert [(each.kind, each.due.last_day) for each in preview.promises] == [
            (ClockKind.RESOLUTION, date(2026, 12, 1)),
            (ClockKind.STATUTORY, date(2027, 1, 11)),
        ]
        statutory = Clock.objects.get(case=case, kind="statutory")
        assert (statutory.due.last_day, statutory.term) == (
            date(2027, 1, 11),
            str(LegalTerm.objects.get(nature="formal_claim").pk),
        )
        assert Event.objects.filter(type="promise_moved").count() == 1
        assert not commands.preview_moved_promises(LATER, actor=administrator).promises
        assert [each for progress in verify_cases() for each in progress.found] == []

    def test_moves_the_term_of_the_law_of_a_promise_in_hours(self, administrator: Actor) -> None:
        case = make_case(category="noise", legal_nature="neighbour_report")
        add_holiday()

        commands.order_moved_promises(why=WHY, actor=administrator, now=LATER)

        assert Clock.objects.get(case=case, kind="statutory").due.last_day == date(2027, 1, 11)
        assert due_day(case) == date(2026, 11, 25)

    def test_leaves_a_term_alone_that_was_notified_or_given_up(self, administrator: Actor) -> None:
        case = make_case(category="noise", legal_nature="neighbour_report")
        head = make_actor(Role.SUPERVISOR, "atencion_ciudadano")
        commands.set_legal_nature(number=case.number, nature="incident", reason="No es.", actor=head, now=NOW)
        add_holiday()

        commands.order_moved_promises(why=WHY, actor=administrator, now=LATER)

        assert not Event.objects.filter(type="promise_moved").exists()

    def test_dates_a_filing_after_hours_as_before(self, administrator: Actor) -> None:
        LegalTerm.objects.filter(nature="neighbour_report").update(within_office_hours=True)
        case = make_case(category="noise", legal_nature="neighbour_report", now=NOW.replace(hour=20))
        add_holiday()

        commands.order_moved_promises(why=WHY, actor=administrator, now=NOW.replace(hour=21))

        assert Clock.objects.get(case=case, kind="statutory").due.last_day == date(2027, 1, 12)

    def test_brings_promises_nearer_when_a_holiday_is_taken_back(self, administrator: Actor) -> None:
        day = add_holiday()
        case = make_case()
        day.delete()

        [moved] = commands.preview_moved_promises(LATER, actor=administrator).promises
        commands.order_moved_promises(why="La ordenanza se derogó.", actor=administrator, now=LATER)

        assert not moved.is_later
        assert due_day(case) == date(2026, 12, 1)
