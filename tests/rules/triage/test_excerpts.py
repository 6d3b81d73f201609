"""What is shown of a text around the words that matter."""

from hypothesis import given
from hypothesis import strategies as st

from cercana.rules.triage.excerpts import Piece, excerpts, marked
from cercana.rules.triage.proposal import Span

TEXT = (
    "Frente al mercado de la esquina grande hay un buzón sin tapa desde el viernes, los niños pasan por ahí al colegio."
)


def drawn(pieces: list[Piece]) -> str:
    return "".join(f"[{each.text}]" if each.is_marked else each.text for each in pieces)


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span("x", start, start + len(words))


class TestExcerpts:
    def test_shows_the_words_with_a_little_around_them(self) -> None:
        assert drawn(excerpts(TEXT, [span("buzón sin tapa")])) == (
            "…la esquina grande hay un [buzón sin tapa] desde el viernes, los…"
        )

    def test_shows_a_short_text_whole(self) -> None:
        assert drawn(excerpts("huele a gas", [Span("x", 0, 11)])) == "[huele a gas]"

    def test_leaves_out_what_lies_between(self) -> None:
        found = drawn(excerpts(TEXT, [span("Frente"), span("colegio")]))

        assert found == "[Frente] al mercado de la esquina… los niños pasan por ahí al [colegio]."

    def test_is_empty_without_words(self) -> None:
        assert excerpts(TEXT, []) == []

    def test_can_leave_nothing_out(self) -> None:
        assert drawn(marked(TEXT, [span("Frente")])) == TEXT.replace("Frente", "[Frente]")

    @given(st.text(max_size=200), st.lists(st.tuples(st.integers(0, 220), st.integers(1, 30)), max_size=6))
    def test_marks_every_word_and_adds_none(self, text: str, places: list[tuple[int, int]]) -> None:
        found = excerpts(text, [Span("x", start, start + length) for start, length in places])
        inside = {at for start, length in places for at in range(start, start + length) if at < len(text)}

        assert sum(len(each.text) for each in found if each.is_marked) == len(inside)
        assert all(each.text.replace("…", "").strip() in text for each in found)
