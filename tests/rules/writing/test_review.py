from cercana.rules.writing.labels import Fault
from cercana.rules.writing.review import apply_all, review


class TestReview:
    def test_reads_a_text_without_words(self) -> None:
        assert review(" … ").is_good

    def test_proposes_what_is_missing_at_its_place(self) -> None:
        text = "Gracias por avisarnos. Mañana a las 9 pasa la cuadrilla."
        found = review(text).findings
        assert [each.fault for each in found] == [Fault.NO_GREETING]
        assert apply_all(text, found) == f"Buenos días: {text}"
