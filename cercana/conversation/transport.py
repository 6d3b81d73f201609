"""Our mails on the wire: where reports reach an address of ours, the mail server is asked for them (RFC 3461)."""

import smtplib
from collections.abc import Sequence

from django.conf import settings
from django.core.mail.backends.smtp import EmailBackend

_RETURN = "RET=HDRS"
_NOTIFY = "NOTIFY=SUCCESS,FAILURE,DELAY"


class _Asking(smtplib.SMTP):
    """Asks to be told what became of a mail, of servers that know how to."""

    def mail(self, sender: str, options: Sequence[str] = ()) -> tuple[int, bytes]:
        """Begin a mail; of one that comes back the headers are enough."""
        return super().mail(sender, [*options, _RETURN] if self._reports() else options)

    def rcpt(self, recip: str, options: Sequence[str] = ()) -> tuple[int, bytes]:
        """Name a recipient, and what of theirs is to be reported."""
        return super().rcpt(recip, [*options, _NOTIFY] if self._reports() else options)

    def _reports(self) -> bool:
        return bool(settings.MAIL_ADDRESS) and self.has_extn("dsn")


class _AskingOverTls(_Asking, smtplib.SMTP_SSL):
    """The same where TLS begins with the connection."""


class ReportedMail(EmailBackend):
    """Django's way to a mail server, with reports asked for."""

    @property
    def connection_class(self) -> type[smtplib.SMTP]:
        """What holds the connection."""
        return _AskingOverTls if self.use_ssl else _Asking
