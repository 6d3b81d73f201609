"""Where else alarms find the account of a system: added, tried and removed through the API, never shown."""

import uuid

import pytest
from django.utils import timezone

from cercana.critical.commands import add_service
from cercana.critical.models import AlarmTarget
from cercana.organization.models import Municipality
from cercana.rules.access import Role
from tests.api.calling import System, connect
from tests.factories import make_user

SERVICE = {"address": "json://avisos.example.com/muy-secreta", "label": "Central"}
PHONE = {"endpoint": "https://push.example.com/una", "p256dh": "clave", "auth": "secreto", "label": "Celular"}


@pytest.fixture
def officer() -> System:
    return connect(make_user(Role.AREA_OFFICER, "obras_infraestructura"))


class TestAlarmTargets:
    def test_are_added_once_and_never_shown(self, officer: System) -> None:
        key = str(uuid.uuid4())

        for _ in range(2):
            added = officer.post("/alarm-targets/services", SERVICE, key=key)
        officer.post("/alarm-targets/phones", PHONE)
        listed = officer.get("/alarm-targets")

        assert (added.status, AlarmTarget.objects.count()) == (201, 2)
        assert [each["label"] for each in listed.json["targets"]] == ["JSON: Central", "Celular"]
        assert "secreta" not in listed.body.decode()
        assert listed.json["public_key"]

    def test_are_tried_and_removed(self, officer: System) -> None:
        Municipality.objects.update(is_demo=True)
        id_ = officer.post("/alarm-targets/services", SERVICE).json["id"]

        tried = officer.post(f"/alarm-targets/{id_}/try")
        (target,) = officer.get("/alarm-targets").json["targets"]
        removed = officer.post(f"/alarm-targets/{id_}/remove")

        assert (tried.status, target["trial"], removed.status) == (202, "kept", 200)
        assert officer.post(f"/alarm-targets/{id_}/remove").json["code"] == "critical.target_unknown"

    def test_of_others_are_out_of_reach(self, officer: System) -> None:
        other = make_user(Role.SUPERVISOR, "alcaldia")
        id_ = add_service(person=other.pk, address=SERVICE["address"], label="", now=timezone.now())

        assert officer.get("/alarm-targets").json["targets"] == []
        assert officer.post(f"/alarm-targets/{id_}/remove").status == 404

    def test_have_to_be_of_a_service_that_is_known(self, officer: System) -> None:
        refused = officer.post("/alarm-targets/services", {"address": "nada://"})

        assert (refused.status, refused.json["code"]) == (409, "critical.address_unfit")
