"""The listener: what it says yes to is kept, for each recipient by LMTP, and what cannot be kept stays where it was."""

import asyncio
import smtplib
import socket
from collections.abc import Iterator
from threading import Event, Thread

import pytest
from django.db import connection
from pytest_django import Settings

from cercana.channels.email.commands import start_listener
from cercana.channels.email.listening import LARGEST_MAIL
from cercana.channels.email.models import MailPiece, StoredMail
from cercana.config.environment import MailListener
from tests.channels.email.town import write

pytestmark = pytest.mark.django_db


def apart(*statements: str) -> None:
    """Change the database for good, beside the transaction of the test, as the listener does."""

    def execute() -> None:
        with connection.cursor() as cursor:
            for each in statements:
                cursor.execute(each)
        connection.close()

    thread = Thread(target=execute)
    thread.start()
    thread.join()


class Listener(Thread):
    """The listener as the worker runs it, in a thread of its own."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.is_up, self._loop = Event(), asyncio.new_event_loop()
        self._over = asyncio.Event()

    def run(self) -> None:
        self._loop.run_until_complete(self._serve())

    async def _serve(self) -> None:
        server = await start_listener()
        assert server is not None
        async with server:
            self.is_up.set()
            await self._over.wait()

    def end(self) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self.join()
        self._loop.close()


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture
def place(settings: Settings, request: pytest.FixtureRequest) -> Iterator[MailListener]:
    settings.MAIL_LISTENER = MailListener("127.0.0.1", free_port(), is_lmtp=request.param == "lmtp")
    listener = Listener()
    listener.start()
    assert listener.is_up.wait(10)
    yield settings.MAIL_LISTENER
    listener.end()
    apart("DELETE FROM email_channel_mailpiece", "DELETE FROM email_channel_storedmail")
    apart("DELETE FROM procrastinate_jobs")


class TestTheListener:
    @pytest.mark.parametrize("place", ["lmtp"], indirect=True)
    def test_keeps_a_mail_before_it_says_so_to_each_recipient(self, place: MailListener) -> None:
        with smtplib.LMTP(place.host, place.port, timeout=20) as lmtp:
            lmtp.ehlo("mx.pe")
            assert lmtp.docmd("MAIL", "FROM:<elvira@vecinos.pe>")[0] == 250
            for name in ("casos", "cercana"):
                assert lmtp.docmd("RCPT", f"TO:<{name}@prueba.example>")[0] == 250
            assert lmtp.docmd("DATA")[0] == 354
            lmtp.send(write(".\n..\nPunto").as_bytes().replace(b"\n", b"\r\n").replace(b"\r\n.", b"\r\n..") + b".\r\n")
            assert [lmtp.getreply()[0], lmtp.getreply()[0]] == [250, 250]

        stored = StoredMail.objects.get()
        assert (stored.way, stored.sender, stored.recipients) == (
            "lmtp",
            "elvira@vecinos.pe",
            ["casos@prueba.example", "cercana@prueba.example"],
        )
        assert b"".join(MailPiece.objects.values_list("content", flat=True)).endswith(b"\r\n\r\n.\r\n..\r\nPunto\r\n")

    @pytest.mark.parametrize("place", ["smtp"], indirect=True)
    def test_takes_what_a_program_sends(self, place: MailListener) -> None:
        with smtplib.SMTP(place.host, place.port, timeout=20) as smtp:
            smtp.send_message(write())

        assert StoredMail.objects.get().way == "smtp"

    @pytest.mark.parametrize("place", ["smtp"], indirect=True)
    def test_refuses_whom_nobody_knows(self, place: MailListener, settings: Settings) -> None:
        settings.MAIL_ADDRESS = "casos@prueba.example"
        with smtplib.SMTP(place.host, place.port, timeout=20) as smtp:
            smtp.ehlo()
            smtp.docmd("MAIL", "FROM:<a@b.pe>")

            assert smtp.docmd("RCPT", "TO:<otro@lejos.pe>")[0] == 550
            assert smtp.docmd("RCPT", "TO:<casos+si-2026-000001-x.abc@prueba.example>")[0] == 250

    @pytest.mark.parametrize("place", ["smtp"], indirect=True)
    def test_takes_lines_of_any_length_and_refuses_what_is_too_large(self, place: MailListener) -> None:
        with smtplib.SMTP(place.host, place.port, timeout=20) as smtp:
            smtp.sendmail("a@b.pe", ["casos@prueba.example"], b"Subject: x\r\n\r\n" + b"a" * 3_000_000 + b"\r\n")
            with pytest.raises(smtplib.SMTPSenderRefused) as refused:
                smtp.sendmail("a@b.pe", ["c@prueba.example"], b"Subject: y\r\n\r\n" + b"a\r\n" * (LARGEST_MAIL // 3))

        assert refused.value.smtp_code == 552
        assert StoredMail.objects.get().size > 3_000_000


class TestAMailThatCannotBeKept:
    @pytest.mark.parametrize("place", ["smtp"], indirect=True)
    def test_stays_with_whoever_brings_it(self, place: MailListener) -> None:
        apart("ALTER TABLE email_channel_mailpiece RENAME TO elsewhere")
        try:
            with (
                smtplib.SMTP(place.host, place.port, timeout=20) as smtp,
                pytest.raises(smtplib.SMTPDataError) as refused,
            ):
                smtp.send_message(write())
        finally:
            apart("ALTER TABLE elsewhere RENAME TO email_channel_mailpiece")

        assert refused.value.smtp_code == 451
        assert not StoredMail.objects.exists()
