import pytest

from cercana.rules.acts import Act
from cercana.rules.lifecycle import (
    TRANSITIONS,
    AnswerIncomplete,
    AnswerParts,
    Stage,
    StageRefused,
    check_answer,
    check_stage,
    fits,
)

RECEIVED, REGISTERED, REFERRED = Stage.RECEIVED, Stage.REGISTERED, Stage.REFERRED
FOLLOWED, ANSWERED, CLOSED = Stage.IN_FOLLOW_UP, Stage.ANSWERED, Stage.CLOSED
READS = {Act.VIEW, Act.VIEW_PERSONAL, Act.VIEW_SENSITIVE, Act.READ_OPINION, Act.SHOW_CODE}

# domain.md, Lifecycle: every verb that moves a case, from each stage that allows it.
MOVES = {
    (Act.REGISTER, RECEIVED): REGISTERED,
    (Act.SOLVE_ON_THE_SPOT, REGISTERED): CLOSED,
    (Act.REFER, REGISTERED): REFERRED,
    (Act.REFER, REFERRED): REFERRED,
    (Act.REFER, FOLLOWED): REFERRED,
    (Act.HAND_BACK, REFERRED): REGISTERED,
    (Act.HAND_BACK, FOLLOWED): REGISTERED,
    (Act.UNDO_REFERRAL, REFERRED): REGISTERED,
    (Act.TAKE, REFERRED): FOLLOWED,
    (Act.TAKE, FOLLOWED): FOLLOWED,
    (Act.ASSIGN, REFERRED): FOLLOWED,
    (Act.ASSIGN, FOLLOWED): FOLLOWED,
    (Act.ANSWER, FOLLOWED): ANSWERED,
    (Act.TELL_FORWARDED, FOLLOWED): ANSWERED,
    (Act.CONFIRM, ANSWERED): CLOSED,
    (Act.AGREE_TO_CLOSURE, ANSWERED): CLOSED,
    (Act.CONTEST, ANSWERED): FOLLOWED,
    (Act.CLOSE_WITHOUT_CONFIRMATION, ANSWERED): CLOSED,
    (Act.WITHDRAW, RECEIVED): CLOSED,
    (Act.WITHDRAW, REGISTERED): CLOSED,
    (Act.WITHDRAW, REFERRED): CLOSED,
    (Act.WITHDRAW, FOLLOWED): CLOSED,
    (Act.WITHDRAW, ANSWERED): CLOSED,
    (Act.REOPEN, CLOSED): FOLLOWED,
    # An exercise ends wherever it stands.
    **dict.fromkeys(((Act.END_DRILL, stage) for stage in (RECEIVED, REGISTERED, REFERRED, FOLLOWED, ANSWERED)), CLOSED),
}


class TestTransitions:
    def test_move_a_case_exactly_as_the_table_of_the_domain_says(self) -> None:
        moves = {
            (act, stage): transition.target
            for act, transition in TRANSITIONS.items()
            for stage in transition.sources
            if transition.target is not None
        }

        assert moves == MOVES

    def test_cover_every_act_that_changes_a_case(self) -> None:
        assert set(TRANSITIONS) == set(Act) - READS

    def test_never_let_an_answer_skip_the_follow_up(self) -> None:
        assert [stage for stage in Stage if fits(Act.ANSWER, stage)] == [FOLLOWED]


class TestCheckStage:
    def test_refuses_what_does_not_fit_with_the_stage_in_words(self) -> None:
        with pytest.raises(StageRefused, match="«Cierre»"):
            check_stage(Act.ANSWER, CLOSED, number="SI-2026-000001-C")

    def test_accepts_what_fits(self) -> None:
        check_stage(Act.REOPEN, CLOSED, number="SI-2026-000001-C")


class TestCheckAnswer:
    def test_names_every_missing_part(self) -> None:
        with pytest.raises(AnswerIncomplete, match="qué sigue, para cuándo"):
            check_answer(AnswerParts("Tapamos el bache.", " ", ""))

    def test_accepts_three_parts(self) -> None:
        check_answer(AnswerParts("Tapamos el bache.", "Lo revisamos.", "El viernes."))
