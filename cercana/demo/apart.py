"""Something made in a process of its own, so that two processors work at once."""

import multiprocessing
from collections.abc import Callable, Generator, Iterable
from contextlib import closing, suppress
from multiprocessing.connection import Connection
from typing import TypeVar

_Made = TypeVar("_Made")


def made_apart(make: Callable[[], Iterable[_Made]]) -> Generator[_Made]:
    """
    Yield what ``make()`` yields; while one is used here, the next is made in a copy of this process.

    No connection to a database may be used by both: ``make`` uses none. Raise ChildProcessError when it fails there.
    """
    # A copy has all that was read so far, and need not load the program again.
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    maker = context.Process(target=_make, args=(make, receiving, sending))
    maker.start()
    sending.close()
    with closing(receiving):
        try:
            with suppress(EOFError):
                while True:
                    yield receiving.recv()
            maker.join()
        finally:
            maker.terminate()
            maker.join()
    if maker.exitcode:
        raise ChildProcessError(maker.exitcode)


def _make(make: Callable[[], Iterable[_Made]], receiving: Connection, sending: Connection) -> None:
    # Held here too, it would never break: the maker would outlive the one it works for.
    receiving.close()
    for each in make():
        sending.send(each)
