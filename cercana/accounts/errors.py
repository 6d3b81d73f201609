"""Refusals about the staff."""

from typing import ClassVar

from cercana.rules.errors import DomainError


class RosterEntryUnfit(DomainError):
    """What was written down for the duty roster makes no turn, no swap and no absence."""

    code: ClassVar[str] = "accounts.roster_entry_unfit"
    message: ClassVar[str] = "Revise la persona, los días y las horas: algo falta o no va junto."
    status: ClassVar[int] = 422


class NotADutyOfficer(DomainError):
    """Whoever is to be on duty may not take charge of critical cases then."""

    code: ClassVar[str] = "accounts.not_a_duty_officer"
    message: ClassVar[str] = "{name} no tiene el cargo de guardia en esa fecha. Administración puede dárselo."
    status: ClassVar[int] = 422


class RosterEntryGone(DomainError):
    """Somebody else has taken it back or ended it meanwhile."""

    code: ClassVar[str] = "accounts.roster_entry_gone"
    message: ClassVar[str] = "Eso ya no está en la guardia: alguien lo cambió antes."
    status: ClassVar[int] = 409


class RosterClosed(DomainError):
    """Only who supervises an area changes the roster; only they and duty officers see it."""

    code: ClassVar[str] = "accounts.roster_closed"
    message: ClassVar[str] = "La guardia la ve quien la hace, y la cambia una jefatura."
    status: ClassVar[int] = 403
