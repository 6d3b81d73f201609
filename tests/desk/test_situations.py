"""Each situation that the product ships speaks as the manual teaches it."""

import re
from collections import Counter

import pytest

from cercana.rules.classification import Channel
from cercana.rules.guidance import GuideStep, Mark, Talk, choose
from cercana.rules.guidance_text import long_sentences, sentences_of
from cercana.workplace.queries import read_situation, shipped_texts

TEXTS = shipped_texts()
SITUATIONS = [read_situation(key, text) for key, text in TEXTS.items()]
# The twelve areas of the catalogue.
AREAS = (
    "seguridad_ciudadana",
    "fiscalizacion",
    "limpieza_publica",
    "parques_jardines",
    "obras_infraestructura",
    "transito_movilidad",
    "administracion_tributaria",
    "licencias_autorizaciones",
    "gestion_riesgo",
    "desarrollo_humano",
    "salud_ambiental",
    "atencion_ciudadano",
)
OFFICE_WORDS = re.compile(
    r"\b(expedientes?|deriv(ar|ado|amos)|subsan\w+|unidad orgánica|proced(er|emos|a) a|administrado|se le comunica|"
    r"a la brevedad|tramitar|mesa de partes|resolución|acto administrativo|en atención a)\b",
    re.IGNORECASE,
)
FAMILIAR = re.compile(
    r"\b(tú|te|ti|tu|tus|contigo|puedes|tienes|quieres|dime|cuéntame|mira|espera|ven|eres|estás)\b", re.IGNORECASE
)
QUESTION_MARKS = {"?": "¿", "!": "¡"}


class TestEachSituation:
    @pytest.mark.parametrize("key", TEXTS)
    def test_is_short_plain_and_polite(self, key: str) -> None:
        situation = read_situation(key, TEXTS[key])
        said = [*situation.say, situation.reason, situation.alternative, situation.escalate, situation.tone]

        assert long_sentences(situation) == []
        assert len(situation.say) >= 2
        for text in said:
            assert not OFFICE_WORDS.search(text), text
        for text in (*situation.say, situation.reason, situation.alternative):
            assert not FAMILIAR.search(text), text

    @pytest.mark.parametrize("key", TEXTS)
    def test_is_written_with_care(self, key: str) -> None:
        for text in sentences_of(read_situation(key, TEXTS[key])):
            assert text[-1] in ".?!…", text
            assert all(text.count(end) == text.count(begin) for end, begin in QUESTION_MARKS.items()), text

    def test_never_repeats_another(self) -> None:
        told = Counter(text for each in SITUATIONS for text in (*each.say, *each.avoid, each.escalate, each.title))

        assert [text for text, times in told.items() if times > 1 and len(text.split()) > 3] == []


class TestAllOfThem:
    def test_are_at_least_sixty_and_as_many_by_phone_as_at_the_counter(self) -> None:
        assert len(SITUATIONS) >= 60
        assert all(
            sum(channel in each.channels for each in SITUATIONS) >= 40 for channel in (Channel.PHONE, Channel.COUNTER)
        )

    @pytest.mark.parametrize("step", GuideStep)
    def test_cover_each_step_with_one_for_everybody(self, step: GuideStep) -> None:
        assert len([each for each in SITUATIONS if each.step is step]) >= 10
        for channel in (Channel.PHONE, Channel.COUNTER):
            assert choose(SITUATIONS, Talk(channel))[step]

    @pytest.mark.parametrize("mark", Mark)
    def test_cover_each_mark(self, mark: Mark) -> None:
        assert any(mark in each.marks for each in SITUATIONS)

    @pytest.mark.parametrize("area", AREAS)
    def test_cover_each_area(self, area: str) -> None:
        assert any(area in each.areas for each in SITUATIONS)
