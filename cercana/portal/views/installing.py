"""What lets a phone keep the portal as an app: its description, its service worker, the page without connection."""

from pathlib import Path

from django.contrib.staticfiles import finders
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from cercana.organization import queries as organization

# A manifest knows no variables: these are --color-primary and --color-base-200 of the design, in sRGB.
_BAND, _PAPER = "#44531c", "#f5f4ec"
# The pages that a phone keeps: they say nothing of anybody.
_KEPT_PAGES = ("portal:home", "portal:offline", "portal:one_page", "portal:on_phone")
_KEPT_FILES = (
    "portal.css",
    "portal.js",
    "app.js",
    "queue.js",
    "one_page.js",
    "on_phone.js",
    "kept_case.js",
    "icons.svg",
    "seal.svg",
    "olive-branch.svg",
    "plan-san-isidro.svg",
)
_FONT = "fonts/atkinson-next-normal.woff2"


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Describe the app to a phone (W3C, Web Application Manifest), in Spanish, with the municipality's name."""
    with override("es"):
        described = _described(organization.municipality().short_name)
    return JsonResponse(described, content_type="application/manifest+json", json_dumps_params={"ensure_ascii": False})


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Return the service worker, which stands at the root so that it may answer for every page of the portal."""
    found = finders.find("cercana/app_worker.js")
    if not isinstance(found, str):
        raise Http404
    files = " ".join(static(f"cercana/{name}") for name in (*_KEPT_FILES, _FONT))
    pages = " ".join(reverse(name) for name in _KEPT_PAGES)
    # The names of the files change with their content: so does the worker, and a phone fetches what is new.
    head = f'self.kept = {{ pages: "{pages}".split(" "), files: "{files}".split(" ") }};\n'
    response = HttpResponse(head + Path(found).read_text(encoding="utf-8"), content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """Say that there is no connection; the phone shows it in place of what it cannot fetch."""
    return render(request, "portal/offline.html", {"emergency": organization.emergency_numbers()})


def _described(house: str) -> dict[str, object]:
    return {
        "id": "/",
        "name": f"Cercana · {house}",
        "short_name": "Cercana",
        "description": _("Registra un reclamo o una consulta en la municipalidad y sigue tu caso hasta su cierre."),
        "lang": "es-PE",
        "dir": "ltr",
        "start_url": reverse("portal:home"),
        "scope": "/",
        "display": "standalone",
        "theme_color": _BAND,
        "background_color": _PAPER,
        "categories": ["government", "utilities"],
        "icons": [_icon(purpose, size) for purpose in ("icon", "maskable") for size in (192, 512)],
        "screenshots": [
            _screenshot("home-narrow", "narrow", "390x844", _("El inicio")),
            _screenshot("register-narrow", "narrow", "390x844", _("Contar qué pasó")),
            _screenshot("home-wide", "wide", "1280x800", _("El inicio")),
        ],
        "shortcuts": [
            _shortcut(_("Registrar un caso"), "portal:register"),
            _shortcut(_("Seguir mi caso"), "portal:find"),
            _shortcut(_("Casos en este teléfono"), "portal:on_phone"),
        ],
        "share_target": {
            "action": reverse("portal:share"),
            "method": "POST",
            "enctype": "multipart/form-data",
            "params": {
                "title": "titulo",
                "text": "texto",
                "url": "direccion",
                "files": [{"name": "archivos", "accept": ["image/*", "video/*", "audio/*", "application/pdf"]}],
            },
        },
    }


def _icon(purpose: str, size: int) -> dict[str, str]:
    return {
        "src": static(f"cercana/app/{purpose}-{size}.png"),
        "sizes": f"{size}x{size}",
        "type": "image/png",
        "purpose": "any" if purpose == "icon" else purpose,
    }


def _screenshot(name: str, form_factor: str, sizes: str, label: str) -> dict[str, str]:
    address = static(f"cercana/app/{name}.png")
    return {"src": address, "sizes": sizes, "type": "image/png", "form_factor": form_factor, "label": label}


def _shortcut(name: str, address: str) -> dict[str, object]:
    return {"name": name, "url": reverse(address), "icons": [_icon("icon", 192)]}
