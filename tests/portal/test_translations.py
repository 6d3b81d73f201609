import re

from tools.messages import gather, read_catalogue


class TestSpanish:
    def test_says_tu_to_everybody(self) -> None:
        assert [text for text in _texts() if re.search(r"\b(usted|suy[oa])\b", text, re.IGNORECASE)] == []

    def test_keeps_its_sentences_short(self) -> None:
        sentences = [sentence for text in _texts() for sentence in re.split(r"[.?!:;](?:\s|$)", text)]

        assert [sentence for sentence in sentences if len(sentence.split()) > 20] == []


class TestEnglish:
    def test_lacks_nothing_that_the_public_reads(self) -> None:
        translated = {(message.context, message.id): message.string for message in read_catalogue()}

        missing = [
            message.id
            for message in gather()
            if message.id and not all(_as_tuple(translated.get((message.context, message.id), "")))
        ]

        assert missing == []
        assert [message.id for message in read_catalogue() if message.id and message.fuzzy] == []

    def test_keeps_the_names_that_values_are_put_in(self) -> None:
        catalog = read_catalogue()

        assert [error for message in catalog for error in message.check(catalog)] == []


def _texts() -> list[str]:
    return [text for message in gather() for text in _as_tuple(message.id) if isinstance(text, str)]


def _as_tuple(text: object) -> tuple[object, ...]:
    return text if isinstance(text, tuple) else (text,)
