"""Our mails on the wire: where reports reach an address of ours, the mail server is asked for them (RFC 3461)."""

from __future__ import annotations

import re
import smtplib
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend

if TYPE_CHECKING:
    from collections.abc import Sequence

    from _typeshed import SizedBuffer

_RETURN = "RET=HDRS"
_NOTIFY = "NOTIFY=SUCCESS,FAILURE,DELAY"
_HEADERS_END = re.compile(rb"\r?\n\r?\n")
_MESSAGE_ID = re.compile(rb"^message-id:\s*<([!-~]{1,90})>", re.IGNORECASE | re.MULTILINE)
_NOT_PLAIN = re.compile(r"[^!-*,-<>-~]")
_LONGEST_ADDRESS = 200


class _Asking(smtplib.SMTP):
    """Asks to be told what became of a mail, of servers that know how to."""

    _envelope_id = ""

    def sendmail(
        self,
        from_addr: str,
        to_addrs: str | Sequence[str],
        msg: SizedBuffer | str,
        mail_options: Sequence[str] = (),
        rcpt_options: Sequence[str] = (),
    ) -> dict[str, tuple[int, bytes]]:
        """Send a mail whose reports will name its Message-ID, whatever of it the reporting server sends back."""
        self._envelope_id = _envelope_id(msg.encode() if isinstance(msg, str) else bytes(msg))
        return super().sendmail(from_addr, to_addrs, msg, mail_options, rcpt_options)

    def mail(self, sender: str, options: Sequence[str] = ()) -> tuple[int, bytes]:
        """Begin a mail; of one that comes back the headers are enough."""
        asked = [_RETURN, f"ENVID={self._envelope_id}"] if self._envelope_id else [_RETURN]
        return super().mail(sender, [*options, *asked] if self._reports() else options)

    def rcpt(self, recip: str, options: Sequence[str] = ()) -> tuple[int, bytes]:
        """Name a recipient, and what of theirs is to be reported: under this address, wherever it is passed on to."""
        asked = [_NOTIFY]
        if recip.isascii() and len(recip) < _LONGEST_ADDRESS:
            asked.append(f"ORCPT=rfc822;{as_xtext(recip)}")
        return super().rcpt(recip, [*options, *asked] if self._reports() else options)

    def _reports(self) -> bool:
        return bool(settings.MAIL_ADDRESS) and self.has_extn("dsn")


def as_xtext(text: str) -> str:
    """Return ASCII as RFC 3461 writes it between the words of a command: what is special as «+» and its number."""
    return _NOT_PLAIN.sub(lambda found: f"+{ord(found[0]):02X}", text)


def _envelope_id(mail: bytes) -> str:
    """Return the Message-ID as an ENVID, "" if the mail has none."""
    end = _HEADERS_END.search(mail)
    found = _MESSAGE_ID.search(mail, 0, end.start() if end else len(mail))
    return as_xtext(found[1].decode("ascii")) if found else ""


class _AskingOverTls(_Asking, smtplib.SMTP_SSL):
    """The same where TLS begins with the connection."""


class ReportedMail(EmailBackend):
    """Django's way to a mail server, with reports asked for."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """What holds the connection."""
        return _AskingOverTls if self.use_ssl else _Asking
