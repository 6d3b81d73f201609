"""An app of the institution turns notices on and off for whoever holds a case, and tells how to reach us."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client as Browser
from pytest_django import Settings

from cercana.cases.models import Attachment, Case
from cercana.citizens.models import Citizen
from cercana.conversation.models import SubscribedDevice
from cercana.conversation.queries import Access, code_for, push_key
from cercana.rules.classification import CriticalState
from tests.api.calling import V1, System, connect, make_case_given
from tests.factories import make_case

DEVICE = {"endpoint": "https://push.example.com/una", "p256dh": "clave", "auth": "secreto"}


@pytest.fixture(autouse=True)
def known_service(settings: Settings) -> None:
    settings.PUSH_HOSTS = ("push.example.com",)


@pytest.fixture
def app() -> System:
    return connect()


def _code_of(case: Case) -> str:
    return code_for(Access(case.key, case.access_generation))


class TestNotices:
    def test_are_turned_on_once_and_off_again(self, app: System) -> None:
        case, key = make_case(), str(uuid.uuid4())
        path, code, endpoint = f"/citizen/cases/{case.number}/notices", _code_of(case), {"endpoint": DEVICE["endpoint"]}

        before = app.get(path, Case_Code=code, Device_Endpoint=DEVICE["endpoint"]).json
        for _ in range(2):
            on = app.post(f"{path}/subscribe", {**DEVICE, "language": "en"}, key=key, Case_Code=code)
        device = SubscribedDevice.objects.get()
        after = app.get(path, Case_Code=code, Device_Endpoint=DEVICE["endpoint"]).json
        off = app.post(f"{path}/unsubscribe", endpoint, Case_Code=code)

        assert (before, on.status, after, off.json) == ({"is_on": False}, 201, {"is_on": True}, {"is_on": False})
        assert (device.case, device.language) == (case, "en")
        assert not SubscribedDevice.objects.exists()

    def test_go_to_no_service_that_is_not_named(self, app: System) -> None:
        case = make_case()
        given = {**DEVICE, "endpoint": "https://intranet.muni.gob.pe/x"}

        refused = app.post(f"/citizen/cases/{case.number}/notices/subscribe", given, Case_Code=_code_of(case))

        assert (refused.status, refused.json["code"]) == (409, "couriers.subscription_unfit")

    def test_are_for_who_holds_the_case(self, app: System) -> None:
        case, other = make_case(), make_case()
        path = f"/citizen/cases/{case.number}/notices"

        assert app.post(f"{path}/subscribe", DEVICE, Case_Code=_code_of(other)).status == 404
        assert not SubscribedDevice.objects.exists()


class TestWhoToldTwiceBefore:
    def test_is_looked_at_before_anything_is_promised(self, app: System) -> None:
        told = app.post("/citizen/cases", make_case_given(told_twice=True)).json
        other = app.post("/citizen/cases", make_case_given()).json

        assert (told["is_in_review"], other["is_in_review"]) == (True, False)


class TestAMotiveThatIsAlwaysCritical:
    def test_is_proposed_for_a_person_to_confirm_as_in_the_portal(self, app: System) -> None:
        number = app.post("/citizen/cases", make_case_given(category="violence_or_child")).json["number"]

        assert Case.objects.get(number=number).critical_state == CriticalState.PROPOSED


class TestTheReceipt:
    def test_comes_as_a_pdf_to_who_holds_the_case(self, app: System) -> None:
        case, other = make_case(), make_case()
        path = f"/citizen/cases/{case.number}/receipt"

        found = app.get(f"{path}?language=en", Case_Code=_code_of(case))

        assert (found.status, found.headers["Content-Type"]) == (200, "application/pdf")
        assert found.body.startswith(b"%PDF-")
        assert app.get(path, Case_Code=_code_of(other)).status == 404


class TestWhoWantsNoMoreQuestions:
    def test_is_asked_for_no_opinion(self, app: System) -> None:
        case = make_case()

        done = app.post(f"/citizen/cases/{case.number}/decline-opinion", Case_Code=_code_of(case))

        assert done.status == 200
        assert not Citizen.objects.get(key=case.citizen_id).may_ask_opinion


class TestHelp:
    def test_tells_how_to_reach_us_and_what_we_promise(self, app: System) -> None:
        told = app.get("/citizen/help")

        assert (told.json["pledges"]["simple_hours"], told.json["push_key"]) == (48, push_key())
        assert app.get("/citizen/help", If_None_Match=told.headers["ETag"]).status == 304


class TestAFileSentBefore:
    def test_is_taken_back_by_who_sent_it(self, app: System) -> None:
        group = uuid.uuid4()
        head = {"Authorization": f"Bearer {app.token}", "Idempotency-Key": str(uuid.uuid4())}
        paper = SimpleUploadedFile("acta.pdf", b"%PDF-1.4\n%acta")
        sent = Browser().post(f"{V1}/citizen/files/{group}", {"file": paper}, headers=head).json()

        assert connect().post(f"/citizen/files/{group}/{sent['key']}/remove").json == {"done": 0}
        assert app.post(f"/citizen/files/{group}/{sent['key']}/remove").json == {"done": 1}
        assert not Attachment.objects.exists()
