"""What scripts need to know of the institution: areas, hours, promises, who is on duty and who else is competent."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cercana.demo.crew import Crew
from cercana.demo.municipality import Institution, duty_officer
from cercana.demo.story import Story, read_town
from cercana.demo.worktime import WorkTime
from cercana.organization import queries as organization
from cercana.rules.calendar import Calendar
from cercana.rules.classification import CaseClass
from cercana.rules.office_hours import OfficeHours, Slot
from cercana.rules.promises import Policy, promise_for, statutory_due

INTAKE_AREA = "atencion_ciudadano"
_POLICY = Policy(version=1)
_ENTITIES = {
    "utility_water": "Sedapal",
    "utility_power": "Luz del Sur",
    "utility_telecom": "la empresa de telefonía",
    "utility_gas": "Cálidda",
    "public_transport": "ATU",
}
_ENTITIES_OF_STORIES = {
    "recibo-de-agua-cactus": "Sedapal",
    "multa-declaracion-tardia-enfermo": "Mesa de partes",
    "funcionario-pide-propina-disimulada": "Oficina de Integridad",
    "acoso-con-datos-de-tramite": "Oficina de Integridad",
    "menor-trabajadora-lavanderia": "Fiscalía de Familia",
    "demolicion-lado-miraflores": "Municipalidad de Miraflores",
    "botica-espera-digemid": "DIGEMID",
    "serpiente-mascota-perdida": "SERFOR",
    "laguna-patos-enfermos": "SENASA",
    "sobrina-encerrada-los-cedros": "Ministerio Público",
    "sereno-pidio-propina": "Oficina de Integridad",
}
_NOTICE_NEEDS = timedelta(hours=3)


@dataclass(frozen=True, slots=True)
class Nature:
    """What a legal nature asks of a case; ``working_days`` is the term of the law, None without one."""

    must_notify: bool
    moves_to_platform: bool
    decided_by_superior: bool
    working_days: int | None


def read_offices(day: date) -> "Offices":
    """Return the demonstration municipality with the calendar and the law of ``day``."""
    natures = {
        each.code: Nature(
            each.must_notify,
            each.moves_to_platform,
            each.decided_by_superior,
            next((term.working_days for term in each.terms.all()), None),
        )
        for each in organization.legal_natures(day)
    }
    return Offices(organization.calendar(), natures)


class Offices:
    """The demonstration municipality as its scripts see it."""

    def __init__(self, calendar: Calendar, natures: Mapping[str, Nature]) -> None:
        institution = Institution()
        self.calendar = calendar
        self.crew = Crew()
        self.phrases: Mapping[str, Sequence[str]] = read_town("phrases")
        self._categories = {each.code: each for each in institution.categories}
        self._natures = natures
        self._parents = {each.code: each.parent for each in institution.areas}
        self._hours = _hours_by_area(institution)
        self.intake = self.work(INTAKE_AREA)

    def work(self, area: str) -> WorkTime:
        """Return the working time of ``area``."""
        return WorkTime(self.calendar, self._hours.get(area, self._hours[None]))

    def area_of(self, category: str) -> str:
        """Return the area that resolves ``category``."""
        return self._categories[category].area

    def class_of(self, category: str) -> CaseClass:
        """Return the class that ``category`` proposes."""
        return self._categories[category].class_

    def is_about_staff(self, category: str) -> bool:
        """Tell whether what falls under ``category`` is about somebody of the staff."""
        return self._categories[category].is_about_staff

    def is_restricted(self, category: str) -> bool:
        """Tell whether ``category`` is for named people only."""
        return self._categories[category].is_restricted

    def must_notify(self, category: str) -> bool:
        """Tell whether a case of ``category`` ends with its notification."""
        return self._nature(category).must_notify

    def moves_to_platform(self, category: str) -> bool:
        """Tell whether a case of ``category`` is taken to the State's platform."""
        return self._nature(category).moves_to_platform

    def is_decided_above(self, category: str) -> bool:
        """Tell whether the law leaves a case of ``category`` to the head above its area."""
        return self._nature(category).decided_by_superior

    def answers(self, category: str, owner: str) -> str:
        """Return who answers a case of ``category``: its ``owner``, or the head above where the law says so."""
        if not self.is_decided_above(category):
            return owner
        above = self._parents[self.area_of(category)]
        while above is not None and not self.crew.has_head(above):
            above = self._parents[above]
        return self.crew.head(above) if above is not None else owner

    def due(self, story: Story, received_at: datetime) -> datetime:
        """Return the earlier of the manual's promise and the law's term, with time to notify."""
        promised = promise_for(received_at, story.class_, _POLICY, self.calendar).resolution.at
        days = self._nature(story.category).working_days
        if days is None:
            return promised
        law = statutory_due(received_at, days, self.calendar).at - _NOTICE_NEEDS
        return min(promised, law)

    def on_duty(self, moment: datetime) -> str:
        """Return who is on duty at ``moment``, "" in office hours."""
        return duty_officer(self.calendar, moment)

    def entity_for(self, story: Story) -> str:
        """Return the entity to which ``story`` belongs."""
        return _ENTITIES_OF_STORIES.get(story.id) or _ENTITIES[story.category]

    def _nature(self, category: str) -> Nature:
        return self._natures[self._categories[category].legal_nature]


def _hours_by_area(institution: Institution) -> dict[str | None, OfficeHours]:
    slots: dict[str | None, dict[int, tuple[Slot, ...]]] = {}
    for entry in institution.hours:
        of_area = slots.setdefault(entry.area, {})
        for weekday in entry.weekdays:
            of_area[weekday] = (*of_area.get(weekday, ()), Slot(entry.opens, entry.closes))
    return {area: OfficeHours(days) for area, days in slots.items()}
