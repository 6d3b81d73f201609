"""A small site that serves the sample pages of the design system to a browser, and remembers what it was asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from types import MappingProxyType
from urllib.parse import urlsplit

from django.utils import translation
from jinja2 import Environment

from cercana.rules.time_words import TimeLeft, TimeState
from cercana.ui.shell import Shell

UI = Path(__file__).resolve().parents[2] / "cercana" / "ui"
STATIC = UI / "static"
POLICY = "default-src 'none'; connect-src 'self'; font-src 'self'; img-src 'self'; script-src 'self'; style-src 'self'"
_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
_MUNICIPALITY = {
    "name": "Municipalidad Distrital de San Isidro",
    "short_name": "Municipalidad de San Isidro",
    "address": "Calle Augusto Tamayo 180, San Isidro, Lima",
    "phone": "+5113190450",
    "platform_url": "",
}
_STEPS = [
    {"state": "done", "icon": "check", "title": "Recepción", "text": "Lo recibimos."},
    {"state": "current", "icon": "wrench", "title": "Seguimiento", "text": "Ahora."},
    {"state": "ahead", "icon": "flag-checkered", "title": "Cierre", "text": "Solo cuando tú confirmes."},
]
_OPTIONS = [
    {"value": "demora", "label": "Se están demorando", "note": "Pedí algo o avisé.", "icon": "hourglass-medium"},
    {"value": "consulta", "label": "Tengo una consulta", "note": "", "icon": ""},
]


@dataclass(frozen=True)
class _Request:
    path: str = "/"

    def get_full_path(self) -> str:
        return self.path


@dataclass
class Site:
    """What the sample site serves, and what it was asked."""

    templates: Environment
    titles: list[str] = field(default_factory=lambda: [f"Caso {place}" for place in (1, 2, 3)])
    version: int = 1
    is_refusing: bool = False
    theme: str = ""
    answers: list[int] = field(default_factory=list)
    uploads: int = 0
    person: str = "Rosa Huamán"
    token: str = "token"
    address: str = ""

    def context(self) -> dict[str, object]:
        """Return the context of the sample pages."""
        states = (TimeState.OVERDUE, TimeState.TODAY, TimeState.LATER)
        rows = [
            {
                "number": f"SI-2026-{place}",
                "title": title,
                "is_critical": place == 1,
                "left": TimeLeft("vence en 3 h", states[place % 3]),
            }
            for place, title in enumerate(self.titles)
        ]
        seen_at = datetime(2026, 11, 23, 15, 42, tzinfo=UTC)
        shell = Shell(self.person, "Disponible", seen_at, critical=6, unanswered=1, owner=self.person)
        return {
            "rows": rows, "shell": shell, "municipality": _MUNICIPALITY, "request": _Request(), "csrf_input": "",
            "csrf_token": self.token, "steps": _STEPS, "options": _OPTIONS, "theme": self.theme, "language": "es",
        }  # fmt: skip

    def render(self, name: str) -> str:
        """Return a sample page."""
        with translation.override("es"):
            return self.templates.get_template(name).render(self.context())


class Handler(BaseHTTPRequestHandler):
    site: Site

    def do_GET(self) -> None:
        """Serve pages, the live list and static files."""
        path = urlsplit(self.path).path
        if path in ("/desk", "/portal", "/fields", "/sent", "/registered"):
            self._answer(200, self.site.render(f"{path[1:]}.html"))
        elif path == "/list":
            self._answer_list()
        elif path.startswith("/static/"):
            file = STATIC / path.removeprefix("/static/")
            self._answer(200, file.read_bytes(), _TYPES[file.suffix])
        else:
            self._answer(200, "<!doctype html><title>Otra</title>")

    def do_POST(self) -> None:
        """Take a note, a file or a form, and answer the palette."""
        self.rfile.read(int(self.headers["Content-Length"]))
        path = urlsplit(self.path).path
        if self.site.is_refusing:
            template = self.site.templates.get_template("ui/_refusal.html")
            self._answer(409, template.render(code="case.locked", message="Otra persona ya lo tomó."))
        elif path == "/desk/palette":
            found = enumerate(("Buzón sin tapa", "Otro"), 1)
            self._answer(200, "".join(f'<a role="option" href="/found/{at}">{title}</a>' for at, title in found))
        elif path == "/portal":
            self._answer(200, self.site.render("portal.html"), headers={"Cache-Control": "no-store"})
        elif path == "/upload":
            self.site.uploads += 1
            self._answer(201, '<li class="p-archivo">foto.jpg, listo</li>')
        else:
            self._answer(200, "<p>Nota guardada</p>", headers={"HX-Trigger": '{"draft:clear": {"key": "nota-1"}}'})

    def log_request(self, code: int | str = "-", size: int | str = "-") -> None:
        """Say nothing."""

    def _answer_list(self) -> None:
        tag = f'"{self.site.version}"'
        is_known = self.headers["If-None-Match"] == tag
        self.site.answers.append(304 if is_known else 200)
        self._answer(
            304 if is_known else 200, "" if is_known else self.site.render("_list.html"), headers={"ETag": tag}
        )

    def _answer(
        self,
        status: int,
        body: str | bytes,
        type_: str = "text/html",
        headers: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        content = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        self.send_header("Content-Type", f"{type_}; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY)
        for name, value in headers.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)
