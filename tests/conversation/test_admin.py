from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from cercana.conversation.commands import set_up_phrases
from cercana.conversation.letters import Kind
from cercana.conversation.models import ReplyPhrase, ReplyPhraseVersion, Template
from cercana.conversation.wording import wording
from cercana.rules.access import Role
from tests.factories import NOW, make_user

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


class TestReplyPhraseAdmin:
    LIST = "/admin/conversation/replyphrase/"

    @pytest.fixture
    def greeting(self, administrator: Client) -> ReplyPhrase:
        set_up_phrases(now=NOW)
        return ReplyPhrase.objects.get(code="saludo_tarde")

    def given(self, phrase: ReplyPhrase, **changed: str) -> dict[str, str]:
        inline = {"versions-TOTAL_FORMS": "0", "versions-INITIAL_FORMS": "0"}
        fields = {
            "title": phrase.title,
            "situation": phrase.situation,
            "category": "",
            "channel": "",
            "is_active": "on",
        }
        return {**inline, **fields, "text": newest(phrase).text, "restored": "", "reason": "", **changed}

    def change(self, client: Client, phrase: ReplyPhrase, **changed: str) -> int:
        return client.post(f"{self.LIST}{phrase.pk}/change/", self.given(phrase, **changed)).status_code

    def test_makes_another_text_a_new_version_with_its_author_and_reason(
        self, administrator: Client, greeting: ReplyPhrase
    ) -> None:
        assert self.change(administrator, greeting, text="Buenas tardes, {nombre}.", reason="Más corto") == 302

        version = newest(greeting)
        assert (version.number, version.text, version.reason) == (2, "Buenas tardes, {nombre}.", "Más corto")
        assert version.author is not None

    def test_writes_the_change_into_the_register(self, administrator: Client, greeting: ReplyPhrase) -> None:
        self.change(administrator, greeting, text="Buenas tardes, {nombre}.", reason="Más corto")

        register = administrator.get("/admin/accounts/changerecord/").content.decode()
        assert "→ Buenas tardes, {nombre}." in register
        assert "Más corto" in register

    def test_restores_an_older_version_as_a_new_one(self, administrator: Client, greeting: ReplyPhrase) -> None:
        first = newest(greeting)
        self.change(administrator, greeting, text="Buenas tardes, {nombre}.", reason="Más corto")

        assert self.change(administrator, greeting, restored=str(first.pk), reason="Era mejor") == 302

        assert (newest(greeting).number, newest(greeting).text) == (3, first.text)
        page = administrator.get(f"{self.LIST}{greeting.pk}/change/").content.decode()
        assert "Viene con Cercana" in page
        assert "Era mejor" in page

    @pytest.mark.parametrize(
        "changed", [{"text": "Su DNI es {dni}.", "reason": "Prueba"}, {"text": "Buenas tardes."}, {"text": ""}]
    )
    def test_refuses_unknown_variables_changes_without_a_reason_and_no_text(
        self, administrator: Client, greeting: ReplyPhrase, changed: dict[str, str]
    ) -> None:
        assert self.change(administrator, greeting, **changed) == 200

        assert newest(greeting).number == 1

    def test_makes_no_version_where_only_the_place_of_a_phrase_changes(
        self, administrator: Client, greeting: ReplyPhrase
    ) -> None:
        assert self.change(administrator, greeting, category="pothole", channel="email") == 302

        greeting.refresh_from_db()
        assert (greeting.category_id, greeting.channel, newest(greeting).number) == ("pothole", "email", 1)

    def test_enters_a_phrase_of_the_municipality_and_removes_none(self, administrator: Client) -> None:
        fresh = ReplyPhrase(title="Saludo del aniversario", situation="greeting")
        given = {**self.given_new(fresh), "code": "aniversario"}

        assert administrator.post(f"{self.LIST}add/", given).status_code == 302

        phrase = ReplyPhrase.objects.get(code="aniversario")
        assert newest(phrase).reason == "Frase nueva"
        administrator.post(f"{self.LIST}{phrase.pk}/delete/", {"post": "yes"})
        assert ReplyPhrase.objects.filter(code="aniversario").exists()

    def given_new(self, phrase: ReplyPhrase) -> dict[str, str]:
        inline = {"versions-TOTAL_FORMS": "0", "versions-INITIAL_FORMS": "0"}
        return {
            **inline,
            "title": phrase.title,
            "situation": phrase.situation,
            "text": "Feliz día del distrito, {nombre}.",
            "is_active": "on",
        }


def newest(phrase: ReplyPhrase) -> ReplyPhraseVersion:
    return phrase.versions.order_by("-number")[0]
