"""What tests are about, in few words: a small municipality, its staff, and cases in any stage."""

import uuid
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, TypeAlias

from cercana.accounts.models import Membership, User
from cercana.accounts.queries import actor_for
from cercana.cases import commands
from cercana.cases.commands import Answer, Reception
from cercana.cases.models import Case
from cercana.citizens.commands import Person
from cercana.citizens.identity import ContactKind
from cercana.organization.models import (
    Area,
    Category,
    LegalNature,
    LegalTerm,
    Municipality,
    OfficeHour,
    PolicyVersion,
    PrivacyNotice,
    Site,
)
from cercana.rules.access import Actor, ActorKind, Role
from cercana.rules.classification import CaseClass, Cause, Channel, ClaimType, RequestKind
from cercana.rules.lifecycle import Outcome, Stage
from cercana.rules.promises import to_lima

# Whatever the function that makes it takes.
Given: TypeAlias = Any

# A Monday morning without holidays nearby.
NOW = to_lima(datetime.fromisoformat("2026-11-23T10:00"))
_LONG_AGO = date(2020, 1, 1)
_AREAS = {
    "alcaldia": ("Gerencia Municipal", None),
    "atencion_ciudadano": ("Atención al Ciudadano", "alcaldia"),
    "obras_infraestructura": ("Obras e Infraestructura", "alcaldia"),
    "pavimentos": ("Pavimentos y Veredas", "obras_infraestructura"),
    "fiscalizacion": ("Fiscalización", "alcaldia"),
}


def make_municipality() -> Municipality:
    """Return the municipality of the tests, with five areas, four categories, the office hours and the policy."""
    Area.objects.bulk_create(
        Area(code=code, name=name, parent_id=parent, valid_from=_LONG_AGO) for code, (name, parent) in _AREAS.items()
    )
    Site.objects.create(code="sede_central", name="Sede central", address="Av. de Prueba 100")
    OfficeHour.objects.bulk_create(
        OfficeHour(weekday=weekday, opens=time(8), closes=time(16, 45)) for weekday in range(5)
    )
    PolicyVersion.objects.create(version=1, valid_from=NOW.replace(year=2020), reason="primera versión")
    PrivacyNotice.objects.create(version=1, valid_from=_LONG_AGO, text="Usamos tus datos para atenderte.", spoken="…")
    _make_natures()
    _make_categories()
    return Municipality.objects.create(
        id=1,
        name="Municipalidad Distrital de Prueba",
        short_name="Prueba",
        address="Av. de Prueba 100",
        phone="+5115139000",
        email="casos@prueba.example",
        opening_hours="lunes a viernes, de 8:00 a. m. a 4:45 p. m.",
        platform_url="https://libro.example/",
        intake_area_id="atencion_ciudadano",
    )


def _make_natures() -> None:
    given: list[dict[str, Any]] = [
        {"code": "incident", "name": "Incidente o pedido de servicio"},
        {"code": "formal_claim", "name": "Reclamo formal", "moves_to_platform": True, "must_notify": True},
        {"code": "neighbour_report", "name": "Denuncia vecinal", "must_notify": True},
        {"code": "data_access", "name": "Acceso a mis datos", "is_data_rights": True, "needs_identity": True},
    ]
    LegalNature.objects.bulk_create(
        LegalNature(plain_question="¿Es esto?", explanation="Es esto.", **nature) for nature in given
    )
    LegalTerm.objects.bulk_create(
        LegalTerm(nature_id=code, working_days=days, norm="Norma", article="art. 1", valid_from=_LONG_AGO)
        for code, days in (("formal_claim", 30), ("neighbour_report", 30), ("data_access", 20))
    )


def _make_categories() -> None:
    given: list[dict[str, Any]] = [
        {"code": "pothole", "area_id": "obras_infraestructura", "class_": "complex", "legal_nature_id": "incident"},
        {"code": "noise", "area_id": "fiscalizacion", "class_": "simple", "legal_nature_id": "incident"},
        {
            "code": "poor_attention",
            "area_id": "atencion_ciudadano",
            "class_": "complex",
            "legal_nature_id": "formal_claim",
            "is_about_staff": True,
        },
        {
            "code": "violence_or_child",
            "area_id": "fiscalizacion",
            "class_": "critical",
            "legal_nature_id": "incident",
            "is_restricted": True,
        },
    ]
    Category.objects.bulk_create(
        Category(name=category["code"], citizen_words=category["code"], **category) for category in given
    )


def make_user(
    role: Role, area: str, *, name: str = "", site: str | None = None, valid_until: date | None = None
) -> User:
    """Return a member of staff with one membership, which is over if ``valid_until`` has passed."""
    name = name or f"{role.value} de {area}"
    user = User.objects.create_user(f"{uuid.uuid4().hex[:12]}@prueba.example", name)
    join(user, role, area, site=site, valid_until=valid_until)
    return user


def join(user: User, role: Role, area: str, *, site: str | None = None, valid_until: date | None = None) -> None:
    """Give ``user`` a further membership."""
    Membership.objects.create(
        user=user, role=role, area_id=area, site_id=site, valid_from=_LONG_AGO, valid_until=valid_until
    )


def make_actor(role: Role, area: str, *, site: str | None = None, now: datetime = NOW) -> Actor:
    """Return the actor of a new member of staff."""
    return actor_for(make_user(role, area, site=site), now)


def citizen_of(case: Case) -> Actor:
    """Return the citizen who holds the code of ``case``."""
    return Actor(ActorKind.CITIZEN, case_key=str(case.key))


PUBLIC = Actor(ActorKind.CITIZEN)


def make_person(**given: Given) -> Person:
    """Return somebody who left a mail address."""
    email = f"{uuid.uuid4().hex[:10]}@vecinos.example"
    return Person(**{"name": "Rosa Quispe Mamani", "contacts": ((ContactKind.EMAIL, email),), **given})


def make_reception(**given: Given) -> Reception:
    """Return what a citizen told on the portal: a pothole, unless the test says otherwise."""
    kind = given.get("kind", RequestKind.CLAIM)
    defaults: dict[str, Any] = {
        "person": given.pop("person", None) or make_person(),
        "kind": kind,
        "claim_type": ClaimType.POOR_SERVICE if kind is RequestKind.CLAIM else None,
        "category": "pothole",
        "channel": Channel.APP,
        "description": "Quiero que parchen el bache de la cuadra 9, porque ya me malogró una llanta.",
        # Anywhere along the avenue, so that cases of one test are no recurrence of each other.
        "place": "Av. Basadre, frente al grifo",
    }
    return Reception(**{**defaults, **given})


def make_answer(**given: Given) -> Answer:
    """Return an answer with its three parts."""
    defaults: dict[str, Any] = {
        "done": "Buenos días. Tapamos el bache esta mañana.",
        "next_step": "Un técnico revisará el parche.",
        "by_when": "La revisión es el viernes 27 de noviembre.",
        "outcome": Outcome.SOLVED,
        "cause": Cause.MAINTENANCE,
    }
    return Answer(**{**defaults, **given})


def make_case(
    stage: Stage = Stage.REGISTERED, *, officer: Actor | None = None, now: datetime = NOW, **given: Given
) -> Case:
    """
    Return a case that went the ordinary way to ``stage``, one minute a step, received at ``now``.

    ``officer`` takes and answers it; without one a new officer of its area does.
    """
    case = commands.register_case(make_reception(**given), actor=PUBLIC, now=now)
    for step in _steps(case, stage, officer):
        now += timedelta(minutes=1)
        step(now)
    return Case.objects.get(pk=case.pk)


def _steps(case: Case, stage: Stage, officer: Actor | None) -> Iterable[Any]:
    if stage is Stage.REGISTERED:
        return
    area = case.proposed_area_id
    agent = make_actor(Role.SUPERVISOR if case.is_restricted else Role.AGENT, "atencion_ciudadano")
    yield lambda now: commands.refer(number=case.number, area=area, actor=agent, now=now)
    if stage is Stage.REFERRED:
        return
    worker = officer or make_actor(Role.SUPERVISOR if case.is_restricted else Role.AREA_OFFICER, area)
    yield lambda now: commands.take(number=case.number, actor=worker, now=now)
    if stage is Stage.IN_FOLLOW_UP:
        return
    yield lambda now: commands.answer_case(number=case.number, answer=make_answer(), actor=worker, now=now)
    if stage is Stage.ANSWERED:
        return
    yield lambda now: commands.confirm(number=case.number, actor=citizen_of(case), now=now)
    if case.class_ == CaseClass.CRITICAL:
        boss = make_actor(Role.SUPERVISOR, area)
        yield lambda now: commands.agree_to_closure(number=case.number, actor=boss, now=now)
