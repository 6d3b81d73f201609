"""Reply phrases: what stands in braces, what a sent text keeps, what comes first, and from when on they are rated."""

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cercana.rules.classification import RequestKind
from cercana.rules.reply_phrases import (
    FEWEST_OPINIONS,
    SITUATION_LABELS,
    VARIABLES,
    Circumstances,
    PhraseSituation,
    fill,
    is_kept,
    rating_of,
    situations_first,
    unknown_variables,
)

VISIT = "Iremos al lugar el {fecha}, a las {hora}. Ese mismo día le cuento qué encontramos."


class TestUnknownVariables:
    @pytest.mark.parametrize("name", VARIABLES)
    def test_are_not_those_there_are(self, name: str) -> None:
        assert unknown_variables(f"Sobre {{{name}}}.") == ()

    @pytest.mark.parametrize(
        ("text", "unknown"),
        [
            ("Su DNI es {dni}.", ("dni",)),
            ("{Nombre}, {dni} y {dni}", ("Nombre", "dni")),
            ("Buenos días, { nombre }.", (" nombre ",)),
            ("Buenos días, {}.", ("",)),
            ("Buenos días, {nombre.", ("{",)),
            ("Buenos días, nombre}.", ("}",)),
            ("{{nombre}}", ("{", "}")),
        ],
    )
    def test_are_named_once_with_every_lonely_brace(self, text: str, unknown: tuple[str, ...]) -> None:
        assert unknown_variables(text) == unknown


class TestFill:
    def test_puts_in_what_the_case_gives(self) -> None:
        assert fill("Buenos días, {nombre}.", {"nombre": "Rosa"}).text == "Buenos días, Rosa."

    def test_asks_in_square_brackets_for_what_is_missing(self) -> None:
        filled = fill(VISIT, {"nombre": "Rosa"})

        assert filled.text.startswith("Iremos al lugar el [qué día], a las [qué hora].")
        assert filled.missing == ("qué día", "qué hora")

    @pytest.mark.parametrize("value", ["", "  "])
    def test_takes_an_empty_value_for_a_missing_one(self, value: str) -> None:
        assert fill("Buenos días, {nombre}.", {"nombre": value}).missing == ("nombre de la persona",)

    def test_ends_no_sentence_in_two_stops(self) -> None:
        assert fill("Atendemos {horario}. Venga.", {"horario": "de 8 a 4:45 p. m."}).text == (
            "Atendemos de 8 a 4:45 p. m. Venga."
        )
        assert fill("Vamos el {fecha}.", {}).text == "Vamos el [qué día]."

    def test_does_not_look_into_values(self) -> None:
        assert fill("{nombre} y {firma}", {"nombre": "{firma}", "firma": "Luis"}).text == "{firma} y Luis"

    @given(
        st.lists(st.sampled_from(sorted(VARIABLES))), st.dictionaries(st.sampled_from(sorted(VARIABLES)), st.just("x"))
    )
    def test_leaves_no_brace(self, names: list[str], values: dict[str, str]) -> None:
        text = " ".join(f"{{{name}}}" for name in names)

        assert re.search(r"[{}]", fill(text, values).text) is None


class TestIsKept:
    @pytest.mark.parametrize(
        "sent",
        [
            "Iremos al lugar el viernes 27, a las 9. Ese mismo día le cuento qué encontramos.",
            "Buenos días, Rosa. IREMOS AL LUGAR EL LUNES, a las 8:30; ese mismo dia le cuento que encontramos",
            "Iremos al lugar el viernes. Ese mismo día le cuento por teléfono.",
        ],
    )
    def test_forgives_what_was_said_in_the_gaps_and_small_changes(self, sent: str) -> None:
        assert is_kept(VISIT, sent)

    @pytest.mark.parametrize("sent", ["", "Ya pasamos por ahí y le contamos otro día.", "Iremos al lugar pronto."])
    def test_lets_go_of_what_was_rewritten(self, sent: str) -> None:
        assert not is_kept(VISIT, sent)

    def test_knows_a_phrase_of_two_words(self) -> None:
        assert is_kept("Buenos días, {nombre}.", "Buenos días, Rosa.")
        assert not is_kept("Buenos días, {nombre}.", "Buenas tardes, Rosa.")

    def test_is_no_for_a_phrase_of_variables_alone(self) -> None:
        assert not is_kept("{nombre}", "Rosa")


class TestSituationsFirst:
    def test_keep_every_situation_once(self) -> None:
        found = situations_first(Circumstances(RequestKind.CLAIM, is_late=True, is_critical=True, is_answered=True))

        assert sorted(found) == sorted(PhraseSituation)
        assert set(SITUATION_LABELS) == set(PhraseSituation)

    def test_put_apology_before_what_does_not_fit_only_when_late(self) -> None:
        late, in_time = (situations_first(Circumstances(RequestKind.CLAIM, is_late=late)) for late in (True, False))

        assert late.index(PhraseSituation.APOLOGY) < late.index(PhraseSituation.EXPLANATION)
        assert in_time.index(PhraseSituation.NEXT_STEP) < in_time.index(PhraseSituation.APOLOGY)

    def test_begin_with_danger_where_there_is_one(self) -> None:
        assert situations_first(Circumstances(is_critical=True))[0] is PhraseSituation.CRITICAL
        assert situations_first(Circumstances())[0] is PhraseSituation.GREETING

    def test_ask_no_empathy_of_an_inquiry(self) -> None:
        found = situations_first(Circumstances(RequestKind.INQUIRY))

        assert found[:3] == (PhraseSituation.GREETING, PhraseSituation.EXPLANATION, PhraseSituation.NEXT_STEP)

    @pytest.mark.parametrize("kind", [None, *RequestKind])
    def test_stand_in_the_order_of_a_message(self, kind: RequestKind | None) -> None:
        order = list(PhraseSituation)
        found = [order.index(each) for each in situations_first(Circumstances(kind))]

        assert sum(later < earlier for earlier, later in pairwise(found)) <= 1


class TestRatingOf:
    def test_waits_for_five_opinions(self) -> None:
        assert rating_of([5] * (FEWEST_OPINIONS - 1)) is None

        rating = rating_of([5, 4, 3, 2, 1])

        assert rating is not None
        assert (rating.count, rating.mean) == (5, 3.0)
