"""The templates of the design system on their own, and a browser that looks at them."""

import json
import shutil
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from cercana.ui.environment import environment
from tests.ui.site import UI, Handler, Site


@pytest.fixture(scope="session")
def templates() -> Environment:
    """The environment of the product, which also finds the sample pages; addresses are the names of the views."""
    loader = ChoiceLoader([FileSystemLoader(Path(__file__).parent / "pages"), FileSystemLoader(UI / "jinja2")])
    made = environment(loader=loader)
    made.globals["url"] = lambda name, **parts: f"/{name.replace(':', '/')}"
    return made


@pytest.fixture
def site(templates: Environment) -> Iterator[Site]:
    """The sample site, listening on this machine."""
    made = Site(templates)
    handler = type("Handler", (Handler,), {"site": made})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    made.address = f"http://127.0.0.1:{server.server_port}"
    yield made
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """The browser of this machine. It closes with the module: its event loop would confuse Django's database."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A visitor with an empty memory."""
    made = chromium.new_context(locale="es-PE", viewport={"width": 1440, "height": 900})
    made.set_default_timeout(5000)
    yield made
    made.close()


# What htmx says of a question that was let go.
_REPLACED = ("htmx:sendAbort", "htmx:afterRequest")


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page of this visitor on which no script fails and nothing breaks the content policy."""
    made = context.new_page()
    complaints: list[str] = []
    made.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    made.on("pageerror", lambda error: complaints.append(str(error)))
    yield made
    # A refusal that the page shows is no fault of it, nor is a question that a later one took the place of.
    faults = [text for text in complaints if "409" not in text and not text.startswith(_REPLACED)]
    assert faults == [], json.dumps(complaints, ensure_ascii=False)
