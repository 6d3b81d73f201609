"""What the citizen is promised while danger is looked at, once it is confirmed, and once it is not (M5.2b)."""

from datetime import timedelta

import pytest

from cercana.accounts.models import DutyShift
from cercana.accounts.queries import actor_for
from cercana.cases import commands
from cercana.conversation.models import Delivery
from cercana.rules.access import Actor, Role
from cercana.rules.classification import CaseClass, CriticalReason
from cercana.rules.critical_states import Proposal
from cercana.rules.lifecycle import Stage
from tests.factories import NOW, make_actor, make_case, make_reception, make_user
from tests.jobs import work_off

DANGER = Proposal((CriticalReason.HEALTH_SAFETY,), "huele a gas")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def agent() -> Actor:
    return make_actor(Role.AGENT, "atencion_ciudadano")


def letters() -> list[Delivery]:
    work_off()
    return list(Delivery.objects.order_by("id"))


def kinds() -> list[str]:
    return [letter.kind for letter in letters()]


def words_of(letter: Delivery) -> str:
    return "\n".join(block["text"] for block in letter.blocks)


class TestTheReceiptOfAProposedCase:
    def test_says_that_somebody_looks_now_and_promises_no_hours(self) -> None:
        make_case(danger=DANGER)

        [receipt] = letters()

        assert receipt.kind == "receipt_proposed"
        assert "Lo estamos revisando ahora por posible peligro." in words_of(receipt)
        assert not any(words in words_of(receipt) for words in ("2 horas", "24 horas", "Tenemos hasta"))

    def test_is_followed_by_the_hours_once_confirmed(self, agent: Actor) -> None:
        case = make_case(danger=DANGER)
        commands.confirm_critical(number=case.number, actor=agent, now=NOW + MINUTE)

        promised = letters()[-1]

        assert promised.kind == "receipt_critical"
        assert "te responderá antes del lunes 23 de noviembre a las 12:00" in words_of(promised)

    def test_is_followed_by_the_hours_once_nobody_answered(self) -> None:
        make_case(danger=DANGER)
        commands.mark_unanswered(now=NOW + 15 * MINUTE)

        assert kinds() == ["receipt_proposed", "receipt_critical"]

    def test_is_followed_by_the_promise_of_the_category_once_rejected(self, agent: Actor) -> None:
        case = make_case(danger=DANGER)
        commands.reject_critical(number=case.number, reason="Solo pregunta.", actor=agent, now=NOW + MINUTE)

        promised = letters()[-1]

        assert promised.kind == "receipt"
        assert "hasta el final del lunes 30 de noviembre" in words_of(promised)

    def test_is_not_followed_by_letters_that_repeat_a_promise(self) -> None:
        make_case(Stage.IN_FOLLOW_UP, danger=DANGER)

        assert kinds() == ["receipt_proposed"]

    def test_is_one_letter_when_the_agent_confirms_while_registering(self, agent: Actor) -> None:
        reception = make_reception(danger=DANGER, class_=CaseClass.CRITICAL)
        commands.register_case(reception, actor=agent, now=NOW)

        assert kinds() == ["receipt_critical"]


class TestLater:
    def test_a_proposal_is_not_told_before_it_is_confirmed(self, agent: Actor) -> None:
        case = make_case()
        commands.propose_critical(number=case.number, proposal=DANGER, actor=agent, now=NOW + MINUTE)
        assert kinds() == ["receipt"]

        commands.confirm_critical(number=case.number, actor=agent, now=NOW + 2 * MINUTE)
        assert kinds() == ["receipt", "receipt_critical"]

    def test_a_rejection_changes_nothing_the_person_was_told(self, agent: Actor) -> None:
        case = make_case()
        commands.propose_critical(number=case.number, proposal=DANGER, actor=agent, now=NOW + MINUTE)
        commands.reject_critical(number=case.number, reason="No.", actor=agent, now=NOW + 2 * MINUTE)

        assert kinds() == ["receipt"]

    def test_the_new_promise_of_a_case_taken_back_is_told(self) -> None:
        user = make_user(Role.DUTY_OFFICER, "alcaldia")
        DutyShift.objects.create(user=user, starts_at=NOW, ends_at=NOW + timedelta(days=1))
        head = make_actor(Role.SUPERVISOR, "obras_infraestructura")
        case = make_case(Stage.IN_FOLLOW_UP, class_=CaseClass.CRITICAL)
        at = NOW + timedelta(hours=1)
        commands.ask_lowering(number=case.number, reason="Se cerró.", actor=head, now=at)
        commands.decide_lowering(number=case.number, granted=True, reason="", actor=actor_for(user, at), now=at)

        assert kinds()[-1] == "promise_moved"
