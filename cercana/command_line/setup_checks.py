"""What has to hold between the parts of the file of ``cercana setup``: names that exist, dates that fit, a way in."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from cercana.accounts.commands import RoleEntry
from cercana.command_line.setup_file import SetupFile
from cercana.organization.commands import AreaEntry
from cercana.rules.access import Role
from cercana.rules.promises import to_lima


def problems_of(file: SetupFile, *, today: date, natures: Collection[str]) -> list[str]:
    """Return a sentence for everything that does not fit together."""
    return [
        *_repetitions(file),
        *_unknown_names(file, natures),
        *_circles(file.areas),
        *_spans(file),
        *_hours(file),
        *_beginnings(file, today),
    ]


def _repetitions(file: SetupFile) -> Iterator[str]:
    given = {
        "area": [each.code for each in file.areas],
        "sede": [each.code for each in file.sites],
        "motivo": [each.code for each in file.categories],
        "personal": [each.email.lower() for each in file.staff],
    }
    for name, codes in given.items():
        for code, times in Counter(codes).items():
            if times > 1:
                yield f"«{code}» está {times} veces en [[{name}]]. Deja una sola."


def _unknown_names(file: SetupFile, natures: Collection[str]) -> Iterator[str]:
    areas = {each.code for each in file.areas}
    sites = {each.code for each in file.sites}
    uses = [("[municipalidad]", file.municipality.intake_area)]
    uses += [(f"[[area]] «{each.code}»", each.parent) for each in file.areas if each.parent]
    uses += [(f"[[horario]] {place}", each.area) for place, each in enumerate(file.hours, start=1) if each.area]
    uses += [(f"[[motivo]] «{each.code}»", each.area) for each in file.categories]
    uses += [(_of(email), role.area) for email, role in _roles(file)]
    yield from _missing(uses, areas, "el área", "area")
    seats = [(_of(email), role.site) for email, role in _roles(file) if role.site]
    yield from _missing(seats, sites, "la sede", "sede")
    for each in file.categories:
        if each.legal_nature not in natures:
            known = ", ".join(sorted(natures))
            yield f"En [[motivo]] «{each.code}», la naturaleza «{each.legal_nature}» no existe. Son: {known}."


def _missing(uses: Iterable[tuple[str, str]], known: Collection[str], what: str, table: str) -> Iterator[str]:
    for where, code in uses:
        if code not in known:
            yield f"En {where}, {what} «{code}» no existe. Añádela como [[{table}]] o corrige el código."


def _circles(areas: Iterable[AreaEntry]) -> Iterator[str]:
    parents = {each.code: each.parent for each in areas}
    for code, parent in parents.items():
        above, passed = parent, set[str]()
        while above is not None and above != code and above not in passed:
            passed.add(above)
            above = parents.get(above)
        if above == code:
            yield f"El área «{code}» depende de sí misma. Corrige «depende_de»: la de arriba de todo no lo lleva."


def _spans(file: SetupFile) -> Iterator[str]:
    spans = [(f"[[area]] «{each.code}»", each.valid_from, each.valid_until) for each in file.areas]
    spans += [(_of(email), role.valid_from, role.valid_until) for email, role in _roles(file)]
    for where, first, last in spans:
        if last is not None and last < first:
            yield f"En {where}, «hasta» es anterior a «desde». Corrige una de las dos fechas."


def _hours(file: SetupFile) -> Iterator[str]:
    for place, each in enumerate(file.hours, start=1):
        if each.opens >= each.closes:
            yield f"En [[horario]] {place}, «abre» debe ser anterior a «cierra»."
    if all(each.area for each in file.hours):
        yield "Falta un [[horario]] sin «area»: es el de todas las áreas que no tienen uno propio."


def _beginnings(file: SetupFile, today: date) -> Iterator[str]:
    """Tell what would keep the service from beginning today."""
    if to_lima(file.policy.valid_from).date() > today:
        yield "En [plazos], «desde» es una fecha futura: hoy ningún caso tendría plazo. Pon hoy o antes."
    intake = [each for each in file.areas if each.code == file.municipality.intake_area]
    if intake and not _is_in_force(intake[0].valid_from, intake[0].valid_until, today):
        yield f"El área que recibe, «{intake[0].code}», no rige hoy. Revisa sus fechas «desde» y «hasta»."
    chiefs = [role for _, role in _roles(file) if role.role is Role.ADMINISTRATOR]
    if not any(_is_in_force(role.valid_from, role.valid_until, today) for role in chiefs):
        yield "Nadie tiene hoy el rol «administrator»: no se podría entrar a configurar. Dáselo a alguien."


def _is_in_force(first: date, last: date | None, day: date) -> bool:
    return first <= day and (last is None or day <= last)


def _roles(file: SetupFile) -> Iterator[tuple[str, RoleEntry]]:
    return ((person.email, role) for person in file.staff for role in person.roles)


def _of(email: str) -> str:
    return f"un cargo de {email}"
