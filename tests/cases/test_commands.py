"""What each verb needs, refuses and leaves behind; the clocks are in test_clocks.py."""

from datetime import date, timedelta
from typing import Any

import pytest

from cercana.cases import commands
from cercana.cases.commands import NotificationResult
from cercana.cases.errors import (
    CaseNotFound,
    ChoiceUnknown,
    MergeRefused,
    TaskUnknown,
    TextMissing,
)
from cercana.cases.models import Attachment, Case, CaseText
from cercana.citizens.models import Citizen, ContactPoint, PersonalValue
from cercana.organization.errors import AreaUnknown
from cercana.rules.access import Actor, Role
from cercana.rules.lifecycle import AnswerIncomplete, Closure, Stage, StageRefused
from tests.factories import NOW, citizen_of, make_actor, make_answer, make_case

LATER = NOW + timedelta(hours=1)


def fresh(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def open_tasks(case: Case) -> list[str]:
    return list(fresh(case).tasks.filter(finished_at=None).values_list("kind", flat=True))


class TestRefer:
    def test_comes_back_in_one_step_with_the_reason(self, agent: Actor, officer: Actor) -> None:
        case = make_case()
        commands.refer(number=case.number, area="obras_infraestructura", actor=agent, now=LATER)
        commands.hand_back(number=case.number, reason="Es una obra privada.", actor=officer, now=LATER)

        assert (fresh(case).stage, fresh(case).area_id) == (Stage.REGISTERED, "atencion_ciudadano")
        commands.refer(number=case.number, area="fiscalizacion", reason="Obra privada", actor=agent, now=LATER)
        assert list(case.referrals.order_by("ordinal").values_list("area_id", "end")) == [
            ("obras_infraestructura", "handed_back"),
            ("fiscalizacion", ""),
        ]

    def test_needs_a_reason_the_second_time(self, agent: Actor, officer: Actor) -> None:
        case = make_case(Stage.REFERRED)

        with pytest.raises(TextMissing):
            commands.refer(number=case.number, area="fiscalizacion", actor=officer, now=LATER)

    def test_refuses_an_area_that_does_not_exist_today(self, agent: Actor) -> None:
        with pytest.raises(AreaUnknown):
            commands.refer(number=make_case().number, area="serenazgo", actor=agent, now=LATER)

    def test_can_be_undone_until_somebody_takes_it(self, officer: Actor) -> None:
        case = make_case(Stage.REFERRED)
        commands.undo_referral(number=case.number, actor=officer, now=LATER)
        taken = make_case(Stage.IN_FOLLOW_UP)

        assert fresh(case).stage == Stage.REGISTERED
        with pytest.raises(StageRefused):
            commands.undo_referral(number=taken.number, actor=officer, now=LATER)

    def test_of_many_tells_which_were_refused_and_why(self, agent: Actor) -> None:
        good, gone = make_case(), make_case(Stage.CLOSED)

        result = commands.refer_many(
            numbers=[good.number, gone.number, good.number],
            area="fiscalizacion",
            reason="",
            actor=agent,
            now=LATER,
        )

        assert result.done == (good.number,)
        assert [number for number, _ in result.refused] == [gone.number]


class TestAssign:
    def test_gives_the_case_to_somebody_of_its_area(self, head: Actor, officer: Actor) -> None:
        case = make_case(Stage.REFERRED)
        assert officer.staff_id is not None

        commands.assign(number=case.number, owner=officer.staff_id, actor=head, now=LATER)

        assert (fresh(case).owner_id, fresh(case).stage) == (officer.staff_id, Stage.IN_FOLLOW_UP)

    def test_refuses_a_stranger(self, head: Actor, agent: Actor) -> None:
        assert agent.staff_id is not None
        with pytest.raises(CaseNotFound):
            commands.assign(number=make_case(Stage.REFERRED).number, owner=agent.staff_id, actor=head, now=LATER)


class TestAnswerCase:
    def test_refuses_an_answer_that_does_not_say_what_follows(self, officer: Actor) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer)

        with pytest.raises(AnswerIncomplete):
            commands.answer_case(number=case.number, answer=make_answer(next_step=""), actor=officer, now=LATER)

        assert fresh(case).stage == Stage.IN_FOLLOW_UP
        assert not PersonalValue.objects.filter(kind="answer").exists()

    def test_cannot_come_before_somebody_takes_the_case(self, officer: Actor) -> None:
        case = make_case(Stage.REFERRED)

        with pytest.raises(StageRefused):
            commands.answer_case(number=case.number, answer=make_answer(), actor=officer, now=LATER)


class TestReceiveMessage:
    def test_on_a_closed_case_reopens_nothing_and_asks_somebody_to_read_it(self) -> None:
        case = make_case(Stage.CLOSED)

        commands.receive_message(number=case.number, text="Gracias", channel="app", actor=citizen_of(case), now=LATER)

        assert fresh(case).stage == Stage.CLOSED
        assert open_tasks(case) == ["read_message"]


class TestRequestInterpreter:
    def test_asks_for_a_language_of_the_list_and_for_nothing_else(self) -> None:
        case = make_case()
        agent = make_actor(Role.AGENT, "atencion_ciudadano")

        for typed in ("Quechua de Puno, y la señora se llama Rosa", "", "es"):
            with pytest.raises(ChoiceUnknown):
                commands.request_interpreter(number=case.number, language=typed, actor=agent, now=NOW)
        commands.request_interpreter(number=case.number, language="qu", actor=agent, now=NOW)

        assert [each.payload for each in case.events.filter(type="interpreter_requested")] == [{"language": "qu"}]
        assert case.tasks.filter(kind="interpreter").count() == 1


class TestMerge:
    def test_refuses_itself_a_chain_and_what_is_over(self, officer: Actor) -> None:
        first, second, third = (make_case(Stage.IN_FOLLOW_UP, officer=officer) for _ in range(3))
        commands.merge(absorbed=first.number, main=second.number, actor=officer, now=LATER)

        for absorbed, main in ((third, third), (third, first), (second, third)):
            with pytest.raises(MergeRefused):
                commands.merge(absorbed=absorbed.number, main=main.number, actor=officer, now=LATER)

    def test_lets_a_contest_of_the_absorbed_case_go_its_own_way(self, officer: Actor) -> None:
        absorbed, main = (make_case(Stage.IN_FOLLOW_UP, officer=officer) for _ in range(2))
        commands.merge(absorbed=absorbed.number, main=main.number, actor=officer, now=LATER)
        commands.answer_case(number=main.number, answer=make_answer(), actor=officer, now=LATER)

        commands.contest(number=absorbed.number, why="En mi cuadra no.", actor=citizen_of(absorbed), now=LATER)

        assert (fresh(absorbed).stage, fresh(absorbed).merged_into) == (Stage.IN_FOLLOW_UP, "")
        assert fresh(main).stage == Stage.ANSWERED


class TestForwardOutside:
    def test_stays_open_until_the_person_is_told(self, officer: Actor) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer)
        with pytest.raises(TextMissing):
            commands.tell_forwarded(number=case.number, answer=make_answer(), actor=officer, now=LATER)

        commands.forward_outside(number=case.number, entity="SEDAPAL", proof="Carta 12", actor=officer, now=LATER)
        assert fresh(case).stage == Stage.IN_FOLLOW_UP

        commands.tell_forwarded(number=case.number, answer=make_answer(), actor=officer, now=LATER)
        assert fresh(case).stage == Stage.ANSWERED


class TestAbstain:
    def test_freezes_the_person_and_lets_the_superior_name_another(self, officer: Actor, head: Actor) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer)
        other = make_actor(Role.AREA_OFFICER, "obras_infraestructura")
        assert officer.staff_id is not None

        commands.abstain(number=case.number, cause="family", text="Es mi primo.", actor=officer, now=LATER)
        with pytest.raises(CaseNotFound):
            commands.add_note(number=case.number, text="Una nota.", actor=officer, now=LATER)
        commands.decide_abstention(
            number=case.number, staff=officer.staff_id, granted=True, owner=other.staff_id, actor=head, now=LATER
        )

        assert fresh(case).owner_id == other.staff_id
        assert open_tasks(case) == []

    def test_refused_gives_the_rights_back(self, officer: Actor, head: Actor) -> None:
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer)
        assert officer.staff_id is not None
        commands.abstain(number=case.number, cause="family", text="Es mi primo.", actor=officer, now=LATER)

        commands.decide_abstention(
            number=case.number, staff=officer.staff_id, granted=False, owner=None, actor=head, now=LATER
        )

        commands.add_note(number=case.number, text="Una nota.", actor=officer, now=LATER)
        assert case.events.filter(type="noted").exists()


class TestNotify:
    def test_ends_a_legal_case_when_it_is_received(self) -> None:
        officer = make_actor(Role.AREA_OFFICER, "atencion_ciudadano")
        case = make_case(Stage.ANSWERED, officer=officer, category="poor_attention", complained_area="fiscalizacion")
        commands.notify(number=case.number, means="email", authorised=True, actor=officer, now=LATER)

        commands.record_notification(number=case.number, result=NotificationResult.RECEIVED, actor=officer, now=LATER)

        assert (fresh(case).stage, fresh(case).closure) == (Stage.CLOSED, Closure.NOTIFIED)

    def test_that_failed_opens_the_task_to_notify_in_person(self) -> None:
        officer = make_actor(Role.AREA_OFFICER, "atencion_ciudadano")
        case = make_case(Stage.ANSWERED, officer=officer, category="poor_attention", complained_area="fiscalizacion")

        commands.record_notification(number=case.number, result=NotificationResult.FAILED, actor=officer, now=LATER)

        assert "notify_in_person" in open_tasks(case)
        assert fresh(case).stage == Stage.ANSWERED


class TestRecordPlatformCode:
    def test_ends_the_task_of_the_responsible(self) -> None:
        officer = make_actor(Role.AREA_OFFICER, "atencion_ciudadano")
        case = make_case(
            Stage.IN_FOLLOW_UP, officer=officer, category="poor_attention", complained_area="fiscalizacion"
        )
        assert open_tasks(case) == ["move_to_platform"]

        commands.record_platform_code(
            number=case.number, code="R-2026-77", day=date(2026, 11, 24), actor=officer, now=LATER
        )

        assert (fresh(case).platform_code, open_tasks(case)) == ("R-2026-77", [])

    def test_is_done_by_the_intake_desk_until_referral_and_by_the_area_after(self) -> None:
        agent = make_actor(Role.AGENT, "atencion_ciudadano")
        officer = make_actor(Role.AREA_OFFICER, "obras_infraestructura")
        given: dict[str, Any] = {"code": "R-2026-77", "day": date(2026, 11, 24), "now": LATER}
        before, after = (make_case(stage, legal_nature="formal_claim") for stage in (Stage.REGISTERED, Stage.REFERRED))

        for actor, case in ((agent, after), (officer, before)):
            with pytest.raises(CaseNotFound):
                commands.record_platform_code(number=case.number, actor=actor, **given)
        commands.record_platform_code(number=before.number, actor=agent, **given)
        commands.record_platform_code(number=after.number, actor=officer, **given)

        assert open_tasks(before) == open_tasks(after) == []


class TestFinishTask:
    def test_refuses_one_that_is_not_open(self, officer: Actor) -> None:
        with pytest.raises(TaskUnknown):
            commands.finish_task(number=make_case(Stage.IN_FOLLOW_UP).number, ordinal=99, actor=officer, now=LATER)


class TestEraseCitizen:
    def test_leaves_the_facts_without_words(self, officer: Actor) -> None:
        case = make_case(Stage.ANSWERED, officer=officer)
        Attachment.objects.create(
            case=case, name="dni.jpg", content_type="image/jpeg", size=1, sha256="0" * 64, added_at=NOW
        )
        keeper = make_actor(Role.DATA_PROTECTION, "alcaldia")

        assert commands.erase_citizen(case.citizen_id, reason="lo pidió", actor=keeper, now=LATER) == 1

        values = PersonalValue.objects.filter(subject_id=case.citizen_id)
        assert values.exists()
        assert not values.exclude(value="", salt=None).exists()
        assert not ContactPoint.objects.filter(citizen_id=case.citizen_id).exists()
        assert Citizen.objects.get(key=case.citizen_id).name == ""
        assert CaseText.objects.get(case=case).title == ""
        assert Attachment.objects.get(case=case).name == ""
        assert fresh(case).stage == Stage.ANSWERED

    def test_is_refused_to_everybody_else(self, head: Actor) -> None:
        case = make_case()

        with pytest.raises(CaseNotFound):
            commands.erase_citizen(case.citizen_id, reason="no", actor=head, now=LATER)

        assert Citizen.objects.get(key=case.citizen_id).name

    def test_is_refused_to_the_officer_who_is_complained_of(self) -> None:
        case = make_case(category="poor_attention")
        keeper, other = (make_actor(Role.DATA_PROTECTION, "alcaldia") for _ in range(2))
        Case.objects.filter(pk=case.pk).update(complained_staff_id=keeper.staff_id)

        with pytest.raises(CaseNotFound):
            commands.erase_citizen(case.citizen_id, reason="no", actor=keeper, now=LATER)

        assert commands.erase_citizen(case.citizen_id, reason="lo pidió", actor=other, now=LATER) == 1
