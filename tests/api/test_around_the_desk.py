"""What stands around cases on the desk is in the API, too, for the same people: contacts, roster, protocol, erasure."""

import uuid
from datetime import timedelta

from django.utils import timezone

from cercana.cases.models import Case
from cercana.citizens.queries import people_called
from cercana.conversation.commands import Contact, note_contact
from cercana.rules.access import Role
from cercana.rules.classification import CaseClass, Channel
from cercana.rules.lifecycle import Stage
from cercana.rules.promises import to_lima
from cercana.rules.unregistered import ReachedBy
from tests.api.calling import System, connect, make_case_given
from tests.factories import make_case, make_user


def _note(**given: str) -> uuid.UUID:
    """Let somebody leave a voicemail an hour ago; return their key."""
    key = uuid.uuid4()
    received_at = timezone.now() - timedelta(hours=1)
    note_contact(
        Contact(key=key, way=ReachedBy.VOICEMAIL, received_at=received_at, phone="987654321", **given),
        files=(),
        now=timezone.now(),
    )
    return key


def _agent() -> System:
    return connect(make_user(Role.AGENT, "atencion_ciudadano"))


class TestWhoHasNoCase:
    def test_is_listed_read_and_registered_from_when_they_reached_us(self) -> None:
        agent, key = _agent(), _note(text="Hay un bache en la cuadra 9.")

        (waiting,) = agent.get("/contacts").json["waiting"]
        read = agent.get(f"/contacts/{key}").json
        given = {**make_case_given(), "channel": "app", "contact": str(key)}
        registered = agent.post("/cases", given)

        case = Case.objects.get()
        assert (waiting["key"], waiting["way"]) == (str(key), "voicemail")
        assert (read["text"], read["files"]) == ("Hay un bache en la cuadra 9.", [])
        assert (registered.status, registered.json["number"]) == (201, case.number)
        assert (case.channel, case.received_at.isoformat()[:19]) == (Channel.PHONE, waiting["received_at"][:19])
        assert agent.get("/contacts").json["waiting"] == []

    def test_is_joined_to_a_case(self) -> None:
        agent, key, case = _agent(), _note(text="Otra vez yo."), make_case()

        assert agent.post(f"/contacts/{key}/join", {"number": case.number}).json == {"number": case.number}
        assert agent.get(f"/contacts/{key}").json["code"] == "conversation.contact_gone"

    def test_is_dismissed_and_brought_back(self) -> None:
        agent, key = _agent(), _note()

        agent.post(f"/contacts/{key}/dismiss", {"reason": "Número equivocado."})
        (dismissed,) = agent.get("/contacts").json["dismissed"]
        agent.post(f"/contacts/{key}/restore")

        assert dismissed["reason"] == "Número equivocado."
        assert [each["key"] for each in agent.get("/contacts").json["waiting"]] == [str(key)]

    def test_is_nothing_to_an_area(self) -> None:
        officer = connect(make_user(Role.AREA_OFFICER, "obras_infraestructura"))

        assert officer.get("/contacts").status == 403
        assert officer.post(f"/contacts/{_note()}/dismiss", {"reason": "x"}).status == 403


class TestTheRoster:
    def test_is_changed_by_who_supervises(self) -> None:
        officer = make_user(Role.DUTY_OFFICER, "alcaldia")
        head = connect(make_user(Role.SUPERVISOR, "alcaldia"))
        today = to_lima(timezone.now()).date().isoformat()
        turn = {"weekday": 0, "starts": "20:00:00", "ends": "08:00:00", "person": officer.pk, "first": today}

        added = head.post("/roster/turns", turn)
        (listed,) = head.get("/roster").json["turns"]
        head.post("/roster/absences", {"person": officer.pk, "first": today, "last": today})
        (away,) = head.get("/roster").json["absences"]

        assert (added.status, listed["name"], listed["starts"]) == (201, officer.full_name, "20:00:00")
        assert head.post(f"/roster/absences/{away['id']}/remove").status == 200
        assert head.post(f"/roster/turns/{listed['id']}/end", {"last": today}).status == 200
        assert head.get("/roster").json["turns"][0]["last"] == today

    def test_bears_days_at_the_end_of_time(self) -> None:
        officer, head = make_user(Role.DUTY_OFFICER, "alcaldia"), connect(make_user(Role.SUPERVISOR, "alcaldia"))
        today, end = to_lima(timezone.now()).date().isoformat(), "9999-12-31"

        away = head.post("/roster/absences", {"person": officer.pk, "first": today, "last": end})
        turn = {"weekday": 4, "starts": "20:00:00", "ends": "08:00:00", "person": officer.pk, "first": end}

        assert (away.status, head.post("/roster/turns", turn).status, head.get("/roster").status) == (201, 201, 200)

    def test_is_read_by_who_is_on_it_and_shut_to_others(self) -> None:
        on_duty = connect(make_user(Role.DUTY_OFFICER, "alcaldia"))
        other = connect(make_user(Role.AREA_OFFICER, "obras_infraestructura"))

        assert (on_duty.get("/roster?days=3").status, other.get("/roster").status) == (200, 403)
        assert on_duty.post("/roster/absences/1/remove").status == 403


class TestTheProtocol:
    def test_tells_what_was_kept_and_missed(self) -> None:
        head = connect(make_user(Role.SUPERVISOR, "alcaldia"))
        case = make_case(Stage.IN_FOLLOW_UP, class_=CaseClass.CRITICAL, now=timezone.now() - timedelta(hours=30))

        marks = head.get(f"/cases/{case.number}/protocol").json["marks"]

        missed = {each["standard"] for each in marks if each["is_missed"]}
        assert {"resolution", "response"} <= missed

    def test_is_none_of_a_case_that_never_was_critical(self) -> None:
        refused = connect(make_user(Role.SUPERVISOR, "alcaldia")).get(f"/cases/{make_case().number}/protocol")

        assert refused.status in {404, 409}

    def test_is_shown_with_drills_and_rejections_to_who_supervises(self) -> None:
        head, agent = connect(make_user(Role.SUPERVISOR, "alcaldia")), _agent()

        assert (head.get("/drills").json, head.get("/rejections").json) == ({"drills": []}, {"rejections": []})
        assert (agent.get("/drills").status, agent.get("/rejections").status) == (403, 403)


class TestErasing:
    def test_is_for_who_keeps_the_data(self) -> None:
        case, keeper = make_case(Stage.CLOSED), connect(make_user(Role.DATA_PROTECTION, "alcaldia"))
        key = str(case.citizen.key)

        (found,) = keeper.post("/people/on-file", {"q": case.citizen.name}).json["people"]
        erased = keeper.post("/people/erase", {"people": [key, key], "reason": "Pedido del titular."})

        assert (found["key"], found["cases"]) == (key, 1)
        assert erased.json == {"people": 1, "cases": 1}
        assert people_called([case.citizen.key]) == []

    def test_is_refused_to_everybody_else(self) -> None:
        case, head = make_case(Stage.CLOSED), connect(make_user(Role.SUPERVISOR, "alcaldia"))

        asked = head.post("/people/on-file", {"q": "Rosa"})
        erased = head.post("/people/erase", {"people": [str(case.citizen.key)], "reason": "Porque sí."})

        assert (asked.status, erased.status) == (403, 404)
        assert people_called([case.citizen.key])


class TestManyReferrals:
    def test_are_taken_back_one_by_one(self) -> None:
        officer = connect(make_user(Role.AREA_OFFICER, "obras_infraestructura"))
        numbers = [make_case(Stage.REFERRED).number, make_case(Stage.IN_FOLLOW_UP).number]

        done = officer.post("/cases/undo-referral", {"numbers": numbers}).json

        assert (done["done"], [each["number"] for each in done["refused"]]) == (numbers[:1], numbers[1:])
