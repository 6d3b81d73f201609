import pytest

from cercana.critical import commands
from cercana.critical.errors import AlarmQuiet
from cercana.critical.models import Vigil
from tests.critical.scenes import MINUTE, alarms, make_chain, make_critical, ring, steps_at
from tests.factories import NOW, make_case


class TestAlarm:
    def test_calls_the_duty_officer_as_soon_as_a_critical_case_is_registered(self) -> None:
        chain = make_chain()
        case = make_critical()

        ring(case)

        assert alarms(case) == [("alarm_raised", [chain.duty.pk])]

    def test_is_not_raised_for_any_other_case(self) -> None:
        case = make_case()

        ring(case)

        assert alarms(case) == []
        assert not Vigil.objects.exists()

    def test_passes_on_after_ten_minutes_and_goes_round_until_somebody_takes_charge(self) -> None:
        chain = make_chain()
        case = make_critical()
        ring(case)

        for minutes in (10, 20, 30):
            steps_at(case, NOW + minutes * MINUTE)

        assert [called for _, called in alarms(case)] == [
            [chain.duty.pk],
            [chain.head.pk],
            [chain.manager.pk],
            [chain.duty.pk],
        ]

    def test_stops_once_somebody_takes_charge(self) -> None:
        chain = make_chain()
        case = make_critical()
        ring(case)

        commands.acknowledge(number=case.number, way="wall", actor=chain.actor("head"), now=NOW + MINUTE)
        steps_at(case, NOW + 10 * MINUTE)

        assert [what for what, _ in alarms(case)] == ["alarm_raised", "alarm_acknowledged"]
        with pytest.raises(AlarmQuiet):
            commands.acknowledge(number=case.number, way="wall", actor=chain.actor("duty"), now=NOW + 2 * MINUTE)
