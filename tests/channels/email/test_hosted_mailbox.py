"""A hosted mailbox that lets in only who holds a bearer token (OAuth2): a real Dovecot, and who gives out tokens."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from django.db import connection
from imapclient import IMAPClient
from pytest_django import Settings

from cercana.channels.email.commands import collect_mail
from cercana.channels.email.models import StoredMail
from cercana.config.environment import Mailbox
from tests.channels.email.servers import MAILBOX, PASSWORD, dovecot
from tests.channels.email.town import apart, write
from tests.command_line.installation import wait_until

pytestmark = [pytest.mark.root, pytest.mark.django_db]
TOKEN, SECRET = "llave-de-una-hora", "secreto"


class _Authority(BaseHTTPRequestHandler):
    """Gives a token to who has the secret, and tells Dovecot whose it is."""

    def do_POST(self) -> None:
        """Answer a request for a token, or about one."""
        told = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        if self.path == "/token":
            is_known = told.get("refresh_token") == [SECRET] and told.get("grant_type") == ["refresh_token"]
            self._say(200 if is_known else 400, f'{{"access_token": "{TOKEN}", "token_type": "Bearer"}}')
        else:
            is_active = told.get("token") == [TOKEN]
            self._say(200, f'{{"active": {str(is_active).lower()}, "user": "{MAILBOX}"}}')

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def _say(self, status: int, text: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())


@contextmanager
def authority() -> Iterator[str]:
    """Run who gives out tokens; give the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Authority)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def collecting() -> Iterator[None]:
    """Collect mail beside the test, as the worker does."""
    stopping = threading.Event()

    def collect() -> None:
        collect_mail(stopping)
        connection.close()

    thread = threading.Thread(target=collect)
    thread.start()
    try:
        yield
    finally:
        stopping.set()
        thread.join(60)
        apart(
            "DELETE FROM email_channel_mailpiece",
            "DELETE FROM email_channel_storedmail",
            "DELETE FROM procrastinate_jobs",
        )


class TestCollectMail:
    @pytest.mark.parametrize("kind", ["address", "command"])
    def test_signs_in_with_a_bearer_token(self, settings: Settings, tmp_path: Path, kind: str) -> None:
        printed = tmp_path / "token"
        printed.write_text(TOKEN)
        with authority() as address, dovecot(tokens=f"{address}/introspect") as port:
            with IMAPClient("127.0.0.1", port=port, ssl=False) as client:
                client.login(MAILBOX, PASSWORD)
                client.append("INBOX", write().as_bytes())
            sources = {"address": f"{address}/token?client_id=c&refresh_token={SECRET}", "command": f"cat {printed}"}
            settings.MAILBOX = Mailbox("127.0.0.1", port, MAILBOX, "", "INBOX", is_tls=False, oauth=sources[kind])
            with collecting():
                wait_until(StoredMail.objects.filter(way="imap").exists)
