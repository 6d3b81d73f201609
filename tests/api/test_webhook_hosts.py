"""Where a message of a webhook ends up: at the host that proves its name over TLS, never inside, never elsewhere."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings as SettingsWrapper

from cercana.api.models import WebhookMessage
from cercana.api.webhooks.addresses import Target, pinned, target_of
from cercana.api.webhooks.commands import create_webhook, new_salt
from cercana.api.webhooks.posting import post
from cercana.api.webhooks.signing import headers_for, secret_of
from tests.api.authority import Authority
from tests.api.calling import connect, make_case_given
from tests.couriers.strangers import stranger
from tests.docs.pages import DOCS
from tests.jobs import work_off

_HOST = "localhost"


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    """Return an authority that nobody trusts yet."""
    return Authority(tmp_path)


@pytest.fixture(autouse=True)
def allowed(settings: SettingsWrapper) -> None:
    """Name this machine, and another, as hosts that may be told."""
    settings.WEBHOOK_HOSTS = (_HOST, "systems.example")


def _trust(authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(authority.root))


def _target(address: str) -> Target:
    return target_of(f"https://{_HOST}:{address.rpartition(':')[2]}/hook")


class TestAHost:
    def test_is_told_over_tls_what_happens(self, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
        _trust(authority, monkeypatch)
        app = connect()
        with stranger(204, authority.server(_HOST)) as receiver:
            port = receiver.address.rpartition(":")[2]
            create_webhook(client=app.client, url=f"https://{_HOST}:{port}/hook", events=(), now=app.client.created_at)
            number = app.post("/citizen/cases", make_case_given()).json["number"]

            work_off()

        assert [each.json()["number"] for each in receiver.heard] == [number]
        assert receiver.heard[0].headers["host"] == f"{_HOST}:{port}"
        assert set(WebhookMessage.objects.values_list("state", flat=True)) == {"sent"}

    def test_can_tell_by_the_function_of_the_guide_that_it_is_us(self) -> None:
        guide = (DOCS / "guias/conectar-otro-sistema.md").read_text(encoding="utf-8")
        code, given = guide.partition("```python\n")[2].partition("```")[0], dict[str, Any]()
        exec(code, given)  # noqa: S102
        salt, body = new_salt(), b'{"number": "SI-2026-000123-K"}'
        signed = headers_for(salt, "id.1", body, timezone.now())

        assert given["is_ours"](secret_of(salt), signed, body)
        assert not given["is_ours"](secret_of(salt), signed, body + b" ")
        assert not given["is_ours"](secret_of(new_salt()), signed, body)
        old = headers_for(salt, "id.1", body, timezone.now() - timedelta(minutes=6))
        assert not given["is_ours"](secret_of(salt), old, body)

    def test_is_told_nothing_if_nobody_vouches_for_it(self, authority: Authority) -> None:
        with stranger(204, authority.server(_HOST)) as receiver:
            assert post(_target(receiver.address), b"{}", {}) == "tls"

        assert receiver.heard == []

    def test_is_told_nothing_under_the_name_of_another(
        self, authority: Authority, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _trust(authority, monkeypatch)
        with stranger(204, authority.server("other.example")) as receiver:
            assert post(_target(receiver.address), b"{}", {}) == "tls"

        assert receiver.heard == []

    def test_leads_nowhere_by_a_redirect(self, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> None:
        _trust(authority, monkeypatch)
        with stranger(307, authority.server(_HOST)) as receiver:
            assert post(_target(receiver.address), b"{}", {}) == "http.307"

        assert len(receiver.heard) == 1

    def test_does_not_hold_us_by_sending_a_letter_at_a_time(self) -> None:
        with _slow() as address:
            outcome = post(target_of(f"http://{_HOST}:{address[1]}/"), b"{}", {}, patience=0.3)

        assert outcome == "unreachable"


class TestAName:
    @pytest.mark.parametrize(
        "addresses",
        [
            ["1.1.1.1", "10.0.0.1"], ["127.0.0.1"], ["::ffff:169.254.169.254"], ["fe80::1%eth0"],
            ["2606:4700::1111", "::1"], ["64:ff9b::7f00:1"], ["0.0.0.1"], ["::ffff:0:0"],
        ],
    )  # fmt: skip
    def test_is_refused_if_any_of_its_addresses_leads_inwards(
        self, monkeypatch: pytest.MonkeyPatch, settings: SettingsWrapper, addresses: list[str]
    ) -> None:
        settings.MAY_NOTIFY_THIS_MACHINE = False
        _resolve(monkeypatch, addresses)

        assert post(target_of("https://systems.example/"), b"{}", {}) == "address.closed"

    def test_is_looked_up_once_so_that_it_cannot_lead_elsewhere_meanwhile(
        self, monkeypatch: pytest.MonkeyPatch, settings: SettingsWrapper
    ) -> None:
        settings.MAY_NOTIFY_THIS_MACHINE = False
        asked = _resolve(monkeypatch, ["1.1.1.1"], ["127.0.0.1"])

        assert pinned(target_of("https://systems.example/")) == "1.1.1.1"
        assert asked == ["systems.example"]


def _resolve(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Have names lead to these addresses, each time to the next ones; return the names that are asked for."""
    asked: list[str] = []

    def getaddrinfo(host: str, port: int, **_options: object) -> list[object]:
        asked.append(host)
        found = answers[min(len(asked), len(answers)) - 1]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return asked


@contextmanager
def _slow() -> Iterator[tuple[str, int]]:
    """Let somebody stand on a port of this machine who begins to answer and never comes to an end."""
    over = threading.Event()

    def drip() -> None:
        connection, _ = server.accept()
        with connection:
            connection.sendall(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            while not over.wait(0.02):
                try:
                    connection.sendall(b"a")
                except OSError:
                    return

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=drip)
        thread.start()
        try:
            yield server.getsockname()
        finally:
            over.set()
            thread.join()
