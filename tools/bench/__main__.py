"""``make bench``: seeds a database per size, measures against the bare baseline, prints and keeps the table."""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cercana.config.postgres import EmbeddedPostgres
from tools.bench.load import Pace, Page, measure
from tools.bench.stack import cercana, environment_for, resident_mb, server, set_up

_SIZES = (10_000, 100_000)
_SECONDS = 5.0
_PORT, _BARE_PORT = 8641, 8642
_KEPT = Path("var/bench")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table: what was measured, the figure, and the budget it is held against."""

    what: str
    figure: str
    budget: str


def main() -> None:
    """Measure each size given on the command line, or 10 k and 100 k."""
    sizes = tuple(int(each) for each in sys.argv[1:]) or _SIZES
    kept: dict[str, dict[str, object]] = {}
    for size in sizes:
        with _seeded(size) as (environment, seeding):
            figures = {"seeding_per_s": round(size / seeding), **_pages(environment), **_commands(environment)}
        kept[str(size)] = figures
        _print(size, figures)
    _KEPT.mkdir(parents=True, exist_ok=True)
    (_KEPT / "bench.json").write_text(json.dumps(kept, indent=1), encoding="utf-8")
    sys.stdout.write(f"\nGuardado en {_KEPT / 'bench.json'}\n")


@contextmanager
def _seeded(size: int) -> Iterator[tuple[dict[str, str], float]]:
    """Yield the surroundings of a Cercana with ``size`` cases, and the seconds it took to seed them."""
    with tempfile.TemporaryDirectory(prefix="cercana-bench-") as folder:
        Path(folder).chmod(0o755)
        var = Path(folder) / "var"
        with EmbeddedPostgres(var, progress=lambda _text: None) as postgres:
            environment = environment_for(var, _PORT, postgres.prepare().url)
            set_up(environment)
            seeding = cercana("demo", "seed", "--cases", str(size), environment=environment)
            yield environment, seeding


def _pages(environment: dict[str, str]) -> dict[str, object]:
    """Return the pace of queue, case and search, with and without Cercana around the query."""
    told = subprocess.run(
        [sys.executable, "-m", "tools.bench.queries"], env=environment, check=True, capture_output=True
    )
    seat = json.loads(told.stdout)
    cookie = {"Accept-Encoding": "gzip", "Cookie": _cookies({"sesion": seat["session"], "csrf": seat["csrf"]})}
    form = {**cookie, "Content-Type": "application/x-www-form-urlencoded", "HX-Request": "true"}
    pages = {
        "queue": Page(_PORT, "/mesa/?vista=todos", cookie),
        "case": Page(_PORT, f"/mesa/casos/{seat['number']}/", cookie),
        "search": Page(_PORT, "/mesa/buscar/", form, f"q=bache&csrfmiddlewaretoken={seat['csrf']}"),
        "tracking": Page(_PORT, seat["followed"]["path"], {**cookie, "Cookie": _cookies(seat["followed"]["cookies"])}),
    }
    paces: dict[str, Pace] = {}
    with server([sys.executable, "-m", "cercana", "web"], _PORT, "/", environment) as web:
        for name, page in pages.items():
            paces[name] = measure(page, _SECONDS)
        alone = measure(pages["search"], _SECONDS, clients=1)
        memory = resident_mb(web.pid)
    bare = _bare(environment, seat["queries"], {name: pace.size for name, pace in paces.items()})
    figures: dict[str, object] = {
        "web_mb": max(memory),
        "web_total_mb": sum(memory),
        "search_alone_p99_ms": round(alone.p99_ms, 1),
    }
    for name, pace in paces.items():
        figures[f"{name}_per_s"] = round(pace.per_second, 1)
        figures[f"{name}_p99_ms"] = round(pace.p99_ms, 1)
        figures[f"{name}_share_of_bare"] = round(pace.per_second / bare[name].per_second, 4)
    return figures


def _cookies(values: dict[str, str]) -> str:
    return "; ".join(f"{name}={value}" for name, value in values.items())


def _bare(environment: dict[str, str], queries: dict[str, list[str]], sizes: dict[str, int]) -> dict[str, Pace]:
    with tempfile.NamedTemporaryFile("w", suffix=".json", encoding="utf-8") as file:
        json.dump({f"/{name}": {"statements": queries[name], "size": size} for name, size in sizes.items()}, file)
        file.flush()
        surroundings = {**environment, "BENCH_PAGES": file.name}
        command = [sys.executable, "-m", "tools.bench.bare", str(_BARE_PORT)]
        with server(command, _BARE_PORT, f"/{next(iter(sizes))}", surroundings):
            return {name: measure(Page(_BARE_PORT, f"/{name}", {}), _SECONDS) for name in sizes}


def _commands(environment: dict[str, str]) -> dict[str, object]:
    """Return the pace of proving every history, and of registering against the same rows written bare."""
    began = time.perf_counter()
    proved = subprocess.run(
        [sys.executable, "-m", "cercana", "verify"], env=environment, check=True, capture_output=True, text=True
    )
    pace = round(int(proved.stdout.split(" casos y ")[1].split()[0]) / (time.perf_counter() - began))
    # After the proof: bare rows have no history of their own.
    told = subprocess.run(
        [sys.executable, "-m", "tools.bench.registering"], env=environment, check=True, capture_output=True
    )
    watched = subprocess.run(
        [sys.executable, "-m", "tools.bench.watching"], env=environment, check=True, capture_output=True
    )
    recognised = subprocess.run(
        [sys.executable, "-m", "tools.bench.recognising"], env=environment, check=True, capture_output=True
    )
    later = {**json.loads(watched.stdout), **json.loads(recognised.stdout), **_calls(environment)}
    return {"verify_events_per_s": pace, **json.loads(told.stdout), **later}


def _calls(environment: dict[str, str]) -> dict[str, object]:
    """Return the pace at which other systems register cases over HTTP."""
    with server([sys.executable, "-m", "cercana", "web"], _PORT, "/", environment):
        command = [sys.executable, "-m", "tools.bench.calling", str(_PORT)]
        told = subprocess.run(command, env=environment, check=True, capture_output=True)
    figures: dict[str, object] = json.loads(told.stdout)
    return figures


def _print(size: int, figures: dict[str, object]) -> None:
    rows = [
        Row("Siembra, casos por segundo", f"{figures['seeding_per_s']}", "≥ 5000"),
        Row("Bandeja, parte de la página desnuda", _share(figures, "queue"), "≥ 1/10"),
        Row("Bandeja, p99", f"{figures['queue_p99_ms']} ms", "< 150 ms"),
        Row("Caso, parte de la página desnuda", _share(figures, "case"), "≥ 1/12"),
        Row("Buscar una palabra, p99 de ocho a la vez", f"{figures['search_p99_ms']} ms", ""),
        Row("Buscar una palabra, p99 a solas", f"{figures['search_alone_p99_ms']} ms", "≤ 100 ms en 1 M"),
        Row("Seguir un caso, por segundo", f"{figures['tracking_per_s']}", ""),
        Row("Registrar, parte de lo desnudo", f"1/{1 / float(str(figures['register_share_of_bare'])):.1f}", "≥ 1/8"),
        Row("Registrar por la API, casos por segundo", f"{figures['api_register_per_s']}", ""),
        Row("Verificar, registros por segundo", f"{figures['verify_events_per_s']}", "≥ 20000"),
        Row("Vigilancia, plazos por segundo", f"{figures['watch_clocks_per_s']}", "≥ 5000"),
        Row("Vigilancia, plazos por segundo de procesador", f"{figures['watch_clocks_per_cpu_s']}", ""),
        Row("Triaje de un mensaje de 1000 letras", f"{figures['triage_ms']} ms", "≤ 5 ms"),
        Row("Buscar si se repite, p99", f"{figures['recurrence_p99_ms']} ms", "≤ 20 ms"),
        Row("Memoria del mayor proceso web", f"{figures['web_mb']} MB", "≤ 150 MB"),
        Row("Memoria de todos los procesos web", f"{figures['web_total_mb']} MB", ""),
    ]
    sys.stdout.write(f"\n{size} casos\n")
    for row in rows:
        sys.stdout.write(f"  {row.what:<42} {row.figure:>14}   {row.budget}\n")


def _share(figures: dict[str, object], name: str) -> str:
    return f"1/{1 / float(str(figures[f'{name}_share_of_bare'])):.1f} ({figures[f'{name}_per_s']}/s)"


if __name__ == "__main__":
    main()
