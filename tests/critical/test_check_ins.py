from datetime import timedelta

import pytest

from cercana.cases.models import Case, Event
from cercana.critical import commands
from cercana.critical.errors import CaseNotCritical
from cercana.rules.access import Actor
from cercana.rules.history import EventType, OccurrenceRefused
from cercana.rules.lifecycle import Stage
from tests.critical.scenes import HOUR, MINUTE, alarms, make_chain, make_critical, ring, steps_at
from tests.factories import NOW, make_case


@pytest.fixture
def head() -> Actor:
    """Return the head of the area."""
    return make_chain().actor("head")


@pytest.fixture
def case(head: Actor) -> Case:
    """Return a critical case of which the head took charge at once."""
    case = make_critical(Stage.IN_FOLLOW_UP, officer=head)
    ring(case)
    commands.acknowledge(number=case.number, way="desk", actor=head, now=NOW)
    return case


def on_paper(case: Case, head: Actor, ago: timedelta, source: str = "hoja en papel") -> None:
    commands.check_in(
        number=case.number,
        done="Se cerró la llave.",
        next_step="Llega la empresa.",
        actor=head,
        now=NOW + 3 * HOUR,
        occurred_at=NOW + 3 * HOUR - ago,
        source=source,
    )


class TestWhatStoodOnPaper:
    def test_keeps_its_true_instant_and_says_where_it_comes_from(self, case: Case, head: Actor) -> None:
        on_paper(case, head, ago=2 * HOUR)

        entered = Event.objects.get(case=case, type=EventType.CHECKED_IN)
        assert (entered.occurred_at, entered.recorded_at) == (NOW + HOUR, NOW + 3 * HOUR)
        assert entered.payload["source"] == "hoja en papel"

    def test_counts_from_its_true_instant(self, case: Case, head: Actor) -> None:
        on_paper(case, head, ago=30 * MINUTE)

        steps_at(case, NOW + 4 * HOUR)
        assert len(alarms(case)) == 2
        steps_at(case, NOW + 4.5 * HOUR)

        assert [what for what, _ in alarms(case)] == ["alarm_raised", "alarm_acknowledged", "alarm_raised"]

    @pytest.mark.parametrize(
        ("ago", "source"), [(2 * HOUR, ""), (-MINUTE, "hoja en papel")], ids=["no source", "future"]
    )
    def test_is_refused_without_its_source_or_in_the_future(
        self, case: Case, head: Actor, ago: timedelta, source: str
    ) -> None:
        with pytest.raises(OccurrenceRefused):
            on_paper(case, head, ago, source)

        assert not Event.objects.filter(case=case, type=EventType.CHECKED_IN).exists()


def test_only_a_critical_case_is_checked_in(head: Actor) -> None:
    case = make_case(Stage.IN_FOLLOW_UP, officer=head)

    with pytest.raises(CaseNotCritical):
        commands.check_in(number=case.number, done="Fui.", next_step="Vuelvo.", actor=head, now=NOW)
