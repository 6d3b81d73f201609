"""
The listener for mail: LMTP for a mail server that hands over, SMTP for a machine without one.

It says 250 only once the mail is kept for good; whatever stands in the way of that is a 4xx, so that whoever hands it
over keeps it and tries again.
"""

import asyncio
from collections.abc import Sequence
from types import SimpleNamespace

import structlog
from aiosmtpd.lmtp import LMTP
from aiosmtpd.smtp import SMTP, Envelope, Session, syntax
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections
from django.utils import timezone

from cercana.channels.email.commands.receiving import Envelope as Carried
from cercana.channels.email.commands.receiving import Way, receive
from cercana.rules.near_addresses import mailbox_of

_log = structlog.get_logger(__name__)

# What 25 MB of attachments weigh once they are encoded, and some more for the words.
LARGEST_MAIL = 36_000_000
# RFC 5321 says 998, and not everybody has read it.
_LONGEST_LINE = 1_000_000
_IDENT = "Cercana"
_NOT_NOW = "451 4.3.0 No se pudo guardar; intente de nuevo"
_TOO_LARGE = "552 5.3.4 El correo es muy grande"
_NOBODY = "550 5.1.1 Esa casilla no existe aquí"


class SmtpListener(SMTP):
    """A conversation by SMTP."""

    line_length_limit = _LONGEST_LINE

    @syntax("DATA")
    async def smtp_DATA(self, arg: str) -> None:
        """Take a mail as one stretch of bytes: a list of its lines, as the library has it, weighs much more."""
        envelope = self.envelope
        if await self.check_helo_needed() or envelope is None:
            return
        if arg or not envelope.rcpt_tos:
            await self.push("501 5.5.4 DATA va solo" if arg else "503 5.5.1 Falta RCPT")
            return
        await self.push("354 Termine con un punto solo en su línea")
        content = await _read(self._reader)
        status = _TOO_LARGE if content is None else await self.event_handler.handle_DATA(envelope, content)
        answers = self.answers_to(envelope)
        self.envelope = self._create_envelope()
        await self.push("\r\n".join([status] * answers))

    def answers_to(self, _envelope: Envelope) -> int:
        """Return how many answers a mail gets."""
        return 1


class LmtpListener(SmtpListener, LMTP):
    """A conversation by LMTP: one answer for each recipient, in their order (RFC 2033)."""

    def answers_to(self, envelope: Envelope) -> int:
        """Return how many answers a mail gets."""
        return len(envelope.rcpt_tos)


class _Taking:
    """What the listener does with whom and what it is told."""

    def __init__(self, way: Way) -> None:
        self._way = way

    async def take_recipient(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Sequence[str]
    ) -> str:
        """Take a recipient (RCPT); a mail server that hands over knows best who is ours."""
        if self._way is Way.SMTP and not is_ours(address):
            return _NOBODY
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def take(self, envelope: Envelope, content: bytes) -> str:
        """Keep the mail, then say so (DATA)."""
        carried = Carried(self._way, envelope.mail_from or "", list(envelope.rcpt_tos))
        return await sync_to_async(_keep, thread_sensitive=False)(content, carried)


def is_ours(address: str) -> bool:
    """Tell whether mail to ``address`` is for us; where nobody said which address is ours, all of it is."""
    if not settings.MAIL_ADDRESS:
        return True
    local, _, _ = address.partition("@")
    return mailbox_of(address) == mailbox_of(settings.MAIL_ADDRESS) or local.lower() == "postmaster"


async def start_listener() -> asyncio.Server | None:
    """Start to listen where the settings say; None if they say nowhere. Raise OSError if the place is taken."""
    place = settings.MAIL_LISTENER
    if place is None:
        return None
    kind, way = (LmtpListener, Way.LMTP) if place.is_lmtp else (SmtpListener, Way.SMTP)
    loop = asyncio.get_running_loop()

    taking = _Taking(way)
    handler = SimpleNamespace(handle_RCPT=taking.take_recipient, handle_DATA=taking.take)

    def conversation() -> SMTP:
        return kind(handler, data_size_limit=LARGEST_MAIL, enable_SMTPUTF8=True, ident=_IDENT, loop=loop)

    return await loop.create_server(conversation, host=place.host, port=place.port)


async def _read(reader: asyncio.StreamReader) -> bytes | None:
    """Return what stands before the lone dot; None if it is too much, which is read all the same."""
    content: bytearray | None = bytearray()
    is_line_begun = False
    while True:
        try:
            line = await reader.readuntil(b"\n")
        except asyncio.LimitOverrunError as error:
            line = await reader.readexactly(error.consumed)
        if not is_line_begun and line in (b".\r\n", b".\n"):
            return None if content is None else bytes(content)
        if content is not None:
            content += line[1:] if not is_line_begun and line.startswith(b".") else line
            if len(content) > LARGEST_MAIL:
                content = None
        is_line_begun = not line.endswith(b"\n")


def _keep(content: bytes, carried: Carried) -> str:
    try:
        key = receive(content, carried, received_at=timezone.now())
    except (DatabaseError, InterfaceError) as error:
        _log.warning("mail_not_kept", reason=type(error).__name__, size=len(content))
        return _NOT_NOW
    finally:
        close_old_connections()
    return f"250 2.0.0 Guardado como {key}"
