"""A municipality that mail reaches, and mails as people write them."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from email.message import EmailMessage
from types import MappingProxyType

from cercana.channels.email.commands import Envelope, Way, receive
from cercana.channels.email.models import StoredMail
from cercana.organization.models import Category, Municipality
from tests.factories import NOW, make_municipality
from tests.jobs import work_off

READ = "cercana.read_stored_mail"
POTHOLE = "Hay un bache enorme en la pista de la cuadra 9 de Basadre y nadie lo arregla desde hace un mes."


def make_town() -> Municipality:
    """Return the municipality, its motives in the words of people."""
    municipality = make_municipality()
    municipality.is_demo = True
    municipality.save(update_fields=["is_demo"])
    put_motives_in_words()
    return municipality


def put_motives_in_words() -> None:
    """Give the motives the words by which people ask for them, so that a mail can be read by itself."""
    Category.objects.filter(code="pothole").update(name="Baches y pistas", citizen_words="bache hueco pista asfalto")
    Category.objects.filter(code="noise").update(name="Ruidos molestos", citizen_words="ruido bulla música fiesta")


def write(
    text: str = POTHOLE,
    *,
    sender: str = "Elvira Chávez <elvira@vecinos.pe>",
    subject: str = "Bache en Basadre",
    replies_to: Iterable[str] = (),
    files: Iterable[tuple[str, bytes]] = (),
    headers: Mapping[str, str] = MappingProxyType({}),
) -> EmailMessage:
    """Return a mail of somebody; ``headers`` are further ones."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = sender, "casos@prueba.example", subject
    mail["Date"] = "Mon, 23 Nov 2026 09:58:00 -0500"
    mail["Message-ID"] = f"<{uuid.uuid4().hex}@vecinos.pe>"
    references = list(replies_to)
    if references:
        mail["In-Reply-To"], mail["References"] = references[-1], " ".join(references)
    for name, value in headers.items():
        mail[name] = value
    mail.set_content(text)
    for name, content in files:
        mail.add_attachment(content, maintype="application", subtype="octet-stream", filename=name)
    return mail


def send(
    mail: EmailMessage | bytes, *, recipients: Iterable[str] = ("casos@prueba.example",), received_at: datetime = NOW
) -> StoredMail:
    """Let a mail reach us, be read, and what follows from it be done; return what is kept of it."""
    raw = mail if isinstance(mail, bytes) else mail.as_bytes()
    key = receive(raw, Envelope(Way.LMTP, "elvira@vecinos.pe", list(recipients)), received_at=received_at)
    work_off()
    return StoredMail.objects.get(key=key)


LATER = NOW + timedelta(hours=1)
