"""Calls attended by the API as at the desk: announced, opened, told of once, and masked until the caller proves who."""

import uuid

import pytest
from django.utils import timezone

from cercana.accounts.models import User
from cercana.cases.models import Case
from cercana.channels.phone.models import Call
from cercana.rules.access import Role
from cercana.rules.attended_calls import MOST_CHECKS
from cercana.rules.calls import CallEvent, CallState
from cercana.rules.history import EventType
from tests.api.calling import System, connect, make_case_given
from tests.channels.phone.calling import CALLER, DOCUMENT, INTAKE, make_caller, tell
from tests.factories import make_case, make_user


@pytest.fixture
def user() -> User:
    return make_user(Role.AGENT, INTAKE)


@pytest.fixture
def agent(user: User) -> System:
    """Return a system of somebody whose telephone is the extension 201."""
    system = connect(user)
    assert system.post("/calls/extension", {"number": "201"}).status == 200
    return system


def _ring(*events: CallEvent) -> str:
    return str(tell(CallEvent.RINGING, *events, now=timezone.now()).key)


class TestACallThatRings:
    def test_is_announced_at_its_extension_until_it_is_attended(self, agent: System) -> None:
        key = _ring(CallEvent.ANSWERED)
        (ringing,) = agent.get("/calls").json["ringing"]

        attended = agent.post(f"/calls/{key}/attend")

        found = agent.get("/calls").json
        assert (ringing["key"], ringing["caller"], ringing["is_answered"]) == (key, CALLER, True)
        assert (attended.status, found["extension"], found["ringing"]) == (200, "201", [])
        assert agent.get(f"/calls/{key}").json["state"] == "answered"

    def test_is_nobody_elses(self, agent: System) -> None:
        key = _ring()
        colleague = connect(make_user(Role.AGENT, INTAKE))

        refused = colleague.post(f"/calls/{key}/attend")

        assert (refused.status, refused.json["code"]) == (409, "phone.call_gone")
        assert colleague.get("/calls").json["ringing"] == []

    def test_is_nothing_to_who_attends_nobody(self) -> None:
        analyst = connect(make_user(Role.ANALYST, "alcaldia"))

        assert analyst.get("/calls").json["code"] == "phone.closed"
        assert analyst.post("/calls", {"caller": CALLER}).status == 403


class TestACallByHand:
    def test_begins_once_and_is_over_when_it_is_said(self, agent: System) -> None:
        key = str(uuid.uuid4())
        began = [agent.post("/calls", {"caller": CALLER}, key=key).json["key"] for _ in range(2)]

        assert agent.get("/calls").json["under_way"] == began[0]
        agent.post(f"/calls/{began[0]}/end")

        (open_,) = agent.get("/calls").json["unsettled"]
        assert (began[0], Call.objects.get().state) == (began[1], CallState.ENDED)
        assert (open_["key"], open_["is_over"], open_["numbers"]) == (began[0], True, [])

    def test_that_was_no_case_says_why_and_is_called_back_if_it_was_cut_off(self, agent: System) -> None:
        began = agent.post("/calls", {"caller": CALLER}).json["key"]

        agent.post(f"/calls/{began}/explain", {"reason": "cut_off"})

        (settled,) = agent.get("/calls").json["settled"]
        assert (settled["key"], settled["no_case"]) == (began, "cut_off")
        assert [each["phone"] for each in agent.get("/callbacks").json["callbacks"]] == [CALLER]

    def test_has_a_reason_that_is_known(self, agent: System) -> None:
        began = agent.post("/calls", {"caller": CALLER}).json["key"]

        assert agent.post(f"/calls/{began}/explain", {"reason": "bored"}).status == 422


class TestTheCaseOfACall:
    def test_is_registered_with_it_and_knows_who_attended(self, agent: System, user: User) -> None:
        began, key = agent.post("/calls", {"caller": CALLER}).json["key"], str(uuid.uuid4())
        given = {**make_case_given(), "channel": "phone", "call": began}

        made = [agent.post("/cases", given, key=key) for _ in range(2)]

        case = Case.objects.get()
        (logged,) = case.events.filter(type=EventType.CALL_ATTENDED)
        assert [each.status for each in made] == [201, 201]
        assert (logged.payload["attended_by"], made[0].json["version"]) == (user.pk, case.last_sequence)
        assert agent.get(f"/calls/{began}").json["numbers"] == [case.number]

    def test_is_not_registered_for_a_call_that_somebody_else_has(self, agent: System) -> None:
        began = connect(make_user(Role.AGENT, INTAKE)).post("/calls", {"caller": CALLER}).json["key"]

        refused = agent.post("/cases", {**make_case_given(), "channel": "phone", "call": began})

        assert (refused.status, refused.json["code"], Case.objects.count()) == (409, "phone.call_gone", 0)

    def test_may_be_one_there_was_before_with_what_was_said(self, agent: System) -> None:
        case, began = make_case(), agent.post("/calls", {"caller": CALLER}).json["key"]
        given, key = {"number": case.number, "said": "Sigue igual."}, str(uuid.uuid4())

        linked = [agent.post(f"/calls/{began}/link", given, key=key).json for _ in range(2)]

        assert linked == [{"number": case.number}] * 2
        assert case.events.filter(type=EventType.MESSAGE_RECEIVED).count() == 1

    def test_is_none_that_does_not_exist(self, agent: System) -> None:
        began = agent.post("/calls", {"caller": CALLER}).json["key"]

        refused = agent.post(f"/calls/{began}/link", {"number": "SI-2026-999999-A"})

        assert (refused.status, refused.json["code"]) == (404, "phone.case_unknown")


class TestTheCallersCases:
    def test_are_masked_until_they_prove_who_they_are(self, agent: System) -> None:
        person = make_caller()
        case = make_case(person=person)
        key, whose = _ring(CallEvent.ANSWERED), str(case.citizen.key)
        path = f"/calls/{key}/cases?person={whose}"

        masked = agent.get(path).json
        proven = agent.post(f"/calls/{key}/verify", {"person": whose, "document": DOCUMENT})
        told = agent.get(path).json

        assert (masked["told"], [each["letter"] for each in masked["masked"]]) == ([], [case.number[-1]])
        assert (proven.status, proven.json) == (200, {"person": whose})
        assert ([each["case"]["number"] for each in told["told"]], told["masked"]) == ([case.number], [])

    def test_stay_so_after_five_wrong_answers_each_counted(self, agent: System) -> None:
        case, key = make_case(person=make_caller()), _ring(CallEvent.ANSWERED)
        wrong = {"person": str(case.citizen.key), "document": "11111111"}

        codes = [agent.post(f"/calls/{key}/verify", wrong).json["code"] for _ in range(MOST_CHECKS + 1)]

        assert codes == ["phone.caller_unproven"] * MOST_CHECKS + ["phone.checks_spent"]
        assert not agent.get(f"/calls/{key}").json["may_check"]
