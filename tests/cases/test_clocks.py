"""The promises of real cases, along the hard dates and turns of domain.md, Clocks."""

from datetime import date, datetime, timedelta

import pytest

from cercana.cases import commands
from cercana.cases.commands import Reclassification
from cercana.cases.errors import SlowerClassRefused
from cercana.cases.models import Case, Event
from cercana.cases.queries.verification import verify_cases
from cercana.cases.recording import Step, record
from cercana.cases.rows import state_of
from cercana.organization.models import AddedDay
from cercana.rules.access import SYSTEM, Actor
from cercana.rules.classification import CaseClass, ClaimType, ClockKind, RequestKind
from cercana.rules.history import EventType, instant_text
from cercana.rules.lifecycle import Stage
from cercana.rules.projected_clocks import ClockState, ClockStatus, outcome_of
from cercana.rules.promises import to_lima
from tests.factories import NOW, citizen_of, make_answer, make_case


def lima(text: str) -> datetime:
    return to_lima(datetime.fromisoformat(text))


def clock_of(case: Case, kind: ClockKind = ClockKind.RESOLUTION) -> ClockState:
    clock = state_of(Case.objects.get(pk=case.pk)).clock(kind)
    assert clock is not None
    return clock


def change_to(class_: CaseClass) -> Reclassification:
    return Reclassification(
        class_=class_,
        category="pothole",
        kind=RequestKind.CLAIM,
        claim_type=ClaimType.POOR_SERVICE,
        reason="Se vio en la visita.",
    )


class TestResolution:
    @pytest.mark.parametrize(
        ("received", "category", "due"),
        [
            pytest.param("2026-11-20T16:40", "noise", "2026-11-22T16:40:00-05:00", id="simple over a weekend"),
            pytest.param("2026-12-03T10:00", "pothole", "2026-12-14T23:59:59-05:00", id="complex over two holidays"),
            pytest.param("2026-11-23T00:00", "pothole", "2026-11-30T23:59:59-05:00", id="complex at midnight"),
            pytest.param("2026-11-22T23:59:59", "pothole", "2026-11-27T23:59:59-05:00", id="complex before midnight"),
            pytest.param("2024-02-27T12:00", "noise", "2024-02-29T12:00:00-05:00", id="simple into 29 February"),
            pytest.param("2024-02-29T12:00", "pothole", "2024-03-07T23:59:59-05:00", id="complex from 29 February"),
            pytest.param("2026-12-31T23:30", "noise", "2027-01-02T23:30:00-05:00", id="simple over the year"),
        ],
    )
    def test_is_promised_at_reception(self, received: str, category: str, due: str) -> None:
        case = make_case(category=category, now=lima(received))

        assert clock_of(case).due.printed() == due
        assert case.attention_due_at == clock_of(case).breaks_at

    def test_of_a_critical_case_comes_with_a_response_before_two_hours(self) -> None:
        case = make_case(class_=CaseClass.CRITICAL, now=lima("2026-12-31T23:30"))

        assert clock_of(case, ClockKind.FIRST_RESPONSE).due.printed() == "2027-01-01T01:30:00-05:00"
        assert clock_of(case).due.printed() == "2027-01-01T23:30:00-05:00"
        assert case.attention_due_at == lima("2027-01-01T01:30")

    def test_takes_its_number_from_the_year_of_lima(self) -> None:
        assert make_case(now=lima("2026-12-31T23:30")).number.startswith("SI-2026-")
        assert make_case(now=lima("2027-01-01T00:00")).number.startswith("SI-2027-")


class TestFirstResponse:
    def test_is_late_at_exactly_two_hours(self, officer: Actor) -> None:
        in_time = make_case(Stage.IN_FOLLOW_UP, officer=officer, class_=CaseClass.CRITICAL)
        late = make_case(Stage.IN_FOLLOW_UP, officer=officer, class_=CaseClass.CRITICAL)
        two_hours = NOW + timedelta(hours=2)

        for case, at in ((in_time, two_hours - timedelta(microseconds=1)), (late, two_hours)):
            commands.write_to_citizen(number=case.number, text="Ya vamos.", actor=officer, now=at)

        assert clock_of(in_time, ClockKind.FIRST_RESPONSE).status is ClockStatus.MET
        assert clock_of(late, ClockKind.FIRST_RESPONSE).status is ClockStatus.BREACHED

    def test_of_a_case_that_became_critical_is_a_message_after_that(self, officer: Actor) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer)
        commands.write_to_citizen(number=case.number, text="Lo vemos.", actor=officer, now=NOW + timedelta(hours=1))
        became = NOW + timedelta(hours=5)
        commands.reclassify(number=case.number, change=change_to(CaseClass.CRITICAL), actor=officer, now=became)

        assert clock_of(case, ClockKind.FIRST_RESPONSE).ended_at is None
        assert clock_of(case, ClockKind.FIRST_RESPONSE).due_at == became + timedelta(hours=2)
        assert clock_of(case).due_at == became + timedelta(hours=24)

    def test_is_not_rescued_by_a_call_entered_late(self, officer: Actor, head: Actor) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer, class_=CaseClass.CRITICAL)
        called, entered = NOW + timedelta(hours=1), NOW + timedelta(hours=3)

        for actor, expected in ((officer, None), (head, called)):
            commands.log_conversation(
                number=case.number,
                text="Hablé con la señora.",
                means="phone",
                actor=actor,
                now=entered,
                occurred_at=called,
                source="hoja de llamadas",
            )
            assert clock_of(case, ClockKind.FIRST_RESPONSE).ended_at == expected


class TestContest:
    def test_after_the_due_of_a_hollow_answer_records_the_breach_at_its_instant(self, officer: Actor) -> None:
        case = make_case(Stage.ANSWERED, officer=officer, category="pothole")
        due = clock_of(case).due_at
        assert Case.objects.get(pk=case.pk).attention_due_at is None

        commands.contest(number=case.number, why="No vino nadie.", actor=citizen_of(case), now=due + timedelta(days=3))

        clock = clock_of(case)
        assert (clock.status, clock.breached_at, clock.ended_at) == (ClockStatus.BREACHED, due, None)
        assert Case.objects.get(pk=case.pk).attention_due_at == due
        assert clock.round == 1

    def test_before_the_due_lets_the_original_promise_go_on(self, officer: Actor) -> None:
        case = make_case(Stage.ANSWERED, officer=officer)
        due = clock_of(case).due_at

        commands.contest(number=case.number, why="Falta la mitad.", actor=citizen_of(case), now=NOW + timedelta(days=1))

        assert (clock_of(case).status, clock_of(case).due_at) == (ClockStatus.RUNNING, due)

    def test_then_late_answer_stays_late(self, officer: Actor) -> None:
        case = make_case(Stage.ANSWERED, officer=officer)
        due = clock_of(case).due_at
        later = due + timedelta(days=3)
        commands.contest(number=case.number, why="No vino nadie.", actor=citizen_of(case), now=later)
        commands.answer_case(number=case.number, answer=make_answer(), actor=officer, now=later + timedelta(hours=1))
        commands.confirm(number=case.number, actor=citizen_of(case), now=later + timedelta(hours=2))

        clock = clock_of(case)
        assert (clock.status, clock.breached_at) == (ClockStatus.BREACHED, due)
        assert clock.ended_at == later + timedelta(hours=1)


class TestConfirm:
    def test_ends_the_promise_when_the_answer_was_sent_not_when_the_yes_came(self, officer: Actor) -> None:
        case = make_case(Stage.ANSWERED, officer=officer)

        commands.confirm(number=case.number, actor=citizen_of(case), now=NOW + timedelta(days=60))

        clock = clock_of(case)
        assert (clock.status, clock.ended_at) == (ClockStatus.MET, NOW + timedelta(minutes=3))


class TestReopen:
    def test_starts_a_new_promise_and_keeps_the_first_with_its_outcome(self, officer: Actor) -> None:
        case = make_case(Stage.CLOSED, officer=officer)
        again = NOW + timedelta(days=10)

        commands.reopen(number=case.number, why="Se hundió otra vez.", actor=citizen_of(case), now=again)

        first, second = state_of(Case.objects.get(pk=case.pk)).clocks
        assert (first.round, first.status) == (1, ClockStatus.MET)
        assert (second.round, second.status, second.started_at) == (2, ClockStatus.RUNNING, again)
        assert Case.objects.get(pk=case.pk).reopened_count == 1


class TestMerge:
    def test_of_late_cases_ends_no_clock_and_drives_the_main_one_by_the_earliest(self, officer: Actor) -> None:
        late = make_case(Stage.IN_FOLLOW_UP, officer=officer, now=NOW - timedelta(days=30))
        main = make_case(Stage.IN_FOLLOW_UP, officer=officer)
        commands.merge(absorbed=late.number, main=main.number, actor=officer, now=NOW + timedelta(hours=1))

        assert Case.objects.get(pk=main.pk).attention_due_at == clock_of(late).breaks_at
        assert clock_of(late).ended_at is None

        commands.answer_case(number=main.number, answer=make_answer(), actor=officer, now=NOW + timedelta(hours=2))

        follower = Case.objects.get(pk=late.pk)
        assert (follower.stage, follower.citizen_id) == (Stage.ANSWERED, late.citizen_id)
        commands.confirm(number=late.number, actor=citizen_of(late), now=NOW + timedelta(hours=3))
        assert clock_of(late).status is ClockStatus.BREACHED
        assert clock_of(main).status is ClockStatus.SUSPENDED


class TestReclassify:
    def test_to_a_slower_class_is_the_supervisors(self, officer: Actor, head: Actor) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer, class_=CaseClass.SIMPLE)
        now = NOW + timedelta(hours=4)

        with pytest.raises(SlowerClassRefused):
            commands.reclassify(number=case.number, change=change_to(CaseClass.COMPLEX), actor=officer, now=now)
        commands.reclassify(number=case.number, change=change_to(CaseClass.COMPLEX), actor=head, now=now)

        assert clock_of(case).due.printed() == "2026-11-30T23:59:59-05:00"

    def test_leaves_late_what_was_late(self, head: Actor) -> None:
        case = make_case(Stage.REFERRED, class_=CaseClass.SIMPLE)
        due = clock_of(case).due_at

        commands.reclassify(
            number=case.number, change=change_to(CaseClass.COMPLEX), actor=head, now=due + timedelta(hours=1)
        )

        assert clock_of(case).due_at == due

    def test_never_promises_later_when_it_becomes_critical(self, head: Actor) -> None:
        case = make_case(Stage.REFERRED, now=lima("2026-11-23T09:00"))

        commands.reclassify(
            number=case.number, change=change_to(CaseClass.CRITICAL), actor=head, now=lima("2026-11-30T20:00")
        )

        assert clock_of(case).due.printed() == "2026-11-30T23:59:59-05:00"


class TestWithdrawn:
    def test_keeps_no_promise_that_was_still_open(self) -> None:
        case = make_case(category="poor_attention")

        commands.withdraw(number=case.number, words="", actor=citizen_of(case), now=NOW + timedelta(hours=1))

        for kind in (ClockKind.RESOLUTION, ClockKind.STATUTORY):
            assert clock_of(case, kind).status is ClockStatus.WITHDRAWN
        assert Case.objects.get(pk=case.pk).attention_due_at is None
        assert [each for progress in verify_cases() for each in progress.found] == []

    def test_keeps_no_promise_of_an_answer_that_nobody_accepted(self) -> None:
        case = make_case(Stage.ANSWERED)

        commands.withdraw(number=case.number, words="", actor=citizen_of(case), now=NOW + timedelta(hours=1))

        assert clock_of(case).status is ClockStatus.WITHDRAWN

    def test_leaves_late_what_was_late_and_kept_what_was_kept(self, officer: Actor) -> None:
        late = make_case(Stage.REFERRED)
        critical = make_case(Stage.ANSWERED, category="violence_or_child")
        for case in (late, critical):
            commands.withdraw(number=case.number, words="", actor=citizen_of(case), now=NOW + timedelta(days=30))

        assert clock_of(late).status is ClockStatus.BREACHED
        assert clock_of(critical, ClockKind.FIRST_RESPONSE).status is ClockStatus.MET

    def test_that_an_older_history_counts_as_kept_is_told_from_a_kept_one(self) -> None:
        case = make_case(Stage.REFERRED)
        closed = {"closure": "withdrawn", "outcome": "withdrawn", "ended_at": instant_text(NOW)}
        record(case, Step(EventType.WITHDRAWN), Step(EventType.CLOSED, closed), actor=SYSTEM, now=NOW)

        clock = clock_of(case)

        assert clock.status is ClockStatus.MET
        assert outcome_of(clock, withdrawn_at=NOW) is ClockStatus.WITHDRAWN
        assert outcome_of(clock, withdrawn_at=None) is ClockStatus.MET
        assert [each for progress in verify_cases() for each in progress.found] == []


class TestMovePromises:
    def test_moves_open_promises_of_days_only_and_says_so(self) -> None:
        complex_case, simple, closed = make_case(), make_case(category="noise"), make_case(Stage.CLOSED)
        AddedDay.objects.create(day=date(2026, 11, 26), kind="local", name="Aniversario", norm="Ordenanza 1")

        preview = commands.preview_moved_promises(NOW + timedelta(hours=1), actor=SYSTEM)
        moved = commands.move_promises(why="Aniversario, Ordenanza 1", now=NOW + timedelta(hours=1))

        assert (list(preview.promises), preview.citizens) == (moved, 1)
        assert [each.number for each in moved] == [complex_case.number]
        assert clock_of(complex_case).due.printed() == "2026-12-01T23:59:59-05:00"
        assert clock_of(simple).due.printed() == "2026-11-25T10:00:00-05:00"
        assert clock_of(closed).due.printed() == "2026-11-30T23:59:59-05:00"
        assert Event.objects.filter(type="promise_moved").count() == 1
        assert not commands.preview_moved_promises(NOW + timedelta(hours=2), actor=SYSTEM).promises

    def test_leaves_the_histories_provable(self, officer: Actor) -> None:
        make_case(Stage.IN_FOLLOW_UP, officer=officer)
        AddedDay.objects.create(day=date(2026, 11, 26), kind="local", name="Aniversario", norm="Ordenanza 1")
        commands.move_promises(why="Aniversario", now=NOW + timedelta(hours=1))

        assert [each for progress in verify_cases() for each in progress.found] == []


class TestTheLaw:
    def test_runs_beside_the_manual_and_the_earlier_drives_the_queue(self) -> None:
        case = make_case(category="poor_attention")

        assert clock_of(case, ClockKind.STATUTORY).due.printed() == "2027-01-08T23:59:59-05:00"
        assert case.attention_due_at == clock_of(case).breaks_at
