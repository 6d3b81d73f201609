import pytest

from cercana.rules.conversation_figures import conversation_figures
from cercana.rules.writing.figures import WritingFigures


def message(ease: int = 70, *, due: bool = False, given: bool = False, next_step: bool = True) -> WritingFigures:
    return WritingFigures(ease=ease, problems=(), apology_due=due, apologises=given, has_next_step=next_step)


class TestTheFigures:
    def test_are_shares_of_what_was_due(self) -> None:
        found = conversation_figures(
            [message(50), message(60, due=True), message(90, due=True, given=True, next_step=False)],
            [("escuchar", "aclarar"), ("escuchar",), (), ("aclarar",)],
        )

        assert found.median_ease == 60
        assert found.share_of_apologies == 0.5
        assert found.share_of_next_steps == pytest.approx(2 / 3)
        assert found.share_of_read_backs == 0.5

    def test_say_nothing_where_nothing_was_written_or_said(self) -> None:
        found = conversation_figures([], [])

        assert found.median_ease is None
        assert found.share_of_apologies is found.share_of_next_steps is found.share_of_read_backs is None
