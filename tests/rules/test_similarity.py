from hypothesis import given
from hypothesis import strategies as st

from cercana.rules.similarity import Subject, key_of, likeness, matter_of, place_of, proposals

CATALOGUE = {
    "pothole": "Bache o hueco en la pista. Hay un hueco en la pista de mi calle",
    "pavement": "Vereda o rampa rota. La vereda está rota o levantada",
    "manhole": "Buzón sin tapa. Falta la tapa de un buzón",
    "works": "Obra sin licencia. Están construyendo una obra y no veo la licencia",
    "late_works": "Obra fuera de horario. Hay una obra trabajando a deshora",
}


def subject(text: str, place: str = "", *, category: str = "pothole", citizen: str = "") -> Subject:
    return Subject(matter_of(text), place_of(place), category, citizen)


class TestKeyOf:
    def test_is_the_same_for_singular_and_plural_and_for_both_genders(self) -> None:
        assert {key_of(word) for word in ("roto", "rota", "rotos", "Rotas")} == {"rot"}
        assert key_of("buzón") == key_of("BUZONES")
        assert key_of("árbol") == key_of("árboles")

    def test_leaves_numbers_as_they_are(self) -> None:
        assert key_of("102") == "102"


class TestPlaceOf:
    def test_keeps_names_and_numbers_and_leaves_out_the_kind_of_street(self) -> None:
        assert place_of("Av. Jorge Basadre, cuadra 9") == place_of("jorge basadre cdra. 9")


class TestProposals:
    def test_finds_the_entry_whose_words_the_person_used_whatever_accents_and_number(self) -> None:
        best = proposals("Hay BUZONES sin tapa frente al mercado", CATALOGUE)[0]

        assert best.code == "manhole"
        assert best.words == ("BUZONES", "tapa")

    def test_lets_a_rare_word_weigh_more_than_one_that_many_entries_have(self) -> None:
        assert proposals("una obra sin su licencia", CATALOGUE)[0].code == "works"

    def test_proposes_nothing_when_no_word_is_shared(self) -> None:
        assert proposals("buenos días, señorita", CATALOGUE) == []


class TestLikeness:
    def test_is_high_for_the_same_matter_at_the_same_place(self) -> None:
        known = subject("Hay un bache enorme que ya me malogró una llanta", "Av. Basadre, cuadra 9")

        found = likeness(subject("un bache enorme en la pista", "basadre cuadra 9"), known)

        assert found.share > 0.7
        assert found.same_place

    def test_is_low_for_the_same_category_elsewhere(self) -> None:
        known = subject("Hay un bache enorme que ya me malogró una llanta", "Av. Basadre, cuadra 9")

        assert likeness(subject("hueco grande", "Conquistadores 480"), known).share < 0.4

    def test_weighs_nothing_that_the_new_case_does_not_say(self) -> None:
        known = subject("bache enorme", "Av. Basadre, cuadra 9")

        assert likeness(subject("bache enorme"), known).share == 1

    def test_counts_a_case_of_the_same_person_for_more(self) -> None:
        told = subject("bache en la pista", "Conquistadores", citizen="1")
        of_the_same, of_another = (subject("bache", "Basadre 9", citizen=each) for each in ("1", "2"))

        assert likeness(told, of_the_same).share > likeness(told, of_another).share

    @given(st.text(), st.text(), st.text(), st.text())
    def test_is_a_share_whatever_was_typed(self, words: str, place: str, other_words: str, other_place: str) -> None:
        assert 0 <= likeness(subject(words, place), subject(other_words, other_place)).share <= 1

    @given(st.text())
    def test_of_a_text_with_itself_is_whole_or_nothing(self, text: str) -> None:
        assert likeness(subject(text, text), subject(text, text)).share == 1
