"""The trainer writes the guide: what is said beside a conversation changes, and nothing written is lost."""

import pytest
from django.test import Client

from cercana.accounts.models import User
from cercana.rules.access import Role
from cercana.workplace.models import GuideText
from cercana.workplace.queries import shipped_texts
from tests.desk.test_intake import HTMX, typed
from tests.factories import make_user

PAGE = "/mesa/guia/"
KEY = "reconocer-general"
TEXT = shipped_texts()[KEY]
WORDS = "Gracias por confiar en nosotros."
CHANGED = TEXT.replace("- Entiendo lo que me dice. Hace bien en avisar.", f"- {WORDS}")


@pytest.fixture(autouse=True)
def trainer(client: Client) -> User:
    user = make_user(Role.TRAINER, "alcaldia", name="Tomás Trainer")
    client.force_login(user)
    return user


def save(client: Client, text: str, after: int = 0, address: str = f"{PAGE}{KEY}/") -> int:
    return client.post(address, {"paso": "guardar", "texto": text, "version": after}).status_code


def page(client: Client, address: str = f"{PAGE}{KEY}/") -> str:
    return client.get(address).content.decode()


def beside(client: Client) -> str:
    client.force_login(make_user(Role.AGENT, "atencion_ciudadano"))
    return client.post(
        "/mesa/atender/parecidos/", typed(category="", type="", place="", request=""), headers=HTMX
    ).content.decode()


class TestWriting:
    def test_changes_what_is_said_beside_the_next_conversation(self, client: Client) -> None:
        assert save(client, CHANGED) == 302

        assert WORDS in beside(client)

    def test_keeps_every_version_with_who_and_when_and_brings_one_back(self, client: Client) -> None:
        save(client, CHANGED)
        save(client, CHANGED.replace(WORDS, "Le agradezco que venga."), after=1)
        client.post(f"{PAGE}{KEY}/", {"volver": "0"})

        shown = page(client)
        assert [*GuideText.objects.order_by("version").values_list("version", flat=True)] == [1, 2, 3]
        assert GuideText.objects.get(version=3).text == TEXT
        for words in ("Versión 3", "La que trae Cercana", "Tomás Trainer", "hace un momento"):
            assert words in shown
        assert WORDS not in beside(client)

    def test_writes_nothing_where_nothing_changed(self, client: Client) -> None:
        save(client, TEXT.replace("\n", "\r\n"))

        assert not GuideText.objects.exists()

    def test_says_what_a_text_lacks_and_keeps_it(self, client: Client) -> None:
        answer = client.post(f"{PAGE}{KEY}/", {"paso": "guardar", "texto": TEXT.replace("paso: ", "pasos: ")})

        assert answer.status_code == 422
        assert "no se conoce la línea «pasos»" in answer.content.decode()
        assert "pasos: reconocer" in answer.content.decode()

    def test_refuses_the_second_of_two_who_wrote_at_once_and_keeps_their_text(self, client: Client) -> None:
        save(client, CHANGED)
        answer = client.post(f"{PAGE}{KEY}/", {"paso": "guardar", "texto": TEXT + " ", "version": 0})

        assert "Otra persona guardó esta situación" in answer.content.decode()
        assert GuideText.objects.count() == 1

    def test_begins_a_situation_of_its_own_under_its_title(self, client: Client) -> None:
        for _ in range(2):
            save(client, TEXT.replace("titulo: Nombrar lo que siente", "titulo: Llueve"), address=f"{PAGE}nueva/")

        assert [*GuideText.objects.order_by("key").values_list("key", flat=True)] == ["llueve", "llueve-2"]
        assert "Llueve" in page(client, PAGE)

    @pytest.mark.parametrize("number", ["7", "²", ""])
    def test_knows_no_version_that_is_not_there(self, client: Client, number: str) -> None:
        status = client.post(f"{PAGE}{KEY}/", {"volver": number}).status_code

        assert status == (404 if number else 200)
        assert client.get(f"{PAGE}no-hay/").status_code == 404


class TestThePreview:
    def test_looks_like_the_guide_and_advises_on_long_sentences(self, client: Client) -> None:
        long = "- " + " ".join(["palabra"] * 21) + "."
        fields = {"paso": "ver", "texto": CHANGED.replace("- Por lo que", f"{long}\n- Por lo que")}
        shown = client.post(f"{PAGE}{KEY}/", fields, headers=HTMX).content.decode()

        assert f"<q>{WORDS}</q>" in shown
        assert "Más de 20 palabras" in shown
        assert "<html" not in shown

    def test_shows_what_was_typed_as_text_and_nothing_else(self, client: Client) -> None:
        fields = {"paso": "ver", "texto": CHANGED.replace(WORDS, "<script>alert(1)</script>")}

        assert "<script>alert" not in client.post(f"{PAGE}{KEY}/", fields, headers=HTMX).content.decode()
