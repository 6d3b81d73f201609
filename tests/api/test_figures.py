"""Figures of the service and what a change of the calendar moves are in the API for the same people as on the desk."""

import uuid
from datetime import timedelta

from django.utils import timezone

from cercana.accounts.queries import actor_for
from cercana.cases import commands
from cercana.cases.models import AccessRecord, Event
from cercana.organization.models import AddedDay
from cercana.rules.access import Role
from cercana.rules.history import EventType
from cercana.rules.promises import to_lima
from tests.api.calling import connect
from tests.factories import make_case, make_user

GAS = "Buenas tardes. Huele a gas en mi edificio y nadie ha venido."


def _add_holiday() -> None:
    """Add a holiday on the first working day after today, from which every promise of days counts."""
    day = to_lima(timezone.now()).date() + timedelta(days=1)
    while day.weekday() > 4:
        day += timedelta(days=1)
    AddedDay.objects.create(day=day, kind="local", name="Aniversario", norm="Ordenanza 1")


class TestTheQualityOfTriage:
    def test_counts_what_was_corrected_and_names_the_case(self) -> None:
        now = timezone.now()
        case = make_case(description=GAS, now=now)
        agent = actor_for(make_user(Role.AGENT, "atencion_ciudadano"), now)
        commands.reject_critical(number=case.number, reason="Ya vinieron.", actor=agent, now=now)
        head = connect(make_user(Role.SUPERVISOR, "alcaldia"))

        quality = head.get("/triage/quality?decision=critical").json

        assert quality["total"] == 1
        assert quality["by_decision"]["critical"]["corrected"] == 1
        assert [(each["number"], each["decision"]) for each in quality["corrections"]] == [(case.number, "critical")]
        assert AccessRecord.objects.filter(detail="triage", numbers=[case.number]).exists()

    def test_is_for_who_measures_it(self) -> None:
        agent = connect(make_user(Role.AGENT, "atencion_ciudadano"))

        assert agent.get("/triage/quality").status == 403


class TestTheCalendar:
    def test_moves_open_promises_once(self) -> None:
        case, administrator = make_case(now=timezone.now()), connect(make_user(Role.ADMINISTRATOR, "alcaldia"))
        _add_holiday()
        seen, key = administrator.get("/calendar/moved-promises").json, str(uuid.uuid4())
        order = {"why": "Aniversario de la ciudad.", "calendar": seen["calendar"]}

        for _ in range(2):
            moved = administrator.post("/calendar/moved-promises", order, key=key)

        assert ([each["number"] for each in seen["promises"]], seen["citizens"]) == ([case.number], 1)
        assert (moved.status, moved.json) == (200, {"is_done": True})
        assert Event.objects.filter(case=case, type=EventType.PROMISE_MOVED).count() == 1
        assert administrator.get("/calendar/moved-promises").json["promises"] == []

    def test_that_changed_since_is_looked_at_again(self) -> None:
        make_case(now=timezone.now())
        administrator = connect(make_user(Role.ADMINISTRATOR, "alcaldia"))
        seen = administrator.get("/calendar/moved-promises").json
        _add_holiday()

        refused = administrator.post("/calendar/moved-promises", {"why": "Feriado.", "calendar": seen["calendar"]})

        assert (refused.status, refused.json["code"]) == (409, "api.calendar_passed")

    def test_is_shut_to_who_does_not_edit_it(self) -> None:
        head = connect(make_user(Role.SUPERVISOR, "alcaldia"))

        assert head.get("/calendar/moved-promises").status == 403
