"""The file of ``cercana setup``: a municipality in TOML, read strictly, with everything that is wrong in one answer."""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path
from typing import Any, ClassVar

from cercana.accounts.commands import RoleEntry, StaffEntry
from cercana.command_line import setup_keys as keys
from cercana.command_line.setup_keys import Key, read_table
from cercana.organization.commands import (
    AreaEntry,
    CategoryEntry,
    EmergencyEntry,
    HoursEntry,
    MunicipalityEntry,
    PolicyEntry,
    SiteEntry,
)
from cercana.rules.access import Role
from cercana.rules.classification import CaseClass
from cercana.rules.errors import DomainError
from cercana.rules.promises import to_lima

_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)")


class SetupFileRefused(DomainError):
    """The file cannot be entered as it is; nothing was."""

    code: ClassVar[str] = "command_line.setup_file_refused"
    message: ClassVar[str] = "No se cargó nada. Corrige {path} y repite: {problems}"
    status: ClassVar[int] = 422


@dataclass(frozen=True, slots=True)
class SetupFile:
    """A municipality of one's own, as entries."""

    municipality: MunicipalityEntry
    policy: PolicyEntry
    areas: Sequence[AreaEntry]
    sites: Sequence[SiteEntry]
    hours: Sequence[HoursEntry]
    numbers: Sequence[EmergencyEntry]
    categories: Sequence[CategoryEntry]
    staff: Sequence[StaffEntry]


_MUNICIPALITY = (
    Key("nombre", "name", keys.text(120)),
    Key("nombre_corto", "short_name", keys.text(60)),
    Key("prefijo", "prefix", keys.prefix),
    Key("direccion", "address", keys.text(200)),
    Key("telefono", "phone", keys.text(20)),
    Key("correo", "email", keys.email),
    Key("horario", "opening_hours", keys.text(200)),
    Key("horario_en", "opening_hours_en", keys.text(200), is_required=False),
    Key("area_que_recibe", "intake_area", keys.code),
    Key("libro", "platform_url", keys.web_address, is_required=False),
    Key("correo_datos", "data_officer_email", keys.email, is_required=False),
)
_POLICY = (
    Key("desde", "valid_from", keys.day),
    Key("motivo", "reason", keys.text(200), is_required=False),
    Key("horas_simple", "simple_hours", keys.number, is_required=False),
    Key("dias_complejo", "complex_working_days", keys.number, is_required=False),
    Key("horas_respuesta_critico", "critical_response_hours", keys.number, is_required=False),
    Key("horas_critico", "critical_resolution_hours", keys.number, is_required=False),
    Key("dias_para_reabrir", "reopening_days", keys.number, is_required=False),
    Key("dias_para_confirmar", "confirmation_working_days", keys.number, is_required=False),
)
_AREA = (
    Key("codigo", "code", keys.code),
    Key("nombre", "name", keys.text(120)),
    Key("nombre_en", "name_en", keys.text(120), is_required=False),
    Key("desde", "valid_from", keys.day),
    Key("hasta", "valid_until", keys.day, is_required=False),
    Key("depende_de", "parent", keys.code, is_required=False),
    Key("especialidad", "specialty", keys.text(120), is_required=False),
)
_SITE = (
    Key("codigo", "code", keys.code),
    Key("nombre", "name", keys.text(120)),
    Key("direccion", "address", keys.text(200)),
)
_HOURS = (
    Key("dias", "weekdays", keys.weekdays),
    Key("abre", "opens", keys.hour),
    Key("cierra", "closes", keys.hour),
    Key("area", "area", keys.code, is_required=False),
)
_NUMBER = (
    Key("nombre", "name", keys.text(60)),
    Key("numero", "number", keys.text(20)),
    Key("cuando", "hint", keys.text(120), is_required=False),
    Key("nombre_en", "name_en", keys.text(60), is_required=False),
    Key("cuando_en", "hint_en", keys.text(120), is_required=False),
)
_CATEGORY = (
    Key("codigo", "code", keys.code),
    Key("nombre", "name", keys.text(120)),
    Key("como_se_dice", "citizen_words", keys.text(200)),
    Key("nombre_en", "name_en", keys.text(120), is_required=False),
    Key("como_se_dice_en", "citizen_words_en", keys.text(200), is_required=False),
    Key("area", "area", keys.code),
    Key("prioridad", "class_", keys.one_of({each.value: each for each in CaseClass})),
    Key("naturaleza", "legal_nature", keys.code, is_required=False),
    Key("consulta", "default_kind", keys.inquiry, is_required=False),
    Key("puede_ser_critico", "may_be_critical", keys.yes_no, is_required=False),
    Key("muestra_emergencias", "shows_emergency", keys.yes_no, is_required=False),
    Key("puede_ser_de_otra_entidad", "may_be_outside", keys.yes_no, is_required=False),
    Key("reservado", "is_restricted", keys.yes_no, is_required=False),
    Key("sobre_el_personal", "is_about_staff", keys.yes_no, is_required=False),
)
_PERSON = (
    Key("correo", "email", keys.email),
    Key("nombre", "full_name", keys.text(120)),
    Key("documento", "document_number", keys.text(15), is_required=False),
    # Its tables are read one by one.
    Key("cargo", "roles", lambda given: given),
)
_ROLE = (
    Key("rol", "role", keys.one_of({each.value: each for each in Role})),
    Key("area", "area", keys.code),
    Key("desde", "valid_from", keys.day),
    Key("hasta", "valid_until", keys.day, is_required=False),
    Key("sede", "site", keys.code, is_required=False),
    Key("reemplazo", "is_substitute", keys.yes_no, is_required=False),
)
_LISTS: Mapping[str, Sequence[Key]] = {
    "area": _AREA,
    "sede": _SITE,
    "horario": _HOURS,
    "emergencia": _NUMBER,
    "motivo": _CATEGORY,
    "personal": _PERSON,
}
_MAY_LACK = frozenset({"sede", "emergencia"})
_TABLES = tuple(
    Key(name, name, lambda given: given, is_required=name not in _MAY_LACK)
    for name in ("municipalidad", "plazos", *_LISTS)
)


def read_setup_file(path: Path) -> SetupFile:
    """Return what the file holds; raise SetupFileRefused with every problem in a sentence of its own."""
    problems: list[str] = []
    file = _entries(_parsed(path), problems)
    if file is None:
        raise refusal(path, problems)
    return file


def refusal(path: Path, problems: Iterable[str]) -> SetupFileRefused:
    """Return the refusal of the file at ``path``, one line for each of ``problems``."""
    return SetupFileRefused(path=path, problems="".join(f"\n  - {each}" for each in problems))


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        found = _PLACE.search(str(error))
        place = f"La línea {found[1]}, columna {found[2]}," if found else "El final del archivo"
        raise refusal(path, [f"{place} no se entiende. Revisa comillas, corchetes y signos «=»."]) from error
    except UnicodeDecodeError as error:
        raise refusal(path, ["El archivo no está en UTF-8. Guárdalo otra vez con esa codificación."]) from error


def _entries(given: dict[str, Any], problems: list[str]) -> SetupFile | None:
    """Return the entries, None if anything was wrong with their keys."""
    read_table("el archivo", given, _TABLES, problems)
    single = {
        name: read_table(f"[{name}]", given[name], allowed, problems)
        for name, allowed in (("municipalidad", _MUNICIPALITY), ("plazos", _POLICY))
        if name in given
    }
    lists = {name: _rows(name, given.get(name, []), allowed, problems) for name, allowed in _LISTS.items()}
    for place, person in enumerate(lists["personal"], start=1):
        of = f" de la persona {place}"
        person["roles"] = _rows("personal.cargo", person.get("roles", []), _ROLE, problems, of)
    if problems:
        return None
    return SetupFile(
        municipality=MunicipalityEntry(**single["municipalidad"]),
        policy=_policy(single["plazos"]),
        areas=[AreaEntry(**each) for each in lists["area"]],
        sites=[SiteEntry(**each) for each in lists["sede"]],
        hours=[HoursEntry(**each) for each in lists["horario"]],
        numbers=[EmergencyEntry(**each) for each in lists["emergencia"]],
        categories=[CategoryEntry(**each) for each in lists["motivo"]],
        staff=[_person(each) for each in lists["personal"]],
    )


def _rows(name: str, tables: object, allowed: Sequence[Key], problems: list[str], of: str = "") -> list[dict[str, Any]]:
    if not isinstance(tables, list):
        problems.append(f"«{name}»{of} se escribe con doble corchete, [[{name}]], una vez por cada uno.")
        return []
    places = enumerate(tables, start=1)
    return [read_table(f"[[{name}]] {place}{of}", table, allowed, problems) for place, table in places]


def _policy(values: dict[str, Any]) -> PolicyEntry:
    since = to_lima(datetime.combine(values.pop("valid_from"), time()))
    return PolicyEntry(**{"version": 1, "reason": "Inicio del servicio", **values, "valid_from": since})


def _person(values: dict[str, Any]) -> StaffEntry:
    return StaffEntry(**{**values, "roles": [RoleEntry(**each) for each in values["roles"]]})
