"""Judge the writing assistant on the writers it was not tuned on and write ``docs/referencia/redaccion.md``."""

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from cercana.rules.writing.labels import MANUAL_LINES, Fault
from cercana.rules.writing.review import review
from tools.reporting import figure, milliseconds_each, milliseconds_to_start
from tools.writing.corpus import Labelled, read_drafts
from tools.writing.judging import IN_THE_TEXT, Judged, false_per_good, judge, macro_f1, micro_f1, share_of

TARGET = Path("docs/referencia/redaccion.md")
_START = "import time; t=time.process_time(); import cercana.rules.writing.review; print(time.process_time()-t)"
_MEASURED = 2000
_BANDS = ("muy fácil", "fácil", "normal", "difícil", "muy difícil")


def main() -> None:
    """Write the page."""
    drafts = read_drafts()
    tests = judge(each for each in drafts if each.is_test)
    tuning = judge(each for each in drafts if not each.is_test)
    parts = [
        _heading(drafts),
        _summary(tests, tuning),
        _labels(tests),
        _good(tests),
        _together(tests),
        _ease(tests),
        _times(drafts),
        _limits(),
    ]
    TARGET.write_text("\n\n".join(parts) + "\n", encoding="utf-8")


def _heading(drafts: Sequence[Labelled]) -> str:
    tests = [each for each in drafts if each.is_test]
    good = sum(each.is_good for each in drafts)
    return "\n".join(
        [
            "# Redacción",
            "",
            "Qué tan bien acierta la ayuda para escribir (`cercana writing check`) con respuestas de personas que no se"
            " usaron para ajustarla. La escribe `make writing-report`.",
            "",
            f"El corpus tiene {len(drafts)} borradores de {len({each.writer for each in drafts})} personas imaginadas,"
            " escritos uno por uno para este proyecto. Ninguno es de un trabajador real ni de un vecino real.",
            f"{good} son buenos; los demás llevan una marca o varias. Muchos buenos están cerca del límite.",
            f"Para probar se apartan {len(tests)} borradores de {len({each.writer for each in tests})} personas, por el"
            " CRC-32 de su nombre. Las palabras y sus pesos salen del manual, de los demás borradores y de oraciones"
            " sueltas.",
        ]
    )


def _summary(tests: Sequence[Judged], tuning: Sequence[Judged]) -> str:
    every = tuple(Fault)
    rows = [
        ("F1 micro, diez etiquetas del texto", micro_f1, IN_THE_TEXT, "0,85"),
        ("F1 macro, diez etiquetas del texto", macro_f1, IN_THE_TEXT, "0,85"),
        ("F1 micro, las doce", micro_f1, every, "–"),
        ("F1 macro, las doce", macro_f1, every, "–"),
        ("Hallazgos falsos por respuesta buena", false_per_good, every, "0,33"),
    ]
    lines = ["## Resultado", "", "| Medida | Prueba | Ajuste | Esperado |", "|---|---|---|---|"]
    lines += [
        f"| {name} | {figure(measure(tests, faults), 3)} | {figure(measure(tuning, faults), 3)} | {wanted} |"
        for name, measure, faults, wanted in rows
    ]
    lines += ["", "La columna «Ajuste» es de los borradores que sí se leyeron para escribir las reglas."]
    return "\n".join(lines)


def _labels(tests: Sequence[Judged]) -> str:
    lines = [
        "## Por etiqueta",
        "",
        "| Etiqueta | Línea del manual | Borradores | Precisión | Exhaustividad | F1 |",
        "|---|---|---|---|---|---|",
    ]
    for fault in Fault:
        got = share_of(tests, fault)
        figures = " | ".join(figure(each) for each in (got.precision, got.recall, got.f1))
        lines.append(f"| `{fault}` | {MANUAL_LINES[fault]} | {got.count} | {figures} |")
    lines += [
        "",
        "`pide_dato_ya_dado` y `sin_respuesta` necesitan saber qué escribió la persona y qué datos ya dio.",
        "Las otras diez se leen en el texto.",
    ]
    return "\n".join(lines)


def _good(tests: Sequence[Judged]) -> str:
    good = [each for each in tests if each.draft.is_good]
    false = Counter(one.fault for each in good for one in each.found.findings)
    lines = [
        "## Falsas alarmas",
        "",
        f"En {len(good)} respuestas buenas hay {sum(false.values())} hallazgos falsos:"
        f" {figure(false_per_good(tests))} por respuesta.",
        "",
        "| Etiqueta | Hallazgos falsos |",
        "|---|---|",
    ]
    return "\n".join(lines + [f"| `{fault}` | {count} |" for fault, count in false.most_common()])


def _together(tests: Sequence[Judged]) -> str:
    """Tell what stands in the drafts where a label was missed: a fault is rarely alone."""
    lines = [
        "## Lo que se escapa",
        "",
        "De los borradores en que no se vio una etiqueta, en cuántos se vio al menos otra.",
        "",
        "| Etiqueta | No vista | Con otro hallazgo | Sin ninguno |",
        "|---|---|---|---|",
    ]
    for fault in Fault:
        missed = [each for each in tests if fault in each.draft.faults and fault not in each.found.problems]
        if missed:
            silent = sum(each.found.is_good for each in missed)
            lines.append(f"| `{fault}` | {len(missed)} | {len(missed) - silent} | {silent} |")
    return "\n".join(lines)


def _ease(tests: Sequence[Judged]) -> str:
    lines = [
        "## Facilidad de lectura",
        "",
        "Szigriszt-Pazos con las bandas de INFLESZ, en los borradores de prueba.",
        "",
        "| Banda | Buenos | Con marcas |",
        "|---|---|---|",
    ]
    counts = Counter((each.found.ease.words, each.draft.is_good) for each in tests)
    lines += [f"| {band} | {counts[band, True]} | {counts[band, False]} |" for band in _BANDS]
    return "\n".join(lines)


def _times(drafts: Sequence[Labelled]) -> str:
    long = [(each.text * 20)[:_MEASURED] for each in drafts][:200]
    each_ms, start_ms = milliseconds_each(review, long), milliseconds_to_start(_START)
    return "\n".join(
        [
            "## Tiempo",
            "",
            f"Un borrador de {_MEASURED} letras toma {figure(each_ms)} ms de procesador (se espera 20 o menos);"
            f" arrancar, {start_ms:.0f} ms.",
        ]
    )


def _limits() -> str:
    return (
        "## Límites\n\n"
        "La ayuda busca expresiones conocidas y pesa las demás palabras. No entiende la ironía.\n"
        "Las marcas son de un solo lector por borrador. Quien las puso dejó dudas, sobre todo en `tono_brusco` y\n"
        "`sin_siguiente_paso`.\n"
        "Por eso aconseja y nunca bloquea: quien escribe decide."
    )


if __name__ == "__main__":
    main()
