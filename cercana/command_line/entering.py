"""Entering a municipality of one's own: everything that its file says, in one transaction, and the first way in."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from cercana.accounts import commands as accounts
from cercana.command_line.setup import SetupInDemonstration
from cercana.command_line.setup_checks import problems_of
from cercana.command_line.setup_file import SetupFile, read_setup_file, refusal
from cercana.conversation.commands import set_up_phrases
from cercana.organization import commands, queries
from cercana.rules.access import Role
from cercana.rules.promises import to_lima


def enter_municipality(path: Path, now: datetime) -> list[str]:
    """
    Enter what the file at ``path`` says and return what to tell, line by line; all of it or nothing.

    Doing it again puts back what the file says. Legal natures, privacy notice and policy are entered once: later
    they have versions of their own in the administration. Raise SetupInDemonstration or SetupFileRefused.
    """
    if queries.is_demonstration():
        raise SetupInDemonstration
    file = read_setup_file(path)
    problems = problems_of(file, today=to_lima(now).date(), natures=queries.known_natures())
    if problems:
        raise refusal(path, problems)
    with transaction.atomic():
        is_first = not queries.policies()
        _enter_institution(file, is_first=is_first)
        accounts.set_staff(file.staff)
        phrases = set_up_phrases(now=now)
    return [*_summary(file, is_first=is_first, phrases=phrases), *_ways_in(file)]


def _enter_institution(file: SetupFile, *, is_first: bool) -> None:
    commands.set_areas(file.areas)
    commands.set_sites(file.sites)
    commands.set_municipality(file.municipality)
    if is_first:
        commands.set_up_reference(own_numbers=file.numbers)
        commands.set_policy(file.policy)
    elif file.numbers:
        commands.set_own_numbers(file.numbers)
    commands.set_office_hours(file.hours)
    commands.set_categories(file.categories)


def _summary(file: SetupFile, *, is_first: bool, phrases: int) -> Iterator[str]:
    counts = (
        (len(file.areas), "área", "áreas"),
        (len(file.sites), "sede", "sedes"),
        (len(file.categories), "motivo", "motivos"),
        (len(file.staff), "cuenta del personal", "cuentas del personal"),
        (phrases, "frase de respuesta nueva", "frases de respuesta nuevas"),
    )
    told = ", ".join(f"{count} {one if count == 1 else many}" for count, one, many in counts if count)
    yield f"{file.municipality.name}: {told}."
    if not is_first:
        yield "Plazos, naturalezas legales y aviso de privacidad ya estaban: cámbialos en la administración."


def _ways_in(file: SetupFile) -> Iterator[str]:
    for person in file.staff:
        is_administrator = any(role.role is Role.ADMINISTRATOR for role in person.roles)
        path = accounts.first_way_in(person.email) if is_administrator else ""
        if path:
            yield f"{person.full_name} crea su contraseña aquí, una sola vez y dentro de tres días:"
            yield f"  {settings.PUBLIC_URL}{path}"
