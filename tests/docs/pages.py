"""The pages of ``docs/`` as the tests read them: their text and the tables in it."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"
REFERENCE = DOCS / "referencia"


def page(path: str) -> str:
    """Return the text of a page, its no-break spaces as plain ones."""
    return plain((DOCS / path).read_text(encoding="utf-8"))


def table(path: str, first_column: str) -> list[dict[str, str]]:
    """Return the rows of all tables of a page whose first column is called so, each by the names of its columns."""
    rows: list[dict[str, str]] = []
    columns: list[str] = []
    for line in page(path).splitlines():
        cells = _cells(line)
        if not cells:
            columns = []
        elif not columns:
            columns = cells
        elif columns[0] == first_column and set(cells) != {"---"}:
            rows.append(dict(zip(columns, cells, strict=True)))
    return rows


def column(path: str, first_column: str, name: str) -> list[str]:
    """Return the cells of one column of such tables."""
    return [row[name] for row in table(path, first_column)]


def plain(text: str) -> str:
    """Return ``text`` with plain spaces only."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


def section(path: str, heading: str) -> str:
    """Return what stands below a heading of the second level, "" if there is none."""
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", page(path), flags=re.DOTALL | re.MULTILINE)
    return found[1] if found else ""


def _cells(line: str) -> list[str]:
    if not line.startswith("|"):
        return []
    return [cell.strip().removeprefix("`").removesuffix("`") for cell in line.strip().strip("|").split("|")]
