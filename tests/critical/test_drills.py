import pytest
from django.test import Client

from cercana.cases import commands as cases
from cercana.cases import queries
from cercana.cases.errors import DrillRestricted, DrillsRefused, NotADrill
from cercana.cases.models import Case
from cercana.cases.queries import critical_record, drills_of, verify_cases
from cercana.critical import commands
from cercana.rules.access import Role
from cercana.rules.lifecycle import Closure, Stage
from tests.critical.scenes import HOUR, MINUTE, Chain, alarms, make_chain, ring
from tests.factories import NOW, PUBLIC, make_actor, make_case, make_reception


@pytest.fixture
def chain() -> Chain:
    """Return the chain of the area that the exercises are for."""
    return make_chain()


def exercise(chain: Chain) -> Case:
    """Return an exercise that the head begins."""
    return cases.start_drill(
        category="pothole", story="Un muro se inclina.", place="Calle Lima 1", actor=chain.actor("head"), now=NOW
    )


class TestADrill:
    def test_rings_as_a_real_case_does(self, chain: Chain) -> None:
        case = exercise(chain)

        ring(case)

        assert alarms(case) == [("alarm_raised", [chain.duty.pk])]
        assert (case.stage, case.area_id) == (Stage.REFERRED, "obras_infraestructura")
        assert case.text.title == "SIMULACRO: Un muro se inclina."

    def test_enters_no_figure(self, chain: Chain) -> None:
        head = chain.actor("head")
        case = exercise(chain)
        assert queries.count_open() == 0

        cases.end_drill(number=case.number, actor=head, now=NOW + HOUR)

        case.refresh_from_db()
        assert (case.stage, case.closure) == (Stage.CLOSED, Closure.DRILL_OVER)
        assert critical_record(head, month=NOW - HOUR, day=NOW - HOUR).closed == 0
        assert not any(each.found for each in verify_cases())

    def test_makes_no_real_case_recurrent(self, chain: Chain) -> None:
        for _ in range(3):
            exercise(chain)

        real = cases.register_case(make_reception(place="Calle Lima 1"), actor=PUBLIC, now=NOW + HOUR)

        assert real.critical_proposed_at is None

    def test_is_begun_by_the_head_of_its_area_and_not_about_what_is_restricted(self, chain: Chain) -> None:
        other = make_actor(Role.SUPERVISOR, "fiscalizacion")
        with pytest.raises(DrillsRefused):
            cases.start_drill(category="pothole", story="Un muro.", place="", actor=other, now=NOW)
        with pytest.raises(DrillRestricted):
            cases.start_drill(category="violence_or_child", story="Un muro.", place="", actor=other, now=NOW)

    def test_ends_by_saying_so_and_a_real_case_does_not(self, chain: Chain) -> None:
        with pytest.raises(NotADrill):
            cases.end_drill(number=make_case(Stage.REFERRED).number, actor=chain.actor("head"), now=NOW)

    def test_is_reported_with_how_long_everything_took(self, chain: Chain) -> None:
        case, head = exercise(chain), chain.actor("head")
        ring(case)
        commands.acknowledge(number=case.number, way="wall", actor=head, now=NOW + 3 * MINUTE)
        cases.log_conversation(number=case.number, text="Fui.", means="phone", actor=head, now=NOW + HOUR)

        (drill,) = drills_of(head)

        assert (drill.number, drill.charge_after, drill.response_after) == (case.number, 3 * MINUTE, HOUR)


class TestThePage:
    def test_begins_a_drill_and_leads_to_its_case(self, client: Client, chain: Chain) -> None:
        client.force_login(chain.head)

        answer = client.post("/mesa/simulacros/", {"category": "pothole", "story": "Cae un muro.", "place": ""})

        case = Case.objects.get()
        assert (answer.status_code, answer["Location"]) == (302, f"/mesa/casos/{case.number}/")
        assert case.is_drill
        assert "Terminar el simulacro" in client.get(f"/mesa/casos/{case.number}/").content.decode()
        assert case.number in client.get("/mesa/simulacros/").content.decode()

    def test_keeps_what_was_typed_when_it_is_refused(self, client: Client, chain: Chain) -> None:
        client.force_login(chain.head)

        answer = client.post(
            "/mesa/simulacros/", {"category": "violence_or_child", "story": "Cae un muro.", "place": ""}
        )

        assert answer.status_code == 403
        assert "Cae un muro." in answer.content.decode()
        assert not Case.objects.exists()
