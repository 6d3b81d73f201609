"""«Necesito apoyo» through the API: the supervisor called once, what happened, and who goes."""

import uuid

import pytest

from cercana.accounts.models import User
from cercana.rules.access import Role
from cercana.workplace.models import SupportCall
from tests.api.calling import System, connect
from tests.factories import make_user

SAID = "Me gritó que no sirvo para nada."


@pytest.fixture
def agent() -> System:
    return connect(make_user(Role.AGENT, "atencion_ciudadano", name="Rosa Huamán"))


@pytest.fixture
def head() -> User:
    return make_user(Role.SUPERVISOR, "atencion_ciudadano", name="Marta León")


class TestSupport:
    def test_is_called_once_and_answered(self, agent: System, head: User) -> None:
        supervisor, key = connect(head), str(uuid.uuid4())

        before = agent.get("/support?counter=true").json
        for _ in range(2):
            called = agent.post("/support/call", {"place": "counter"}, key=key)
        agent.post("/support/call", {"place": "counter"})
        heard = supervisor.get("/support/incidents").json
        supervisor.post(f"/support/calls/{heard['ringing'][0]}/answer")
        after = agent.get("/support").json["call"]

        assert (before["supervisors"], before["call"], called.status) == (["Marta León"], None, 201)
        assert before["say"]
        assert (SupportCall.objects.count(), heard["calls"][0]["name"]) == (1, "Rosa Huamán")
        assert after["answered_by"] == "Marta León"
        assert supervisor.get("/support/incidents").json["ringing"] == []

    def test_keeps_what_happened_for_supervisors(self, agent: System, head: User) -> None:
        noted = agent.post("/support/incidents", {"hurt": "A mí", "said": SAID, "place": "phone"})

        (told,) = connect(head).get("/support/incidents").json["calls"]

        assert (noted.status, told["said"], told["hurt"]) == (201, SAID, "A mí")
        assert agent.post("/support/incidents", {}).json["code"] == "desk.incident_empty"

    def test_is_for_who_attends_and_who_supervises(self, agent: System) -> None:
        auditor = connect(make_user(Role.AUDITOR, "alcaldia"))

        assert auditor.post("/support/call", {}).status == 403
        assert agent.get("/support/incidents").json["code"] == "desk.support_closed"
