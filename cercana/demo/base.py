"""The quick part of the demonstration: the municipality, its staff and their duty roster."""

from datetime import date, datetime, timedelta

from django.db import transaction

from cercana.accounts import commands as accounts
from cercana.channels.counter import commands as counter
from cercana.conversation import commands as conversation
from cercana.demo.ground import refuse_real_municipality
from cercana.demo.municipality import Institution, duty_roster, staff
from cercana.organization import commands as organization
from cercana.organization.queries import calendar
from cercana.rules.promises import to_lima

# The roster reaches back as far as the history, and ahead for as long as anybody may look at the demonstration.
_ROSTER_BEFORE = timedelta(days=100)
_ROSTER_DAYS = 300
# The waiting rooms with their windows.
_ROOMS = {"sede_central": ("1", "2", "3", "4", "5"), "sede_olivar": ("1", "2")}


@transaction.atomic
def set_up_municipality(now: datetime) -> None:
    """Enter the demonstration municipality, or bring it up to date; raise NotADemonstration in a real one."""
    refuse_real_municipality()
    institution = Institution()
    organization.set_areas(institution.areas)
    organization.set_sites(institution.sites)
    organization.set_municipality(institution.municipality)
    organization.set_up_reference(own_numbers=institution.own_numbers)
    organization.set_office_hours(institution.hours)
    organization.set_policy(institution.policy)
    organization.set_categories(institution.categories)
    conversation.set_up_phrases(now=now)
    for site, windows in _ROOMS.items():
        counter.set_room(site=site, windows=windows)
    accounts.set_staff(staff())
    _set_roster(to_lima(now).date() - _ROSTER_BEFORE)


def _set_roster(first: date) -> None:
    shifts = duty_roster(calendar(), first, _ROSTER_DAYS)
    starts = [shift.starts_at for shift in shifts]
    accounts.set_duty_roster(shifts, starts_at=min(starts), ends_at=max(starts) + timedelta(seconds=1))
