import pytest

from cercana.conversation.letters import Block, BlockKind, Kind, Target, as_text, compose, fill, unknown_variables
from cercana.conversation.wording import phrase, shipped
from cercana.rules.time_texts import TEXTS, Language

PLACES = {Target.CASE: "https://cercana.example/caso/x", Target.CODE: "7HPX-M4RT"}


class TestCompose:
    def test_makes_blocks_of_paragraphs_quotations_and_links(self) -> None:
        blocks = compose("Hola, {name}:\n\n> {text}\n\n[Ver mi caso](case)", {"name": "Rosa", "text": "Ya está."})

        assert blocks == (
            Block(BlockKind.TEXT, "Hola, Rosa:"),
            Block(BlockKind.QUOTE, "Ya está."),
            Block(BlockKind.LINK, "Ver mi caso", Target.CASE),
        )

    def test_ends_no_sentence_in_two_full_stops(self) -> None:
        (block,) = compose("Tenemos {promise}. Te llamará {name}.", {"promise": "hasta las 4:45 p. m.", "name": "Ana"})

        assert block.text == "Tenemos hasta las 4:45 p. m. Te llamará Ana."

    def test_leaves_out_what_has_nothing_to_say(self) -> None:
        assert compose("Cambió el plazo.\n\n{why}", {"why": ""}) == (Block(BlockKind.TEXT, "Cambió el plazo."),)

    def test_does_not_look_into_what_people_wrote(self) -> None:
        written = "> {number}\n\n[aquí](case)"

        assert compose("{text}", {"text": written, "number": "SI-2026-000001-C"}) == (Block(BlockKind.TEXT, written),)


class TestAsText:
    def test_marks_quotations_and_puts_addresses_below_their_words(self) -> None:
        blocks = compose("> Uno.\n> Dos.\n\n[Ver mi caso](case)\n\n[Tu código es](code)", {})
        quote = Block(BlockKind.QUOTE, "Uno.\n\nDos.")

        assert as_text([quote, *blocks[1:]], PLACES) == (
            "> Uno.\n>\n> Dos.\n\nVer mi caso:\nhttps://cercana.example/caso/x\n\nTu código es: 7HPX-M4RT\n"
        )


class TestBlock:
    @pytest.mark.parametrize("block", compose("Hola\n\n> cita\n\n[ir](opinion)", {}), ids=lambda each: each.kind)
    def test_comes_back_as_it_was_stored(self, block: Block) -> None:
        assert Block.from_json(block.as_json()) == block


class TestUnknownVariables:
    def test_names_what_no_letter_has(self) -> None:
        assert unknown_variables("{number} {dni} [ir](case) [ir](afuera)") == {"dni", "afuera"}


class TestShipped:
    @pytest.mark.parametrize("language", list(TEXTS))
    @pytest.mark.parametrize("kind", list(Kind))
    def test_has_every_letter_in_every_language_with_variables_that_exist(self, kind: Kind, language: Language) -> None:
        text = shipped(kind, language)

        assert text.body.strip()
        assert unknown_variables(text.subject + text.body) == set()
        assert bool(text.subject) is (kind not in {Kind.ASKING, Kind.SIGNATURE})

    @pytest.mark.parametrize("kind", list(Kind))
    def test_says_the_same_in_both_languages(self, kind: Kind) -> None:
        spanish, english = (compose(shipped(kind, language).body, _Names()) for language in ("es", "en"))

        assert [block.target for block in spanish] == [block.target for block in english]
        assert [block.text for block in spanish if block.kind is BlockKind.QUOTE] == [
            block.text for block in english if block.kind is BlockKind.QUOTE
        ]

    @pytest.mark.parametrize("kind", list(Kind))
    def test_keeps_its_sentences_short(self, kind: Kind) -> None:
        sentences = shipped(kind, "es").body.replace("?", ".").replace("!", ".").replace(":", ".").split(".")

        assert max(len(sentence.split()) for sentence in sentences) <= 20

    def test_greets_by_name(self) -> None:
        assert fill(phrase("hello", "es"), {"name": "Rosa"}) == "Hola, Rosa:"


class _Names(dict[str, str]):
    """Every variable says its own name."""

    def __missing__(self, name: str) -> str:
        return name
