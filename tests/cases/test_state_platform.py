"""A formal claim on its way to the State's platform (domain.md, The second clock)."""

from datetime import date, timedelta

import pytest

from cercana.cases import commands
from cercana.cases.errors import PlatformCodeMissing
from cercana.cases.models import Case
from cercana.rules.access import Actor
from cercana.rules.classification import Channel
from cercana.rules.lifecycle import Stage
from cercana.rules.promises import to_lima
from tests.factories import NOW, make_case

LATER = NOW + timedelta(hours=1)


def set_nature(case: Case, nature: str, officer: Actor) -> None:
    """Say what the case is for the law."""
    commands.set_legal_nature(number=case.number, nature=nature, reason="Lo pidió.", actor=officer, now=LATER)


def open_ordinals(case: Case) -> list[int]:
    """Return which tasks to take the case to the platform are open."""
    return list(case.tasks.filter(kind="move_to_platform", finished_at=None).values_list("ordinal", flat=True))


class TestTheTaskOfTheResponsible:
    @pytest.mark.parametrize(
        ("channel", "is_opened"),
        [(Channel.PHONE, True), (Channel.EMAIL, True), (Channel.APP, False), (Channel.COUNTER, False)],
    )
    def test_opens_when_a_formal_claim_came_by_phone_or_mail(
        self, channel: Channel, is_opened: bool, officer: Actor
    ) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer, channel=channel)

        set_nature(case, "formal_claim", officer)

        assert bool(open_ordinals(case)) == is_opened

    def test_is_due_two_working_days_after_reception_and_stands_with_intake(self, officer: Actor) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer, channel=Channel.PHONE)

        set_nature(case, "formal_claim", officer)

        task = case.tasks.get(kind="move_to_platform")
        assert task.due_at is not None
        # Received on Monday 23: the exclusive midnight after Wednesday 25.
        assert to_lima(task.due_at).isoformat() == "2026-11-26T00:00:00-05:00"
        assert task.area_id == "atencion_ciudadano"

    def test_opens_once_however_often_the_nature_is_set(self, officer: Actor) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer, channel=Channel.PHONE)

        set_nature(case, "formal_claim", officer)
        set_nature(case, "formal_claim", officer)

        assert len(open_ordinals(case)) == 1

    def test_is_over_when_the_case_turns_out_to_be_no_formal_claim(self, officer: Actor) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer, channel=Channel.PHONE)
        set_nature(case, "formal_claim", officer)

        set_nature(case, "incident", officer)

        assert open_ordinals(case) == []

    def test_is_finished_by_the_code_and_not_by_saying_so(self, officer: Actor) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer, channel=Channel.PHONE)
        set_nature(case, "formal_claim", officer)
        (ordinal,) = open_ordinals(case)

        with pytest.raises(PlatformCodeMissing):
            commands.finish_task(number=case.number, ordinal=ordinal, actor=officer, now=LATER)
        assert open_ordinals(case) == [ordinal]
        commands.record_platform_code(
            number=case.number, code="R-2026-77", day=date(2026, 11, 24), actor=officer, now=LATER
        )

        assert open_ordinals(case) == []
