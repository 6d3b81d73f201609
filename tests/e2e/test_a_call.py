"""A call from the exchange to the case, with the very commands of the guide's dialplan, real HTTP and a browser."""

import os
import re
import subprocess
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.command_line.installation import Installation, copied
from tests.e2e.conftest import Town
from tests.e2e.keyboard import strike
from tests.e2e.test_a_claims_way import AGENT, sign_in
from tests.e2e.test_turns import look

_GUIDE = Path(__file__).resolve().parent.parent.parent / "docs" / "guias" / "central-telefonica.md"
_SCRIPT_PATH = "/usr/local/bin/cercana-llamada"
# Who attended does not take down the yes: somebody else of reception does.
COLLEAGUE = "byauri@sanisidro.example"
_AT_ONCE_MS = 15_000
_SCREENS = ((1440, 900), (390, 844))
CALLER, EXTENSION = "987650123", "201"


@dataclass
class CommandedTown(Town):
    """The running municipality and its command."""

    cercana: Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def town(installed: Installation) -> Iterator[CommandedTown]:
    """Start database, web and worker with the demonstration; everything ends with the module."""
    with copied(installed) as installation, installation.database() as url:
        done = installation.cercana("demo", "base", DATABASE_URL=url)
        assert done.returncode == 0, done.stderr
        sheet = (installation.var / "demo-accounts.txt").read_text(encoding="utf-8")
        password = sheet.split("Clave de todas:")[1].split()[0]
        installation.start("serve", DATABASE_URL=url)
        command = partial(installation.cercana, DATABASE_URL=url)
        yield CommandedTown(f"http://127.0.0.1:{installation.port}", password, command)
        installation.close()


class Exchange:
    """An exchange that was set up by the guide: its script, its settings, and the commands of its dialplan."""

    def __init__(self, folder: Path, town: CommandedTown) -> None:
        guide = _GUIDE.read_text(encoding="utf-8")
        (script,) = re.findall(r"```sh\n(#!/bin/sh\n.*?)```", guide, flags=re.DOTALL)
        self._script = folder / "cercana-llamada"
        self._script.write_text(script, encoding="utf-8")
        self._script.chmod(0o755)
        self._settings = folder / "central.conf"
        connected = town.cercana("api", "connect", "Central telefónica", "--scope", "calls")
        assert connected.returncode == 0, connected.stderr
        made = town.cercana("api", "token", "Central telefónica", "--scope", "calls", "--days", "365")
        assert made.returncode == 0, made.stderr
        self._settings.write_text(f"DIRECCION={town.address}\nTOKEN={made.stdout.strip()}\n", encoding="utf-8")
        spoken = re.findall(r"System\((/usr/local/bin/cercana-llamada (\w+) .*?) &\)", guide)
        self._commands = {event: command for command, event in spoken}

    @property
    def events(self) -> set[str]:
        """Return of what the dialplan tells."""
        return set(self._commands)

    def tell(self, event: str, call: str, *, caller: str = CALLER, extension: str = EXTENSION) -> str:
        """Have a shell do what the dialplan has it do, with the variables of a call; return what came back."""
        values: Mapping[str, str] = {"MESA_LLAMADA": call, "MESA_NUMERO": caller, "MESA_ANEXO": extension}
        command = self._commands[event].replace(_SCRIPT_PATH, str(self._script))
        for name, value in values.items():
            command = command.replace(f"${{{name}}}", value)
        done = subprocess.run(
            ["/bin/sh", "-c", command],
            env={"PATH": "/usr/bin:/bin", "CENTRAL_CONF": str(self._settings)},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        return done.stdout


@pytest.fixture(scope="module")
def exchange(town: CommandedTown, tmp_path_factory: pytest.TempPathFactory) -> Exchange:
    return Exchange(tmp_path_factory.mktemp("central"), town)


def show(page: Page, part: str, name: str) -> None:
    """Keep a picture of a part of a page where one is asked for."""
    if folder := os.environ.get("TESTS_PICTURES"):
        page.locator(part).screenshot(path=f"{folder}/{name}.png")


def take_seat(desk: Page, extension: str) -> None:
    """Say at which extension one sits."""
    desk.goto("/mesa/llamadas/")
    desk.get_by_label("Número de anexo").fill(extension)
    desk.get_by_role("button", name="Guardar").click()
    expect(desk.get_by_label("Número de anexo")).to_have_value(extension)


def pick_up(desk: Page, exchange: Exchange, call: str) -> None:
    """Let the telephone of a desk ring, and open the call by its key."""
    assert '"ringing"' in exchange.tell("ringing", call)
    notice = desk.get_by_text("Le llaman")
    expect(notice).to_be_visible(timeout=_AT_ONCE_MS)
    look(desk, f"llamada-{call}-suena", *_SCREENS)
    strike(desk, "Alt+l")
    assert '"answered"' in exchange.tell("answered", call)
    expect(desk.locator("#llamada")).to_contain_text("En llamada", timeout=_AT_ONCE_MS)


def register(desk: Page) -> tuple[str, str]:
    """Register what the caller tells; return number and code as they are read to them."""
    strike(desk, "Alt+2")
    desk.keyboard.type("Hay un hueco grande en la pista y nadie lo arregla.")
    desk.locator("#place").press_sequentially("Av. Basadre")
    expect(desk.locator("#triaje")).to_contain_text("Aceptar")
    strike(desk, "Alt+a")
    expect(desk.locator("#category")).not_to_have_value("")
    strike(desk, "Control+Enter")
    expect(desk.get_by_role("heading", name="Caso registrado")).to_be_visible()
    code = desk.locator(".d-hecho__codigo .c-numero").inner_text()
    return desk.locator(".d-hecho__num .c-numero").inner_text(), code


def test_the_dialplan_tells_of_everything_an_exchange_can(exchange: Exchange) -> None:
    assert exchange.events == {"ringing", "answered", "hung_up", "missed", "voicemail"}


def test_a_call_becomes_a_case_and_the_next_one_is_about_it(
    visitor: Callable[[], Page], town: Town, exchange: Exchange
) -> None:
    desk, colleague = visitor(), visitor()
    sign_in(desk, town, AGENT)
    take_seat(desk, EXTENSION)
    sign_in(colleague, town, COLLEAGUE)
    take_seat(colleague, "202")
    look(desk, "llamadas", *_SCREENS)

    # The first call: announced, opened by one key, registered, hung up.
    pick_up(desk, exchange, "1764241200.17")
    expect(desk.locator("#person_query")).to_have_value(CALLER)
    expect(desk.locator("#phone")).to_have_value(CALLER)
    look(desk, "llamada-en-curso", *_SCREENS)
    show(desk, "#llamada", "llamada-barra")
    show(desk, "#paso-1", "llamada-quien")
    number, code = register(desk)
    expect(desk.get_by_role("link", name="Otro pedido, misma llamada")).to_be_visible()
    assert '"ended"' in exchange.tell("hung_up", "1764241200.17")

    desk.goto(f"/mesa/casos/{number}/")
    expect(desk.get_by_text(re.compile(r"Llamada de \d+ (min|s).* Atendió"))).to_be_visible()
    look(desk, "caso-con-llamada", *_SCREENS)

    # The second call, which a colleague answers: masked, proved, and filed with what is typed.
    colleague.goto("/mesa/llamadas/")
    assert '"ringing"' in exchange.tell("ringing", "1764241200.18", extension="202")
    expect(colleague.get_by_text("Le llaman")).to_be_visible(timeout=_AT_ONCE_MS)
    assert '"answered"' in exchange.tell("answered", "1764241200.18", extension="202")
    strike(colleague, "Alt+l")
    colleague.locator("#personas input[name=person]").first.check()
    cases = colleague.locator("#casos-de-quien-llama")
    expect(cases).to_contain_text("Confirmar quién es")
    expect(cases).not_to_contain_text(number)
    look(colleague, "casos-ocultos", *_SCREENS)
    show(colleague, "#casos-de-quien-llama", "casos-ocultos-390-parte")
    colleague.set_viewport_size({"width": 1440, "height": 900})
    show(colleague, "#paso-1", "casos-ocultos-parte")
    colleague.get_by_label("Número de un caso").fill(number)
    colleague.get_by_label("Su código").fill(code)
    colleague.get_by_role("button", name="Confirmar quién es").click()
    expect(cases).to_contain_text(number)
    look(colleague, "casos-a-la-vista", *_SCREENS)
    colleague.set_viewport_size({"width": 1440, "height": 900})
    show(colleague, "#paso-1", "casos-a-la-vista-parte")
    colleague.locator("#description").fill("Pregunta cuándo irán: el hueco creció.")
    colleague.get_by_role("button", name="Llama por este caso").click()
    expect(colleague.get_by_text(f"La llamada quedó en el caso {number}")).to_be_visible()
    assert '"ended"' in exchange.tell("hung_up", "1764241200.18", extension="202")

    desk.goto(f"/mesa/casos/{number}/")
    expect(desk.get_by_text("Pregunta cuándo irán: el hueco creció.")).to_be_visible()


def test_a_call_that_nobody_answers_waits_for_a_case(
    visitor: Callable[[], Page], town: Town, exchange: Exchange
) -> None:
    desk = visitor()
    sign_in(desk, town, AGENT)
    exchange.tell("ringing", "1764241200.19", caller="987650124")

    assert '"abandoned"' in exchange.tell("hung_up", "1764241200.19", caller="987650124")

    desk.goto("/mesa/por-registrar/")
    expect(desk.get_by_text("987650124")).to_be_visible()


def test_a_call_without_a_case_says_why(visitor: Callable[[], Page], town: Town, exchange: Exchange) -> None:
    desk = visitor()
    sign_in(desk, town, AGENT)
    take_seat(desk, EXTENSION)
    pick_up(desk, exchange, "1764241200.20")
    exchange.tell("hung_up", "1764241200.20")
    desk.goto("/mesa/llamadas/")
    expect(desk.get_by_role("heading", name="Falta decir en qué quedaron: 1")).to_be_visible()
    look(desk, "llamadas-por-explicar", *_SCREENS)

    desk.get_by_label("Por qué no es un caso").select_option("wrong_number")
    desk.get_by_role("button", name="Anotar").click()

    expect(desk.get_by_role("heading", name="Falta decir en qué quedaron: 0")).to_be_visible()
