"""Turns by the API: taken once, followed by their key, and called at one window as at the desk."""

import uuid
from datetime import time, timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from cercana.channels.counter.commands.printing import TICKET_TASK
from cercana.channels.counter.models import PreferentialCount, Room, Turn, TurnDetail
from cercana.organization.models import OfficeHour
from cercana.rules.access import Role
from cercana.rules.promises import to_lima
from cercana.rules.turns import MOST_CALLS
from tests.api.calling import Answer, Json, System, connect, make_case_given
from tests.channels.counter.hall import INTAKE, SITE, make_room
from tests.factories import make_user

INQUIRY = {"site": SITE, "topic": "inquiry"}


@pytest.fixture
def room() -> Room:
    return make_room()


def _agent() -> System:
    return connect(make_user(Role.AGENT, INTAKE))


def _seated(room: Room, name: str = "1") -> System:
    """Return a system of somebody who sits at a window, so that turns are given out whatever the hour."""
    agent = _agent()
    assert agent.post(f"/windows/{room.windows.get(name=name).pk}/sit").status == 200
    return agent


def _take(**given: Json) -> Answer:
    return connect().post("/citizen/turns", {**INQUIRY, **given})


class TestWhatIsOnOffer:
    def test_names_the_rooms_and_what_one_may_come_for(self, room: Room) -> None:
        _seated(room)
        _take()

        found = connect().get("/citizen/rooms").json

        assert [(each["site"], each["is_open"], each["waiting"]) for each in found["rooms"]] == [(SITE, True, 1)]
        assert {each["topic"]: each["letter"] for each in found["topics"]}["claim"] == "R"
        assert "pregnant" in found["groups"]

    def test_is_the_screen_of_a_room_too(self, room: Room) -> None:
        agent = _seated(room)
        first, second = _take().json["ticket"], _take().json["ticket"]
        agent.post("/turns/next")

        board = connect().get(f"/citizen/rooms/{SITE}").json

        assert (board["current"]["ticket"], board["current"]["window"], board["next"]) == (first, "1", [second])

    def test_is_no_room_that_does_not_exist(self) -> None:
        refused = connect().get("/citizen/rooms/nowhere")

        assert (refused.status, refused.json["code"]) == (404, "counter.room_unknown")


class TestTakingATurn:
    def test_gives_one_turn_however_often_it_is_asked(self, room: Room) -> None:
        _seated(room)
        app, key = connect(), str(uuid.uuid4())

        taken = [app.post("/citizen/turns", {**INQUIRY, "group": "pregnant"}, key=key) for _ in range(2)]

        assert ([each.status for each in taken], taken[0].json) == ([201, 201], taken[1].json)
        assert (taken[0].json["ticket"], taken[0].json["is_preferential"]) == ("P 001", True)
        assert (Turn.objects.count(), PreferentialCount.objects.get().count) == (1, 1)

    def test_is_refused_where_nobody_would_call_it(self, room: Room) -> None:
        elsewhere = (to_lima(timezone.now()).weekday() + 2) % 7
        OfficeHour.objects.exclude(weekday=elsewhere).delete()
        OfficeHour.objects.get_or_create(weekday=elsewhere, defaults={"opens": time(8), "closes": time(9)})

        refused = _take()

        assert (refused.status, refused.json["code"]) == (409, "counter.room_closed")
        assert not connect().get("/citizen/rooms").json["rooms"][0]["is_open"]

    def test_asks_for_no_document_but_a_readable_one(self, room: Room) -> None:
        _seated(room)

        assert (_take(document="45678912").status, _take(document="4").status) == (201, 422)
        assert TurnDetail.objects.get().document == "45678912"

    def test_prints_only_what_is_wanted_on_paper(self, room: Room) -> None:
        _seated(room)
        Room.objects.update(printer_host="impresora.example")

        _take()
        assert not ProcrastinateJob.objects.filter(task_name=TICKET_TASK).exists()
        _take(on_paper=True)

        assert ProcrastinateJob.objects.filter(task_name=TICKET_TASK).count() == 1

    def test_gives_no_system_a_whole_hall(self, room: Room) -> None:
        _seated(room)
        app = connect()

        answers = [app.post("/citizen/turns", INQUIRY) for _ in range(41)]

        assert {each.status for each in answers[:40]} == {201}
        assert (answers[40].status, answers[40].json["code"]) == (429, "api.calls_too_many")
        assert int(answers[40].headers["Retry-After"]) <= 10


class TestFollowingATurn:
    def test_tells_how_many_come_before_and_no_wait_that_nobody_knows(self, room: Room) -> None:
        _seated(room)
        _take()
        turn = _take().json

        followed = connect().get(f"/citizen/turns/{turn['key']}").json

        assert (followed["ahead"], followed["expected"], followed["state"]) == (1, None, "waiting")
        assert followed["link"].endswith(turn["key"]) or turn["key"] in followed["link"]

    def test_tells_the_wait_as_an_interval_and_then_the_window(self, room: Room) -> None:
        agent = _seated(room)
        for _ in range(6):
            _take()
            agent.post("/turns/next")
        Turn.objects.filter(ended_at__isnull=False).update(called_at=timezone.now() - timedelta(minutes=8))
        path = f"/citizen/turns/{_take().json['key']}"

        expected = connect().get(path).json["expected"]
        agent.post("/turns/next")
        called = connect().get(path).json

        assert 0 <= expected["least"] < expected["most"] <= 30
        assert (called["state"], called["window"], called["expected"]) == ("called", "1", None)

    def test_is_not_sent_again_while_nothing_changed(self, room: Room) -> None:
        _seated(room)
        app, path = connect(), f"/citizen/turns/{_take().json['key']}"

        assert app.get(path, if_none_match=app.get(path).headers["ETag"]).status == 304

    def test_ends_when_it_is_left_and_is_gone_if_it_never_was(self, room: Room) -> None:
        _seated(room)
        app, path = connect(), f"/citizen/turns/{_take().json['key']}"

        left, again = app.post(f"{path}/leave"), app.post(f"{path}/leave")
        unknown = app.get(f"/citizen/turns/{uuid.uuid4()}")

        assert (left.status, app.get(path).json["state"]) == (200, "left")
        assert (again.status, again.json["code"]) == (409, "counter.turn_over")
        assert (unknown.status, unknown.json["code"]) == (404, "counter.turn_unknown")


class TestAWindow:
    def test_is_taken_by_one_and_left_for_another(self, room: Room) -> None:
        agent, colleague = _seated(room), _agent()
        window = room.windows.get(name="1").pk

        refused = colleague.post(f"/windows/{window}/sit")
        agent.post("/windows/leave")

        assert (refused.status, refused.json["code"]) == (409, "counter.window_taken")
        assert colleague.post(f"/windows/{window}/sit").status == 200
        assert colleague.get("/turns").json["window"]["id"] == window

    def test_is_freed_by_who_supervises_reception(self, room: Room) -> None:
        agent, head = _seated(room), connect(make_user(Role.SUPERVISOR, INTAKE))
        path = f"/windows/{room.windows.get(name='1').pk}/free"

        assert (agent.post(path).status, head.post(path).status) == (403, 200)
        assert agent.get("/turns").json["window"] is None

    def test_is_nothing_to_who_attends_nobody(self, room: Room) -> None:
        analyst = connect(make_user(Role.ANALYST, "alcaldia"))

        assert (analyst.get("/turns").status, analyst.post("/turns/next").status) == (403, 403)
        assert _agent().post("/turns/next").json["code"] == "counter.window_missing"


class TestCalling:
    def test_takes_one_turn_however_often_it_is_sent(self, room: Room) -> None:
        agent, key = _seated(room), str(uuid.uuid4())
        _take()
        preferential = _take(group="older_adult").json["ticket"]

        called = [agent.post("/turns/next", key=key).json["turn"]["ticket"] for _ in range(2)]

        found = agent.get("/turns").json
        assert called == [preferential] * 2
        assert (found["called"]["ticket"], len(found["waiting"])) == (preferential, 1)

    def test_of_nobody_is_no_turn(self, room: Room) -> None:
        agent = _seated(room)

        assert agent.post("/turns/next").json == {"turn": None}
        assert agent.post("/turns/current/end").json["code"] == "counter.nobody_called"

    def test_is_repeated_before_somebody_is_absent_who_may_come_back(self, room: Room) -> None:
        agent = _seated(room)
        _take()
        turn = agent.post("/turns/next").json["turn"]["id"]

        too_soon = agent.post("/turns/current/absent")
        calls = [agent.post("/turns/current/again").json["turn"]["calls"] for _ in range(MOST_CALLS - 1)]
        agent.post("/turns/current/absent")
        (absent,) = agent.get("/turns").json["absent"]
        agent.post(f"/turns/{turn}/bring-back")

        assert (too_soon.status, too_soon.json["code"]) == (409, "counter.called_too_little")
        assert (calls[-1], absent["id"]) == (MOST_CALLS, turn)
        assert [each["id"] for each in agent.get("/turns").json["waiting"]] == [turn]

    def test_passes_somebody_on_with_what_was_said(self, room: Room) -> None:
        agent, colleague = _seated(room), _seated(room, "2")
        ticket = _take().json["ticket"]
        agent.post("/turns/next")
        window = colleague.get("/turns").json["window"]["id"]

        agent.post("/turns/current/pass-on", {"window": window, "note": "Trae el recibo."})

        assert agent.post("/turns/next").json == {"turn": None}
        turn = colleague.post("/turns/next").json["turn"]
        assert (turn["ticket"], turn["note"]) == (ticket, "Trae el recibo.")

    def test_ends_in_a_case_that_knows_its_turn_and_prints_its_receipt(self, room: Room) -> None:
        agent = _seated(room)
        _take()
        turn = agent.post("/turns/next").json["turn"]["id"]

        made = agent.post("/cases", {**make_case_given(), "channel": "counter", "turn": turn}).json
        slip = agent.get(f"/cases/{made['number']}/slip").json
        refused = agent.post(f"/cases/{made['number']}/print-slip")
        Room.objects.update(printer_host="impresora.example")
        agent.post("/turns/current/end")

        (attended,) = agent.get("/turns").json["attended"]
        assert (attended["id"], attended["case_number"]) == (turn, made["number"])
        assert (slip["number"], slip["code"]) == (made["number"], made["code"])
        assert (refused.status, refused.json["code"]) == (409, "counter.printer_missing")
        assert agent.post(f"/cases/{made['number']}/print-slip").status == 202


class TestALongWait:
    def test_is_told_to_who_opens_windows_until_they_see_to_it(self, room: Room) -> None:
        agent, head = _seated(room), connect(make_user(Role.SUPERVISOR, INTAKE))
        _take()
        Turn.objects.update(arrived_at=timezone.now() - timedelta(minutes=31))

        (late,) = head.get("/turns/waits").json["waits"]
        refused = agent.post(f"/rooms/{SITE}/answer-wait")
        head.post(f"/rooms/{SITE}/answer-wait")

        assert (late["site"], late["people"], agent.get("/turns/waits").json["waits"]) == (SITE, 1, [])
        assert (refused.status, head.get("/turns/waits").json["waits"]) == (403, [])


class TestFigures:
    def test_count_turns_by_the_hour_for_who_supervises(self, room: Room) -> None:
        agent = _seated(room)
        _take(group="pregnant")
        agent.post("/turns/next")
        agent.post("/turns/current/end")
        connect().post(f"/citizen/turns/{_take().json['key']}/leave")

        found = connect(make_user(Role.SUPERVISOR, "alcaldia")).get(f"/turns/figures?site={SITE}&days=1").json

        whole = found["whole"]
        assert (whole["taken"], whole["attended"], whole["abandoned"], whole["abandoned_share"]) == (2, 1, 1, 0.5)
        assert sum(each["counts"]["taken"] for each in found["hours"]) == 2
        assert found["groups"] == [{"group": "pregnant", "count": 1}]

    def test_are_shut_to_who_attends_people(self) -> None:
        assert _agent().get("/turns/figures").json["code"] == "counter.figures_closed"


class TestDevices:
    def test_are_linked_and_parted_by_an_administrator(self, room: Room) -> None:
        admin, key = connect(make_user(Role.ADMINISTRATOR, "alcaldia")), str(uuid.uuid4())
        given = {"site": SITE, "kind": "kiosk", "name": "Entrada"}

        made = [admin.post("/devices", given, key=key).json for _ in range(2)]
        (listed,) = admin.get("/devices").json["rooms"][0]["devices"]
        admin.post(f"/devices/{listed['key']}/revoke")

        assert (made[0], listed["name"]) == (made[1], "Entrada")
        assert "/turnos/" in made[0]["link"]
        assert admin.get("/devices").json["rooms"][0]["devices"] == []

    def test_are_nobody_elses(self, room: Room) -> None:
        agent = _agent()

        assert agent.get("/devices").json["code"] == "counter.devices_closed"
        assert agent.post("/devices", {"site": SITE, "kind": "screen"}).status == 403
