"""Pages for paper: what a typst file makes of texts, as an accessible PDF (PDF/UA-1)."""

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from cercana.ui.glyphs import drawable, on_one_line

if TYPE_CHECKING:
    import typst

_FONTS = Path(__file__).parent / "print_fonts"
_TEXT_FONTS = (_FONTS / "atkinson-next-regular.ttf", _FONTS / "atkinson-next-bold.ttf")
# A compiler serves one thread at a time; a page takes some ten milliseconds.
_ONE_AT_A_TIME = Lock()


def typeset(source: Path, texts: object, *, picture: str = "") -> bytes:
    """
    Return the PDF that ``source`` makes of ``texts`` (JSON at ``sys.inputs.data``) and ``picture`` (SVG, ``qr``).

    Every text stands on one line; what no font can draw becomes «□», since PDF/UA wants a shape for everything.
    """
    # Here, since it takes seven megabytes of every process that has it.
    import typst

    tidy = _each_text(texts, on_one_line)
    try:
        return _compiled(source, tidy, picture)
    except typst.TypstError:
        # Not logged: the message shows what the person wrote.
        return _compiled(source, _each_text(tidy, lambda text: drawable(text, _TEXT_FONTS)), picture)


def _compiled(source: Path, texts: object, picture: str) -> bytes:
    inputs = {"data": json.dumps(texts), "qr": picture}
    with _ONE_AT_A_TIME:
        pdf = _compiler(source).compile(sys_inputs=inputs, format="pdf", pdf_standards="ua-1")
    if not isinstance(pdf, bytes):
        raise TypeError(pdf)
    return pdf


def _each_text(texts: object, change: Callable[[str], str]) -> object:
    """Return ``texts`` with every text in its lists and under its names changed."""
    if isinstance(texts, str):
        return change(texts)
    if isinstance(texts, dict):
        return {name: _each_text(value, change) for name, value in texts.items()}
    return [_each_text(value, change) for value in texts] if isinstance(texts, list) else texts


@cache
def _compiler(source: Path) -> "typst.Compiler":
    import typst

    return typst.Compiler(source, font_paths=[_FONTS], ignore_system_fonts=True)
