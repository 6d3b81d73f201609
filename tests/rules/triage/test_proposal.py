"""What triage proposes for a case, and which words it may quote (M5.1, M5.2b)."""

from hypothesis import given
from hypothesis import strategies as st

from cercana.rules.classification import CriticalReason
from cercana.rules.similarity import written_words
from cercana.rules.triage.labels import Area
from cercana.rules.triage.proposal import MODEL_VERSION, danger_in_text, danger_of, proposed_for

GAS = "Buenas tardes. Huele a gas en mi edificio desde la mañana y nadie ha venido."
HARMLESS = "Quisiera saber el horario de la piscina municipal."


class TestProposedFor:
    def test_says_which_words_of_the_text_led_to_the_danger(self) -> None:
        found = proposed_for(GAS)

        assert found.reasons == (CriticalReason.HEALTH_SAFETY,)
        assert found.words(GAS, CriticalReason.HEALTH_SAFETY) == ("Huele a gas",)

    def test_joins_cues_that_overlap(self) -> None:
        text = "Frente al mercado hay un buzón sin tapa, muy profundo."

        assert "buzón sin tapa" in proposed_for(text).words(text, CriticalReason.HEALTH_SAFETY)

    def test_names_area_model_and_confidence_in_thousandths(self) -> None:
        found = proposed_for(GAS)

        assert (found.area, found.model) == (Area.RISK, MODEL_VERSION)
        assert all(0 <= sure <= 1000 for sure in found.confidence.values())
        assert {"kind", "class", "area", "critical", "about_staff", *CriticalReason} <= found.confidence.keys()

    @given(st.text(max_size=300))
    def test_points_only_at_words_that_say_something(self, text: str) -> None:
        for span in proposed_for(text).spans:
            assert 0 <= span.start < span.end <= len(text)
            assert written_words(text[span.start : span.end])


class TestDangerInText:
    def test_quotes_the_cues_and_no_word_that_only_weighs(self) -> None:
        danger = danger_in_text(GAS)

        assert danger is not None
        assert danger.words == "Huele a gas"

    def test_is_none_for_a_harmless_text(self) -> None:
        assert danger_in_text(HARMLESS) is None

    def test_is_seen_in_an_inquiry_too(self) -> None:
        assert danger_in_text("¿A quién llamo? Mi vecina no contesta y huele a gas en su puerta") is not None

    def test_follows_from_what_was_proposed(self) -> None:
        assert danger_of(proposed_for(GAS), GAS) == danger_in_text(GAS)
