from pathlib import Path

import pytest

from cercana import ui
from cercana.ui.glyphs import characters_of, drawable, on_one_line

FONTS = tuple(sorted((Path(ui.__file__).parent / "print_fonts").glob("atkinson-next-*.ttf")))


class TestCharactersOf:
    def test_are_what_spanish_needs_and_no_more(self) -> None:
        found = {chr(each) for each in characters_of(FONTS)}

        assert set("aeiouáéíóúüñÑ¿?¡!«»°º–—…0123456789") <= found
        assert found.isdisjoint("路Жα💥\uffff")


class TestDrawable:
    def test_puts_a_box_for_what_the_fonts_lack(self) -> None:
        assert drawable("Jr. Unión 💥 路, n.º 5", FONTS) == "Jr. Unión □ □, n.º 5"


class TestOnOneLine:
    @pytest.mark.parametrize(
        ("text", "line"),
        [("n\u0303andu\u0301", "ñandú"), (" a\r\n\tb ", "a b"), ("\u202eabc\u200d\x01", "abc"), ("\ufffex", "x")],
    )
    def test_drops_what_has_no_shape(self, text: str, line: str) -> None:
        assert on_one_line(text) == line
