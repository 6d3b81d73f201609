from cercana.rules.writing.findings import apply, apply_all, finding_at
from cercana.rules.writing.labels import MANUAL_LINES, REASONS, Fault


class TestApply:
    def test_keeps_the_capital(self) -> None:
        text = "Expediente listo"
        assert apply(text, finding_at(Fault.OFFICE_WORDS, text, (0, 10), "caso")) == "Caso listo"

    def test_leaves_alone_what_only_a_person_can_say(self) -> None:
        text = "No insista"
        assert apply(text, finding_at(Fault.BLUNT, text, (0, 10))) == text

    def test_adds_what_is_missing_on_a_line_of_its_own_in_a_letter(self) -> None:
        text = "Ya está.\nSaludos"
        assert apply(text, finding_at(Fault.NO_GREETING, text, (0, 0), "Hola:")) == "Hola:\nYa está.\nSaludos"


class TestApplyAll:
    def test_goes_from_the_end_to_the_beginning(self) -> None:
        text = "un expediente y otro expediente"
        found = [finding_at(Fault.OFFICE_WORDS, text, span, "caso") for span in ((3, 13), (21, 31))]
        assert apply_all(text, found) == "un caso y otro caso"

    def test_takes_one_of_two_that_overlap(self) -> None:
        text = "abcdef"
        found = [finding_at(Fault.OFFICE_WORDS, text, span, "X") for span in ((0, 4), (2, 6))]
        assert apply_all(text, found) == "abX"

    def test_keeps_the_order_of_two_at_one_place(self) -> None:
        text = "fin"
        found = [finding_at(Fault.NO_GREETING, text, (0, 0), words) for words in ("uno", "dos")]
        assert apply_all(text, found) == "uno dos fin"


class TestLabels:
    def test_each_has_its_line_of_the_manual_and_a_short_reason(self) -> None:
        assert set(MANUAL_LINES) == set(REASONS) == set(Fault)
        assert all(len(reason.split()) <= 20 for reason in REASONS.values())
