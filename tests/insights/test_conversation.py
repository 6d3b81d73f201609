"""The living figures of M2.1, M2.2 and M3.3, from what was written and registered."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from cercana.cases import commands
from cercana.insights.errors import FiguresRefused
from cercana.insights.queries import ConversationFigures, figures_of_conversation
from cercana.rules.access import Actor, Role
from cercana.rules.classification import Channel
from cercana.rules.lifecycle import Stage
from cercana.rules.writing.figures import WritingFigures
from tests.factories import NOW, make_actor, make_case, make_reception

WEEK = timedelta(days=7)
LATE = WritingFigures(ease=72, problems=(), apology_due=True, apologises=True, has_next_step=True)


@pytest.fixture
def analyst() -> Actor:
    return make_actor(Role.ANALYST, "alcaldia")


def figures(actor: Actor) -> ConversationFigures:
    return figures_of_conversation(actor, since=NOW - WEEK, until=NOW + WEEK)


class TestTheFigures:
    def test_count_what_was_written_with_its_apology_and_its_next_step(self, analyst: Actor) -> None:
        officer = make_actor(Role.AREA_OFFICER, "obras_infraestructura")
        case = make_case(Stage.IN_FOLLOW_UP, officer=officer)
        commands.write_to_citizen(
            number=case.number, text="Disculpe la demora. Vamos el lunes 30.", actor=officer, now=NOW, figures=LATE
        )

        found = figures(analyst)

        assert (found.messages, found.median_ease) == (1, 72)
        assert (found.share_of_apologies, found.share_of_next_steps) == (1, 1)

    def test_count_what_was_said_back_at_the_counter_and_by_telephone(self, analyst: Actor) -> None:
        agent = make_actor(Role.AGENT, "atencion_ciudadano")
        for channel, guide in ((Channel.COUNTER, ["escuchar", "aclarar"]), (Channel.PHONE, [])):
            commands.register_case(make_reception(channel=channel, guide=guide), actor=agent, now=NOW)
        make_case()

        found = figures(analyst)

        assert (found.conversations, found.read_backs) == (2, 1)

    def test_are_of_the_time_asked_for(self, analyst: Actor) -> None:
        agent = make_actor(Role.AGENT, "atencion_ciudadano")
        commands.register_case(make_reception(channel=Channel.PHONE), actor=agent, now=NOW)

        found = figures_of_conversation(analyst, since=NOW - 2 * WEEK, until=NOW - WEEK)

        assert found.conversations == 0

    def test_take_two_questions(self, analyst: Actor, django_assert_num_queries: DjangoAssertNumQueries) -> None:
        with django_assert_num_queries(2):
            figures(analyst)

    @pytest.mark.parametrize("role", [Role.AGENT, Role.AREA_OFFICER, Role.TRAINER])
    def test_are_not_for_everybody(self, role: Role) -> None:
        with pytest.raises(FiguresRefused):
            figures(make_actor(role, "atencion_ciudadano"))
