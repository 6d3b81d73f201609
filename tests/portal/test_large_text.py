"""Whoever doubles the letters of their browser reads every page of the portal without pushing it sideways."""

import mimetypes
import re
import shutil
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, Route, sync_playwright

from cercana.cases import commands
from cercana.organization.models import EmergencyNumber
from cercana.rules.lifecycle import Stage
from tests.factories import citizen_of, make_case
from tests.portal.walking import WHAT, WHO, come_in, fill_in, page, picture, register
from tests.ui.site import STATIC

_WIDTHS = (320, 390)
_DOUBLE = "<style>html { font-size: 32px }</style></head>"
_OPEN = ("/", "/ayuda/", "/datos-personales/", "/accesibilidad/", "/casos/seguir/", "/casos/sin-codigo/")
_STEPS = ("que-paso", "donde-y-cuando", "tus-datos", "revisar", "guardado")
# The innermost elements that reach over the edge, be it that the page is too wide or that they are cut off.
_TOO_WIDE = """() => {
  const wide = [...document.querySelectorAll("body :not(svg, svg *, [class$=__rama])")].filter((element) =>
    element.checkVisibility() && element.getBoundingClientRect().right > innerWidth + 1);
  const inner = wide.filter((one) => !wide.some((other) => other !== one && one.contains(other)));
  const said = inner.slice(0, 4).map((element) => element.outerHTML.slice(0, 120));
  return document.documentElement.scrollWidth > innerWidth ? ["the page", ...said] : said;
}"""


def test_large_text_never_runs_over_the_edge(client: Client) -> None:
    EmergencyNumber.objects.create(name="Central de serenazgo", number="013190450", hint="Robo o peligro en la calle")
    pages = dict(_pages(client))

    # The browser comes after the database, which its event loop would confuse.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        window = browser.new_page()
        window.route("**/*", lambda route: _serve(route, pages))
        found = {(address, width): _too_wide(window, address, width) for address in pages for width in _WIDTHS}

    assert {place: elements for place, elements in found.items() if elements} == {}


def _pages(client: Client) -> Iterator[tuple[str, str]]:
    """Yield every page of the portal with an address of its own, as people come by on the way of a case."""
    for address in _OPEN:
        yield address, page(client, address)
    client.post("/casos/nuevo/archivos/", {"archivo": picture()})
    fill_in(client, who={**WHO, "documento": "40817529", "correo": "rosa.quispe.mamani.de.huaman@vecinos.example"})
    for step in _STEPS:
        yield step, page(client, f"/casos/nuevo/{step}/")
    yield "errors", Client().post("/casos/nuevo/que-paso/", {}).content.decode()
    yield "unknown", client.get("/no-existe/").content.decode()
    client = Client()
    sent = register(client, {**WHAT, "archivos": picture()})
    yield "sent", page(client, f"/casos/{sent.number}/registrado/")
    for stage in (Stage.IN_FOLLOW_UP, Stage.ANSWERED, Stage.CLOSED):
        yield from _pages_of_case(stage)


def _pages_of_case(stage: Stage) -> Iterator[tuple[str, str]]:
    now = timezone.now()
    case, client = make_case(stage, now=now - timedelta(hours=1)), Client()
    commands.receive_message(number=case.number, text="Sigue.", channel="app", actor=citizen_of(case), now=now)
    address = come_in(client, case)
    for part in ("", "retirar/", "reabrir/", "codigo/", "libro/", *(["cierre/"] if stage is Stage.ANSWERED else [])):
        yield f"{stage}/{part}", page(client, f"{address}{part}")
    if link := re.search(r'href="(/opinion/[^"]+)"', page(client, address)):
        yield f"{stage}/opinion/", page(client, link.group(1))
    yield f"{stage}/mensajes/", client.post(f"{address}mensajes/", {}).content.decode()


def _serve(route: Route, pages: dict[str, str]) -> None:
    path = urlsplit(route.request.url).path
    if path.startswith("/static/"):
        file = STATIC / path.removeprefix("/static/")
        type_ = mimetypes.guess_type(file.name)[0] or "font/woff2"
        route.fulfill(body=file.read_bytes(), content_type=type_)
    else:
        html = pages[urlsplit(route.request.url).query or path].replace("</head>", _DOUBLE)
        route.fulfill(body=html, content_type="text/html; charset=utf-8")


def _too_wide(window: Page, address: str, width: int) -> list[str]:
    window.set_viewport_size({"width": width, "height": 800})
    window.goto(f"http://portal.example{address if address.startswith('/') else f'/?{address}'}")
    elements: list[str] = window.evaluate(_TOO_WIDE)
    return elements
