"""Promises with a date: each has a clock, is watched, kept or broken, and counted (domain.md, Clocks)."""

from datetime import datetime, timedelta

import pytest

from cercana.accounts.queries import actor_for
from cercana.cases import commands, queries
from cercana.cases.commands import DatedPromise
from cercana.cases.errors import CaseNotFound, PromiseOver, PromiseUnknown
from cercana.cases.models import Case, Clock, Event, StaffNotice
from cercana.cases.queries import PromiseCount
from cercana.rules.access import Actor, Role
from cercana.rules.history import EventType
from cercana.rules.lifecycle import Stage
from cercana.rules.projected_clocks import ClockStatus
from cercana.rules.promises import Due, to_lima
from tests.factories import NOW, citizen_of, make_actor, make_answer, make_case, make_user

HOUR = timedelta(hours=1)
TOMORROW = Due(to_lima(datetime.fromisoformat("2026-11-25T00:00")), inclusive=False, whole_day=True)
CREW = DatedPromise(text="Mañana pasa la cuadrilla.", due=TOMORROW)
MIDNIGHT = TOMORROW.at


@pytest.fixture
def case(officer: Actor) -> Case:
    return make_case(Stage.IN_FOLLOW_UP, officer=officer)


def promise(case: Case, officer: Actor, *promises: DatedPromise) -> None:
    commands.write_to_citizen(
        number=case.number, text=CREW.text, actor=officer, now=NOW + HOUR, promises=promises or (CREW,)
    )


def clock_of(case: Case) -> Clock:
    return Clock.objects.get(case=case, kind="dated")


def is_sound() -> bool:
    return not any(progress.found for progress in queries.verify_cases())


class TestAPromiseInAMessage:
    def test_has_a_clock_of_its_own_and_is_told_once(self, case: Case, officer: Actor) -> None:
        promise(case, officer)

        clock = clock_of(case)
        assert (clock.due_at, clock.status, clock.started_at) == (MIDNIGHT, ClockStatus.RUNNING, NOW + HOUR)
        [event] = Event.objects.filter(case=case, type=EventType.PROMISED)
        assert event.payload["said_in"] == "wrote"
        assert is_sound()

    def test_does_not_drive_the_queue(self, case: Case, officer: Actor) -> None:
        before = Case.objects.get(pk=case.pk).attention_due_at

        promise(case, officer)

        assert Case.objects.get(pk=case.pk).attention_due_at == before

    def test_is_made_by_who_works_on_the_case_alone(self, case: Case) -> None:
        boss = make_actor(Role.SUPERVISOR, "fiscalizacion")

        with pytest.raises(CaseNotFound):
            promise(case, boss)

    def test_is_for_a_moment_ahead(self, case: Case, officer: Actor) -> None:
        with pytest.raises(PromiseOver):
            promise(case, officer, DatedPromise(text="Ya fuimos.", due=Due(NOW, inclusive=True)))

    def test_outlives_the_answer_and_the_closure(self, case: Case, officer: Actor) -> None:
        commands.answer_case(number=case.number, answer=make_answer(), actor=officer, now=NOW + HOUR, promises=[CREW])
        commands.confirm(number=case.number, actor=citizen_of(case), now=NOW + 2 * HOUR)

        assert clock_of(case).status == ClockStatus.RUNNING
        assert Case.objects.get(pk=case.pk).attention_due_at is None
        assert is_sound()


class TestTheWatchOnAPromise:
    def test_warns_before_and_when_it_is_broken_once_each(self, case: Case, officer: Actor) -> None:
        promise(case, officer)

        for hour in range(48):
            commands.watch_promises(now=NOW + HOUR * hour)

        told = Event.objects.filter(case=case, type=EventType.WARNED, payload__clock="dated").order_by("sequence")
        assert [each.payload["level"] for each in told] == [80, 100]
        assert to_lima(told[1].occurred_at) == MIDNIGHT
        assert is_sound()

    def test_reminds_the_owner_and_the_supervisor_of_a_broken_one_until_it_is_made_good(self) -> None:
        owner, boss = (make_user(role, "obras_infraestructura") for role in (Role.AREA_OFFICER, Role.SUPERVISOR))
        case = make_case(Stage.IN_FOLLOW_UP, officer=actor_for(owner, NOW))
        promise(case, actor_for(owner, NOW))

        commands.watch_promises(now=MIDNIGHT + HOUR)
        unread = StaffNotice.objects.filter(clock__kind="dated", level=100).values_list("user", flat=True)
        assert set(unread) == {owner.pk, boss.pk}

        later = MIDNIGHT + 12 * HOUR
        actor = actor_for(owner, later)
        commands.keep_promise(number=case.number, round_=1, text="La cuadrilla fue hoy.", actor=actor, now=later)
        kinds = [line.kind for line in queries.notices_of(actor, now=later)]
        assert "dated" not in kinds


class TestKeepPromise:
    @pytest.mark.parametrize(("at", "status"), [(MIDNIGHT - HOUR, ClockStatus.MET), (MIDNIGHT, ClockStatus.BREACHED)])
    def test_keeps_it_in_time_or_late(self, case: Case, officer: Actor, at: datetime, status: ClockStatus) -> None:
        promise(case, officer)

        commands.keep_promise(number=case.number, round_=1, text="La cuadrilla pasó.", actor=officer, now=at)

        assert clock_of(case).status == status
        assert is_sound()

    def test_refuses_what_is_not_open(self, case: Case, officer: Actor) -> None:
        promise(case, officer)
        commands.keep_promise(number=case.number, round_=1, text="Pasó.", actor=officer, now=NOW + 2 * HOUR)

        with pytest.raises(PromiseUnknown):
            commands.keep_promise(number=case.number, round_=1, text="Pasó.", actor=officer, now=NOW + 3 * HOUR)

    def test_tells_one_promise_from_another(self, case: Case, officer: Actor) -> None:
        promise(case, officer, CREW, DatedPromise(text="A las 4 le llamo.", due=Due(NOW + 6 * HOUR, inclusive=True)))

        commands.keep_promise(number=case.number, round_=2, text="La llamé.", actor=officer, now=NOW + 2 * HOUR)

        states = Clock.objects.filter(case=case, kind="dated").order_by("round").values_list("status", flat=True)
        assert list(states) == [ClockStatus.RUNNING, ClockStatus.MET]


class TestPromisesByArea:
    def test_counts_what_was_kept_late_and_broken(self, officer: Actor) -> None:
        kept, late, _broken = cases = [make_case(Stage.IN_FOLLOW_UP, officer=officer) for _ in range(3)]
        for case in cases:
            promise(case, officer)
        commands.keep_promise(number=kept.number, round_=1, text="Pasó.", actor=officer, now=NOW + 2 * HOUR)
        commands.keep_promise(number=late.number, round_=1, text="Pasó.", actor=officer, now=MIDNIGHT + HOUR)
        boss = make_actor(Role.SUPERVISOR, "alcaldia")

        counted = queries.promises_by_area(
            boss, first=NOW, last=NOW + timedelta(days=30), now=MIDNIGHT + timedelta(days=1)
        )

        assert counted == [PromiseCount("obras_infraestructura", kept=1, late=1, broken=1)]
        stranger = make_actor(Role.SUPERVISOR, "fiscalizacion")
        assert queries.promises_by_area(stranger, first=NOW, last=MIDNIGHT + HOUR, now=MIDNIGHT + HOUR) == []
