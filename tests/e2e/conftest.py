"""A municipality as its owner starts it, and people with browsers in front of it."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, expect, sync_playwright

from tests.command_line.installation import Installation, copied

_PATIENCE_MS = 30_000
# What a page owes is a matter of the bench; here a loaded machine must not be taken for a broken page.
expect.set_options(timeout=15_000)


@dataclass
class Town:
    """The running municipality: where it is, and the one password of its demonstration staff."""

    address: str
    password: str


@pytest.fixture(scope="module")
def town(installed: Installation) -> Iterator[Town]:
    """Start database, web and worker with the demonstration; everything ends with the module."""
    with copied(installed) as installation, installation.database() as url:
        done = installation.cercana("demo", "base", DATABASE_URL=url)
        assert done.returncode == 0, done.stderr
        sheet = (installation.var / "demo-accounts.txt").read_text(encoding="utf-8")
        installation.start("serve", DATABASE_URL=url)
        yield Town(f"http://127.0.0.1:{installation.port}", sheet.split("Clave de todas:")[1].split()[0])
        installation.close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser of this machine. It closes with the module: its event loop would confuse Django's database."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visitor(chromium: Browser, town: Town) -> Iterator[Callable[[], Page]]:
    """Return a function that seats somebody new in front of a browser of their own, whose console has to stay empty."""
    seated: list[BrowserContext] = []
    said: list[str] = []

    def note(message: ConsoleMessage) -> None:
        # A refusal that the page shows is no fault of it, nor is a question that a later one took the place of.
        if message.type == "error" and not message.text.startswith(("Failed to load resource", "htmx:")):
            said.append(message.text)

    def seat() -> Page:
        context = chromium.new_context(locale="es-PE", viewport={"width": 1440, "height": 900}, base_url=town.address)
        context.set_default_timeout(_PATIENCE_MS)
        context.on("console", note)
        context.on("weberror", lambda found: said.append(str(found.error)))
        seated.append(context)
        return context.new_page()

    yield seat
    for context in seated:
        context.close()
    assert said == []
