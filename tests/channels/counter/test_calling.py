"""Turns at the windows: given out, called in their order, and each to one window alone."""

import uuid
from datetime import timedelta

import pytest
from django.db import transaction
from django.db.utils import IntegrityError

from cercana.channels.counter import commands, queries
from cercana.channels.counter.errors import (
    CalledTooLittle,
    FiguresClosed,
    NobodyCalled,
    RoomClosed,
    TurnOver,
    TurnsClosed,
    WindowMissing,
    WindowTaken,
)
from cercana.channels.counter.models import PreferentialCount, Room, Turn, TurnDetail, Window
from cercana.organization.models import Site
from cercana.rules.access import Actor, Role
from cercana.rules.turns import PreferentialGroup, Topic, TurnState, ticket_of
from tests.channels.counter.hall import INTAKE, make_agent, make_device, make_room, seated, take
from tests.factories import NOW, make_actor

MINUTE = timedelta(minutes=1)
pytestmark = pytest.mark.usefixtures("municipality")


def said(turn: Turn | None) -> str:
    return ticket_of(turn.letter, turn.number) if turn else ""


def call(agent: Actor, minutes: int = 0) -> str:
    return said(commands.call_next(actor=agent, now=NOW + minutes * MINUTE))


class TestGivingATurn:
    def test_numbers_each_letter_apart(self) -> None:
        kiosk = make_device(make_room())

        tickets = [said(take(kiosk, topic=topic)) for topic in (Topic.CLAIM, Topic.INQUIRY, Topic.CLAIM)]

        assert [*tickets, said(take(kiosk, group=PreferentialGroup.PREGNANT))] == ["R 001", "C 001", "R 002", "P 001"]

    def test_gives_one_turn_for_two_presses(self) -> None:
        kiosk, key = make_device(make_room()), uuid.uuid4()

        assert take(kiosk, key=key) == take(kiosk, key=key)

    def test_keeps_of_a_group_how_many_came_and_nothing_on_the_turn(self) -> None:
        kiosk = make_device(make_room())
        for _ in range(2):
            take(kiosk, group=PreferentialGroup.PREGNANT)

        assert list(PreferentialCount.objects.values_list("group", "count")) == [("pregnant", 2)]
        assert not any("pregnant" in str(value) for row in Turn.objects.values_list() for value in row)

    def test_is_refused_when_nobody_will_call_it(self) -> None:
        room = make_room()
        kiosk, night = make_device(room), NOW + timedelta(hours=12)
        with pytest.raises(RoomClosed):
            take(kiosk, now=night)

        seated(room, now=night)
        assert said(take(kiosk, now=night)) == "C 001"


class TestCallingTheNext:
    def test_takes_preferential_attention_first_and_the_others_by_arrival(self) -> None:
        room = make_room()
        kiosk, agent = make_device(room), seated(room)
        for minute, group in enumerate((None, None, PreferentialGroup.VETERAN)):
            take(kiosk, group=group, now=NOW + minute * MINUTE)

        assert [call(agent, 3 + step) for step in range(4)] == ["P 001", "C 001", "C 002", ""]

    def test_ends_the_turn_before(self) -> None:
        room = make_room()
        kiosk, agent = make_device(room), seated(room)
        first = take(kiosk)
        call(agent, 1)
        call(agent, 5)

        first.refresh_from_db()
        assert (first.state, first.ended_at) == (TurnState.ATTENDED, NOW + 5 * MINUTE)

    def test_is_for_who_attends_people_at_a_window(self) -> None:
        make_room()
        with pytest.raises(WindowMissing):
            commands.call_next(actor=make_agent(), now=NOW)
        with pytest.raises(TurnsClosed):
            commands.call_next(actor=make_actor(Role.ANALYST, "alcaldia"), now=NOW)

    def test_leaves_yesterday_alone(self) -> None:
        room = make_room()
        take(make_device(room))
        tomorrow = NOW + timedelta(days=1)

        assert commands.call_next(actor=seated(room, now=tomorrow), now=tomorrow) is None


class TestWhatIsDoneWithACall:
    def test_calls_again_and_takes_nobody_for_absent_before_three_calls(self) -> None:
        room = make_room()
        take(make_device(room))
        agent = seated(room)
        call(agent)
        with pytest.raises(CalledTooLittle):
            commands.mark_absent(actor=agent, now=NOW)
        for _ in range(2):
            commands.call_again(actor=agent, now=NOW + MINUTE)
        commands.mark_absent(actor=agent, now=NOW + 2 * MINUTE)

        assert Turn.objects.get().state == TurnState.ABSENT
        with pytest.raises(NobodyCalled):
            commands.call_again(actor=agent, now=NOW)

    def test_brings_back_who_was_absent_to_the_place_of_their_arrival(self) -> None:
        room = make_room()
        kiosk, agent = make_device(room), seated(room)
        missed = take(kiosk)
        take(kiosk, now=NOW + MINUTE)
        call(agent, 2)
        for _ in range(2):
            commands.call_again(actor=agent, now=NOW + 2 * MINUTE)
        commands.mark_absent(actor=agent, now=NOW + 3 * MINUTE)
        commands.bring_back(turn=missed.pk, actor=agent, now=NOW + 4 * MINUTE)

        assert call(agent, 5) == "C 001"
        with pytest.raises(TurnOver):
            commands.bring_back(turn=missed.pk, actor=agent, now=NOW + 5 * MINUTE)

    def test_passes_on_with_what_the_colleague_should_know(self) -> None:
        room = make_room()
        kiosk, first, second = make_device(room), seated(room, "1"), seated(room, "2")
        take(kiosk, document="45678912")
        take(kiosk, now=NOW + MINUTE)
        call(first, 2)
        window = room.windows.get(name="2").pk
        commands.pass_on(window=window, note="Trae el recibo", actor=first, now=NOW + 3 * MINUTE)

        # It is the other window's now, and keeps the place of its arrival there.
        assert call(first, 4) == "C 002"
        assert call(second, 4) == "C 001"
        called = queries.desk_of(second, NOW + 4 * MINUTE).called
        assert called is not None
        assert (called.note, called.document) == ("Trae el recibo", "45678912")

    def test_passes_to_anybody_once_the_window_is_left(self) -> None:
        room = make_room()
        kiosk, first, second = make_device(room), seated(room, "1"), seated(room, "2")
        take(kiosk)
        call(first)
        commands.pass_on(window=room.windows.get(name="2").pk, note="", actor=first, now=NOW)
        assert call(first) == ""
        commands.stand_up(actor=second, now=NOW)

        assert call(first) == "C 001"

    def test_links_the_case_that_came_of_it_for_this_day(self) -> None:
        room = make_room()
        kiosk, agent, other = make_device(room), seated(room, "1"), seated(room, "2")
        turn = take(kiosk)
        call(agent)
        commands.link_case(turn=turn.pk, case_number="SI-2026-000001-A", actor=other, now=NOW)
        assert not TurnDetail.objects.exists()
        commands.link_case(turn=turn.pk, case_number="SI-2026-000001-A", actor=agent, now=NOW)

        assert TurnDetail.objects.get().case_number == "SI-2026-000001-A"
        assert Turn.objects.get().became_case

    def test_lets_who_waits_leave_and_nobody_else(self) -> None:
        room = make_room()
        kiosk, agent = make_device(room), seated(room)
        turn = take(kiosk)
        commands.leave_turn(key=turn.key, now=NOW + MINUTE)

        assert call(agent, 2) == ""
        with pytest.raises(TurnOver):
            commands.leave_turn(key=turn.key, now=NOW + 2 * MINUTE)


class TestAWindow:
    def test_has_one_person(self) -> None:
        room = make_room()
        seated(room, "1")
        with pytest.raises(WindowTaken):
            seated(room, "1")

    def test_has_one_turn_by_law_of_the_database(self) -> None:
        room = make_room()
        kiosk = make_device(room)
        turns = [take(kiosk), take(kiosk)]
        window = room.windows.first()
        with pytest.raises(IntegrityError), transaction.atomic():
            Turn.objects.filter(pk__in=[each.pk for each in turns]).update(state=TurnState.CALLED, window=window)

    def test_is_free_again_when_its_person_moves(self) -> None:
        room = make_room()
        agent = seated(room, "1")
        commands.sit_at(window=room.windows.get(name="2").pk, actor=agent, now=NOW)

        assert [each.attended_by_id for each in room.windows.order_by("name")] == [None, agent.staff_id]


class TestTheEndOfTheDay:
    def test_forgets_whatever_could_name_a_person(self) -> None:
        room = make_room()
        kiosk, agent = make_device(room), seated(room)
        take(kiosk, document="45678912")
        take(kiosk)
        call(agent, 1)
        commands.close_days(now=NOW + timedelta(hours=2))
        assert TurnDetail.objects.exists()

        commands.close_days(now=NOW + timedelta(days=1))

        assert not TurnDetail.objects.exists()
        assert sorted(Turn.objects.values_list("state", flat=True)) == [TurnState.ATTENDED, TurnState.LEFT]
        assert not room.windows.filter(attended_by__isnull=False).exists()


class TestALongWait:
    def test_calls_who_supervises_until_somebody_sees_to_it(self) -> None:
        room = make_room(longest_wait=20)
        kiosk, boss = make_device(room), make_actor(Role.SUPERVISOR, INTAKE)
        take(kiosk)
        later = NOW + 21 * MINUTE
        assert queries.waits_heard_by(boss, NOW + 20 * MINUTE) == []

        heard = queries.waits_heard_by(boss, later)
        assert [(each.room, each.minutes, each.people) for each in heard] == [("Sede central", 20, 1)]
        assert queries.waits_heard_by(make_agent(), later) == []
        commands.answer_wait(site=room.pk, actor=boss, now=later)

        assert queries.waits_heard_by(boss, later + MINUTE) == []
        assert queries.waits_heard_by(boss, later + 11 * MINUTE) != []


class TestWhatIsMeasured:
    def test_is_the_wait_for_the_first_call_and_the_attention_since_the_last(self) -> None:
        room = make_room()
        kiosk, first, second = make_device(room), seated(room, "1"), seated(room, "2")
        take(kiosk)
        call(first, 6)
        commands.pass_on(window=None, note="", actor=first, now=NOW + 8 * MINUTE)
        call(second, 10)
        commands.end_turn(actor=second, now=NOW + 13 * MINUTE)

        analyst = make_actor(Role.ANALYST, "alcaldia")
        figures = queries.room_figures(analyst, site=room.pk, days=1, now=NOW + 20 * MINUTE)

        assert (figures.whole.wait, figures.whole.attention) == (6, 3)
        with pytest.raises(FiguresClosed):
            queries.room_figures(first, site=room.pk, days=1, now=NOW)

    def test_tells_whoever_waits_how_long_once_enough_turns_went_by(self) -> None:
        room = make_room()
        kiosk, agent = make_device(room), seated(room)
        for _ in range(6):
            take(kiosk)
        last = take(kiosk)
        assert queries.followed(last.key, NOW).expected is None
        for step in range(6):
            call(agent, 4 * (step + 1))

        told = queries.followed(last.key, NOW + 24 * MINUTE)

        assert told.ahead == 0
        assert told.expected is not None
        assert told.expected.least <= 4 <= told.expected.most


class TestTwoRooms:
    def test_have_turns_of_their_own(self) -> None:
        Site.objects.create(code="otra", name="Otra sede", address="Calle 2")
        here, there = make_room(), Room.objects.create(site_id="otra")
        Window.objects.create(room=there, name="1")
        agent = seated(here)
        take(make_device(there))

        assert call(agent) == ""
        commands.sit_at(window=there.windows.get().pk, actor=agent, now=NOW)
        assert call(agent) == "C 001"
        assert not here.windows.filter(attended_by__isnull=False).exists()


class TestAWindowLeftBehind:
    def test_is_freed_by_who_supervises_reception_alone(self) -> None:
        room = make_room()
        agent, boss = seated(room), make_actor(Role.SUPERVISOR, INTAKE)
        take(make_device(room))
        call(agent)
        window = room.windows.get(name="1").pk
        for stranger in (make_agent(), make_actor(Role.SUPERVISOR, "fiscalizacion")):
            with pytest.raises(TurnsClosed):
                commands.free_window(window=window, actor=stranger, now=NOW)

        commands.free_window(window=window, actor=boss, now=NOW + MINUTE)

        assert Turn.objects.get().state == TurnState.ATTENDED
        assert not room.windows.filter(attended_by__isnull=False).exists()
        with pytest.raises(WindowMissing):
            commands.call_next(actor=agent, now=NOW + MINUTE)
