"""What triage decides, and that it always says by which words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cercana.rules.classification import CaseClass, ClaimType, CriticalReason, RequestKind
from cercana.rules.triage.assessment import Assessment, assess
from cercana.rules.triage.labels import Area


class TestAssess:
    def test_sees_danger_and_the_words_that_tell_it(self) -> None:
        found = assess("Buenas, huele a gas en el sótano de mi edificio y me siento mareada")
        assert found.critical_reasons == (CriticalReason.HEALTH_SAFETY,)
        assert found.class_ is CaseClass.CRITICAL
        assert found.area is Area.RISK
        assert "huele a gas" in [each.words for each in found.why if each.label == CriticalReason.HEALTH_SAFETY]

    def test_sees_an_inquiry_that_is_critical(self) -> None:
        found = assess("¿A quién llamo si el balón de gas está silbando y huele fuerte?")
        assert found.kind is RequestKind.INQUIRY
        assert found.claim_type is None
        assert found.critical

    def test_sees_no_danger_in_a_figure_of_speech(self) -> None:
        assert not assess("Me muero de cólera, el recibo de arbitrios salió con mi nombre mal escrito").critical

    def test_sees_a_matter_told_many_times(self) -> None:
        found = assess("Es la quinta vez que escribo por la poda del ficus y nadie me responde")
        assert CriticalReason.RECURRENCE in found.critical_reasons

    @pytest.mark.parametrize(
        ("text", "area"),
        [
            ("No recogen la basura de mi cuadra desde el lunes", Area.CLEANING),
            ("Me cobraron dos veces los arbitrios del predio", Area.TAXES),
            ("¿Qué requisitos piden para la licencia de funcionamiento?", Area.LICENCES),
            ("El bar de la esquina pone música a todo volumen de madrugada", Area.INSPECTION),
            ("El semáforo peatonal cambia muy rápido", Area.TRAFFIC),
        ],
    )
    def test_knows_who_resolves_it(self, text: str, area: Area) -> None:
        assert assess(text).area is area

    def test_knows_an_error_from_a_delay(self) -> None:
        wrong = assess("Mi apellido salió mal en el recibo, corrijan el dato")
        late = assess("Pedí el certificado hace dos meses, me dijeron una semana y sigo esperando")
        assert (wrong.claim_type, late.claim_type) == (ClaimType.ERROR, ClaimType.DELAY)

    def test_never_calls_the_conduct_of_staff_simple(self) -> None:
        found = assess("La señorita de la ventanilla 4, de lentes, me gritó y me insultó. Pido que la sancionen")
        assert found.about_staff
        assert found.class_ is not CaseClass.SIMPLE

    @given(st.text())
    def test_reads_any_text_and_quotes_it_exactly(self, text: str) -> None:
        found = assess(text)
        assert isinstance(found, Assessment)
        assert all(text[each.start : each.end] == each.words for each in found.why)
        assert all(0 <= sure <= 1 for sure in found.confidence.values())

    @given(st.text())
    def test_is_critical_if_and_only_if_there_is_a_reason(self, text: str) -> None:
        found = assess(text)
        assert (found.class_ is CaseClass.CRITICAL) == bool(found.critical_reasons)

    def test_reads_twenty_thousand_letters(self) -> None:
        assert assess("hueco sin tapa " * 1334).critical
