"""The QR code of a page."""

import re

import segno

from cercana.ui.qr import qr_svg


class TestQrSvg:
    def test_draws_every_dark_module_once(self) -> None:
        text = "https://cercana.invalid/casos/SI-2026-004217-K"

        svg = qr_svg(text, "Seguir tu caso")

        drawn = {
            (int(x) + step, int(y))
            for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", svg)
            for step in range(int(width))
        }
        rows = segno.make(text, error="m", micro=False).matrix
        assert drawn == {(x, y) for y, row in enumerate(rows) for x, dark in enumerate(row) if dark}

    def test_escapes_what_it_is_called(self) -> None:
        assert 'aria-label="&lt;b&gt;"' in qr_svg("x", "<b>")
