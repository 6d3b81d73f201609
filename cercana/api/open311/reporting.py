"""A report as it comes in, read strictly, and as what reached us by the app: the same registration as everywhere."""

import math
import re
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest

from cercana.api.open311.doors import argument
from cercana.api.open311.errors import PlaceMissing, ServiceMissing, ValueRefused
from cercana.api.open311.services import Service, service
from cercana.api.shapes.registration import Matter
from cercana.cases.commands import Reception
from cercana.cases.queries import APP_MARK
from cercana.citizens.commands import ContactKind, Person
from cercana.rules.classification import Channel
from cercana.rules.near_addresses import mailbox_of

# What the specification allows for a description.
_LONGEST_DESCRIPTION = 4_000
_LONGEST_LINE = 200
_LONGEST_NAME = 60
_LONGEST_URL = 500
_NO_CONTACT = "Reportó por una aplicación (Open311) sin dejar contacto."
_URL = re.compile(r"https?://[^\s<>\"]+")


@dataclass(frozen=True, slots=True)
class Point:
    """A place on earth (degrees, WGS84)."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class ReportGiven:
    """What an app reports; ``point``, ``address`` or ``address_id`` says where."""

    service: Service
    point: Point | None
    address: str
    address_id: str
    description: str
    media_url: str
    email: str
    phone: str
    name: str
    matter: Matter
    happened: str
    request: str

    def reception(self, *, client_key: uuid.UUID | None, needs_review: bool) -> Reception:
        """Return it as what reached us by the app."""
        return Reception(
            person=self._person(),
            kind=self.matter.kind,
            claim_type=self.matter.claim_type,
            category=self.service.code,
            channel=Channel.APP,
            description=(self.description or self.service.name) + self._added(),
            place=self.address,
            happened=self.happened,
            request=self.request,
            client_key=client_key,
            needs_review=needs_review,
        )

    @property
    def identities(self) -> Sequence[str]:
        """What stands for its sender: mailbox and telephone."""
        return [each for each in (mailbox_of(self.email) if self.email else "", self.phone) if each]

    def _person(self) -> Person:
        contacts = [(ContactKind.PHONE, self.phone), (ContactKind.EMAIL, self.email)]
        left = [(kind, text) for kind, text in contacts if text]
        usual = "phone" if self.phone else ""
        return Person(
            name=self.name,
            contacts=left,
            channel="email" if self.email else usual,
            no_contact_reason="" if left else _NO_CONTACT,
        )

    def _added(self) -> str:
        """Return what only the staff reads: the exact place and where a file lies; nobody fetches it."""
        lines = []
        if self.point is not None:
            lines.append(f"Coordenadas: {self.point.latitude:.5f}, {self.point.longitude:.5f}")
        if self.address_id:
            lines.append(f"Código de dirección: {self.address_id}")
        if self.media_url:
            lines.append(f"Archivo, sin revisar: {self.media_url}")
        return APP_MARK + "\n".join(lines) if lines else ""


def report_in(request: HttpRequest) -> ReportGiven:
    """Return the report of a call; raise ServiceMissing, ServiceUnknown, PlaceMissing or ValueRefused."""
    code = argument(request, "service_code")
    if not code:
        raise ServiceMissing
    wanted = service(code)
    point = _point_in(request)
    address = _line(request, "address_string", _LONGEST_LINE)
    address_id = _line(request, "address_id", _LONGEST_LINE)
    if point is None and not address and not address_id:
        raise PlaceMissing
    names = (_line(request, name, _LONGEST_NAME) for name in ("first_name", "last_name"))
    return ReportGiven(
        service=wanted,
        point=point,
        address=address,
        address_id=address_id,
        description=_text(request, "description", _LONGEST_DESCRIPTION),
        media_url=_media_in(request),
        email=_line(request, "email", _LONGEST_LINE),
        phone=_line(request, "phone", _LONGEST_LINE),
        name=" ".join(each for each in names if each),
        matter=_matter_in(request, wanted.usual),
        happened=_line(request, "attribute[happened]", _LONGEST_LINE),
        request=_text(request, "attribute[request]", _LONGEST_DESCRIPTION),
    )


def _text(request: HttpRequest, name: str, most: int) -> str:
    text = argument(request, name)
    if len(text) > most:
        raise ValueRefused(name=name)
    return text


def _line(request: HttpRequest, name: str, most: int) -> str:
    return " ".join(_text(request, name, most).split())


def _point_in(request: HttpRequest) -> Point | None:
    latitude, longitude = argument(request, "lat"), argument(request, "long")
    if not latitude and not longitude:
        return None
    return Point(_degrees("lat", latitude, 90), _degrees("long", longitude, 180))


def _degrees(name: str, text: str, most: int) -> float:
    try:
        degrees = float(text)
    except ValueError as error:
        raise ValueRefused(name=name) from error
    if not math.isfinite(degrees) or abs(degrees) > most:
        raise ValueRefused(name=name)
    return degrees


def _media_in(request: HttpRequest) -> str:
    url = _text(request, "media_url", _LONGEST_URL)
    if url and not _URL.fullmatch(url):
        raise ValueRefused(name="media_url")
    return url


def _matter_in(request: HttpRequest, usual: Matter) -> Matter:
    chosen = argument(request, "attribute[matter]")
    try:
        return Matter(chosen) if chosen else usual
    except ValueError as error:
        raise ValueRefused(name="attribute[matter]") from error
