"""The embedded PostgreSQL from the first start to the stop, as one process of ours supervises it."""

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

from cercana.config.postgres.account import make_var
from cercana.config.postgres.connection import Connection
from cercana.config.postgres.creation import ensure_database, initialise
from cercana.config.postgres.lock import Lock
from cercana.config.postgres.places import Places, folder_forbidden, prepare_places
from cercana.config.postgres.postmaster import Postmaster, Progress, end_orphans


class EmbeddedPostgres:
    """
    The PostgreSQL of one folder ``var``, for one process at a time.

    ``progress`` is told in Spanish what takes time. ``options`` are settings of the server that go over ours.
    """

    def __init__(self, var: Path, *, progress: Progress, options: Mapping[str, str] | None = None) -> None:
        self.var = var.resolve()
        self._progress = progress
        self._options = dict(options or {})
        self._lock: Lock | None = None
        self._postmaster: Postmaster | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def is_running(self) -> bool:
        """Tell whether the server runs; false after it was killed, until the next ``start``."""
        return self._postmaster is not None and self._postmaster.is_alive

    def prepare(self) -> Connection:
        """
        Take ``var`` for this process and return how its server will be reached, without starting it.

        Raise AlreadyRunning if another process has it, FolderForbidden, and what ``prepare_places`` raises.
        """
        with ExitStack() as undo:
            undo.callback(self._unlock)
            places = self._take_var()
            undo.pop_all()
        return places.connection

    def start(self) -> Connection:
        """
        Return how to reach the server once it takes connections: launched, adopted or, after a kill, launched again.

        Make role and database at the first start. Raise what ``prepare`` raises, InitialisationFailed or StartFailed;
        then nothing is left running.
        """
        if self._postmaster is not None and self._postmaster.is_alive:
            return self._postmaster.connection
        with ExitStack() as undo:
            undo.callback(self.stop)
            places = self._take_var()
            if not places.is_initialised:
                self._progress(f"Creando la base de datos en {places.data}…")
                initialise(places)
            self._postmaster = Postmaster.adopt(places) or self._launch(places)
            self._postmaster.wait_until_ready(self._progress)
            ensure_database(places)
            undo.pop_all()
        return places.connection

    def stop(self) -> None:
        """End the server and let others have ``var``; nothing happens if it does not run."""
        if self._postmaster is not None:
            self._postmaster.stop()
            self._postmaster = None
        self._unlock()

    def _take_var(self) -> Places:
        try:
            make_var(self.var)
            self._lock = self._lock or Lock.acquire(self.var)
            return prepare_places(self.var)
        except PermissionError as error:
            raise folder_forbidden(self.var, error) from error

    def _launch(self, places: Places) -> Postmaster:
        self._progress("Arrancando PostgreSQL…")
        end_orphans(places.data)
        return Postmaster.launch(places, self._options)

    def _unlock(self) -> None:
        if self._lock is not None:
            self._lock.release()
            self._lock = None
