"""Reading what is known of a case from JSON that others write in their own way."""

from collections.abc import Mapping

from cercana.rules.classification import ClaimType, RequestKind
from cercana.rules.folding import fold
from cercana.rules.writing.review import Situation

_KINDS = {
    "reclamo": RequestKind.CLAIM, "queja": RequestKind.CLAIM, "claim": RequestKind.CLAIM,
    "consulta": RequestKind.INQUIRY, "inquiry": RequestKind.INQUIRY, "pregunta": RequestKind.INQUIRY,
}  # fmt: skip
_TYPES = {
    "mal_servicio": ClaimType.POOR_SERVICE, "demora": ClaimType.DELAY, "error": ClaimType.ERROR,
    **{each.value: each for each in ClaimType},
}  # fmt: skip
# The same fact under the names that others may give it, in the order in which they are believed.
_NAMES: Mapping[str, tuple[str, ...]] = {
    "kind": ("kind", "tipo", "tipo_solicitud", "request_kind"),
    "claim_type": ("claim_type", "tipo_reclamo", "type"),
    "late": ("late", "is_late", "tarde", "vencido", "demora", "overdue"),
    "fault": ("fault", "our_fault", "is_our_fault", "culpa_nuestra", "falla", "falla_nuestra"),
    "question": ("message", "question", "mensaje", "pregunta", "citizen_message", "description", "descripcion"),
    "known": ("known", "known_data", "datos", "conocido", "datos_conocidos", "already_known"),
    "name": ("first_name", "nombre", "name", "citizen"),
    "promised": ("promised", "prometido", "promise"),
}
_KNOWN = {
    "dni": "documento", "document": "documento", "phone": "telefono", "celular": "telefono", "email": "correo",
    "mail": "correo", "address": "direccion", "name": "nombre", "photo": "foto", "fotos": "foto",
}  # fmt: skip
_YES = frozenset({"true", "si", "yes", "1", "verdadero"})
_NO = frozenset({"false", "no", "0", "falso", "none", "null", ""})


def situation_of(context: object) -> Situation:
    """Return what ``context`` says of the case; what is absent, strange or unknown says nothing."""
    if not isinstance(context, Mapping):
        return Situation()
    fields = {fold(str(name)): value for name, value in context.items()}
    return Situation(
        kind=_KINDS.get(_word(fields, "kind")),
        claim_type=_TYPES.get(_word(fields, "claim_type")) or _TYPES.get(_word(fields, "kind")),
        is_late=_truth(_value(fields, "late")) or False,
        is_our_fault=_truth(_value(fields, "fault")),
        question=_text(fields, "question"),
        known=_known(_value(fields, "known")),
        first_name=(_text(fields, "name").split() or [""])[0],
        promised=_text(fields, "promised"),
    )


def _value(fields: Mapping[str, object], fact: str) -> object:
    return next((fields[name] for name in _NAMES[fact] if fields.get(name) is not None), None)


def _text(fields: Mapping[str, object], fact: str) -> str:
    value = _value(fields, fact)
    return value if isinstance(value, str) else ""


def _word(fields: Mapping[str, object], fact: str) -> str:
    return fold(_text(fields, fact)).strip().replace(" ", "_")


def _truth(value: object) -> bool | None:
    """Return a yes or no in the words people write it in; None for anything else."""
    if isinstance(value, bool | int | float):
        return bool(value)
    word = fold(value).strip() if isinstance(value, str) else None
    return True if word in _YES else False if word in _NO else None


def _known(value: object) -> frozenset[str]:
    """Return the codes of what is known, from a list of them or an object whose values say so."""
    if isinstance(value, Mapping):
        value = [name for name, given in value.items() if given]
    if not isinstance(value, list | tuple):
        return frozenset()
    words = [fold(each) for each in value if isinstance(each, str)]
    return frozenset(_KNOWN.get(word, word) for word in words)
