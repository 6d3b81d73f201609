"""How staff are entered: accounts by mail address, their roles, and who is on duty when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from cercana.accounts.models import DutyShift, Membership, User
from cercana.accounts.roster_commands import add_absence, add_turn, end_turn, remove_absence, swap_turn
from cercana.rules.access import Role

__all__ = [
    "RoleEntry",
    "ShiftEntry",
    "StaffEntry",
    "add_absence",
    "add_turn",
    "end_turn",
    "first_way_in",
    "remove_absence",
    "set_duty_roster",
    "set_password",
    "set_staff",
    "swap_turn",
    "vouch_for_addresses",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleEntry:
    """A role in an area from some day on; ``area`` and ``site`` are codes."""

    role: Role
    area: str
    valid_from: date
    valid_until: date | None = None
    site: str | None = None
    is_substitute: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffEntry:
    """A member of staff, known by mail address, with the roles they hold."""

    email: str
    full_name: str
    roles: Sequence[RoleEntry]
    document_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftEntry:
    """A stretch of time in which the member of staff with this address answers for critical cases."""

    email: str
    starts_at: datetime
    ends_at: datetime


@transaction.atomic
def set_staff(entries: Iterable[StaffEntry]) -> None:
    """
    Enter members of staff, or replace name and roles of those known; new accounts have no password.

    A role that a member holds and that is not given any more is removed.
    """
    entered = []
    for entry in entries:
        email = User.objects.normalize_email(entry.email).lower()
        user, _ = User.objects.update_or_create(
            email=email,
            defaults={"full_name": entry.full_name, "document_number": entry.document_number},
            create_defaults={
                "full_name": entry.full_name,
                "document_number": entry.document_number,
                "password": make_password(None),
            },
        )
        entered.append(user)
        Membership.objects.filter(user=user).delete()
        Membership.objects.bulk_create(
            Membership(
                user=user,
                role=each.role,
                area_id=each.area,
                site_id=each.site,
                is_substitute=each.is_substitute,
                valid_from=each.valid_from,
                valid_until=each.valid_until,
            )
            for each in entry.roles
        )
    vouch_for_addresses(entered)


@transaction.atomic
def vouch_for_addresses(users: Sequence[User]) -> None:
    """Have the addresses of ``users`` count as verified, and no other of theirs: an administrator entered them."""
    emails = [user.email for user in users]
    EmailAddress.objects.filter(Q(user__in=users) | Q(email__in=emails)).delete()
    EmailAddress.objects.bulk_create(
        EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in users
    )


def set_password(emails: Iterable[str], password: str) -> None:
    """Give all accounts of ``emails`` the same password, worked out once: for a demonstration or a first day."""
    User.objects.filter(email__in=[email.lower() for email in emails]).update(password=make_password(password))


def first_way_in(email: str) -> str:
    """
    Return the path at which the owner of an account chooses its first password, "" if it has one already.

    It opens once, and for as long as a forgotten password can be mended (PASSWORD_RESET_TIMEOUT: three days).
    """
    user = User.objects.get(email=email.lower())
    if user.has_usable_password():
        return ""
    parts = {"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)}
    return reverse("account_reset_password_from_key", kwargs=parts)


@transaction.atomic
def set_duty_roster(shifts: Sequence[ShiftEntry], *, starts_at: datetime, ends_at: datetime) -> None:
    """Replace the duty roster between two instants by ``shifts``, all of which begin there."""
    ids = dict(User.objects.filter(email__in={shift.email for shift in shifts}).values_list("email", "pk"))
    DutyShift.objects.filter(starts_at__gte=starts_at, starts_at__lt=ends_at).delete()
    DutyShift.objects.bulk_create(
        DutyShift(user_id=ids[shift.email], starts_at=shift.starts_at, ends_at=shift.ends_at) for shift in shifts
    )
