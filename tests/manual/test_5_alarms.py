"""Section 5 of the manual: critical cases are escalated, answered and watched until they end."""

from datetime import timedelta

import pytest

from cercana.cases import commands as cases
from cercana.cases.models import Case, Event
from cercana.cases.rows import state_of
from cercana.config.reactions import run_handler
from cercana.critical import commands
from cercana.critical.errors import CheckInRepeated
from cercana.critical.models import Vigil
from cercana.rules.classification import ClockKind
from cercana.rules.history import EventType
from cercana.rules.lifecycle import Stage
from cercana.rules.projected_clocks import ClockStatus
from cercana.rules.promises import to_lima
from tests.critical.scenes import HOUR, MINUTE, SECOND, Chain, alarms, make_chain, make_critical, ring, steps_at
from tests.factories import NOW, make_answer


@pytest.fixture
def chain() -> Chain:
    """Return the chain of the area, with the roster filled."""
    return make_chain()


def taken(chain: Chain) -> Case:
    """Return a critical case in follow-up whose alarm the head has taken charge of at once."""
    case = make_critical(Stage.IN_FOLLOW_UP, officer=chain.actor("head"))
    ring(case)
    commands.acknowledge(number=case.number, way="desk", actor=chain.actor("head"), now=NOW)
    return case


def causes(case: Case) -> list[str]:
    """Return why the alarms of ``case`` rang, in order."""
    rows = Event.objects.filter(case=case, type=EventType.ALARM_RAISED).order_by("sequence")
    return [row.payload["cause"] for row in rows]


class TestEscalation:
    @pytest.mark.parametrize(("after", "calls"), [(10 * MINUTE - SECOND, 1), (10 * MINUTE, 2)], ids=["9:59", "10:00"])
    def test_m5_2a_ten_minutes_without_anybody_pass_the_alarm_to_the_head(
        self, chain: Chain, after: timedelta, calls: int
    ) -> None:
        case = make_critical()
        ring(case)

        steps_at(case, NOW + after)

        assert [called for _, called in alarms(case)] == [[chain.duty.pk], [chain.head.pk]][:calls]

    def test_m5_2a_a_gap_of_the_roster_falls_to_the_head(self, chain: Chain) -> None:
        chain.duty.duty_shifts.all().delete()
        case = make_critical()

        ring(case)

        assert alarms(case) == [("alarm_raised", [chain.head.pk])]

    def test_m5_2a_whoever_the_complaint_is_about_is_not_called(self, chain: Chain) -> None:
        case = make_critical()
        Case.objects.filter(pk=case.pk).update(about_staff=True, complained_staff=chain.duty)

        ring(case)

        assert alarms(case) == [("alarm_raised", [chain.head.pk])]

    def test_m5_2a_after_an_hour_without_service_one_call_is_made_at_its_true_instant(self, chain: Chain) -> None:
        case = make_critical()
        ring(case)

        steps_at(case, NOW + HOUR)
        steps_at(case, NOW + HOUR)

        made = Event.objects.get(case=case, type=EventType.ALARM_ESCALATED)
        assert (made.occurred_at, made.payload["called"]) == (NOW + HOUR, [chain.head.pk])
        assert to_lima(Vigil.objects.get(pk=case.pk).due_at) == NOW + HOUR + 10 * MINUTE


class TestFirstResponse:
    @pytest.mark.parametrize(
        ("after", "status"),
        [(2 * HOUR - SECOND, ClockStatus.MET), (2 * HOUR, ClockStatus.BREACHED)],
        ids=["1:59:59", "2:00:00"],
    )
    def test_m5_2c_response_in_under_two_hours(self, chain: Chain, after: timedelta, status: ClockStatus) -> None:
        case = taken(chain)

        cases.write_to_citizen(number=case.number, text="Ya vamos.", actor=chain.actor("head"), now=NOW + after)

        clock = state_of(Case.objects.get(pk=case.pk)).clock(ClockKind.FIRST_RESPONSE)
        assert clock is not None
        assert clock.status is status


class TestWatch:
    @pytest.mark.parametrize(
        ("after", "rung"),
        [(2 * HOUR - SECOND, ["critical"]), (2 * HOUR, ["critical", "silence"])],
        ids=["1:59:59", "2:00:00"],
    )
    def test_m5_2d_two_hours_of_silence_raise_an_alarm(self, chain: Chain, after: timedelta, rung: list[str]) -> None:
        case = taken(chain)

        # What making the case entered comes up to two minutes after its reception, and is no deed.
        steps_at(case, NOW + after)

        assert causes(case) == rung

    def test_m5_2d_a_real_entry_gives_two_hours_more(self, chain: Chain) -> None:
        case, head = taken(chain), chain.actor("head")
        at = NOW + HOUR
        commands.check_in(number=case.number, done="Se cerró la calle.", next_step="Va Luz.", actor=head, now=at)

        steps_at(case, at + 2 * HOUR - SECOND)
        assert causes(case) == ["critical"]
        steps_at(case, at + 2 * HOUR)
        assert causes(case) == ["critical", "silence"]

    def test_m5_2d_the_same_text_twice_does_not_count(self, chain: Chain) -> None:
        case, head = taken(chain), chain.actor("head")
        for minutes in (10, 90):
            cases.record_action(number=case.number, text="Igual.", actor=head, now=NOW + minutes * MINUTE)
        commands.check_in(number=case.number, done="Igual", next_step="Sigue.", actor=head, now=NOW + 20 * MINUTE)
        with pytest.raises(CheckInRepeated):
            commands.check_in(number=case.number, done="igual", next_step="SIGUE", actor=head, now=NOW + HOUR)

        steps_at(case, NOW + 20 * MINUTE + 2 * HOUR)

        assert causes(case) == ["critical", "silence"]

    def test_m5_2d_once_answered_one_entry_a_day_is_enough(self, chain: Chain) -> None:
        case, head = taken(chain), chain.actor("head")
        cases.answer_case(number=case.number, answer=make_answer(), actor=head, now=NOW + HOUR)
        commands.remove_danger(number=case.number, how="Lo vio la cuadrilla.", actor=head, now=NOW + 2 * HOUR)
        evening = (NOW + timedelta(days=1)).replace(hour=20, minute=0)

        steps_at(case, evening - SECOND)
        assert causes(case) == ["critical"]
        steps_at(case, evening)
        assert causes(case) == ["critical", "silence"]

    def test_m5_2d_a_contested_answer_brings_the_two_hours_back(self, chain: Chain) -> None:
        case, head = taken(chain), chain.actor("head")
        cases.answer_case(number=case.number, answer=make_answer(), actor=head, now=NOW + HOUR)
        steps_at(case, NOW + 2 * HOUR)
        cases.contest(number=case.number, why="Sigue igual.", actor=head, now=NOW + 2 * HOUR)
        contested = Event.objects.get(case=case, type=EventType.CONTESTED)

        run_handler(contested.pk, "watch_critical", now=NOW + 2 * HOUR)

        assert Vigil.objects.get(pk=case.pk).due_at == NOW + 3 * HOUR

    def test_m5_2d_nothing_is_watched_any_more_once_the_case_is_closed(self, chain: Chain) -> None:
        case, head = taken(chain), chain.actor("head")
        cases.withdraw(number=case.number, words="Ya no.", actor=head, now=NOW + HOUR)

        steps_at(case, NOW + 5 * HOUR)

        assert causes(case) == ["critical"]
        assert not Vigil.objects.exists()
