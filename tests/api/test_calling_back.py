"""Calling back by the API: one person however often they called, noted once however often it is sent."""

import uuid
from datetime import timedelta

from django.utils import timezone

from cercana.cases.models import Event
from cercana.channels.phone.callback_models import CallBack, CallBackAttempt
from cercana.channels.phone.commands import CallNews, hear
from cercana.rules.access import Role
from cercana.rules.calls import CallEvent
from cercana.rules.history import EventType
from tests.api.calling import Json, System, connect
from tests.factories import make_case, make_user

MOBILE, OTHER = "987654321", "912345678"


def _agent() -> System:
    return connect(make_user(Role.AGENT, "atencion_ciudadano"))


def _miss(caller: str = MOBILE) -> None:
    """Let somebody call an hour ago whom nobody attended."""
    exchange_id, at = uuid.uuid4().hex, timezone.now() - timedelta(hours=1)
    for event in (CallEvent.RINGING, CallEvent.MISSED):
        hear(CallNews(exchange_id=exchange_id, event=event, caller=caller, extension="201"), now=at)
    # So that they may be called whenever this test runs, a Sunday night included.
    CallBack.objects.update(promised_at=at + timedelta(hours=2), preferred_at=at)


def _only(system: System) -> Json:
    found = system.get("/callbacks").json
    lines = found["callbacks"] + ([found["mine"]] if found["mine"] else [])
    assert len(lines) == 1
    return lines[0]


class TestTheList:
    def test_names_somebody_once_with_all_their_calls(self) -> None:
        _miss()
        _miss()

        line = _only(_agent())

        assert (line["phone"], line["calls"], line["standing"]) == (MOBILE, 2, "to_call")
        assert {"from", "until", "is_late", "attempts"} <= line.keys()

    def test_is_not_sent_again_while_nothing_changed(self) -> None:
        agent = _agent()
        _miss()
        first = agent.get("/callbacks")

        assert agent.get("/callbacks", if_none_match=first.headers["ETag"]).status == 304

    def test_is_nothing_to_an_area(self) -> None:
        officer = connect(make_user(Role.AREA_OFFICER, "obras_infraestructura"))

        assert officer.get("/callbacks").status == 403
        assert officer.post("/callbacks/next").status == 403


class TestTaking:
    def test_gives_two_people_two_different_ones(self) -> None:
        _miss()
        _miss(OTHER)

        keys = {_agent().post("/callbacks/next").json["key"] for _ in range(2)}

        assert len(keys) == 2
        assert _agent().post("/callbacks/next").json == {"key": None}

    def test_keeps_it_from_colleagues_until_it_is_put_back(self) -> None:
        _miss()
        agent, colleague = _agent(), _agent()
        path = f"/callbacks/{_only(agent)['key']}/take"
        agent.post(path)

        refused = colleague.post(path)
        agent.post("/callbacks/put-back")

        assert (refused.status, refused.json["code"]) == (409, "phone.call_back_taken")
        assert colleague.post(path).status == 200
        assert colleague.get("/callbacks").json["mine"]["key"] == _only(agent)["key"]


class TestAnAttempt:
    def test_counts_once_however_often_it_is_sent(self) -> None:
        _miss()
        agent, key = _agent(), str(uuid.uuid4())
        path = f"/callbacks/{_only(agent)['key']}/attempts"

        sent = [agent.post(path, {"outcome": "no_answer"}, key=key).status for _ in range(2)]

        assert (sent, CallBackAttempt.objects.count()) == ([201, 201], 1)
        assert [each["outcome"] for each in _only(agent)["attempts"]] == ["no_answer"]

    def test_is_taken_back_by_who_noted_it(self) -> None:
        _miss()
        agent, colleague = _agent(), _agent()
        key = _only(agent)["key"]
        agent.post(f"/callbacks/{key}/attempts", {"outcome": "busy"})
        assert agent.get("/callbacks").json["may_undo"] == key

        refused = colleague.post(f"/callbacks/{key}/undo-attempt")
        undone = agent.post(f"/callbacks/{key}/undo-attempt")

        assert (refused.status, refused.json["code"]) == (409, "phone.attempt_not_yours")
        assert (undone.status, _only(agent)["attempts"]) == (200, [])


class TestAPreference:
    def test_says_when_and_by_which_way(self) -> None:
        _miss()
        agent, tomorrow = _agent(), timezone.now() + timedelta(days=1)
        path = f"/callbacks/{_only(agent)['key']}/preference"

        noted = agent.post(path, {"at": tomorrow.isoformat(), "way": "sms"})

        assert (noted.status, _only(agent)["preferred_way"], _only(agent)["standing"]) == (200, "sms", "other_way")

    def test_is_refused_for_an_hour_that_has_gone(self) -> None:
        _miss()
        agent = _agent()

        refused = agent.post(f"/callbacks/{_only(agent)['key']}/preference", {"at": "2020-01-01T10:00:00Z"})

        assert (refused.status, refused.json["code"]) == (409, "phone.preference_refused")


class TestSettling:
    def test_files_all_calls_of_somebody_in_one_case_once(self) -> None:
        _miss()
        _miss()
        agent, case = _agent(), make_case()
        path = f"/callbacks/{_only(agent)['key']}/join"
        key = str(uuid.uuid4())

        joined = [agent.post(path, {"number": case.number}, key=key).json for _ in range(2)]

        assert joined == [{"number": case.number}] * 2
        assert Event.objects.filter(case=case, type=EventType.MESSAGE_RECEIVED).count() == 1
        assert agent.get("/callbacks").json["callbacks"] == []

    def test_takes_off_the_list_who_needs_no_case(self) -> None:
        _miss()
        agent = _agent()
        key = _only(agent)["key"]

        dismissed = agent.post(f"/callbacks/{key}/dismiss", {"reason": "Número equivocado."})
        again = agent.post(f"/callbacks/{key}/take")

        assert (dismissed.status, agent.get("/callbacks").json["callbacks"]) == (200, [])
        assert (again.status, again.json["code"]) == (404, "phone.call_back_gone")


class TestFigures:
    def test_count_calls_by_the_hour_for_who_supervises(self) -> None:
        _miss()
        _miss(OTHER)

        found = connect(make_user(Role.SUPERVISOR, "alcaldia")).get("/calls/figures?days=7").json

        assert (found["days"], found["whole"]["calls"], found["whole"]["missed"]) == (7, 2, 2)
        assert sum(each["counts"]["calls"] for each in found["hours"]) == 2

    def test_are_shut_to_who_attends_people_and_know_a_month_at_most(self) -> None:
        assert _agent().get("/calls/figures").json["code"] == "phone.figures_closed"
        assert connect(make_user(Role.SUPERVISOR, "alcaldia")).get("/calls/figures?days=400").status == 422
