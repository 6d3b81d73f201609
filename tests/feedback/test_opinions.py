import re
import uuid
from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from cercana.cases import commands as cases
from cercana.cases import queries as queries_of_cases
from cercana.cases.commands import AttendedCall
from cercana.cases.errors import CaseNotFound
from cercana.cases.models import Case, Event
from cercana.citizens.queries import profile, values_of
from cercana.conversation.mail import mail_of
from cercana.conversation.models import Delivery
from cercana.conversation.queries import Access, Purpose, token_for
from cercana.feedback import commands, queries
from cercana.feedback.commands import Aspect, GivenOpinion
from cercana.feedback.errors import MarkMissing, OpinionAlreadyGiven
from cercana.feedback.models import Opinion
from cercana.rules.access import Role
from cercana.rules.acts import Act
from cercana.rules.classification import TaskKind
from cercana.rules.history import EventType
from cercana.rules.lifecycle import Stage, StageRefused
from tests.factories import NOW, citizen_of, make_actor, make_case, make_person
from tests.jobs import work_off

LATER = NOW + timedelta(hours=3)
GOOD = GivenOpinion(4, {Aspect.TREATMENT: True, Aspect.TIME: False}, "Que escuchen desde el primer aviso")


def give(case: Case, opinion: GivenOpinion = GOOD) -> None:
    commands.give_opinion(number=case.number, opinion=opinion, actor=citizen_of(case), now=LATER)


def opinion_on(case: Case) -> GivenOpinion:
    """Return what is kept of the opinion on the case, with the line that is left of it."""
    kept = Opinion.objects.get(case=case)
    line = values_of([kept.line])[kept.line] if kept.line else ""
    return GivenOpinion(kept.mark, {Aspect(name): is_good for name, is_good in kept.aspects.items()}, line or "")


def path_for(case: Case) -> str:
    return f"/opinion/{token_for(Purpose.OPINION, Access(case.key, case.access_generation))}"


class TestGiveOpinion:
    def test_keeps_mark_aspects_and_line(self) -> None:
        case = make_case(Stage.CLOSED)
        give(case)

        assert opinion_on(case) == GOOD
        assert Event.objects.filter(case=case, type=EventType.OPINION_GIVEN).count() == 1
        assert GOOD.line not in str(list(Event.objects.values_list("payload", flat=True)))

    def test_takes_one_a_case(self) -> None:
        case = make_case(Stage.CLOSED)
        give(case)

        with pytest.raises(OpinionAlreadyGiven):
            give(case, GivenOpinion(1))

        assert queries.has_opinion(case.number)
        assert Event.objects.filter(case=case, type=EventType.OPINION_GIVEN).count() == 1

    def test_waits_for_the_closure(self) -> None:
        with pytest.raises(StageRefused):
            give(make_case(Stage.ANSWERED))

    @pytest.mark.parametrize("mark", [0, 6, -1])
    def test_takes_marks_from_one_to_five(self, mark: int) -> None:
        with pytest.raises(MarkMissing):
            give(make_case(Stage.CLOSED), GivenOpinion(mark))

    def test_is_taken_down_by_an_agent_who_had_nothing_to_do_with_the_case(self) -> None:
        agent, other = (make_actor(Role.AGENT, "atencion_ciudadano") for _ in range(2))
        case = make_case(Stage.CLOSED)
        call = AttendedCall(
            key=uuid.uuid4(), attended_by=agent.staff_id, answered_at=LATER, seconds=90, is_measured=True
        )
        cases.log_call(case_id=case.pk, call=call, now=LATER)
        told = queries_of_cases.cases_of_caller(other, case.citizen_id, now=LATER)
        assert [each.words for each in told] == [(Act.GIVE_OPINION,)]
        assert [each.words for each in queries_of_cases.cases_of_caller(agent, case.citizen_id, now=LATER)] == [()]

        with pytest.raises(CaseNotFound):
            commands.give_opinion(number=case.number, opinion=GOOD, actor=agent, now=LATER)
        commands.give_opinion(number=case.number, opinion=GOOD, actor=other, now=LATER)

        event = Event.objects.get(case=case, type=EventType.OPINION_GIVEN)
        assert (event.actor, event.on_behalf_of) == (other.signature, "citizen")
        assert [each.words for each in queries_of_cases.cases_of_caller(other, case.citizen_id, now=LATER)] == [()]

    def test_is_for_the_citizen_alone(self) -> None:
        case = make_case(Stage.CLOSED)

        for actor in (citizen_of(make_case(Stage.CLOSED)), make_actor(Role.SUPERVISOR, "obras_infraestructura")):
            with pytest.raises(CaseNotFound):
                commands.give_opinion(number=case.number, opinion=GOOD, actor=actor, now=LATER)

    @pytest.mark.parametrize(("mark", "tasks"), [(1, [TaskKind.LOW_OPINION]), (2, [TaskKind.LOW_OPINION]), (3, [])])
    def test_makes_a_low_mark_the_task_of_a_supervisor(self, mark: int, tasks: list[TaskKind]) -> None:
        case = make_case(Stage.CLOSED)
        give(case, GivenOpinion(mark))

        assert list(Case.objects.get(pk=case.pk).tasks.values_list("kind", flat=True)) == tasks

    def test_loses_its_line_when_the_person_is_erased(self) -> None:
        case = make_case(Stage.CLOSED)
        give(case)
        keeper = make_actor(Role.DATA_PROTECTION, "alcaldia")
        cases.erase_citizen(case.citizen_id, reason="lo pidió", actor=keeper, now=LATER)

        assert opinion_on(case) == replace(GOOD, line="")


class TestInvitation:
    def test_is_made_once_a_case(self) -> None:
        case = make_case(Stage.CLOSED, person=make_person(may_ask_opinion=True))
        work_off()
        boss = make_actor(Role.SUPERVISOR, "obras_infraestructura")
        cases.reopen(number=case.number, why="Volvió.", actor=boss, now=LATER)
        cases.withdraw(number=case.number, words="", actor=citizen_of(case), now=LATER)
        work_off()

        assert Delivery.objects.filter(asks_opinion=True).count() == 1

    def test_is_not_made_to_who_gave_an_opinion_on_their_own(self) -> None:
        case = make_case(Stage.CLOSED, person=make_person(may_ask_opinion=True))
        give(case)
        work_off()

        assert not Delivery.objects.filter(asks_opinion=True).exists()


class TestGivePage:
    def test_asks_and_does_nothing_on_its_own(self, client: Client) -> None:
        case = make_case(Stage.CLOSED)

        for _ in range(3):
            response = client.get(path_for(case))

        page = response.content.decode()
        assert response.status_code == 200
        assert "¿Cómo te atendimos, Rosa?" in page
        assert case.number in page
        assert len(re.findall(r'type="radio" name="nota"', page)) == 5
        # «no-referrer» would also take the origin from the form, which the CSRF check needs.
        assert response["Referrer-Policy"] == "same-origin"
        assert not Opinion.objects.exists()

    def test_keeps_what_was_sent_and_thanks(self, client: Client) -> None:
        case = make_case(Stage.CLOSED)

        answers = {"nota": "5", "trato": "bien", "tiempo": "mejorar", "linea": "Todo bien"}
        response = client.post(path_for(case), answers, follow=True)

        assert "Gracias por tu opinión" in response.content.decode()
        assert opinion_on(case) == GivenOpinion(5, {Aspect.TREATMENT: True, Aspect.TIME: False}, "Todo bien")

    def test_thanks_whoever_comes_back_and_changes_nothing(self, client: Client) -> None:
        case = make_case(Stage.CLOSED)
        client.post(path_for(case), {"nota": "5"})

        response = client.post(path_for(case), {"nota": "1"})

        assert "Gracias por tu opinión" in response.content.decode()
        assert Opinion.objects.get(case=case).mark == 5

    def test_asks_for_a_face_and_keeps_the_rest(self, client: Client) -> None:
        case = make_case(Stage.CLOSED)

        response = client.post(path_for(case), {"trato": "mejorar", "linea": "Me hicieron volver"})

        page = response.content.decode()
        assert response.status_code == 422
        assert "Elige una de las cinco caras." in page
        assert 'value="Me hicieron volver"' in page
        assert re.search(r'name="trato" value="mejorar"[^>]* checked', page)
        assert not Opinion.objects.exists()

    def test_refuses_what_is_no_link_of_ours(self, client: Client) -> None:
        case = make_case(Stage.CLOSED)
        stale = path_for(case)
        case_link = token_for(Purpose.CASE, Access(case.key, case.access_generation))
        cases.revoke_access(number=case.number, actor=citizen_of(case), now=LATER)

        for path in (stale, f"/opinion/{case_link}", "/opinion/nada"):
            assert client.get(path).status_code == 410

    def test_says_that_an_open_case_has_time(self, client: Client) -> None:
        response = client.get(path_for(make_case(Stage.ANSWERED)))

        assert response.status_code == 409
        assert "Tu caso está abierto" in response.content.decode()

    def test_needs_a_form_of_ours(self) -> None:
        case = make_case(Stage.CLOSED)

        response = Client(enforce_csrf_checks=True).post(path_for(case), {"nota": "1"})

        assert response.status_code == 403
        assert not Opinion.objects.exists()


class TestDecliningInvitations:
    def test_is_offered_to_mail_programs_by_the_letter_that_invites_and_by_no_other(self) -> None:
        case = make_case(Stage.CLOSED, person=make_person(may_ask_opinion=True))
        work_off()

        letters = Delivery.objects.filter(case=case).order_by("pk")
        offered = ["List-Unsubscribe" in mail_of(each).extra_headers for each in letters]

        assert offered == [each.asks_opinion for each in letters]
        assert offered.count(True) == 1

    def test_happens_at_one_click_and_not_when_a_program_only_looks(self, client: Client) -> None:
        case = make_case(Stage.CLOSED, person=make_person(may_ask_opinion=True))
        token = token_for(Purpose.NO_OPINION, Access(case.key, case.access_generation))
        programs = Client(enforce_csrf_checks=True)

        assert programs.get(f"/opinion/no-preguntar/{token}").status_code == 200
        assert profile(case.citizen_id).may_ask_opinion
        one_click = {"List-Unsubscribe": "One-Click"}
        assert programs.post(f"/opinion/no-preguntar/{token}", one_click).status_code == 200

        assert not profile(case.citizen_id).may_ask_opinion

    def test_is_not_open_to_the_other_links_of_a_case(self, client: Client) -> None:
        case = make_case(Stage.CLOSED, person=make_person(may_ask_opinion=True))
        access = Access(case.key, case.access_generation)

        for purpose in (Purpose.CASE, Purpose.OPINION):
            assert client.post(f"/opinion/no-preguntar/{token_for(purpose, access)}").status_code == 410
        assert profile(case.citizen_id).may_ask_opinion
