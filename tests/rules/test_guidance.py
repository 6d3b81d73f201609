"""Which situations of the guide fit a conversation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cercana.rules.classification import Channel
from cercana.rules.guidance import GuideStep, Mark, Situation, Talk, choose
from cercana.rules.guidance_text import GuidanceMalformed, long_sentences, parse_situation

BOTH = frozenset({Channel.PHONE, Channel.COUNTER})
TEXT = """---
titulo: Alguien llora
paso: reconocer
canal: telefono
cuando: llora
tono: Voz baja.
---

## Diga

- Tómese su tiempo.
- Aquí sigo.

## Mejor no diga

- Cálmese.

## Cuándo escalar

Si habla de hacerse daño.
"""


def situation(key: str, *marks: Mark, areas: str = "", categories: str = "", only: Channel | None = None) -> Situation:
    return Situation(
        key=key,
        title=key,
        step=GuideStep.RECOGNISE,
        channels=frozenset({only}) if only else BOTH,
        say=("Sí.",),
        avoid=("No.",),
        escalate="Nunca.",
        marks=frozenset(marks),
        areas=frozenset(areas.split()),
        categories=frozenset(categories.split()),
    )


SITUATIONS = (
    situation("siempre"),
    situation("por-telefono", only=Channel.PHONE),
    situation("demora", Mark.DELAY),
    situation("molesta", Mark.ANGRY),
    situation("molesta-demora", Mark.ANGRY, Mark.DELAY),
    situation("limpieza", areas="limpieza"),
    situation("recojo", areas="limpieza", categories="missed_collection"),
    situation("despedida", Mark.FAREWELL),
)


def chosen(talk: Talk, most: int = 1) -> list[str]:
    return [each.key for each in choose(SITUATIONS, talk, most=most)[GuideStep.RECOGNISE]]


def talk(*marks: Mark, areas: str = "", category: str = "", channel: Channel = Channel.COUNTER) -> Talk:
    return Talk(channel, frozenset(marks), frozenset(areas.split()), category)


class TestChoose:
    def test_takes_the_one_that_asks_for_most_of_what_holds(self) -> None:
        assert chosen(talk()) == ["siempre"]
        assert chosen(talk(channel=Channel.PHONE)) == ["por-telefono"]
        assert chosen(talk(Mark.DELAY)) == ["demora"]
        assert chosen(talk(Mark.DELAY, Mark.ANGRY)) == ["molesta-demora"]

    def test_knows_the_motive_better_than_its_area(self) -> None:
        assert chosen(talk(areas="sostenibilidad limpieza")) == ["limpieza"]
        assert chosen(talk(areas="limpieza", category="missed_collection")) == ["recojo"]
        assert chosen(talk(areas="obras", category="pothole")) == ["siempre"]

    def test_puts_the_moment_before_the_person_and_the_person_before_the_matter(self) -> None:
        marks = (Mark.FAREWELL, Mark.ANGRY)

        assert chosen(talk(*marks, areas="limpieza"), most=3) == ["despedida", "molesta", "limpieza"]

    @given(marks=st.sets(st.sampled_from(Mark)))
    def test_gives_the_same_whatever_the_order_and_only_what_fits(self, marks: set[Mark]) -> None:
        there = talk(*marks, areas="limpieza")
        found = choose(SITUATIONS, there)

        assert choose(tuple(reversed(SITUATIONS)), there) == found
        assert all(len(each) <= 2 for each in found.values())
        assert all(each.marks <= marks for step in found.values() for each in step)


class TestParseSituation:
    def test_reads_what_the_trainer_wrote(self) -> None:
        read = parse_situation("llora", TEXT)

        assert (read.step, read.marks, read.channels) == (
            GuideStep.RECOGNISE,
            frozenset({Mark.CRYING}),
            frozenset({Channel.PHONE}),
        )
        assert read.say == ("Tómese su tiempo.", "Aquí sigo.")
        assert read.escalate == "Si habla de hacerse daño."
        assert read.tone == "Voz baja."

    @pytest.mark.parametrize(
        ("wrong", "said"),
        [
            (TEXT.replace("---", "", 1), "entre «---»"),
            (TEXT.replace("paso: reconocer", "paso: reir"), "«reir» no vale en «paso»"),
            (TEXT.replace("canal: telefono", "canal: correo"), "«correo» no vale en «canal»"),
            (TEXT.replace("cuando: llora", "cuando: rie"), "«rie» no vale en «cuando»"),
            (TEXT.replace("titulo: Alguien llora", "titulo:"), "escriba «titulo:»"),
            (TEXT.replace("tono: Voz baja.", "autor: yo"), "no se conoce la línea «autor»"),
            (TEXT.replace("## Mejor no diga", "## Otra cosa"), "no se conoce el título «Otra cosa»"),
            (TEXT.replace("- Cálmese.", ""), "qué va en «Mejor no diga»"),
            (TEXT.replace("## Diga\n", "Hola.\n"), "empieza con «## Diga»"),
            (TEXT.replace("cuando: llora", "cuando: decir_no"), "La alternativa"),
            (TEXT + "a" * 4000, "pasa de 4000 letras"),
            ("", "entre «---»"),
        ],
    )
    def test_says_what_is_missing(self, wrong: str, said: str) -> None:
        with pytest.raises(GuidanceMalformed, match=said):
            parse_situation("llora", wrong)

    def test_finds_sentences_too_long_to_be_said(self) -> None:
        long = " ".join(["palabra"] * 21) + "."

        assert long_sentences(parse_situation("llora", TEXT)) == []
        assert long_sentences(parse_situation("llora", TEXT.replace("Aquí sigo.", f"Ya. {long}"))) == [long]
