"""What holds for every call: repeated it does nothing twice, read again it says what is new, too many have to wait."""

import uuid

import pytest
from django.test import Client as Browser
from django.utils import timezone

from cercana.api.commands import create_client, renew_secret, revoke_token, sweep
from cercana.api.interface import api
from cercana.api.models import KeptAnswer, Token
from cercana.api.scopes import Scope
from cercana.cases.models import Case
from cercana.rules.access import Role
from cercana.rules.lifecycle import Stage
from tests.api.calling import Json, System, connect, make_case_given
from tests.factories import make_case, make_user


class TestARepeatedCall:
    def test_gets_the_same_answer_and_makes_one_case(self) -> None:
        app, key, given = connect(), str(uuid.uuid4()), make_case_given()

        first = app.post("/citizen/cases", given, key=key)
        again = app.post("/citizen/cases", given, key=key)

        assert (again.status, again.body) == (201, first.body)
        assert again.headers["Idempotent-Replayed"] == "true"
        assert Case.objects.count() == 1

    def test_gives_the_same_case_when_its_answer_is_no_longer_kept(self) -> None:
        app, key, given = connect(), str(uuid.uuid4()), make_case_given()
        first = app.post("/citizen/cases", given, key=key)
        KeptAnswer.objects.all().delete()

        assert app.post("/citizen/cases", given, key=key).json["number"] == first.json["number"]
        assert Case.objects.count() == 1

    def test_is_refused_if_it_brings_something_else(self) -> None:
        app, key = connect(), str(uuid.uuid4())
        app.post("/citizen/cases", make_case_given(), key=key)

        refused = app.post("/citizen/cases", make_case_given(), key=key)

        assert (refused.status, refused.json["code"]) == (409, "api.key_reused")

    def test_gets_no_answer_for_a_code_that_is_not_the_cases(self) -> None:
        app, key = connect(), str(uuid.uuid4())
        given = app.post("/citizen/cases", make_case_given()).json
        path = f"/citizen/cases/{given['number']}/messages"
        app.post(path, {"text": "Una cosa más."}, key=key, case_code=given["code"])

        refused = app.post(path, {"text": "Una cosa más."}, key=key, case_code="2222-2222")

        assert (refused.status, refused.json["code"]) == (409, "api.key_reused")

    def test_may_be_sent_again_after_a_refusal(self) -> None:
        app, key = connect(), str(uuid.uuid4())
        given = make_case_given()
        assert app.post("/citizen/cases", {**given, "category": "nowhere"}, key=key).status == 409

        assert app.post("/citizen/cases", given, key=key).status == 201

    def test_of_another_client_is_another_call(self) -> None:
        key, given = str(uuid.uuid4()), make_case_given()

        numbers = {connect().post("/citizen/cases", given, key=key).json["number"] for _ in range(2)}

        assert len(numbers) == 2

    def test_leaves_no_words_of_its_answer_in_the_database(self) -> None:
        answer = connect().post("/citizen/cases", make_case_given())

        kept = KeptAnswer.objects.get()

        assert answer.json["code"] not in kept.sealed
        assert answer.json["number"] not in kept.sealed

    @pytest.mark.parametrize("key", ["1", "a" * 65, "ñ" * 30])
    def test_needs_a_key_that_nobody_guesses(self, key: str) -> None:
        refused = connect().post("/citizen/cases", make_case_given(), key=key)

        assert (refused.status, refused.json["code"]) == (400, "api.key_missing")


class TestAReadAnswer:
    def test_is_not_sent_again_while_nothing_changed(self) -> None:
        app = connect()
        given = app.post("/citizen/cases", make_case_given()).json
        path, code = f"/citizen/cases/{given['number']}", given["code"]
        first = app.get(path, case_code=code)

        again = app.get(path, case_code=code, if_none_match=first.headers["ETag"])
        assert (again.status, again.body) == (304, b"")

        app.post(f"{path}/messages", {"text": "Una cosa más."}, case_code=code)
        assert app.get(path, case_code=code, if_none_match=first.headers["ETag"]).status == 200

    def test_is_asked_for_by_its_head_alone(self) -> None:
        system = connect(make_user(Role.AGENT, "atencion_ciudadano"))
        path, signed = f"/api/v1/cases/{make_case().number}", {"Authorization": f"Bearer {system.token}"}

        head = Browser().head(path, headers=signed)

        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["ETag"] == Browser().get(path, headers=signed).headers["ETag"]

    def test_that_was_searched_comes_in_pages(self) -> None:
        head = connect(make_user(Role.SUPERVISOR, "alcaldia"))
        open_, closed = [make_case().number for _ in range(3)], [make_case(Stage.CLOSED).number for _ in range(2)]
        found, cursor = [], None
        for _ in range(3):
            page = head.post("/cases/search", {"q": "bache", "limit": 2, "cursor": cursor}).json
            found += [each["number"] for each in page["cases"]]
            cursor = page["next"]

        assert (set(found[:3]), len(found), page["next"], page["has_more"]) == (set(open_), 3 + 2, None, False)
        assert set(found[3:]) == set(closed)


class TestAChange:
    def test_waits_for_who_has_read_what_is_new(self) -> None:
        case = make_case()
        agent = connect(make_user(Role.AGENT, "atencion_ciudadano"))
        version = agent.get(f"/cases/{case.number}").headers["ETag"]
        agent.post(f"/cases/{case.number}/note", {"text": "Llamó otra vez."})

        refused = agent.post(f"/cases/{case.number}/note", {"text": "Otra."}, if_match=version)
        assert (refused.status, refused.json["code"]) == (412, "api.version_passed")

        fresh = agent.get(f"/cases/{case.number}").headers["ETag"]
        assert agent.post(f"/cases/{case.number}/note", {"text": "Otra."}, if_match=fresh).status == 200

    def test_of_a_citizen_waits_likewise(self) -> None:
        app = connect()
        given = app.post("/citizen/cases", make_case_given()).json
        path, code = f"/citizen/cases/{given['number']}", given["code"]
        changes = {
            "messages": {"text": "Otra."},
            "platform-code": {"code": "2026-000123"},
            "opinion": {"mark": 5},
            "withdraw": {"words": "Ya no."},
        }

        refused = {
            verb: app.post(f"{path}/{verb}", body, case_code=code, if_match='"1"') for verb, body in changes.items()
        }

        assert {verb: answer.status for verb, answer in refused.items()} == dict.fromkeys(changes, 412)


class TestManyCalls:
    def test_have_to_wait_once_the_allowance_is_used_up(self) -> None:
        app = connect(calls_per_minute=3)

        answers = [app.get("/catalogue") for _ in range(4)]

        assert [each.status for each in answers] == [200, 200, 200, 429]
        assert [each.headers["RateLimit"].partition(";t")[0] for each in answers] == [
            '"client";r=2',
            '"client";r=1',
            '"client";r=0',
            '"client";r=0',
        ]
        assert 1 <= int(answers[3].headers["Retry-After"]) <= 20

    def test_with_wrong_codes_have_to_wait_but_nobody_elses(self) -> None:
        app = connect()
        own, other = (app.post("/citizen/cases", make_case_given()).json for _ in range(2))

        statuses = [app.get(f"/citizen/cases/{own['number']}", case_code="2222-2222").status for _ in range(8)]

        assert set(statuses) == {404, 429}
        assert app.get(f"/citizen/cases/{own['number']}", case_code=own["code"]).status == 429
        assert app.get(f"/citizen/cases/{other['number']}", case_code=other["code"]).status == 200


class TestARefusal:
    def test_is_a_problem_in_spanish_that_names_its_fields(self) -> None:
        refused = connect().post("/citizen/cases", make_case_given(category="Ñ", extra=1))

        assert (refused.status, refused.headers["Content-Type"]) == (422, "application/problem+json")
        assert refused.json["code"] == "api.request_invalid"
        assert {each["field"]: each["message"] for each in refused.json["errors"]} == {
            "body.category": "No tiene la forma esperada.",
            "body.extra": "Este campo no existe.",
        }

    def test_of_a_rule_is_a_conflict(self) -> None:
        refused = connect().post("/citizen/cases", make_case_given(person={"name": "Rosa"}))

        assert (refused.status, refused.json["code"]) == (409, "citizen.contact_missing")

    @pytest.mark.parametrize("body", ["[]", "{", '"x"', '{"a": NaN}', "[" * 100_000, b"\xff"])
    def test_meets_a_body_that_is_no_object(self, body: str | bytes) -> None:
        app = connect()
        head = {"Authorization": f"Bearer {app.token}", "Idempotency-Key": str(uuid.uuid4())}

        refused = Browser().post("/api/v1/citizen/cases", body, content_type="application/json", headers=head)

        assert (refused.status_code, refused.json()["code"]) == (400, "api.body_malformed")

    def test_spares_a_character_that_nobody_meant_to_send(self) -> None:
        assert connect().post("/citizen/cases", make_case_given(description="Un \0bache.")).status == 201

    @pytest.mark.parametrize("path", ["/citizen/cases", "/cases/SI-2026-000001-X/note"])
    def test_meets_a_body_that_is_said_to_be_no_json(self, path: str) -> None:
        system = connect(make_user(Role.AGENT, "atencion_ciudadano"))
        head = {"Authorization": f"Bearer {system.token}", "Idempotency-Key": str(uuid.uuid4())}

        for kind in ("multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "text/plain"):
            refused = Browser().post(f"/api/v1{path}", b"{}", content_type=kind, headers=head)
            assert (refused.status_code, refused.json()["code"]) == (415, "api.content_type_refused"), kind

    def test_needs_no_body_where_nothing_is_asked_whatever_it_is_said_to_be(self) -> None:
        case = make_case(Stage.REFERRED)
        officer = connect(make_user(Role.AREA_OFFICER, "obras_infraestructura"))
        head = {"Authorization": f"Bearer {officer.token}", "Idempotency-Key": str(uuid.uuid4())}

        took = Browser().post(f"/api/v1/cases/{case.number}/take", {"a": "b"}, headers=head)

        assert took.status_code == 200

    def test_meets_half_a_character(self) -> None:
        assert connect().post("/citizen/cases", make_case_given(description="\ud800")).status == 422

    def test_meets_a_body_that_is_too_large(self) -> None:
        refused = connect().post("/citizen/cases", make_case_given(description="a" * 1_000_001))

        assert (refused.status, refused.json["code"]) == (413, "api.body_too_large")

    def test_names_the_methods_of_an_address(self) -> None:
        refused = Browser().delete("/api/v1/cases")

        assert (refused.status_code, set(refused.headers["Allow"].split(", "))) == (405, {"GET", "HEAD", "POST"})
        assert refused.json()["code"] == "api.method_refused"

    def test_says_that_an_address_leads_nowhere(self) -> None:
        refused = Browser().get("/api/v1/nowhere")

        assert (refused.status_code, refused.json()["code"]) == (404, "config.page_unknown")

    def test_says_how_to_sign_in(self) -> None:
        refused = Browser().get("/api/v1/cases")

        assert (refused.status_code, refused.headers["WWW-Authenticate"]) == (401, 'Bearer realm="Cercana"')


class TestAToken:
    def test_is_kept_as_a_digest_with_its_last_use(self) -> None:
        app = connect()
        assert Token.objects.get().last_used_at is None

        app.get("/catalogue")

        token = Token.objects.get()
        assert app.token not in (token.digest, token.hint)
        assert token.last_used_at is not None

    def test_opens_nothing_once_it_is_revoked_over_or_its_client_is_switched_off(self) -> None:
        user = make_user(Role.AGENT, "atencion_ciudadano")
        revoked, over, off, gone = connect(), connect(), connect(), connect(user)
        revoke_token(Token.objects.get(client=revoked.client), now=timezone.now())
        Token.objects.filter(client=over.client).update(expires_at=timezone.now())
        off.client.is_active = False
        off.client.save(update_fields=["is_active"])
        user.is_active = False
        user.save(update_fields=["is_active"])

        answers = [system.get("/catalogue") for system in (revoked, over, off, gone)]

        assert [each.json["code"] for each in answers] == ["api.token_refused"] * 4
        assert answers[0].headers["WWW-Authenticate"] == 'Bearer realm="Cercana", error="invalid_token"'

    def test_never_reaches_further_than_its_client(self) -> None:
        app = connect(None, Scope.CATALOGUE, Scope.CITIZEN)
        app.client.scopes = "catalogue"
        app.client.save(update_fields=["scopes"])

        assert app.post("/citizen/cases", make_case_given()).status == 403

    def test_without_an_account_does_nothing_of_the_staff(self) -> None:
        refused = connect().get("/cases")

        assert (refused.status, refused.json["code"]) == (403, "api.account_missing")

    def test_is_swept_when_it_is_long_over(self) -> None:
        app = connect()
        app.post("/citizen/cases", make_case_given())
        assert sweep(timezone.now()) == 0

        assert sweep(timezone.now().replace(year=2030)) == 2


class TestOAuth:
    def test_gives_a_short_token_for_the_secret(self) -> None:
        client, secret = create_client(
            name="app", scopes=[Scope.CATALOGUE, Scope.CITIZEN], account=None, now=timezone.now()
        )
        asked = {"grant_type": "client_credentials", "scope": "catalogue"}
        head = {"Authorization": _basic(client.key, secret)}

        given = Browser().post("/api/v1/oauth/token", asked, headers=head)

        assert given.status_code == 200
        assert given.headers["Cache-Control"] == "no-store"
        found = given.json()
        assert (found["token_type"], found["expires_in"], found["scope"]) == ("Bearer", 1800, "catalogue")
        assert System(client, found["access_token"]).get("/catalogue").status == 200
        assert System(client, found["access_token"]).post("/citizen/cases", make_case_given()).status == 403

    def test_takes_the_secret_in_the_form_too(self) -> None:
        client, secret = create_client(name="app", scopes=[Scope.CATALOGUE], account=None, now=timezone.now())
        asked = {"grant_type": "client_credentials", "client_id": client.key, "client_secret": secret}

        assert Browser().post("/api/v1/oauth/token", asked).json()["scope"] == "catalogue"

    @pytest.mark.parametrize(
        ("asked", "error", "status"),
        [
            ({}, "invalid_request", 400),
            ({"grant_type": "password"}, "unsupported_grant_type", 400),
            ({"grant_type": "client_credentials", "scope": "write"}, "invalid_scope", 400),
            ({"grant_type": "client_credentials", "scope": "everything"}, "invalid_scope", 400),
            ({"grant_type": "client_credentials", "client_secret": "wrong"}, "invalid_client", 401),
        ],
    )
    def test_refuses_as_the_standard_says(self, asked: dict[str, str], error: str, status: int) -> None:
        client, secret = create_client(name="app", scopes=[Scope.CATALOGUE], account=None, now=timezone.now())
        given = {"client_id": client.key, "client_secret": secret, **asked}

        refused = Browser().post("/api/v1/oauth/token", given)

        assert (refused.status_code, refused.json()["error"]) == (status, error)

    def test_gives_no_more_tokens_than_calls(self) -> None:
        client, secret = create_client(
            name="app", scopes=[Scope.CATALOGUE], account=None, now=timezone.now(), calls_per_minute=1
        )
        asked = {"grant_type": "client_credentials", "client_id": client.key, "client_secret": secret}

        assert [Browser().post("/api/v1/oauth/token", asked).status_code for _ in range(2)] == [200, 429]

    def test_refuses_a_character_that_cannot_be_kept_as_the_description_says(self) -> None:
        refused = Browser().post("/api/v1/oauth/token", {"grant_type": "a\0b"})

        answers = api.get_openapi_schema()["paths"]["/api/v1/oauth/token"]["post"]["responses"]
        documented = next(answer for status, answer in answers.items() if int(status) == 400)
        assert refused.status_code == 400
        assert refused.headers["Content-Type"] in documented["content"]

    def test_ends_what_was_given_for_a_secret_that_was_renewed(self) -> None:
        client, secret = create_client(name="app", scopes=[Scope.CATALOGUE], account=None, now=timezone.now())
        asked = {"grant_type": "client_credentials", "client_id": client.key, "client_secret": secret}
        text = Browser().post("/api/v1/oauth/token", asked).json()["access_token"]

        renew_secret(client)

        assert System(client, text).get("/catalogue").status == 401
        assert Browser().post("/api/v1/oauth/token", asked).status_code == 401


def _basic(key: str, secret: str) -> str:
    import base64

    return "Basic " + base64.b64encode(f"{key}:{secret}".encode()).decode()


class TestAValueOfAnotherKind:
    @pytest.mark.parametrize(
        ("path", "given", "field"),
        [
            ("/calls/events", {"call": "1", "event": "ringing", "recording_seconds": True}, "body.recording_seconds"),
            ("/cases/search", {"q": "bache", "limit": "5"}, "body.limit"),
            ("/citizen/turns", {"site": "x", "topic": "claim", "on_paper": 1}, "body.on_paper"),
            ("/roster/turns/1/end", {"last": 0}, "body.last"),
            ("/cases", {**make_case_given(), "channel": "phone", "received_at": 0}, "body.received_at"),
        ],
    )
    def test_is_refused_as_the_description_says(self, path: str, given: Json, field: str) -> None:
        refused = connect(make_user(Role.AGENT, "atencion_ciudadano")).post(path, given)

        assert (refused.status, [each["field"] for each in refused.json["errors"]]) == (422, [field])

    def test_is_taken_if_only_its_spelling_is_another(self) -> None:
        agent = connect(make_user(Role.AGENT, "atencion_ciudadano"))

        assert agent.post("/cases/search", {"q": "bache", "limit": 5.0}).status == 200
