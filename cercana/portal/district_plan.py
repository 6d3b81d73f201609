"""
The plan of the district on which somebody marks a place: schematic, made from public facts.

Its outline is that of the INEI (district limits of 2007, simplified to corners), with Lince's side in more detail.
"""

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings

Corner = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Plan:
    """
    A drawing and where it lies: ``west``, ``north``, ``east``, ``south`` are its edges, in degrees (WGS 84).

    ``outline`` are the corners of the district, longitude first; beyond them somebody else may be in charge.
    """

    file: str
    west: float
    north: float
    east: float
    south: float
    outline: tuple[Corner, ...]

    @property
    def edges(self) -> str:
        """The edges for a script."""
        return f"{self.west} {self.north} {self.east} {self.south}"

    @property
    def corners(self) -> str:
        """The outline for a script: longitude and latitude by turns."""
        return " ".join(f"{longitude} {latitude}" for longitude, latitude in self.outline)


class Named(Protocol):
    """A municipality, by what tells it from others."""

    prefix: str
    short_name: str


SAN_ISIDRO = Plan(
    "cercana/plan-san-isidro.svg",
    -77.064,
    -12.0825,
    -77.007,
    -12.114,
    (
        (-77.0228, -12.0908), (-77.0098, -12.0892), (-77.0104, -12.1073), (-77.0273, -12.1028), (-77.056, -12.111),
        (-77.0607, -12.1077), (-77.055, -12.0919), (-77.0486, -12.085), (-77.0477, -12.0914), (-77.0465, -12.0917),
        (-77.0431, -12.0912), (-77.0432, -12.0904), (-77.0338, -12.0891), (-77.0336, -12.0907), (-77.03, -12.0911),
        (-77.0302, -12.0918),
    ),
)  # fmt: skip


def plan_for(municipality: Named) -> Plan | None:
    """Return the plan of a district, None if there is none: an address or a reference has to do."""
    is_san_isidro = (municipality.prefix, municipality.short_name) == ("SI", "San Isidro")
    return SAN_ISIDRO if is_san_isidro else None


def marking() -> dict[str, object]:
    """Return what a page needs on which a place may be marked: on a map of tiles, if there is one, or on a plan."""
    return {"plan_for": plan_for, "map_style": settings.MAP_STYLE}
