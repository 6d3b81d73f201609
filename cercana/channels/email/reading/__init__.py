"""Reading of mail: bytes in, frozen dataclasses out. It touches no database, and asks nobody."""

from cercana.channels.email.reading.mail import (
    Address,
    Attachment,
    Authenticity,
    Bounce,
    Failure,
    Here,
    Mail,
    Spam,
    Verdict,
)
from cercana.channels.email.reading.reader import read_mail

__all__ = [
    "Address",
    "Attachment",
    "Authenticity",
    "Bounce",
    "Failure",
    "Here",
    "Mail",
    "Spam",
    "Verdict",
    "read_mail",
]
