from datetime import datetime, timedelta

import pytest

from cercana.cases import commands as cases
from cercana.cases.models import Case, Event
from cercana.conversation.letters import State
from cercana.conversation.models import Delivery
from cercana.feedback.commands import Asked, ask_for_confirmations
from cercana.rules.access import Role
from cercana.rules.classification import CaseClass
from cercana.rules.history import EventType
from cercana.rules.lifecycle import Closure, Stage
from cercana.rules.promises import to_lima
from tests.factories import NOW, citizen_of, make_actor, make_case, make_person
from tests.jobs import work_off


def lima(text: str) -> datetime:
    return to_lima(datetime.fromisoformat(text))


# The answer is of a Monday.
TUESDAY, WEDNESDAY, THURSDAY = lima("2026-11-24T09:00"), lima("2026-11-25T09:00"), lima("2026-11-26T09:00")


@pytest.fixture
def answered() -> Case:
    case = make_case(Stage.ANSWERED)
    work_off()
    return case


def attempts() -> int:
    return Event.objects.filter(type=EventType.CONFIRMATION_ATTEMPTED).count()


class TestAskForConfirmations:
    def test_reminds_on_two_days_and_closes_on_the_third(self, answered: Case) -> None:
        done = [ask_for_confirmations(now=now) for now in (NOW, TUESDAY, WEDNESDAY, THURSDAY)]

        assert done == [Asked(), Asked(reminded=1), Asked(reminded=1), Asked(closed=1)]
        case = Case.objects.get(pk=answered.pk)
        assert (case.stage, case.closure) == (Stage.CLOSED, Closure.WITHOUT_CONFIRMATION)

    def test_sends_each_reminder_with_the_day_of_closing(self, answered: Case) -> None:
        ask_for_confirmations(now=TUESDAY)
        work_off()

        letter = Delivery.objects.latest("pk")
        assert letter.kind == "reminder"
        assert "lo cerraremos a partir del jueves 26 de noviembre" in str(letter.blocks)

    def test_adds_nothing_when_it_runs_again(self, answered: Case) -> None:
        for hour in range(5):
            ask_for_confirmations(now=TUESDAY + timedelta(hours=hour))

        assert attempts() == 1

    @pytest.mark.parametrize(
        "now", ["2026-11-24T06:59", "2026-11-24T20:00", "2026-11-28T10:00", "2026-12-08T10:00"], ids=str
    )
    def test_disturbs_nobody_at_night_nor_on_days_off(self, answered: Case, now: str) -> None:
        assert ask_for_confirmations(now=lima(now)) == Asked()

    def test_asks_nobody_who_has_said_something(self) -> None:
        for reply in (cases.confirm, cases.contest):
            case = make_case(Stage.ANSWERED)
            work_off()
            words = {"why": "No."} if reply is cases.contest else {}
            reply(number=case.number, actor=citizen_of(case), now=NOW + timedelta(hours=1), **words)

        assert ask_for_confirmations(now=TUESDAY) == Asked()

    def test_leaves_critical_cases_to_a_voice(self) -> None:
        make_case(Stage.ANSWERED, class_=CaseClass.CRITICAL)
        work_off()

        assert [ask_for_confirmations(now=now) for now in (TUESDAY, WEDNESDAY, THURSDAY)] == [Asked()] * 3

    def test_leaves_to_the_staff_whom_no_mail_reaches(self) -> None:
        make_case(Stage.ANSWERED, person=make_person(contacts=(), no_contact_reason="no quiso"))
        work_off()

        assert ask_for_confirmations(now=TUESDAY) == Asked()

    @pytest.mark.parametrize("state", [State.FAILED, State.QUEUED])
    def test_reminds_nobody_whose_answer_has_not_arrived(self, answered: Case, state: State) -> None:
        Delivery.objects.update(state=state)

        assert ask_for_confirmations(now=TUESDAY) == Asked()

    def test_counts_the_attempts_of_the_staff(self) -> None:
        officer = make_actor(Role.AREA_OFFICER, "obras_infraestructura")
        person = make_person(contacts=(), no_contact_reason="no quiso")
        case = make_case(Stage.ANSWERED, officer=officer, person=person)
        for now in (TUESDAY, WEDNESDAY):
            cases.attempt_confirmation(number=case.number, means="phone", result="no contesta", actor=officer, now=now)

        assert ask_for_confirmations(now=WEDNESDAY + timedelta(hours=1)) == Asked()
        assert ask_for_confirmations(now=THURSDAY) == Asked(closed=1)
