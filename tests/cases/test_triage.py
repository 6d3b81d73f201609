"""What triage proposes is kept with the case, and its danger is registered as proposed (M5.2b; domain.md, Triage)."""

import pytest
from django.db import Error, transaction

from cercana.cases import commands
from cercana.cases.commands import Reception
from cercana.cases.errors import ClaimTypeMismatch, NotOnTheSpot
from cercana.cases.models import Case, TriageRecord
from cercana.cases.recording import replaying_past
from cercana.rules.access import Role
from cercana.rules.classification import CaseClass, CriticalReason, CriticalState, RequestKind
from cercana.rules.critical_states import Proposal
from cercana.rules.triage.proposal import proposed_for
from tests.cases.danger import assert_replays, state
from tests.factories import NOW, PUBLIC, make_actor, make_answer, make_municipality, make_reception

GAS = "Buenas tardes. Huele a gas en mi edificio y nadie ha venido."


@pytest.fixture(autouse=True)
def municipality(db: None) -> object:
    return make_municipality()


def registered(reception: Reception) -> Case:
    return commands.register_case(reception, actor=PUBLIC, now=NOW)


class TestWhatTriageProposed:
    def test_is_kept_with_the_case(self) -> None:
        case = registered(make_reception(description=f"  {GAS}\n"))

        assert case.triage.proposed == proposed_for(GAS)
        assert case.triage.proposed_at == NOW

    def test_holds_none_of_the_words(self) -> None:
        case = registered(make_reception(description=GAS))

        stored = TriageRecord.objects.filter(case=case).values().get()
        assert "gas" not in repr(stored).lower()

    def test_is_never_changed(self) -> None:
        case = registered(make_reception())

        with pytest.raises(Error, match="Cannot update"), transaction.atomic():
            TriageRecord.objects.filter(case=case).update(kind="inquiry")

    def test_is_nothing_if_the_registration_is_refused(self) -> None:
        with pytest.raises(ClaimTypeMismatch):
            registered(make_reception(claim_type=None))

        assert not TriageRecord.objects.exists()


class TestDangerThatTriageSees:
    def test_is_registered_as_proposed_with_its_words(self) -> None:
        case = registered(make_reception(description=GAS))

        proposed = case.events.get(type="critical_proposed")
        assert state(case).critical_state is CriticalState.PROPOSED
        assert proposed.payload["reasons"] == [CriticalReason.HEALTH_SAFETY]
        assert proposed.sequence < case.events.get(type="registered").sequence
        assert_replays()

    def test_is_proposed_for_an_inquiry_too(self) -> None:
        reception = make_reception(
            kind=RequestKind.INQUIRY, description="¿A quién llamo si huele a gas en el pasadizo y me siento mareada?"
        )

        assert state(registered(reception)).critical_state is CriticalState.PROPOSED

    def test_joins_what_the_form_proposes(self) -> None:
        danger = Proposal((CriticalReason.RECURRENCE,), "Avisó dos veces.")

        case = registered(make_reception(description=GAS, danger=danger))

        assert case.events.get(type="critical_proposed").payload["reasons"] == [
            CriticalReason.RECURRENCE,
            CriticalReason.HEALTH_SAFETY,
        ]

    def test_is_none_in_a_harmless_text(self) -> None:
        assert state(registered(make_reception())).critical_state is CriticalState.NONE

    def test_is_marked_at_once_by_a_member_of_staff_who_says_so(self) -> None:
        agent = make_actor(Role.AGENT, "atencion_ciudadano")
        reception = make_reception(description=GAS, class_=CaseClass.CRITICAL)

        case = commands.register_case(reception, actor=agent, now=NOW)

        assert state(case).critical_state is CriticalState.MARKED
        assert case.events.get(type="critical_marked").actor == agent.signature

    def test_leaves_a_motive_that_is_always_critical_marked(self) -> None:
        case = registered(make_reception(description=GAS, category="violence_or_child"))

        assert state(case).critical_state is CriticalState.MARKED

    def test_is_not_solved_on_the_spot(self) -> None:
        with pytest.raises(NotOnTheSpot):
            commands.register_and_solve(
                make_reception(kind=RequestKind.INQUIRY, description=GAS),
                make_answer(),
                spoken_yes="Sí.",
                actor=make_actor(Role.AGENT, "atencion_ciudadano"),
                now=NOW,
            )

    def test_raises_nothing_in_a_past_that_is_told_again(self) -> None:
        with replaying_past(lambda _year: 41):
            case = registered(make_reception(description=GAS))

        assert state(case).critical_state is CriticalState.NONE
        assert case.triage.proposed.reasons == (CriticalReason.HEALTH_SAFETY,)
