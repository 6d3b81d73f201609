"""Open311 GeoReport v2 as the specification has it: found, chosen, reported, read, in both formats."""

import base64
import json
import uuid
from datetime import datetime
from xml.etree import ElementTree

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from django.utils import timezone

from cercana.api.scopes import Scope
from cercana.cases.models import Attachment, Case
from cercana.citizens.queries import values_of
from cercana.rules.classification import Channel
from cercana.rules.history import value_ids
from cercana.rules.lifecycle import Stage
from tests.api.calling import Json, connect
from tests.factories import make_case, make_person

V2 = "/open311/v2"
# One pixel.
_PHOTO = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def ask(path: str, **given: str) -> Json:
    """Return the answer to a reading as JSON."""
    return Browser().get(f"{V2}{path}", given)


def report(**given: Json) -> Json:
    """Return the answer to a report of a new app with a key."""
    told = {
        "service_code": "pothole",
        "lat": "-18.006612",
        "long": "-70.246329",
        "address_string": "Av. Basadre 945 dpto 301",
        "description": "Soy Rosa: quiero que parchen el bache. Mi celular es 987 654 321.",
        "email": f"{uuid.uuid4().hex[:10]}@vecinos.example",
        "first_name": "Rosa",
        "last_name": "Quispe",
        **given,
    }
    key = told.pop("api_key", None) or connect(None, Scope.OPEN311).token
    return Browser().post(f"{V2}/requests.json", {"api_key": key, **told})


def read_xml(content: bytes) -> ElementTree.Element:
    """Return the root of an answer of ours."""
    return ElementTree.fromstring(content)  # noqa: S314


def error_of(response: Json) -> tuple[int, int]:
    """Return the status of a refusal and the code in it, which the specification wants to be one."""
    (error,) = response.json()
    assert set(error) == {"code", "description"}
    return response.status_code, error["code"]


def _texts_of(number: str) -> str:
    """Return what the staff reads of a report."""
    payload = Case.objects.get(number=number).events.get(sequence=1).payload
    return " ".join(text or "" for text in values_of(value_ids(payload)).values())


class TestServices:
    def test_are_the_open_categories_alone(self) -> None:
        assert [each["service_code"] for each in ask("/services.json").json()] == ["pothole", "noise"]

    def test_have_the_fields_of_the_specification(self) -> None:
        first = ask("/services.json").json()[0]

        assert first["metadata"] is True
        assert (first["type"], first["group"]) == ("realtime", "Obras e Infraestructura")
        assert set(first) == {
            "service_code", "service_name", "description", "metadata", "type", "keywords", "group",
        }  # fmt: skip

    def test_are_the_same_in_xml(self) -> None:
        response = ask("/services.xml")

        root = read_xml(response.content)

        assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
        assert (root.tag, [each.tag for each in root]) == ("services", ["service", "service"])
        assert root.findtext("service/metadata") == "true"

    def test_define_their_attributes(self) -> None:
        found = ask("/services/pothole.json").json()
        root = read_xml(ask("/services/pothole.xml").content)

        assert [each["order"] for each in found["attributes"]] == [1, 2, 3]
        assert root.findtext("attributes/attribute/values/value/key") == "poor_service"

    def test_are_defined_at_the_address_of_the_first_clients_too(self) -> None:
        assert ask("/service/pothole.xml").content == ask("/services/pothole.xml").content

    def test_that_are_not_open_do_not_exist(self) -> None:
        assert error_of(ask("/services/violence_or_child.json")) == (404, 404)


class TestDiscovery:
    def test_names_endpoint_and_formats(self) -> None:
        found = ask("/discovery.json").json()

        assert found["endpoints"][0]["url"].endswith("/open311/v2")
        assert found["endpoints"][0]["formats"] == ["text/xml", "application/json"]


class TestAReport:
    def test_becomes_a_case_of_the_app(self) -> None:
        response = report()
        (receipt,) = response.json()

        case = Case.objects.get(number=receipt["service_request_id"])

        assert response.status_code == 201
        assert (case.channel, case.category_id, case.stage) == (Channel.APP, "pothole", Stage.REGISTERED)
        assert case.number in receipt["service_notice"]

    def test_is_public_without_anything_personal(self) -> None:
        number = report().json()[0]["service_request_id"]

        response = ask(f"/requests/{number}.json")
        (shown,) = response.json()

        assert (shown["lat"], shown["long"]) == (-18.007, -70.246)
        assert shown["address"] == "Av. Basadre, cuadra 9"
        assert (
            shown["description"] == "Soy [dato personal]: quiero que parchen el bache. Mi celular es [dato personal]."
        )
        assert (shown["status"], shown["requested_datetime"][-6:]) == ("open", "-05:00")
        assert "vecinos.example" not in response.content.decode()

    def test_keeps_its_file_and_exact_place_for_the_staff(self) -> None:
        number = report(media_url="https://fotos.example/1.jpg").json()[0]["service_request_id"]

        texts = _texts_of(number)

        assert "https://fotos.example/1.jpg" in texts
        assert "-18.00661, -70.24633" in texts
        assert "fotos.example" not in ask(f"/requests/{number}.json").content.decode()

    def test_keeps_what_an_app_of_another_country_says_otherwise(self) -> None:
        others = {"attribute[WHISPAWN]": "123456", "attribute[days][]": ["Monday", "Tuesday"]}

        number = report(phone="+44 20 7946 0018 9999", **others).json()[0]["service_request_id"]

        texts = _texts_of(number)
        assert "Teléfono, sin comprobar: +44 20 7946 0018 9999\nWHISPAWN: 123456\ndays: Monday, Tuesday" in texts
        assert "Monday" not in ask(f"/requests/{number}.json").content.decode()

    def test_keeps_the_photo_that_comes_along(self) -> None:
        photo = SimpleUploadedFile("bache.png", _PHOTO, "image/png")

        receipt = report(media=photo).json()[0]

        case = Case.objects.get(number=receipt["service_request_id"])
        assert [each.name for each in Attachment.objects.filter(case=case)] == ["bache.png"]
        assert ask(f"/requests/{case.number}.json").json()[0]["media_url"] is None

    def test_is_not_lost_over_a_file_that_cannot_be_kept(self) -> None:
        receipt = report(media=SimpleUploadedFile("bache.exe", b"MZ")).json()[0]

        told = "No pudimos recibir «bache.exe»: no es una foto, un video, un audio ni un PDF."
        assert receipt["service_notice"].endswith(told)
        assert told in _texts_of(receipt["service_request_id"])

    def test_sent_again_with_its_key_is_one_case(self) -> None:
        app, head = connect(None, Scope.OPEN311), {"Idempotency-Key": str(uuid.uuid4())}
        told = {"api_key": app.token, "service_code": "pothole", "address_string": "Av. Basadre, frente al grifo"}

        answers = [Browser().post(f"{V2}/requests.json", told, headers=head).json() for _ in range(2)]

        assert answers[0] == answers[1]
        assert Case.objects.count() == 1

    def test_answers_in_xml(self) -> None:
        told = {"api_key": connect(None, Scope.OPEN311).token, "service_code": "pothole", "lat": "-18", "long": "-70"}

        root = read_xml(Browser().post(f"{V2}/requests.xml", told).content)

        assert root.findtext("request/service_request_id")

    def test_among_very_many_gets_a_token_until_somebody_looked(self) -> None:
        receipts = [report(email="rosa@vecinos.example").json()[0] for _ in range(6)]

        token = receipts[-1]["token"]

        assert "service_request_id" not in receipts[-1]
        assert ask(f"/tokens/{token}.json").json() == [{"service_request_id": None, "token": token}]
        assert len(ask("/requests.json").json()) == 5

    def test_needs_a_key_of_open311(self) -> None:
        other = connect(None, Scope.CITIZEN).token

        assert [error_of(report(api_key=key)) for key in ("invented", other)] == [(403, 403)] * 2
        assert error_of(Browser().post(f"{V2}/requests.json", {"service_code": "pothole"})) == (403, 403)

    @pytest.mark.parametrize(
        ("given", "status"),
        [
            ({"service_code": ""}, 400),
            ({"service_code": "nowhere"}, 404),
            ({"jurisdiction_id": "elsewhere.gov"}, 404),
            ({"lat": "north"}, 400),
            ({"lat": "", "long": "", "address_string": ""}, 400),
            ({"media_url": "file:///etc/passwd"}, 400),
            ({"attribute[matter]": "everything"}, 400),
            ({"attribute[other]": "x" * 9_000}, 400),
        ],
    )
    def test_that_is_wrong_is_refused_as_the_specification_says(self, given: dict[str, str], status: int) -> None:
        assert error_of(report(**given)) == (status, status)
        assert Case.objects.count() == 0

    def test_is_refused_in_xml_too(self) -> None:
        refused = Browser().post(f"{V2}/requests.xml", {"service_code": "pothole"})

        root = read_xml(refused.content)

        assert (root.tag, root.findtext("error/code")) == ("errors", "403")


class TestTheList:
    def test_shows_no_words_of_other_channels_and_no_private_cases(self) -> None:
        now = timezone.now()
        shown = make_case(now=now)
        make_case(now=now, category="poor_attention")
        make_case(now=now, about_staff=True)
        make_case(now=now, is_drill=True)

        (found,) = ask("/requests.json").json()

        assert found["service_request_id"] == shown.number
        assert (found["description"], found["address"], found["lat"]) == (None, None, None)

    def test_shows_no_words_where_somebody_may_need_care(self) -> None:
        number = report(description="Hay un cable con corriente caído y puede matar a alguien.").json()[0]
        child = make_case(now=timezone.now(), person=make_person(responsible_adult="Ana Mamani"))

        found = {each["service_request_id"]: each["description"] for each in ask("/requests.json").json()}

        assert found == {number["service_request_id"]: None, child.number: None}

    def test_says_of_a_closed_report_when_it_was_closed(self) -> None:
        case = make_case(Stage.CLOSED, now=timezone.now())

        (found,) = ask("/requests.json", status="closed").json()

        assert case.closed_at is not None
        assert datetime.fromisoformat(found["updated_datetime"]) == case.closed_at.replace(microsecond=0)

    def test_is_narrowed_by_status_service_and_number(self) -> None:
        now = timezone.now()
        pothole, noise = make_case(now=now), make_case(now=now, category="noise")

        def numbers(**asked: str) -> set[str]:
            return {each["service_request_id"] for each in ask("/requests.json", **asked).json()}

        assert numbers(service_code="noise") == {noise.number}
        assert numbers(status="closed") == set()
        assert numbers(status="open,closed") == {pothole.number, noise.number}
        assert numbers(service_request_id=f"{pothole.number},SI-2026-999999-X") == {pothole.number}
        assert numbers(start_date="2020-01-01T00:00:00Z") == set()

    def test_comes_in_pages(self) -> None:
        cases = {make_case(now=timezone.now()).number for _ in range(3)}

        pages = [ask("/requests.json", page=page, page_size="2").json() for page in "123"]

        assert [len(each) for each in pages] == [2, 1, 0]
        assert {each["service_request_id"] for page in pages for each in page} == cases

    @pytest.mark.parametrize(
        "asked",
        [
            {"start_date": "2026-01-01T00:00:00Z", "end_date": "2026-11-01T00:00:00Z"},
            {"start_date": "yesterday"},
            {"start_date": "9999-12-31T00:00:00Z"},
            {"end_date": "0001-01-02T00:00:00Z"},
            {"status": "lost"},
            {"page": "0"},
        ],
    )
    def test_refuses_what_it_cannot_read(self, asked: dict[str, str]) -> None:
        assert error_of(ask("/requests.json", **asked)) == (400, 400)

    def test_knows_no_report_that_is_not_there(self) -> None:
        assert error_of(ask("/requests/SI-2026-999999-X.json")) == (404, 404)
        assert error_of(ask(f"/tokens/{uuid.uuid4()}.json")) == (404, 404)

    def test_says_how_many_readings_are_left(self) -> None:
        response = ask("/requests.json")

        assert response.headers["RateLimit-Policy"] == '"client";q=120;w=60'
        assert json.loads(response.content) == []
