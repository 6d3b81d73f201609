"""``cercana run``: everything on this machine, from an empty folder to the first page."""

import os
import time
from contextlib import ExitStack

import click

from cercana.command_line.ground import refuse_exposed_demo, refuse_taken_port
from cercana.command_line.preparation import DatabaseUnreachable, Demo, read_preparation, record_demo, schema_stamp
from cercana.command_line.processes import Process, end_all, owner_of, run_to_end, until_stopped
from cercana.command_line.service import Service
from cercana.command_line.static_files import Gathering
from cercana.command_line.steps import Steps
from cercana.config.database import database_of
from cercana.config.environment import Environment, read_environment
from cercana.config.postgres import EmbeddedPostgres, make_var
from cercana.config.postgres.lock import Lock

_LOOK_AT_POSTGRES = 1.0


@click.command()
@click.option("--empty", is_flag=True, help="Start a new database without the demonstration.")
def run(*, empty: bool) -> None:
    """
    Start everything: the embedded PostgreSQL, tables, demonstration, web and worker; Ctrl-C ends it.

    With DATABASE_URL set, that server takes the place of the embedded one.
    """
    environment = read_environment(os.environ)
    make_var(environment.var)
    with until_stopped(), ExitStack() as stack:
        _Run(environment, Steps(), stack).all(is_empty_wanted=empty)


class _Run:
    """One run; whatever it starts is ended when ``stack`` unwinds, last first."""

    def __init__(self, environment: Environment, steps: Steps, stack: ExitStack) -> None:
        self._environment = environment
        self._steps = steps
        self._stack = stack
        self._owner = owner_of(environment.var)
        self._postgres: EmbeddedPostgres | None = None
        self._looked_at = 0.0
        self._history: Process | None = None

    def all(self, *, is_empty_wanted: bool) -> None:
        """Prepare, start, and watch until told to stop."""
        self._start_database()
        refuse_taken_port(self._environment)
        gathering = Gathering(self._environment, owner=self._owner)
        self._stack.callback(end_all, [gathering.process])
        gathering.start()
        is_history_due = self._prepare(is_empty_wanted=is_empty_wanted)
        refuse_exposed_demo(self._environment)
        gathering.finish(self._steps)
        service = Service(self._environment, self._steps, owner=self._owner)
        self._stack.callback(service.end)
        with self._steps.step("Servidor web y trabajos en segundo plano"):
            service.start()
        self._greet()
        if is_history_due:
            self._start_history()
        service.watch(self._look)

    def _start_database(self) -> None:
        """Start the embedded PostgreSQL unless a server is named; either way no second instance has this ``var``."""
        if self._environment.database is not None:
            self._stack.callback(Lock.acquire(self._environment.var).release)
            return
        self._postgres = EmbeddedPostgres(self._environment.var, progress=self._steps.note)
        with self._steps.step("Base de datos"):
            self._postgres.start()
            self._stack.callback(self._postgres.stop)

    def _prepare(self, *, is_empty_wanted: bool) -> bool:
        """
        Bring the tables up to date and, at the first start, load the quick part of the demonstration.

        Return whether its history is still to be loaded.
        """
        database = database_of(self._environment)
        found = read_preparation(database)
        if found.stamp != schema_stamp():
            with self._steps.step("Tablas"):
                self._finish("tablas", "migrate")
        demo = Demo.WANTED if found.is_new else found.demo
        if demo is Demo.WANTED and is_empty_wanted:
            demo = Demo.NONE
        record_demo(database, demo)
        if demo is Demo.WANTED:
            with self._steps.step("Municipalidad de demostración"):
                self._finish("municipalidad de demostración", "demo", "base")
            record_demo(database, Demo.BASE)
        return demo in {Demo.WANTED, Demo.BASE}

    def _finish(self, name: str, *arguments: str) -> None:
        run_to_end(Process(name, arguments, owner=self._owner, is_heard=True), self._steps.note)

    def _greet(self) -> None:
        url = self._environment.public_url
        self._steps.say()
        self._steps.say(f"  Portal  {url}/")
        self._steps.say(f"  Mesa    {url}/mesa/")
        self._say_how_to_write()
        accounts = self._environment.var / "demo-accounts.txt"
        if accounts.exists():
            self._steps.say()
            self._steps.say(accounts.read_text(encoding="utf-8").rstrip())
        self._steps.say()
        self._steps.say("  Ctrl-C termina.")

    def _say_how_to_write(self) -> None:
        """Tell how this machine is sent a mail."""
        place = self._environment.mail_listener
        if place is not None and not place.is_lmtp:
            server, address = f"smtp://{place.host}:{place.port}", self._environment.mail_address or "casos@localhost"
            self._steps.say(f"  Correo  {server}, por ejemplo:")
            self._steps.say(
                f"          curl {server} --mail-from ana@vecinos.example --mail-rcpt {address} -T carta.eml"
            )

    def _start_history(self) -> None:
        """Load the months behind the demonstration, behind whoever looks at it already."""
        self._history = Process(
            "historia de la demostración", ["demo", "history"], owner=self._owner, is_heard=True, is_background=True
        )
        self._stack.callback(end_all, [self._history])
        self._history.start()

    def _look(self) -> None:
        """Start PostgreSQL again if it was killed; show how far the history is."""
        self._look_at_postgres()
        if self._history is not None:
            is_alive = self._history.is_alive
            for line in self._history.new_lines():
                self._steps.note(line)
            if not is_alive:
                self._follow_history(self._history)

    def _follow_history(self, history: Process) -> None:
        """Note that the history is complete, or have it go on where it was cut off."""
        status = history.status or 0
        if status < 0:
            history.restart_if_ended()
            return
        if status == 0:
            try:
                record_demo(database_of(self._environment), Demo.COMPLETE)
            except DatabaseUnreachable:
                return  # Noted at the next look, when it is back.
            self._steps.say("  ✓ La historia de la demostración está completa.")
        else:
            self._steps.say("  ! La historia de la demostración quedó a medias; sigue en el próximo inicio.")
        self._history = None

    def _look_at_postgres(self) -> None:
        if self._postgres is not None and time.monotonic() > self._looked_at + _LOOK_AT_POSTGRES:
            self._looked_at = time.monotonic()
            if not self._postgres.is_running:
                self._steps.say("  ! La base de datos se detuvo; se pone en marcha otra vez.")
                self._postgres.start()
