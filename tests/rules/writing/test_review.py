"""Each label of the assistant, by examples of yes and of no."""

import time

import pytest

from cercana.rules.classification import RequestKind
from cercana.rules.writing.labels import Fault
from cercana.rules.writing.review import Situation, apply, apply_all, review

GOOD = (
    "Buenos días, señora Rosa. Le pido disculpas por la demora: entiendo lo molesto que es. "
    "Mañana martes a las 9 a. m. pasa la cuadrilla. Si vuelve a pasar, llámeme al 513-9000."
)


def faults(text: str, situation: Situation | None = None) -> set[Fault]:
    return set(review(text, situation or Situation()).problems)


class TestReview:
    def test_finds_nothing_in_a_reply_as_the_manual_asks(self) -> None:
        assert review(GOOD, Situation(is_late=True)).is_good

    @pytest.mark.parametrize("text", ["", " … ", "\0", "😀"])
    def test_reads_a_text_without_words(self, text: str) -> None:
        assert review(text).is_good

    def test_tells_problems_once_and_in_order(self) -> None:
        found = review("Se derivó el expediente. No insista.")
        assert found.problems.count(Fault.OFFICE_WORDS) == 1
        assert [each.start for each in found.findings] == sorted(each.start for each in found.findings)

    def test_marks_words_where_they_stand_after_emoji_and_accents(self) -> None:
        text = "Hola 😓, sen\u0303ora: su expediente está acá."
        (office,) = (each for each in review(text).findings if each.fault is Fault.OFFICE_WORDS)
        assert text[office.start : office.end] == office.words == "expediente"
        assert office.rule == "M2.1c"

    def test_scores_reading_ease_from_0_to_100(self) -> None:
        assert review("Ya voy.").score == 100
        assert review("Administrativamente reglamentaríamos responsabilidades institucionales.").score == 0


class TestGreeting:
    @pytest.mark.parametrize(
        "opening",
        ["Buenas tardes, don Luis.", "hola!", "Estimada Rosa:", "De mi consideración:", "Señor Ríos, muy buenas."],
    )
    def test_is_heard_in_many_forms(self, opening: str) -> None:
        assert Fault.NO_GREETING not in faults(f"{opening} Ya está listo.")

    @pytest.mark.parametrize(
        "text", ["Ya está listo.", "Señor, eso se ve en caja.", "Listo, ya se hizo. Saludos cordiales."]
    )
    def test_is_missed(self, text: str) -> None:
        assert Fault.NO_GREETING in faults(
            f"{text} " + "Lo vemos el lunes en la oficina del parque con el ingeniero. " * 2
        )

    def test_is_proposed_with_the_name(self) -> None:
        text = "Ya está listo."
        assert apply_all(text, review(text, Situation(first_name="Rosa")).findings).startswith("Buenos días, Rosa. ")


class TestEmpathy:
    @pytest.mark.parametrize(
        "words",
        [
            "Entiendo su molestia.",
            "Gracias por avisarnos.",
            "Qué mal rato.",
            "Tiene toda la razón.",
            "Con bebé no se aguanta.",
        ],
    )
    def test_recognises_the_person(self, words: str) -> None:
        assert Fault.NO_EMPATHY not in faults(f"Buenos días. {words} Mañana va el técnico.")

    def test_is_asked_of_claims_and_not_of_inquiries(self) -> None:
        text = "Buenos días. La oficina abre mañana a las 8."
        assert Fault.NO_EMPATHY in faults(text, Situation(kind=RequestKind.CLAIM))
        assert Fault.NO_EMPATHY not in faults(text, Situation(kind=RequestKind.INQUIRY))


class TestApology:
    @pytest.mark.parametrize("situation", [Situation(is_late=True), Situation(is_our_fault=True)])
    def test_is_due_when_we_are_late_or_at_fault(self, situation: Situation) -> None:
        assert Fault.NO_APOLOGY in faults("Buenos días. Mañana va el técnico.", situation)
        assert Fault.NO_APOLOGY not in faults("Buenos días. Lo lamentamos mucho. Mañana va el técnico.", situation)

    @pytest.mark.parametrize(
        "words",
        [
            "Hubo un error nuestro.",
            "Se nos pasó.",
            "Nos equivocamos.",
            "No le avisamos a tiempo.",
        ],
    )
    def test_is_due_when_the_text_admits_a_fault(self, words: str) -> None:
        assert Fault.NO_APOLOGY in faults(f"Buenos días. {words} Mañana va el técnico.")

    @pytest.mark.parametrize(
        "cause", ["la lluvia", "lo que hizo su vecino", "el corte de Luz del Sur", "la ordenanza vigente"]
    )
    def test_is_needless_for_what_is_not_ours(self, cause: str) -> None:
        assert Fault.NEEDLESS_APOLOGY in faults(f"Buenos días, le pedimos disculpas por {cause}.")

    def test_for_our_delay_is_not_needless(self) -> None:
        assert Fault.NEEDLESS_APOLOGY not in faults(GOOD)

    def test_is_not_said_by_who_regrets(self) -> None:
        assert Fault.NEEDLESS_APOLOGY not in faults("Hola. Lamento lo de su vecino.", Situation(is_our_fault=False))


class TestOfficeWords:
    @pytest.mark.parametrize(
        "words",
        [
            "Su expediente",
            "se derivó al área",
            "la unidad orgánica",
            "debe subsanar",
            "en virtud de",
            "el administrado",
            "se le notificará",
            "según el TUPA",
            "sírvase",
            "el suscrito",
            "conforme a lo dispuesto",
            "se incoará",
            "precitado",
        ],
    )
    def test_are_marked(self, words: str) -> None:
        assert Fault.OFFICE_WORDS in faults(f"Buenos días, {words} sigue.")

    def test_may_stay_when_they_are_explained(self) -> None:
        assert Fault.OFFICE_WORDS not in faults("Hola. Su predio, es decir, su casa, está al día.")

    @pytest.mark.parametrize(
        ("text", "better"),
        [
            ("Su reclamo fue derivado ayer.", "Su reclamo fue enviado ayer."),
            ("Pedimos que notifique mañana.", "Pedimos que avise mañana."),
            ("Le vamos a notificar mañana.", "Le vamos a avisar mañana."),
            ("La unidad orgánica competente lo ve.", "La oficina encargada lo ve."),
            ("En atención a su reclamo, vamos.", "Sobre su reclamo, vamos."),
            ("Se procederá a limpiar el parque.", "Se limpiará el parque."),
        ],
    )
    def test_have_a_plain_word(self, text: str, better: str) -> None:
        (office,) = (each for each in review(text).findings if each.fault is Fault.OFFICE_WORDS)
        assert apply(text, office) == better


class TestLongSentence:
    def test_has_more_than_40_words(self) -> None:
        assert Fault.LONG_SENTENCE in faults("Hola " + "y " * 40)
        assert Fault.LONG_SENTENCE not in faults("Hola " + "y " * 39)

    def test_is_advised_against_from_25_on(self) -> None:
        assert [each.start for each in review("y " * 25).advice] == [0]
        assert not review("y " * 24).advice
        assert not review("y " * 41).advice


class TestBlame:
    @pytest.mark.parametrize(
        "words",
        [
            "Usted debió avisar antes.",
            "Eso pasa por no haber presentado los papeles.",
            "Si hubiera leído el aviso, no pasaba.",
            "Es su responsabilidad revisar.",
            "Usted no cumplió con traerlo.",
            "La demora se debe a que usted llenó mal la hoja.",
        ],
    )
    def test_is_marked(self, words: str) -> None:
        assert Fault.BLAME in faults(f"Buenos días. {words}")

    @pytest.mark.parametrize(
        "words",
        [
            "Falta la firma del dueño.",
            "Usted debe traer su DNI.",
            "Perdone, usted debió pasar primero.",
        ],
    )
    def test_is_not_a_plain_request(self, words: str) -> None:
        assert Fault.BLAME not in faults(f"Buenos días. {words}")


class TestBlunt:
    @pytest.mark.parametrize(
        "words",
        [
            "Ya le dijimos que no.",
            "No insista.",
            "Eso no es nuestro problema.",
            "NO SE PUEDE",
            "Espere su turno.",
            "Aténgase a las consecuencias.",
            "Obviamente no.",
            "Que le quede claro.",
        ],
    )
    def test_is_marked(self, words: str) -> None:
        assert Fault.BLUNT in faults(f"Buenos días. {words}")

    @pytest.mark.parametrize(
        "words",
        [
            "No es posible hoy, y le explico por qué.",
            "Lleve DNI, RUC, ITSE.",
            "No entre hasta que avisen los bomberos.",
        ],
    )
    def test_is_no_kind_limit(self, words: str) -> None:
        assert Fault.BLUNT not in faults(f"Buenos días. {words}")


class TestVaguePromise:
    @pytest.mark.parametrize(
        "words",
        ["Lo atenderemos a la brevedad.", "Pronto irán.", "En los próximos días pasamos.", "Le estaremos informando."],
    )
    def test_names_no_day(self, words: str) -> None:
        assert Fault.VAGUE_PROMISE in faults(f"Buenos días. {words}")

    @pytest.mark.parametrize(
        "words",
        [
            "Pronto, el martes 3, irán.",
            "Le avisaremos antes de las 5.",
            "El descuento por pronto pago sigue.",
            "En media hora llegará.",
        ],
    )
    def test_with_a_day_is_none(self, words: str) -> None:
        assert Fault.VAGUE_PROMISE not in faults(f"Buenos días. {words}")


class TestNextStep:
    @pytest.mark.parametrize(
        "words",
        [
            "Si vuelve a pasar, escríbanos.",
            "Mañana va el técnico.",
            "Puede traer la hoja a caja.",
            "Yo lo llamo el lunes.",
        ],
    )
    def test_says_what_follows(self, words: str) -> None:
        assert Fault.NO_NEXT_STEP not in faults(f"Buenos días. {words}")

    def test_is_missed(self) -> None:
        assert Fault.NO_NEXT_STEP in faults("Buenos días. Su queja fue vista. Saludos.")

    def test_is_proposed_with_the_day_that_was_promised(self) -> None:
        text = "Hola. Su queja fue vista."
        found = review(text, Situation(promised="martes 3")).findings
        assert apply_all(text, found).endswith("A más tardar el martes 3 le escribo para contarle cómo va.")


class TestAsksAgain:
    def test_asks_for_what_is_known(self) -> None:
        text = "Buenos días. Mándeme su DNI y una foto."
        assert Fault.ASKS_AGAIN in faults(text, Situation(known=frozenset({"foto"})))
        assert Fault.ASKS_AGAIN in faults(text, Situation(question="Soy Ana, DNI 41234567"))
        assert Fault.ASKS_AGAIN not in faults(text, Situation(known=frozenset({"direccion"})))

    def test_is_not_bringing_a_document_to_the_counter(self) -> None:
        assert Fault.ASKS_AGAIN not in faults("Hola. Traiga su DNI a caja.", Situation(known=frozenset({"documento"})))


class TestNoAnswer:
    def test_only_tells_that_it_came_in(self) -> None:
        situation = Situation(question="¿Cuándo podan el árbol?")
        assert Fault.NO_ANSWER in faults("Hola. Su pedido ha sido recibido.", situation)
        assert Fault.NO_ANSWER not in faults("Hola. Su pedido ha sido recibido. El martes 3 lo podamos.", situation)


class TestHostileDrafts:
    @pytest.mark.parametrize(
        "piece", ["a", "\0", "no ", "usted debio ", ". ", "a. ", "A", "si usted no ", "(", "😀", "e\u0301", "9", "\n"]
    )
    def test_are_read_in_linear_time(self, piece: str) -> None:
        text = piece * (100_000 // len(piece))
        started = time.process_time()
        review(text)
        assert time.process_time() - started < 3
