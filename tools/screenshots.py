"""Takes the pictures of docs/images: the main pages on the demonstration, at 1440 and 390 pixels."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from cercana.config.postgres import EmbeddedPostgres
from tools.bench.stack import cercana, environment_for, server, set_up

_PORT = 8631
_SITE = f"http://127.0.0.1:{_PORT}"
_IMAGES = Path(__file__).parent.parent / "docs" / "images"
_WIDTHS = {"": (1440, 900), "-movil": (390, 844)}


@dataclass(frozen=True, slots=True)
class Picture:
    """A page: the name of its file, its path, and whether somebody of the staff looks at it."""

    name: str
    path: str
    is_staff: bool = False


def main() -> None:
    """Start a demonstration of its own, look at every page in both widths, and leave nothing running."""
    with tempfile.TemporaryDirectory(prefix="cercana-pictures-") as folder:
        Path(folder).chmod(0o755)
        var = Path(folder) / "var"
        with EmbeddedPostgres(var, progress=lambda _text: None) as postgres:
            environment = environment_for(var, _PORT, postgres.prepare().url)
            set_up(environment)
            cercana("worker", "--once", environment=environment)
            pictures, session = _pictures(environment)
            with server([sys.executable, "-m", "cercana", "web"], _PORT, "/", environment), _browser() as browser:
                for picture in pictures:
                    _take(browser, picture, session)


def _pictures(environment: dict[str, str]) -> tuple[list[Picture], str]:
    """Return what to look at, and the session of somebody who heads an area."""
    told = subprocess.run([sys.executable, "-m", "tools.seats"], env=environment, check=True, capture_output=True)
    seat = json.loads(told.stdout)
    pictures = [
        Picture("portal", "/"),
        Picture("registrar", "/casos/nuevo/"),
        Picture("buscar-caso", "/casos/seguir/"),
        Picture("seguir-caso", seat["link"]),
        Picture("ingresar", "/cuenta/login/"),
        Picture("buzon", "/buzon/"),
        Picture("bandeja", "/mesa/?vista=todos", is_staff=True),
        Picture("caso", f"/mesa/casos/{seat['number']}/", is_staff=True),
        Picture("atender", "/mesa/atender/", is_staff=True),
        Picture("momento", "/mesa/atender/momento/", is_staff=True),
    ]
    return pictures, seat["session"]


@contextmanager
def _browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-background-networking"]
        )
        yield browser
        browser.close()


def _take(browser: Browser, picture: Picture, session: str) -> None:
    for suffix, (width, height) in _WIDTHS.items():
        context = browser.new_context(viewport={"width": width, "height": height}, locale="es-PE")
        if picture.is_staff:
            context.add_cookies([{"name": "sesion", "value": session, "url": _SITE}])
        page = context.new_page()
        page.goto(_SITE + picture.path, wait_until="networkidle" if not picture.is_staff else "load")
        page.screenshot(path=_IMAGES / f"{picture.name}{suffix}.png", full_page=not picture.is_staff)
        context.close()
    sys.stdout.write(f"  {picture.name}\n")


if __name__ == "__main__":
    _IMAGES.mkdir(parents=True, exist_ok=True)
    main()
