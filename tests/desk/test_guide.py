from cercana.desk.guide import Telling, guide_for
from cercana.rules.classification import CaseClass, Channel, ClaimType

TOLD = "Buenas tardes. Frente al mercado hay un buzón sin tapa desde el viernes. Ayer se cayó una señora."


def states(telling: Telling) -> list[str]:
    return [step.state for step in guide_for(Channel.PHONE, telling)]


class TestGuide:
    def test_begins_by_listening_m2_1a(self) -> None:
        assert states(Telling()) == ["now", "ahead", "ahead", "ahead"]
        assert states(Telling(words="Buenas tardes, señorita.")) == ["now", "ahead", "ahead", "ahead"]

    def test_goes_on_as_the_person_tells_where_and_what_they_ask(self) -> None:
        assert states(Telling(words=TOLD)) == ["done", "now", "ahead", "ahead"]
        assert states(Telling(words=TOLD, place="Miguel Dasso 126")) == ["done", "done", "now", "ahead"]
        assert states(Telling(words=TOLD, place="Miguel Dasso 126", request="Que pongan la tapa"))[-1] == "now"

    def test_reads_back_what_was_understood_and_passes_over_the_greeting_m2_1a(self) -> None:
        phrase = guide_for(Channel.PHONE, Telling(words=TOLD, place="Miguel Dasso 126."))[2].phrase

        assert phrase == (
            "Repito para no equivocarme. Me dice: “Frente al mercado hay un buzón sin tapa desde el viernes”. "
            "Es en Miguel Dasso 126. ¿Es correcto?"
        )

    def test_shortens_a_long_sentence_between_words(self) -> None:
        phrase = guide_for(Channel.PHONE, Telling(words="palabra " * 60))[2].phrase

        assert "palabra…”" in phrase
        assert len(phrase) < 200

    def test_names_what_the_person_may_feel_m2_1b(self) -> None:
        by_claim = {each: guide_for(Channel.PHONE, Telling(claim_type=each))[1].phrase for each in ClaimType}
        in_danger = guide_for(Channel.PHONE, Telling(claim_type=ClaimType.DELAY, class_=CaseClass.CRITICAL))[1].phrase

        assert len({*by_claim.values(), in_danger}) == len(ClaimType) + 1

    def test_promises_only_what_the_case_promises_m2_1d(self) -> None:
        promise = "hasta el miércoles 25 de noviembre a las 10:00 a. m."

        assert promise in guide_for(Channel.PHONE, Telling(promise=promise))[3].phrase
        assert "hora exacta" not in guide_for(Channel.PHONE, Telling())[3].phrase

    def test_greets_at_the_counter_otherwise_than_on_the_phone(self) -> None:
        phone, counter = (guide_for(each, Telling())[0].phrase for each in (Channel.PHONE, Channel.COUNTER))

        assert phone != counter
