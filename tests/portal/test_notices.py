"""Turning the notices of a case on and off, as the script of its page asks for it."""

import pytest
from django.test import Client
from pytest_django import Settings

from cercana.cases.models import Case
from cercana.conversation.models import SubscribedDevice
from cercana.conversation.queries import push_key
from tests.factories import make_case
from tests.portal.walking import come_in, page

BROWSER = {"endpoint": "https://push.example.com/una", "p256dh": "clave", "auth": "secreto"}


@pytest.fixture(autouse=True)
def known_service(settings: Settings) -> None:
    settings.PUSH_HOSTS = ("push.example.com",)


@pytest.fixture
def case(client: Client) -> Case:
    """Return a case that this browser holds."""
    case = make_case()
    come_in(client, case)
    return case


def ask(client: Client, case: Case, step: str, **given: str) -> dict[str, object]:
    """Ask for ``step`` as the script does, and return what it is told."""
    answer = client.post(f"/casos/{case.number}/avisos/", {"paso": step, **BROWSER, **given})
    told = answer.json()
    assert isinstance(told, dict)
    return told


class TestTheNotices:
    def test_are_off_until_somebody_turns_them_on_and_off_again(self, client: Client, case: Case) -> None:
        assert ask(client, case, "saber") == {"is_on": False}
        assert ask(client, case, "activar") == {"is_on": True}
        assert ask(client, case, "saber") == {"is_on": True}
        assert ask(client, case, "apagar") == {"is_on": False}
        assert not SubscribedDevice.objects.exists()

    def test_are_of_one_case_each(self, client: Client, case: Case) -> None:
        ask(client, case, "activar")
        other = make_case()
        come_in(client, other)

        assert ask(client, other, "saber") == {"is_on": False}

    def test_say_in_words_what_they_cannot_take(self, client: Client, case: Case) -> None:
        told = ask(client, case, "activar", endpoint="https://intranet.muni.gob.pe/x")

        assert "refusal" in told
        assert not SubscribedDevice.objects.exists()

    def test_end_on_a_browser_that_the_case_is_closed_on(self, client: Client, case: Case) -> None:
        ask(client, case, "activar")
        client.post(f"/casos/{case.number}/salir/", {"endpoint": BROWSER["endpoint"]})

        assert not SubscribedDevice.objects.exists()

    def test_end_nowhere_for_whoever_does_not_hold_the_case(self, client: Client, case: Case) -> None:
        ask(client, case, "activar")
        Client().post(f"/casos/{case.number}/salir/", {"endpoint": BROWSER["endpoint"]})

        assert SubscribedDevice.objects.exists()

    def test_need_nothing_but_the_page_which_is_silent_without_script(self, client: Client, case: Case) -> None:
        html = page(client, f"/casos/{case.number}/")

        assert f'data-notices data-key="{push_key()}" hidden' in html

    @pytest.mark.parametrize("step", ["", "otro"])
    def test_know_no_other_step(self, client: Client, case: Case, step: str) -> None:
        assert client.post(f"/casos/{case.number}/avisos/", {"paso": step}).status_code == 404
