"""Systems and tokens are made in the configuration and on the command line; what is secret is shown once."""

import re

import pytest
from click.testing import CliRunner
from django.contrib.messages import get_messages
from django.test import Client as Browser
from django.urls import reverse
from pytest_django import Settings

from cercana.accounts.models import ChangeRecord
from cercana.api.models import Client, Token, Webhook, WebhookMessage
from cercana.command_line.api import api
from cercana.rules.access import Role
from tests.api.calling import V1, System
from tests.factories import make_case, make_user


@pytest.fixture
def administrator() -> Browser:
    """Return the browser of an administrator."""
    browser = Browser()
    browser.force_login(make_user(Role.ADMINISTRATOR, "alcaldia"), "cercana.accounts.backends.StaffBackend")
    return browser


def _said(browser: Browser, page: str, fields: dict[str, object]) -> str:
    """Send a form of the configuration and return what was said once it was done."""
    response = browser.post(reverse(f"admin:{page}_add"), fields)
    assert response.status_code == 302, response.content.decode()[:3000]
    return " ".join(str(each) for each in get_messages(response.wsgi_request))


class TestTheConfiguration:
    def test_shows_the_secret_of_a_new_system_once(self, administrator: Browser) -> None:
        fields = {"name": "App", "scopes": ["catalogue", "citizen"], "calls_per_minute": 600, "is_active": "on"}

        said = _said(administrator, "api_client", fields)

        client = Client.objects.get()
        secret = re.findall(r"ces_[\w-]+", said)[0]
        asked = {"grant_type": "client_credentials", "client_id": client.key, "client_secret": secret}
        assert Browser().post(f"{V1}/oauth/token", asked).json()["scope"] == "catalogue citizen"
        administrator.get(reverse("admin:api_client_changelist"))
        page = administrator.get(reverse("admin:api_client_change", args=[client.pk]))
        assert secret not in page.content.decode()

    def test_marks_for_the_auditor_a_system_that_opens_cases(self, administrator: Browser) -> None:
        account = make_user(Role.SUPERVISOR, "alcaldia")
        fields = {"name": "Tablero", "scopes": ["read"], "calls_per_minute": 60, "account": account.pk}

        _said(administrator, "api_client", fields)

        assert ChangeRecord.objects.get().get_change_message().startswith("Abre casos.")

    def test_makes_and_revokes_a_token(self, administrator: Browser) -> None:
        _said(
            administrator, "api_client", {"name": "App", "scopes": ["catalogue"], "calls_per_minute": 9, "is_active": 1}
        )
        client = Client.objects.get()

        said = _said(administrator, "api_token", {"client": client.pk, "scopes": ["catalogue"], "days": 30})

        text = re.findall(r"cer_[\w-]+", said)[0]
        assert System(client, text).get("/catalogue").status == 200
        chosen = {"action": "revoke", "_selected_action": [Token.objects.get().pk]}
        administrator.post(reverse("admin:api_token_changelist"), chosen)
        assert System(client, text).get("/catalogue").status == 401

    def test_refuses_a_token_for_more_than_its_system_may(self, administrator: Browser) -> None:
        _said(administrator, "api_client", {"name": "App", "scopes": ["catalogue"], "calls_per_minute": 9})
        fields = {"client": Client.objects.get().pk, "scopes": ["read"], "days": 30}

        page = administrator.post(reverse("admin:api_token_add"), fields)

        assert "Ese sistema solo tiene: catalogue." in page.content.decode()

    def test_takes_webhooks_to_hosts_that_are_allowed_alone(self, administrator: Browser, settings: Settings) -> None:
        settings.WEBHOOK_HOSTS = ("systems.example",)
        _said(administrator, "api_client", {"name": "App", "scopes": ["catalogue"], "calls_per_minute": 9})
        fields = {"client": Client.objects.get().pk, "events": ["answered"], "is_active": "on"}

        refused = administrator.post(reverse("admin:api_webhook_add"), {**fields, "url": "https://other.example/"})
        said = _said(administrator, "api_webhook", {**fields, "url": "https://systems.example/"})

        assert "CERCANA_WEBHOOK_HOSTS" in refused.content.decode()
        assert "whsec_" in said
        assert Webhook.objects.get().events == "answered"

    def test_sends_a_message_of_the_log_again(self, administrator: Browser, settings: Settings) -> None:
        settings.WEBHOOK_HOSTS = ("systems.example",)
        _said(administrator, "api_client", {"name": "App", "scopes": ["catalogue"], "calls_per_minute": 9})
        fields = {"client": Client.objects.get().pk, "url": "https://systems.example/", "is_active": "on"}
        _said(administrator, "api_webhook", fields)
        case = make_case()
        message = WebhookMessage.objects.create(
            webhook=Webhook.objects.get(), case=case, sequence=2, type="registered", stage="registered", tries=9,
            state="given_up", occurred_at=case.received_at, queued_at=case.received_at,
        )  # fmt: skip

        chosen = {"action": "send_again", "_selected_action": [message.pk]}
        administrator.post(reverse("admin:api_webhookmessage_changelist"), chosen)

        message.refresh_from_db()
        assert (message.state, message.tries) == ("waiting", 0)


class TestTheCommand:
    def test_connects_a_system_and_gives_it_a_token(self) -> None:
        made = _run("connect", "App", "--scope", "catalogue")
        text = _run("token", "App").splitlines()[0]

        assert re.match(r"client_id=sis-\w+\nclient_secret=ces_", made)
        assert System(Client.objects.get(), text).get("/catalogue").status == 200
        assert text not in _run("list")

    def test_revokes_a_token_and_renews_a_secret(self) -> None:
        made = _run("connect", "App")
        text = _run("token", "App").splitlines()[0]

        _run("revoke", str(Token.objects.get().pk))

        assert System(Client.objects.get(), text).get("/catalogue").status == 401
        assert _run("secret", "App").splitlines()[1] != made.splitlines()[1]

    def test_adds_a_webhook_and_sends_its_messages_anew(self, settings: Settings) -> None:
        settings.WEBHOOK_HOSTS = ("systems.example",)
        _run("connect", "App")

        made = _run("webhook", "App", "https://systems.example/hook", "--event", "answered")

        assert "secret=whsec_" in made
        assert _run("replay", str(Webhook.objects.get().pk)).startswith("0 ")

    @pytest.mark.parametrize(
        "words",
        [
            ("token", "Nobody"), ("secret", "Nobody"), ("revoke", "7"), ("connect", "Taken"),
            ("connect", "App", "--account", "no@no.example"), ("token", "Taken", "--scope", "write"),
        ],
    )  # fmt: skip
    def test_says_what_there_is_not(self, words: tuple[str, ...]) -> None:
        _run("connect", "Taken")

        assert CliRunner().invoke(api, words).exit_code == 2


def _run(*words: str) -> str:
    done = CliRunner().invoke(api, words)
    assert done.exit_code == 0, done.output
    return done.stdout
