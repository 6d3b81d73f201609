"""Judge triage on the writers it never saw and write ``docs/referencia/triaje.md``."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from cercana.rules.classification import CriticalReason
from cercana.rules.triage.assessment import Assessment, assess
from cercana.rules.triage.duplicates import SAME_FROM, same_matter_score
from cercana.rules.triage.labels import SPANISH
from tools.reporting import figure, milliseconds_each, milliseconds_to_start
from tools.triage.corpus import SOURCES, Labels, Message, read_messages, read_pairs, read_second_reader
from tools.triage.figures import kappa, macro_f1, share

TARGET = Path("docs/referencia/triaje.md")
_START = "import time; t=time.process_time(); import cercana.rules.triage.assessment; print(time.process_time()-t)"
_STEPS = 5
_MEASURED = 1000


@dataclass(frozen=True, slots=True)
class Judged:
    """A message of the test part with what triage said of it."""

    message: Message
    found: Assessment

    @property
    def said(self) -> Labels:
        """What triage said, in the codes of the corpus."""
        return Labels(
            kind=SPANISH[self.found.kind],
            claim_type="" if self.found.claim_type is None else SPANISH[self.found.claim_type],
            critical_reasons=frozenset(SPANISH[reason] for reason in self.found.critical_reasons),
            class_=SPANISH[self.found.class_],
            area=SPANISH[self.found.area],
            about_staff=self.found.about_staff,
        )


def judge(messages: Sequence[Message]) -> list[Judged]:
    """Return what triage says of each message."""
    return [Judged(message, assess(message.text)) for message in messages]


def pairs_of(judged: Sequence[Judged], field: str) -> list[tuple[str, str]]:
    """Return (annotated, said) for a field of the labels."""
    return [(str(getattr(each.message.labels, field)), str(getattr(each.said, field))) for each in judged]


def main() -> None:
    """Write the page."""
    messages = read_messages()
    judged = judge([each for each in messages if each.is_test])
    parts = [
        _heading(messages),
        _summary(judged),
        *(_confusion(judged, field, title) for field, title in _TABLES),
        _reasons(judged),
        _sources(judged),
        _misses(judged),
        _calibration(judged),
        _second_reader(messages),
        _duplicates(),
        _times(messages),
    ]
    TARGET.write_text("\n\n".join(part for part in parts if part) + "\n", encoding="utf-8")


_TABLES = (
    ("kind", "Consulta o reclamo"),
    ("claim_type", "Tipo de reclamo"),
    ("area", "Área"),
    ("class_", "Prioridad"),
)


def _heading(messages: Sequence[Message]) -> str:
    tests = [each for each in messages if each.is_test]
    return "\n".join(
        [
            "# Triaje",
            "",
            "Qué tan bien acierta `cercana triage` con personas que nunca leyó. La escribe `make triage-report`.",
            "",
            f"El corpus tiene {len(messages)} mensajes de {len({each.writer for each in messages})} personas"
            " imaginadas, escritos uno por uno para este proyecto. Ninguno es de un vecino real.",
            f"Para probar se apartan {len(tests)} mensajes de {len({each.writer for each in tests})} personas, por el"
            " CRC-32 de su nombre. Pesos, umbrales y palabras salen solo de las demás.",
            "Los mensajes de `contraste` se escribieron solo para entrenar: peligros, y lo que se les parece.",
            f"De todos, {sum(each.labels.critical for each in messages)} son críticos y"
            f" {sum(bool(each.trap) for each in messages)} llevan una trampa, como un peligro sin palabras de peligro.",
        ]
    )


def _summary(judged: Sequence[Judged]) -> str:
    critical = share((each.message.labels.critical, each.said.critical) for each in judged)
    staff = share((each.message.labels.about_staff, each.said.about_staff) for each in judged)
    rows = [
        ("Críticos: exhaustividad", critical.recall, "0,97"),
        ("Críticos: precisión", critical.precision, "0,80"),
        ("Consulta o reclamo: F1 medio", macro_f1(pairs_of(judged, "kind")), "0,90"),
        ("Tipo de reclamo: F1 medio", macro_f1(claims_of(judged)), "0,80"),
        ("Área: F1 medio", macro_f1(pairs_of(judged, "area")), "0,80"),
        ("Prioridad: F1 medio", macro_f1(pairs_of(judged, "class_")), "–"),
        ("Sobre el personal: F1", staff.f1, "–"),
    ]
    return "\n".join(
        ["## Resultado", "", "| Medida | Obtenido | Esperado |", "|---|---|---|"]
        + [f"| {name} | {figure(value, 3)} | {wanted} |" for name, value, wanted in rows]
    )


def claims_of(judged: Sequence[Judged]) -> list[tuple[str, str]]:
    """Return the types of what is a claim by its annotator; a claim taken for an inquiry counts as wrong."""
    return [pair for pair in pairs_of(judged, "claim_type") if pair[0]]


def _confusion(judged: Sequence[Judged], field: str, title: str) -> str:
    pairs = pairs_of(judged, field)
    seen = Counter(pairs)
    labels = sorted({label for pair in pairs for label in pair})
    lines = [f"## {title}", "", "Cada fila es lo anotado, cada columna lo que dijo el triaje.", ""]
    lines.append("| | " + " | ".join(_label(each) for each in labels) + " |")
    lines.append("|---" * (len(labels) + 1) + "|")
    lines += [
        f"| {_label(one)} | " + " | ".join(str(seen[one, other] or "·") for other in labels) + " |" for one in labels
    ]
    return "\n".join(lines)


def _reasons(judged: Sequence[Judged]) -> str:
    lines = ["## Señales críticas", "", "| Señal | Mensajes | Precisión | Exhaustividad |", "|---|---|---|---|"]
    for reason in CriticalReason:
        code = SPANISH[reason]
        got = share(
            (code in each.message.labels.critical_reasons, code in each.said.critical_reasons) for each in judged
        )
        lines.append(f"| `{code}` | {got.count} | {figure(got.precision)} | {figure(got.recall)} |")
    return "\n".join(lines)


def _sources(judged: Sequence[Judged]) -> str:
    lines = [
        "## Críticos, por quien escribió",
        "",
        "| Fuente | Mensajes | Precisión | Exhaustividad |",
        "|---|---|---|---|",
    ]
    for source in SOURCES:
        group = [each for each in judged if each.message.id.startswith(source)]
        if group:
            got = share((each.message.labels.critical, each.said.critical) for each in group)
            lines.append(f"| {source} | {len(group)} | {figure(got.precision)} | {figure(got.recall)} |")
    lines += ["", "Cada fuente es otra mano. `hard`, `riesgo`, `tipos` y `veces` buscan engañar a propósito."]
    return "\n".join(lines)


def _misses(judged: Sequence[Judged]) -> str:
    missed = [each for each in judged if each.message.labels.critical and not each.said.critical]
    lines = ["## Críticos que no se vieron", ""]
    lines.append(f"Son {len(missed)}. Van sin su texto, para que nadie ajuste con ellos:")
    lines.append("")
    for each in missed:
        reasons = ", ".join(sorted(each.message.labels.critical_reasons))
        lines.append(f"- `{each.message.id}` ({reasons}, {figure(each.found.confidence['critical'])})")
    lines += [
        "",
        "Una versión anterior de esta página mostraba siete textos de prueba. No se escribió ninguna regla por ellos.",
    ]
    return "\n".join(lines)


def _calibration(judged: Sequence[Judged]) -> str:
    lines = ["## Calibración", "", "Cuántos son críticos de verdad, según la confianza con que se dijo.", ""]
    lines += ["| Confianza | Mensajes | Críticos |", "|---|---|---|"]
    for step in range(_STEPS):
        low, high = step / _STEPS, (step + 1) / _STEPS
        group = [each for each in judged if low <= each.found.confidence["critical"] < high + (step == _STEPS - 1)]
        real = sum(each.message.labels.critical for each in group) / (len(group) or 1)
        lines.append(f"| {figure(low)} a {figure(high)} | {len(group)} | {figure(real)} |")
    return "\n".join(lines)


def _second_reader(messages: Sequence[Message]) -> str:
    second = read_second_reader()
    both = [(each.labels, second[each.id]) for each in messages if each.id in second]
    if not both:
        return ""
    lines = ["## Una segunda lectura", "", f"De {len(both)} mensajes hay otra anotación, hecha sin ver la primera.", ""]
    lines += ["Las dos lecturas son de un mismo tipo: ninguna la hizo alguien que atiende en la municipalidad."]
    lines += [
        "Por eso el acuerdo dice que la guía de etiquetas se entiende. No dice que las etiquetas sean correctas.",
        "Donde la segunda dijo otra cosa de lo crítico se corrigieron siete mensajes, todos de entrenamiento. Antes de"
        " corregir, el kappa de «Crítico» era 0,99, y el de `queja_recurrente` 0,98.",
        "",
    ]
    lines += ["| Etiqueta | Kappa de Cohen |", "|---|---|"]
    lines += [f"| {name} | {figure(kappa(pairs))} |" for name, pairs in _agreements(both)]
    return "\n".join(lines)


def _agreements(both: Sequence[tuple[Labels, Labels]]) -> Iterator[tuple[str, list[tuple[object, object]]]]:
    for field, name in (*_TABLES, ("critical", "Crítico"), ("about_staff", "Sobre el personal")):
        yield name, [(getattr(one, field), getattr(other, field)) for one, other in both]
    for reason in CriticalReason:
        code = SPANISH[reason]
        yield f"`{code}`", [(code in one.critical_reasons, code in other.critical_reasons) for one, other in both]


def _duplicates() -> str:
    pairs = [each for each in read_pairs() if each.is_test]
    got = share((each.same_matter, same_matter_score(each.a, each.b) >= SAME_FROM) for each in pairs)
    return "\n".join(
        [
            "## El mismo asunto",
            "",
            f"En {len(pairs)} pares que no sirvieron para ajustar la regla: precisión {figure(got.precision)},"
            f" exhaustividad {figure(got.recall)}.",
            "Los pares son difíciles a propósito: el mismo asunto con otras palabras, y otro asunto con las mismas.",
        ]
    )


def _times(messages: Sequence[Message]) -> str:
    long = [(each.text * 4)[:_MEASURED] for each in messages if len(each.text) > _MEASURED // 4][:200]
    each_ms, start_ms = milliseconds_each(assess, long), milliseconds_to_start(_START)
    return "\n".join(
        [
            "## Tiempo",
            "",
            f"Un mensaje de {_MEASURED} letras toma {figure(each_ms)} ms de procesador; arrancar, {start_ms:.0f} ms.",
        ]
    )


def _label(code: str) -> str:
    return code.replace("_", " ") or "ninguno"


if __name__ == "__main__":
    main()
