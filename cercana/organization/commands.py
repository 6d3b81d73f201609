"""How the institution is set up and changed: entries replaced by their code, so that doing it twice changes nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TypeVar

from django.db import models, transaction

from cercana.organization import reference
from cercana.organization.entries import (
    AreaEntry,
    CategoryEntry,
    EmergencyEntry,
    HoursEntry,
    MunicipalityEntry,
    NatureEntry,
    NoticeEntry,
    PolicyEntry,
    SiteEntry,
    TermEntry,
)
from cercana.organization.models import (
    Area,
    Category,
    EmergencyNumber,
    LegalNature,
    LegalTerm,
    Municipality,
    OfficeHour,
    PolicyVersion,
    PrivacyNotice,
    Site,
)

__all__ = [
    "AreaEntry",
    "CategoryEntry",
    "EmergencyEntry",
    "HoursEntry",
    "MunicipalityEntry",
    "NatureEntry",
    "NoticeEntry",
    "PolicyEntry",
    "SiteEntry",
    "TermEntry",
    "set_areas",
    "set_categories",
    "set_emergency_numbers",
    "set_legal_natures",
    "set_municipality",
    "set_office_hours",
    "set_own_numbers",
    "set_policy",
    "set_privacy_notice",
    "set_sites",
    "set_up_reference",
]

_Row = TypeVar("_Row", bound=models.Model)


@transaction.atomic
def set_up_reference(*, own_numbers: Iterable[EmergencyEntry] = ()) -> None:
    """Enter what every municipality of Peru begins with: legal natures and terms, notice, ``own_numbers`` first."""
    set_legal_natures(reference.legal_natures())
    set_privacy_notice(reference.privacy_notice())
    set_own_numbers(own_numbers)


def set_own_numbers(entries: Iterable[EmergencyEntry]) -> None:
    """Replace the numbers to call when there is danger by the municipality's own, before the national ones."""
    set_emergency_numbers([*entries, *reference.emergency_numbers()])


def set_municipality(entry: MunicipalityEntry) -> None:
    """Say who we are; its intake area must exist by the end of the transaction."""
    values = asdict(entry)
    values["intake_area_id"] = values.pop("intake_area")
    _put(Municipality.objects, [Municipality(id=1, **values)], "id")


@transaction.atomic
def set_emergency_numbers(entries: Iterable[EmergencyEntry]) -> None:
    """Replace the numbers to call when there is danger, most useful first."""
    EmergencyNumber.objects.all().delete()
    EmergencyNumber.objects.bulk_create(
        EmergencyNumber(order=order, **asdict(entry)) for order, entry in enumerate(entries)
    )


def set_areas(entries: Iterable[AreaEntry]) -> None:
    """Enter or replace areas by their code, in any order; others stay as they are."""
    rows = []
    for entry in entries:
        values = asdict(entry)
        values["parent_id"] = values.pop("parent")
        rows.append(Area(**values))
    _put(Area.objects, rows, "code")


def set_sites(entries: Iterable[SiteEntry]) -> None:
    """Enter or replace sites by their code; others stay as they are."""
    _put(Site.objects, [Site(**asdict(entry)) for entry in entries], "code")


@transaction.atomic
def set_office_hours(entries: Iterable[HoursEntry]) -> None:
    """Replace all office hours."""
    OfficeHour.objects.all().delete()
    OfficeHour.objects.bulk_create(
        OfficeHour(area_id=entry.area, weekday=weekday, opens=entry.opens, closes=entry.closes)
        for entry in entries
        for weekday in entry.weekdays
    )


def set_policy(entry: PolicyEntry) -> None:
    """Enter or replace one version of the policy of promises."""
    _put(PolicyVersion.objects, [PolicyVersion(**asdict(entry))], "version")


@transaction.atomic
def set_legal_natures(entries: Iterable[NatureEntry]) -> None:
    """
    Enter or replace legal natures by their code, asked in the order given, and their terms.

    A term is known by nature, norm, article and first day; clocks refer to it, so none is ever removed.
    """
    known = list(entries)
    rows = []
    for order, entry in enumerate(known):
        values = asdict(entry)
        del values["terms"]
        rows.append(LegalNature(order=order, **values))
    _put(LegalNature.objects, rows, "code")
    for entry in known:
        for term in entry.terms:
            LegalTerm.objects.update_or_create(
                nature_id=entry.code,
                norm=term.norm,
                article=term.article,
                valid_from=term.valid_from,
                defaults={
                    "working_days": term.working_days,
                    "within_office_hours": term.within_office_hours,
                    "valid_until": term.valid_until,
                },
            )


def set_categories(entries: Iterable[CategoryEntry]) -> None:
    """Enter or replace categories by their code, shown in the order given; others stay as they are."""
    rows = []
    for order, entry in enumerate(entries):
        values = asdict(entry)
        values["area_id"] = values.pop("area")
        values["legal_nature_id"] = values.pop("legal_nature")
        rows.append(Category(order=order, **values))
    _put(Category.objects, rows, "code")


def set_privacy_notice(entry: NoticeEntry) -> None:
    """Enter or replace one version of the privacy notice."""
    _put(PrivacyNotice.objects, [PrivacyNotice(**asdict(entry))], "version")


def _put(manager: models.Manager[_Row], rows: Sequence[_Row], key: str) -> None:
    """Insert ``rows``; where the unique column ``key`` is known already, replace the others."""
    others = [each.name for each in manager.model._meta.concrete_fields if each.name != key]
    manager.bulk_create(rows, update_conflicts=True, unique_fields=[key], update_fields=others)
