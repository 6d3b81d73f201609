"""Photos and documents that somebody brings are kept while the form is filled in, and go with its case."""

import uuid
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http.response import HttpResponseBase
from django.test import Client
from pytest_django import Settings

from cercana.cases.models import Attachment, Case
from cercana.rules.access import Role
from tests.factories import Given, make_user

PHOTO = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffdb004300") + b"\x01" * 64 + bytes.fromhex("ffd9")
HTMX = {"hx-request": "true"}


@pytest.fixture(autouse=True)
def agent(client: Client, settings: Settings, tmp_path: Path) -> None:
    """Sign in somebody who attends people; files go to a folder of this test."""
    settings.ATTACHMENTS_ROOT = tmp_path / "attachments"
    client.force_login(make_user(Role.AGENT, "atencion_ciudadano"))


@pytest.fixture
def key() -> str:
    """Return the key of a form."""
    return str(uuid.uuid4())


def upload(client: Client, key: str, name: str = "buzon.jpg", content: bytes = PHOTO) -> HttpResponseBase:
    return client.post(f"/mesa/atender/archivos/{key}/", {"archivo": SimpleUploadedFile(name, content)}, headers=HTMX)


def register(client: Client, key: str, **given: Given) -> HttpResponseBase:
    fields: Given = {
        "client_key": key,
        "channel": "counter",
        "description": "Hay un buzón sin tapa frente al mercado.",
        "category": "pothole",
        "type": "delay",
        "no_contact_reason": "No quiso dejarlo",
        "language": "es",
    }
    return client.post("/mesa/atender/", {**fields, **given})


def page(response: HttpResponseBase) -> str:
    return response.getvalue().decode()


class TestFilesOfTheForm:
    def test_travel_as_soon_as_they_are_chosen_and_go_with_the_case(self, client: Client, key: str) -> None:
        answer = upload(client, key)
        register(client, key)

        assert (answer.status_code, "buzon.jpg" in page(answer)) == (201, True)
        (file,) = Attachment.objects.all()
        assert (file.case, file.draft_id, file.state) == (Case.objects.get(), None, "waiting")

    def test_come_with_the_form_where_there_is_no_script(self, client: Client, key: str) -> None:
        register(client, key, archivos=[SimpleUploadedFile(f"{each}.jpg", PHOTO) for each in "ab"])

        assert set(Case.objects.get().attachments.values_list("name", flat=True)) == {"a.jpg", "b.jpg"}

    def test_are_forgotten_at_a_press_with_script_and_without(self, client: Client, key: str) -> None:
        for _ in range(2):
            upload(client, key)
        first, second = Attachment.objects.order_by("id").values_list("key", flat=True)

        client.post(f"/mesa/atender/archivos/{key}/", {"quitar": str(first)}, headers=HTMX)
        without_script = register(client, key, quitar=str(second))

        assert not Attachment.objects.exists()
        assert not Case.objects.exists()
        assert "Hay un buzón sin tapa" in page(without_script)

    def test_are_shown_again_with_what_was_typed_when_something_is_missing(self, client: Client, key: str) -> None:
        upload(client, key)

        assert "buzon.jpg" in page(register(client, key, category=""))

    def test_stop_nothing_but_are_named_when_they_cannot_be_taken(self, client: Client, key: str) -> None:
        refused = upload(client, key, "programa.exe", b"MZ" + b"\0" * 100)
        with_form = register(client, key, archivos=SimpleUploadedFile("programa.exe", b"MZ" + b"\0" * 100))

        assert refused.status_code == 422
        for answer in (refused, with_form):
            assert "No pudimos recibir «programa.exe»" in page(answer)
        assert "Hay un buzón sin tapa" in page(with_form)

    def test_belong_to_the_form_and_person_that_sent_them(self, client: Client, key: str) -> None:
        upload(client, key)
        client.force_login(make_user(Role.AGENT, "atencion_ciudadano"))
        register(client, key)

        assert Attachment.objects.get().case is None

    @pytest.mark.parametrize("pressed", ["", "not-a-key", "cc822fba-0e82-4dc9-9edf-2675640e7051"])
    def test_lose_nothing_by_a_press_that_means_none_of_them(self, client: Client, key: str, pressed: str) -> None:
        upload(client, key)

        assert client.post(f"/mesa/atender/archivos/{key}/", {"quitar": pressed}, headers=HTMX).status_code == 200
        assert Attachment.objects.count() == 1

    def test_are_not_taken_from_who_does_not_attend_people(self, client: Client, key: str) -> None:
        client.force_login(make_user(Role.AUDITOR, "alcaldia"))

        assert upload(client, key).status_code == 403
