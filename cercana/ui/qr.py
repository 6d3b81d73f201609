"""QR codes as inline SVG that takes its colours from the theme."""

from itertools import groupby

import segno
from markupsafe import Markup

_QUIET = 2


def qr_svg(text: str, label: str) -> Markup:
    """Return the QR code of ``text`` as an SVG of class ``p-qr``; ``label`` says to screen readers what it opens."""
    rows = segno.make(text, error="m", micro=False).matrix
    side = len(rows) + 2 * _QUIET
    path = "".join(_row(y, row) for y, row in enumerate(rows))
    return Markup(
        '<svg class="p-qr" viewBox="{0} {0} {1} {1}" role="img" aria-label="{2}" shape-rendering="crispEdges">'
        '<path d="{3}"/></svg>'
    ).format(-_QUIET, side, label, path)


def _row(y: int, row: bytearray | tuple[int, ...]) -> str:
    """Return the dark runs of one row as a path."""
    parts, x = [], 0
    for dark, run in groupby(row):
        width = len(list(run))
        if dark:
            parts.append(f"M{x} {y}h{width}v1h-{width}z")
        x += width
    return "".join(parts)
