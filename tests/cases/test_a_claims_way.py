from datetime import timedelta

from cercana.cases import commands
from cercana.cases.models import Case
from cercana.cases.rows import state_of
from cercana.rules.access import Role
from cercana.rules.classification import ClockKind
from cercana.rules.lifecycle import Stage
from cercana.rules.projected_clocks import ClockStatus
from tests.factories import NOW, PUBLIC, citizen_of, make_actor, make_answer, make_case, make_reception


class TestAClaim:
    def test_goes_from_reception_to_closure(self) -> None:
        agent = make_actor(Role.AGENT, "atencion_ciudadano")
        officer = make_actor(Role.AREA_OFFICER, "obras_infraestructura")
        case = commands.register_case(make_reception(), actor=PUBLIC, now=NOW)
        number = case.number

        commands.refer(number=number, area="obras_infraestructura", actor=agent, now=NOW + timedelta(hours=1))
        commands.take(number=number, actor=officer, now=NOW + timedelta(hours=2))
        commands.add_note(number=number, text="Hay que medirlo.", actor=officer, now=NOW + timedelta(hours=3))
        commands.answer_case(number=number, answer=make_answer(), actor=officer, now=NOW + timedelta(hours=4))
        citizen = citizen_of(case)
        commands.contest(number=number, why="Se volvió a hundir.", actor=citizen, now=NOW + timedelta(hours=5))
        commands.answer_case(number=number, answer=make_answer(), actor=officer, now=NOW + timedelta(hours=6))
        commands.confirm(number=number, actor=citizen, now=NOW + timedelta(days=9))

        closed = Case.objects.get(number=number)
        assert closed.stage == Stage.CLOSED
        assert closed.contested_count == 1
        resolution = state_of(closed).clock(ClockKind.RESOLUTION)
        assert resolution is not None
        assert (resolution.status, resolution.ended_at) == (ClockStatus.MET, NOW + timedelta(hours=6))


class TestMakeCase:
    def test_reaches_every_stage(self) -> None:
        for stage in (Stage.REGISTERED, Stage.REFERRED, Stage.IN_FOLLOW_UP, Stage.ANSWERED, Stage.CLOSED):
            assert make_case(stage).stage == stage
        assert make_case(Stage.CLOSED, category="violence_or_child").stage == Stage.CLOSED
