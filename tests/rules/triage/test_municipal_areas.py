"""From the areas of triage to those of a municipality, and to its motives."""

from cercana.rules.triage.labels import Area
from cercana.rules.triage.municipal_areas import MotiveWords, area_of, motives_for

CATALOGUE = {
    "pothole": MotiveWords("Bache o pista dañada, hueco en la pista", "pavimentos", "Pavimentos y Veredas"),
    "tree": MotiveWords("Poda de un árbol, rama sobre la pista", "parques_jardines", "Gerencia 7"),
    "noise": MotiveWords("Ruido de un local, música alta", "fiscalizacion", "Fiscalización"),
}


class TestAreaOf:
    def test_knows_an_area_by_its_code_whatever_its_name(self) -> None:
        assert area_of("salud_ambiental", "Gerencia 7") is Area.ENVIRONMENTAL_HEALTH

    def test_reads_the_name_of_any_other(self) -> None:
        assert area_of("pavimentos", "Pavimentos y Veredas") is Area.WORKS


class TestMotivesFor:
    def test_prefers_the_motive_of_the_area_where_words_leave_it_open(self) -> None:
        assert motives_for("la pista de mi cuadra", Area.WORKS, CATALOGUE)[0].code == "pothole"
        assert motives_for("la pista de mi cuadra", Area.PARKS, CATALOGUE)[0].code == "tree"

    def test_quotes_the_words_that_led_to_it(self) -> None:
        assert motives_for("No dejan dormir con la música", Area.SAFETY, CATALOGUE)[0].words == ("música",)

    def test_proposes_nothing_without_words(self) -> None:
        assert motives_for("", Area.WORKS, CATALOGUE) == []
