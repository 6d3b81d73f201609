from datetime import datetime, timedelta

from cercana.rules.case_state import CaseState
from cercana.rules.classification import CaseClass, Channel, ClockKind, CriticalState
from cercana.rules.history import Event, EventType
from cercana.rules.projected_clocks import ClockState, end_clocks
from cercana.rules.protocol_timeline import Mark, Standard, marks
from cercana.rules.vigilance import Deed
from tests.factories import NOW, Given

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def told(*happened: tuple[float, EventType, Given]) -> list[Event]:
    """Return a history: minutes after NOW, what happened, and the payload."""
    return [
        Event("k", n, NOW + at * MINUTE, NOW + at * MINUTE, "system", "", type_, payload)
        for n, (at, type_, payload) in enumerate(happened, 1)
    ]


def state(*clocks: ClockState) -> CaseState:
    return CaseState(
        key="k",
        citizen="c",
        kind="claim",
        claim_type="poor_service",
        class_=CaseClass.CRITICAL,
        critical_state=CriticalState.MARKED,
        channel=Channel.APP,
        category="gas",
        legal_nature="incident",
        language="es",
        area="a",
        proposed_area="a",
        received_at=NOW,
        notice_version=1,
        clocks=clocks,
    )


def clock(kind: ClockKind, hours: int, *, inclusive: bool) -> ClockState:
    return ClockState(kind, 1, NOW, NOW + hours * HOUR, inclusive, whole_day=False, policy_version=1)


def only(standard: Standard, found: tuple[Mark, ...]) -> list[Mark]:
    return [mark for mark in found if mark.standard is standard]


class TestReview:
    def test_is_kept_by_a_persons_yes_or_no_within_a_quarter_of_an_hour(self) -> None:
        for answer in (EventType.CRITICAL_MARKED, EventType.CRITICAL_REJECTED):
            history = told((0, EventType.CRITICAL_PROPOSED, {}), (14, answer, {"by": "person"}))

            (mark,) = only(Standard.REVIEW, marks(history, [], state()))

            assert mark.is_kept()

    def test_is_missed_when_silence_marked_the_case(self) -> None:
        history = told((0, EventType.CRITICAL_PROPOSED, {}), (15, EventType.CRITICAL_MARKED, {"by": "silence"}))

        (mark,) = only(Standard.REVIEW, marks(history, [], state()))

        assert mark.is_missed(NOW + 15 * MINUTE)
        assert mark.shown_at(NOW + HOUR) == NOW + 15 * MINUTE


class TestCharge:
    def test_is_one_mark_for_each_call_of_the_alarm(self) -> None:
        history = told(
            (0, EventType.ALARM_RAISED, {}),
            (10, EventType.ALARM_ESCALATED, {}),
            (12, EventType.ALARM_ACKNOWLEDGED, {}),
        )

        first, second = only(Standard.CHARGE, marks(history, [], state()))

        assert first.is_missed(NOW + HOUR)
        assert (second.is_kept(), second.done_at) == (True, NOW + 12 * MINUTE)

    def test_is_neither_kept_nor_missed_if_the_danger_was_rejected_first(self) -> None:
        history = told((0, EventType.ALARM_RAISED, {}), (4, EventType.CRITICAL_REJECTED, {}))

        (mark,) = only(Standard.CHARGE, marks(history, [], state()))

        assert not mark.is_kept()
        assert not mark.is_missed(NOW + HOUR)
        assert not mark.is_open(NOW + 5 * MINUTE)

    def test_goes_on_when_lowering_was_refused(self) -> None:
        history = told((0, EventType.ALARM_RAISED, {}), (4, EventType.LOWERING_DECIDED, {"granted": False}))

        (mark,) = only(Standard.CHARGE, marks(history, [], state()))

        assert mark.is_open(NOW + 5 * MINUTE)


class TestClocks:
    def test_a_response_at_two_hours_is_missed_and_a_moment_before_is_kept(self) -> None:
        running = (clock(ClockKind.FIRST_RESPONSE, 2, inclusive=False),)
        for at, kept in ((NOW + 2 * HOUR, False), (NOW + 2 * HOUR - timedelta(seconds=1), True)):
            (mark,) = only(Standard.RESPONSE, marks([], [], state(*end_clocks(running, at))))

            assert mark.is_kept() is kept

    def test_a_resolution_at_24_hours_is_kept(self) -> None:
        ended = end_clocks((clock(ClockKind.RESOLUTION, 24, inclusive=True),), NOW + 24 * HOUR)

        (mark,) = only(Standard.RESOLUTION, marks([], [], state(*ended)))

        assert mark.is_kept()


class TestCheckIns:
    def test_are_missed_where_two_hours_pass_without_anything_new(self) -> None:
        history = told((0, EventType.ALARM_RAISED, {}), (5, EventType.ALARM_ACKNOWLEDGED, {}))
        deeds = [Deed(NOW + 2 * HOUR, "Va la cuadrilla."), Deed(NOW + 3 * HOUR, "va la cuadrilla")]

        found = only(Standard.CHECK_IN, marks(history, deeds, state()))

        assert [(mark.is_kept(), mark.is_missed(NOW + 5 * HOUR)) for mark in found] == [
            (True, False),
            (True, False),
            (False, True),
        ]
        assert found[-1].shown_at(NOW + 5 * HOUR) == NOW + 4 * HOUR

    def test_are_asked_once_a_day_after_the_answer(self) -> None:
        history = told((0, EventType.ALARM_RAISED, {}), (30, EventType.ANSWERED, {}))
        deeds = [Deed(NOW + 30 * MINUTE, "Se cerró la llave.")]

        *_, last = only(Standard.CHECK_IN, marks(history, deeds, state()))

        assert last.due_at == datetime.fromisoformat("2026-11-24T20:00:00-05:00")

    def test_end_with_the_case_and_begin_again_when_it_is_reopened(self) -> None:
        history = told(
            (0, EventType.ALARM_RAISED, {}),
            (60, EventType.CLOSED, {}),
            (600, EventType.REOPENED, {}),
            (601, EventType.ALARM_RAISED, {}),
        )

        first, second = only(Standard.CHECK_IN, marks(history, [], state()))

        assert (first.over_at, first.is_missed(NOW + 20 * HOUR)) == (NOW + HOUR, False)
        assert (second.began_at, second.is_missed(NOW + 20 * HOUR)) == (NOW + 601 * MINUTE, True)
