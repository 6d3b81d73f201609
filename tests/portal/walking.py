"""A person in front of the portal, without script: opens pages and sends their forms."""

import io
import re
from html.parser import HTMLParser
from typing import TypeAlias

from django.test import Client
from PIL import Image

from cercana.cases.models import Case
from cercana.portal.links import code_of
from cercana.rules import case_number

Fields: TypeAlias = dict[str, object]

WHAT: Fields = {"tipo": "delay", "relato": "Quiero que parchen el bache enorme de la cuadra 9."}
WHERE: Fields = {"motivo": "pothole", "calle": "Av. Basadre", "cuadra": "Cuadra 9", "cuando": "hoy", "hora": "9 a. m."}
WHO: Fields = {"canal": "email", "correo": "rosa@vecinos.example", "nombres": "Rosa", "apellidos": "Quispe"}


def picture() -> io.BytesIO:
    """Return a photo as a browser would send it; its name is «bache.jpg»."""
    written = io.BytesIO()
    Image.new("RGB", (64, 48), "gray").save(written, "JPEG")
    written.seek(0)
    written.name = "bache.jpg"
    return written


def fill_in(client: Client, what: Fields = WHAT, where: Fields = WHERE, who: Fields = WHO) -> None:
    """Go through the first three steps."""
    for step, fields in (("que-paso", what), ("donde-y-cuando", where), ("tus-datos", who)):
        answer = client.post(f"/casos/nuevo/{step}/", fields)
        assert answer.status_code == 302, shown_errors(answer.content.decode())


def register(client: Client, what: Fields = WHAT, where: Fields = WHERE, who: Fields = WHO) -> Case:
    """Go through all steps and return the case that came of it."""
    fill_in(client, what, where, who)
    answer = client.post("/casos/nuevo/revisar/", {"formal": "no"})
    return Case.objects.get(number=answer["Location"].split("/")[2])


def come_in(client: Client, case: Case) -> str:
    """Enter with number and code, and return the address of the case."""
    answer = client.post("/casos/seguir/", {"numero": case.number, "codigo": code_of(case.key, case.access_generation)})
    assert answer.status_code == 302
    return str(answer["Location"])


def page(client: Client, address: str) -> str:
    """Return a page that must be there, its spaces all alike."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode().replace("\N{NO-BREAK SPACE}", " ")


def version_in(html: str) -> str:
    """Return which version of the draft a review shows."""
    found = re.search(r'name="version" value="(\w+)"', html)
    assert found is not None
    return found.group(1)


def shown_errors(html: str) -> list[str]:
    """Return the sentences that stand at the fields of a page."""
    return TextsOf("c-campo__error").read(html)


class TextsOf(HTMLParser):
    """Collects the text of every element of one class."""

    def __init__(self, class_: str) -> None:
        super().__init__()
        self._class = class_
        self._depth = 0
        self._found: list[str] = []

    def read(self, html: str) -> list[str]:
        """Return the texts in the order of the page."""
        self.feed(html)
        return [" ".join(each.split()) for each in self._found]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin or go deeper."""
        if self._depth:
            self._depth += tag not in {"use", "input", "br", "img", "path", "rect"}
        elif self._class in str(dict(attrs).get("class", "")).split():
            self._depth = 1
            self._found.append("")

    def handle_endtag(self, tag: str) -> None:
        """Come back up."""
        if self._depth and tag not in {"use", "input", "br", "img", "path", "rect"}:
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        """Keep what stands inside."""
        if self._depth:
            self._found[-1] += data


def number_never_given() -> str:
    """Return a number that could be one but belongs to no case."""
    return next(filter(None, (case_number.issue("SI", 2026, sequence) for sequence in range(999_990, 999_999))))
