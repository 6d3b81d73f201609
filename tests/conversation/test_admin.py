from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cercana.conversation.letters import Kind
from cercana.conversation.models import Template
from cercana.conversation.wording import wording
from cercana.rules.access import Role
from tests.factories import make_user

ADD = "/admin/conversation/template/add/"


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(make_user(Role.ADMINISTRATOR, "alcaldia"))
    return client


def change(client: Client, **fields: str) -> int:
    given = {
        "code": "receipt",
        "language": "es",
        "version": "1",
        "subject": "Ya está: {number}",
        "body": "{greeting}\n\n[Ver mi caso](case)",
        "valid_from_0": "2026-01-01",
        "valid_from_1": "00:00:00",
    }
    return client.post(ADD, {**given, **fields}).status_code


class TestTemplateAdmin:
    def test_offers_every_text_to_be_changed(self, administrator: Client) -> None:
        page = administrator.get("/admin/conversation/template/").content.decode()

        assert all(f"?code={kind}&amp;language=es" in page for kind in Kind)

    def test_begins_with_the_text_of_today(self, administrator: Client) -> None:
        page = administrator.get(f"{ADD}?code=taken&language=en").content.decode()

        assert "Somebody is in charge of your case {number}" in page

    def test_begins_with_the_receipt_when_asked_for_nothing_it_knows(self, administrator: Client) -> None:
        assert "Recibimos tu caso {number}" in administrator.get(f"{ADD}?code=nada").content.decode()

    def test_lets_what_is_added_to_letters_be_changed_too(self, administrator: Client) -> None:
        assert change(administrator, code="signature", subject="", body="{municipality}") == 302

    def test_makes_a_change_a_new_version(self, administrator: Client) -> None:
        assert change(administrator) == 302

        today = wording(Kind.RECEIPT, "es", timezone.now())
        assert (today.subject, today.version) == ("Ya está: {number}", 1)
        assert wording(Kind.RECEIPT, "es", timezone.now() - timedelta(days=4000)).version == 0
        assert 'value="2"' in administrator.get(f"{ADD}?code=receipt&language=es").content.decode()

    @pytest.mark.parametrize("body", ["Tu DNI es {dni}.", "[aquí](https)"])
    def test_refuses_what_no_letter_has(self, administrator: Client, body: str) -> None:
        assert change(administrator, body=body) == 200

        assert not Template.objects.exists()

    def test_rewrites_and_removes_nothing(self, administrator: Client) -> None:
        change(administrator)
        version = Template.objects.get()

        for page in ("change", "delete"):
            address = f"/admin/conversation/template/{version.pk}/{page}/"
            administrator.post(address, {"subject": "Otro", "post": "yes"})
        version.refresh_from_db()
        assert version.subject == "Ya está: {number}"
