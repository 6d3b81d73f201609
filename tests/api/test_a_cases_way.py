"""A case goes its way through the API alone: registered for a citizen, worked by staff, confirmed by the citizen."""

from cercana.cases.models import Event
from cercana.organization.queries import emergency_numbers
from cercana.rules.access import Role
from tests.api.calling import connect, make_case_given
from tests.factories import make_user
from tests.jobs import queued


class TestACasesWay:
    def test_leads_from_registration_to_closure(self) -> None:
        app = connect()
        registered = app.post("/citizen/cases", make_case_given())
        assert registered.status == 201
        number, code = registered.json["number"], registered.json["code"]
        assert [each["kind"] for each in registered.json["promises"]] == ["resolution"]

        followed = app.get(f"/citizen/cases/{number}", case_code=code)
        assert (followed.status, followed.json["stage"]) == (200, "registered")

        agent = connect(make_user(Role.AGENT, "atencion_ciudadano"))
        officer = connect(make_user(Role.AREA_OFFICER, "obras_infraestructura"))
        assert agent.get(f"/cases/{number}").json["person"]["name"] == "Rosa Quispe"
        assert [each["number"] for each in agent.get("/cases").json["cases"]] == [number]
        assert agent.post(f"/cases/{number}/refer", {"area": "obras_infraestructura"}).status == 200
        assert officer.post(f"/cases/{number}/take").status == 200
        answered = officer.post(
            f"/cases/{number}/answer",
            {
                "done": "Buenos días. Tapamos el bache esta mañana.",
                "next_step": "Un técnico revisará el parche.",
                "by_when": "El viernes 27 de noviembre.",
                "outcome": "solved",
                "cause": "maintenance",
            },
        )
        assert (answered.status, answered.json["stage"]) == (200, "answered")

        confirmed = app.post(f"/citizen/cases/{number}/confirm", {"words": "Sí"}, case_code=code)
        assert (confirmed.status, confirmed.json["stage"]) == (200, "closed")
        actors = list(Event.objects.filter(case__number=number).order_by("sequence").values_list("actor", flat=True))
        assert actors[0] == "citizen"
        assert f"staff:{officer.client.account_id}" in actors

    def test_takes_a_conversation_of_any_instant_in_any_zone(self) -> None:
        number = connect().post("/citizen/cases", make_case_given()).json["number"]
        agent = connect(make_user(Role.AGENT, "atencion_ciudadano"))
        given = {"occurred_at": "1253-06-12T11:19:26-20:13", "source": "cuaderno", "means": "email", "text": "Lo dijo."}

        said = agent.post(f"/cases/{number}/conversation", given)

        assert said.status == 200, said.json
        assert agent.get(f"/cases/{number}").status == 200

    def test_refuses_what_arrived_before_there_were_any_promises(self) -> None:
        agent = connect(make_user(Role.AGENT, "atencion_ciudadano"))
        given = make_case_given() | {"channel": "counter", "received_at": "1999-06-12T11:19:26Z", "source": "cuaderno"}

        told = agent.post("/cases", given)

        assert (told.status, told.json["code"]) == (409, "organization.before_first_promises")
        assert "desde el" in told.json["detail"]


class TestWhoeverUsesTheApp:
    def test_is_told_whom_to_call_first_where_there_is_danger(self) -> None:
        app = connect()

        told = app.post("/citizen/safety", {"text": "Hay un cable con corriente caído y puede matar a alguien."}).json
        quiet = app.post("/citizen/safety", {"text": "Quiero que parchen el bache."}).json

        assert told["calls_first"]
        assert (quiet["calls_first"], quiet["words"]) == (False, [])
        assert [each["number"] for each in told["numbers"]] == [each.number for each in emergency_numbers()]

    def test_gets_a_new_link_by_mail_and_is_told_nothing_of_whether_there_is_such_a_case(self) -> None:
        app = connect()
        number = app.post("/citizen/cases", make_case_given()).json["number"]

        asked = [app.post("/citizen/new-link", {"number": each}) for each in (number, "SI-2026-999999-X")]

        assert {(each.status, each.body) for each in asked} == {(202, b'{"done":1}')}
        assert queued("cercana.tracking_link")
