"""The staff is addressed as «usted», and by what both faces say as nobody in particular."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cercana.rules.errors import DomainError

CERCANA = Path(__file__).resolve().parents[2] / "cercana"
# What only citizens read, or whoever runs the service at a terminal.
_OTHERS = re.compile(
    r"cercana\.(portal|feedback|conversation|command_line|demo|config\.(postgres|environment))|tests\."
)
_TERMINAL = "cercana "
# What runs on the phones of citizens.
_OF_CITIZENS = frozenset({"app_worker.js"})
_TU = re.compile(
    r"\b(?:[Tt]us?|[Tt]ú|[Tt]e|ti|contigo|puedes|quieres|tienes|debes|necesitas|verás|elígel[oa])\b"
    r"|\b(?!exist|consist|insist|contrast)\w+[ai]ste\b"
    r"|(?:^|[.:;>«\"] ?)(?:Revisa|Elige|Espera|Escribe|Prueba|Vuelve|Mira|Envía|Díctale|Dile|Pídele|Cuéntanos|Déjanos"
    r"|Intenta|Anota|Busca|Carga|Corrige|Abre|Elígelo|Envíal[oa]s?|revisa)\b"
)


def kinds_of(refusal: type[DomainError]) -> Iterator[type[DomainError]]:
    """Yield every refusal there is."""
    for kind in refusal.__subclasses__():
        yield kind
        yield from kinds_of(kind)


class TestTheStaff:
    def test_is_not_addressed_as_a_friend_by_refusals(self) -> None:
        shared = {
            each.code: each.message
            for each in kinds_of(DomainError)
            if not _OTHERS.match(each.__module__) and f"«{_TERMINAL}" not in each.message
        }

        assert len(shared) > 30
        assert {code: message for code, message in shared.items() if _TU.search(message)} == {}

    @pytest.mark.parametrize("folder", ["desk/jinja2", "accounts/jinja2", "ui/frontend/js"])
    def test_is_not_addressed_as_a_friend_by_pages(self, folder: str) -> None:
        pages = [
            path
            for path in (CERCANA / folder).rglob("*")
            if path.suffix in (".html", ".js") and path.name not in _OF_CITIZENS
        ]

        assert pages
        assert [
            (path.name, found[0]) for path in pages if (found := _TU.search(path.read_text(encoding="utf-8")))
        ] == []

    @pytest.mark.parametrize("name", ["files", "refusal", "_refusal", "desk_base", "shell", "dialog", "notices"])
    def test_is_not_addressed_as_a_friend_by_what_both_faces_share(self, name: str) -> None:
        page = (CERCANA / "ui" / "jinja2" / "ui" / f"{name}.html").read_text(encoding="utf-8")

        assert _TU.search(page) is None
