"""``cercana triage --export``: what people sorted, as examples from which the model can learn."""

import json
from collections.abc import Iterator

from cercana.cases.queries import LabelledExample, labelled_examples
from cercana.rules.classification import Channel
from cercana.rules.triage.labels import SPANISH

_CHANNELS = {
    Channel.COUNTER: "presencial",
    Channel.PHONE: "telefono",
    Channel.EMAIL: "correo",
    Channel.APP: "app",
}
# What the engine calls each reason differs from the name of the history by its code alone.
_REASONS = {
    "health_safety": "riesgo_salud_seguridad",
    "recurrence": "queja_recurrente",
    "vulnerability": "ciudadano_vulnerable",
}


def exported_lines() -> Iterator[str]:
    """Yield one line of JSON an example, in the form of corpora/triage."""
    for number, example in enumerate(labelled_examples(), start=1):
        yield json.dumps({"id": f"caso-{number:06d}", **_fields(example)}, ensure_ascii=False)


def _fields(example: LabelledExample) -> dict[str, object]:
    decided = example.decided
    return {
        "writer": "",
        "channel": _CHANNELS[Channel(example.channel)],
        "text": example.text,
        "kind": SPANISH[decided.kind],
        "claim_type": None if decided.claim_type is None else SPANISH[decided.claim_type],
        "critical_reasons": [_REASONS[reason.value] for reason in example.reasons],
        "class": SPANISH[decided.class_],
        "area": SPANISH[decided.area],
        "about_staff": decided.about_staff,
        "hard": None,
        "corrected": [each.value for each in example.corrected],
    }
