"""Section 3 of the manual: the types of claims and the stages they go through."""

from datetime import timedelta

import pytest

from cercana.cases import commands
from cercana.cases.errors import ClaimTypeMismatch
from cercana.cases.models import Case
from cercana.rules.access import Role
from cercana.rules.classification import ClaimType, RequestKind
from cercana.rules.lifecycle import Stage
from tests.factories import NOW, PUBLIC, citizen_of, make_actor, make_answer, make_case, make_reception


def stage_of(number: str) -> str:
    return Case.objects.get(number=number).stage


class TestTypesOfClaims:
    @pytest.mark.parametrize(
        "claim_type",
        [
            pytest.param(ClaimType.POOR_SERVICE, id="M3.1a"),
            pytest.param(ClaimType.DELAY, id="M3.1b"),
            pytest.param(ClaimType.ERROR, id="M3.1c"),
        ],
    )
    def test_m3_1_every_claim_carries_one_of_three_types(self, claim_type: ClaimType) -> None:
        case = commands.register_case(make_reception(claim_type=claim_type), actor=PUBLIC, now=NOW)

        assert case.claim_type == claim_type

    def test_m3_1_a_claim_without_type_or_an_inquiry_with_one_is_refused(self) -> None:
        for given in ({"claim_type": None}, {"kind": RequestKind.INQUIRY, "claim_type": ClaimType.DELAY}):
            with pytest.raises(ClaimTypeMismatch):
                commands.register_case(make_reception(**given), actor=PUBLIC, now=NOW)


class TestStages:
    def test_m3_2a_reception_starts_the_clock_at_the_moment_it_reached_the_channel(self) -> None:
        reached = NOW - timedelta(hours=3)

        case = commands.register_case(
            make_reception(category="noise", received_at=reached, source="cabecera del correo"), actor=PUBLIC, now=NOW
        )

        assert case.received_at == reached
        assert case.clocks.get().due_at == reached + timedelta(hours=48)

    def test_m3_2b_registration_issues_the_number(self) -> None:
        case = commands.register_case(make_reception(), actor=PUBLIC, now=NOW)

        assert case.stage == Stage.REGISTERED
        assert case.number.startswith("SI-2026-")

    def test_m3_2c_a_wrong_referral_comes_back_in_one_step(self) -> None:
        case = make_case(Stage.REFERRED)
        officer = make_actor(Role.AREA_OFFICER, "obras_infraestructura")

        commands.hand_back(number=case.number, reason="Es de otra área.", actor=officer, now=NOW + timedelta(hours=1))

        assert stage_of(case.number) == Stage.REGISTERED

    def test_m3_2d_follow_up_has_an_owner_and_dated_actions(self) -> None:
        officer = make_actor(Role.AREA_OFFICER, "obras_infraestructura")
        case = make_case(Stage.REFERRED)
        commands.take(number=case.number, actor=officer, now=NOW + timedelta(hours=1))
        commands.record_action(
            number=case.number, text="Se midió el bache.", actor=officer, now=NOW + timedelta(hours=2)
        )

        followed = Case.objects.get(pk=case.pk)
        action = followed.events.get(type="acted")
        assert (followed.stage, followed.owner_id) == (Stage.IN_FOLLOW_UP, officer.staff_id)
        assert (action.occurred_at, action.actor) == (NOW + timedelta(hours=2), officer.signature)

    def test_m3_2e_the_answer_is_an_event_of_its_own_with_three_parts(self) -> None:
        officer = make_actor(Role.AREA_OFFICER, "obras_infraestructura")
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer)

        commands.answer_case(number=case.number, answer=make_answer(), actor=officer, now=NOW + timedelta(hours=1))

        payload = case.events.get(type="answered").payload
        assert stage_of(case.number) == Stage.ANSWERED
        assert {"done", "next_step", "by_when"} <= payload.keys()

    def test_m3_2_every_stage_keeps_its_time_and_author(self) -> None:
        case = make_case(Stage.ANSWERED)
        commands.confirm(number=case.number, actor=citizen_of(case), now=NOW + timedelta(days=1))

        stages = ["received", "registered", "referred", "taken", "answered", "confirmed", "closed"]
        history = list(case.events.order_by("sequence").values_list("type", "occurred_at", "actor"))
        assert [type_ for type_, _, _ in history] == stages
        assert all(actor for _, _, actor in history)
        assert [at for _, at, _ in history] == sorted(at for _, at, _ in history)
