"""A complaint about how a procedure is handled is answered by the superior of who handles it (TUO art. 158)."""

import pytest

from cercana.cases import commands
from cercana.cases.errors import SuperiorDecides
from cercana.cases.models import Case
from cercana.organization.models import LegalNature
from cercana.rules.access import Role
from cercana.rules.classification import Channel
from cercana.rules.lifecycle import Stage
from tests.factories import NOW, make_actor, make_answer, make_case, make_reception

ANSWERED = Stage.ANSWERED


@pytest.fixture
def nature() -> LegalNature:
    return LegalNature.objects.create(
        code="procedure_complaint",
        name="Queja por defecto de tramitación",
        plain_question="¿Un trámite está detenido?",
        explanation="La decide el superior.",
        decided_by_superior=True,
    )


@pytest.fixture
def case(nature: LegalNature) -> Case:
    return make_case(Stage.IN_FOLLOW_UP, category="noise", legal_nature=nature.code)


class TestAComplaintAboutAProcedure:
    @pytest.mark.parametrize("role", [Role.AREA_OFFICER, Role.SUPERVISOR])
    def test_is_not_answered_by_the_area_complained_of(self, case: Case, role: Role) -> None:
        with pytest.raises(SuperiorDecides):
            commands.answer_case(
                number=case.number, answer=make_answer(), actor=make_actor(role, "fiscalizacion"), now=NOW
            )

    def test_is_answered_by_the_head_above(self, case: Case) -> None:
        above = make_actor(Role.SUPERVISOR, "alcaldia")

        commands.answer_case(number=case.number, answer=make_answer(), actor=above, now=NOW)

        case.refresh_from_db()
        assert case.stage == ANSWERED

    def test_is_not_solved_on_the_spot_either(self, nature: LegalNature) -> None:
        reception = make_reception(category="noise", channel=Channel.COUNTER, legal_nature=nature.code)

        with pytest.raises(SuperiorDecides):
            commands.register_and_solve(
                reception,
                make_answer(),
                spoken_yes="Sí, gracias.",
                actor=make_actor(Role.AGENT, "atencion_ciudadano"),
                now=NOW,
            )

        assert not Case.objects.exists()
