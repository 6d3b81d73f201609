"""`make messages`: gather what the public reads, in pages and in refusals, into the catalogue of English."""

import ast
from collections.abc import Iterator
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.pofile import read_po, write_po

PACKAGE = Path(__file__).resolve().parent.parent / "cercana"
CATALOGUE = PACKAGE / "locale" / "en" / "LC_MESSAGES" / "django.po"

# The staff works in Spanish alone, and so do whoever runs the service and other systems.
_SPANISH_ONLY = (
    "accounts",
    "api/",
    "command_line",
    "config/postgres",
    "critical",
    "demo",
    "desk",
    "organization",
    "workplace",
)
EXTRACTION = [
    *((f"{folder}/**", "ignore") for folder in _SPANISH_ONLY),
    ("**/jinja2/**.html", "jinja2"),
    ("**.py", "python"),
]
KEYWORDS = {**DEFAULT_KEYWORDS, "gettext_lazy": None, "gettext_noop": None}
EXTRACTION_OPTIONS = {"**/jinja2/**.html": {"silent": "false", "trim_blocks": "true", "lstrip_blocks": "true"}}


def gather() -> Catalog:
    """Return every text that has to have a translation, in the order of the files."""
    catalog = Catalog(fuzzy=False)
    for _, _, text, _, context in extract_from_dir(PACKAGE, EXTRACTION, EXTRACTION_OPTIONS, keywords=KEYWORDS):
        catalog.add(text, context=context)
    for path in sorted(PACKAGE.rglob("*.py")):
        if not path.relative_to(PACKAGE).as_posix().startswith(_SPANISH_ONLY):
            for text in refusals_in(path.read_text(encoding="utf-8")):
                catalog.add(text)
    return catalog


def refusals_in(source: str) -> Iterator[str]:
    """Yield what the refusals defined in a module say: the classes with a code and a message."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ClassDef):
            values = dict(assigned for part in node.body for assigned in _assigned(part))
            if "code" in values and isinstance(message := values.get("message"), str):
                yield message


def _assigned(statement: ast.stmt) -> Iterator[tuple[str, object]]:
    """Yield the name and the constant of an assignment, with an annotation or, as in a kind of refusal, without."""
    if isinstance(statement, ast.AnnAssign | ast.Assign) and isinstance(statement.value, ast.Constant):
        for target in [statement.target] if isinstance(statement, ast.AnnAssign) else statement.targets:
            if isinstance(target, ast.Name):
                yield target.id, statement.value.value


def read_catalogue() -> Catalog:
    """Return the translations there are."""
    if not CATALOGUE.exists():
        return Catalog(locale="en", fuzzy=False)
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def main() -> None:
    """Add what is new to the catalogue of English, drop what is gone, and keep what is translated."""
    catalog = read_catalogue()
    catalog.update(gather(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    CATALOGUE.parent.mkdir(parents=True, exist_ok=True)
    with CATALOGUE.open("wb") as file:
        write_po(file, catalog, width=120, no_location=True, omit_header=False)


if __name__ == "__main__":
    main()
