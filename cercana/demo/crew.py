"""Who does what in the demonstration: heads, officers and agents by area, known by their address."""

from dataclasses import dataclass
from functools import cache

from cercana.accounts.commands import RoleEntry, StaffEntry
from cercana.demo.municipality import staff
from cercana.rules.access import Role


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody at intake, and the site where they attend."""

    email: str
    site: str


class Crew:
    """The staff as the roles of ``staff.toml`` place them."""

    def __init__(self) -> None:
        self._staff = staff()
        self.agents = [Agent(each.email, role.site or "") for each, role in self._held(Role.AGENT)]

    @property
    def administrator(self) -> str:
        """Return who sets up the system."""
        return self._held(Role.ADMINISTRATOR)[0][0].email

    def head(self, area: str) -> str:
        """Return who heads ``area``."""
        return next(each.email for each, role in self._held(Role.SUPERVISOR, area) if not role.is_substitute)

    def has_head(self, area: str) -> bool:
        """Tell whether somebody heads ``area``."""
        return any(not role.is_substitute for _, role in self._held(Role.SUPERVISOR, area))

    def substitute(self, area: str) -> str:
        """Return who stands in for the head of ``area``, the head if nobody does."""
        return next(
            (each.email for each, role in self._held(Role.SUPERVISOR, area) if role.is_substitute), self.head(area)
        )

    def officers(self, area: str) -> list[str]:
        """Return who works off the cases of ``area``: its officers, or its head if it has none."""
        return [each.email for each, _ in self._held(Role.AREA_OFFICER, area)] or [self.head(area)]

    def _held(self, role: Role, area: str = "") -> list[tuple[StaffEntry, RoleEntry]]:
        return [
            (each, held) for each in self._staff for held in each.roles if held.role is role and area in ("", held.area)
        ]


@cache
def crew() -> Crew:
    """Return the staff of the demonstration."""
    return Crew()
