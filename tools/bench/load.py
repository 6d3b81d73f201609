"""Clients that ask for one page as fast as they are answered: eight, or one alone."""

import http.client
import threading
import time
from dataclasses import dataclass

CLIENTS = 8
# Each process of a server has to have seen the page: so long from every connection.
_WARM_UP_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Pace:
    """What a page gave: answers a second, the 99th percentile in milliseconds, bytes of one answer."""

    per_second: float
    p99_ms: float
    size: int


@dataclass(frozen=True, slots=True)
class Page:
    """What is asked for: where, with which headers, and the body of a POST."""

    port: int
    path: str
    headers: dict[str, str]
    body: str = ""


def measure(page: Page, seconds: float, clients: int = CLIENTS) -> Pace:
    """Ask for ``page`` from so many connections for ``seconds``; raise RuntimeError on any answer but 200."""
    size = _ask(http.client.HTTPConnection("127.0.0.1", page.port, timeout=60), page)
    _times(page, _WARM_UP_SECONDS, CLIENTS)
    taken = sorted(_times(page, seconds, clients))
    if not taken:
        raise RuntimeError(f"{page.path} gave no answer in {seconds} s")
    return Pace(len(taken) / seconds, 1000 * taken[int(len(taken) * 0.99)], size)


def _times(page: Page, seconds: float, clients: int) -> list[float]:
    """Return how many seconds each answer took to so many clients that ask for ``seconds``."""
    times: list[list[float]] = [[] for _ in range(clients)]
    until = time.perf_counter() + seconds
    threads = [threading.Thread(target=_client, args=(page, until, own)) for own in times]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return [each for own in times for each in own]


def _client(page: Page, until: float, times: list[float]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", page.port, timeout=60)
    while (began := time.perf_counter()) < until:
        _ask(connection, page)
        times.append(time.perf_counter() - began)
    connection.close()


def _ask(connection: http.client.HTTPConnection, page: Page) -> int:
    connection.request("POST" if page.body else "GET", page.path, page.body or None, page.headers)
    response = connection.getresponse()
    body = response.read()
    if response.status != http.client.OK:
        raise RuntimeError(f"{page.path} answered {response.status}")
    return len(body)
