from cercana.rules.writing.draft import draft_of
from cercana.rules.writing.lexicon import TOPICS, Topic, read_cues


def topic(lines: str) -> Topic:
    return Topic(read_cues(lines)["t"])


def found(lines: str, text: str) -> list[str]:
    draft = draft_of(text)
    spans = [draft.span(match.start, match.end) for match in topic(lines).find_in(draft)]
    return [text[start:end] for start, end in spans]


class TestTopic:
    def test_minds_no_accents_capitals_commas_or_misspellings(self) -> None:
        assert found("t: usted debió avisar", "Oiga, USTED,  devio abisar antes.") == ["USTED,  devio abisar"]

    def test_knows_beginnings_endings_and_families(self) -> None:
        lines = "WHO = usted | ustedes\nt: WHO notific* *ando"
        assert found(lines, "ustedes notificaron llorando") == ["ustedes notificaron llorando"]

    def test_takes_the_longest_cue(self) -> None:
        assert found("t: a la\nt: a la brevedad", "Iremos a la brevedad.") == ["a la brevedad"]

    def test_reaches_over_six_words_of_one_sentence(self) -> None:
        assert found("t: si .. llame", "si ve que vuelve llame") == ["si ve que vuelve llame"]
        assert not found("t: si .. llame", "Creo que si. Luego llame")
        assert not found("t: si .. llame", "si a b c d e f g llame")

    def test_knows_what_may_be_there_and_alternatives_within_alternatives(self) -> None:
        lines = "t: no [me | nos] (diga (eso | esto) | hable)"
        assert found(lines, "no diga eso, no nos hable") == ["no diga eso", "no nos hable"]

    def test_sees_words_where_they_stand_after_emoji_and_loose_accents(self) -> None:
        assert found("t: pronto", "😓 Sera\u0301 ma\u0301s PRONTO") == ["PRONTO"]


class TestTopics:
    def test_are_read_from_the_files(self) -> None:
        assert {"greeting", "empathy", "apology", "office", "blame", "blunt", "vague", "dated", "next"} <= set(TOPICS)
