"""How the staff is read: the actor somebody is today, who heads an area, who is on duty."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date, datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from cercana.accounts.models import Membership, User
from cercana.accounts.roster import (
    AbsenceRow,
    ChangeRow,
    TurnRow,
    duty_absences,
    duty_changes,
    duty_gaps,
    duty_officers,
    duty_stretches,
    duty_turns,
    ids_on_duty,
)
from cercana.organization import queries as organization
from cercana.rules.access import Actor, ActorKind, Role
from cercana.rules.access import Membership as HeldMembership
from cercana.rules.escalation import Heads
from cercana.rules.history import staff_of
from cercana.rules.promises import to_lima

__all__ = [
    "AbsenceRow",
    "ChangeRow",
    "TurnRow",
    "active_by_address",
    "active_staff",
    "active_user",
    "actor_for",
    "addresses_of",
    "chain_of_command",
    "duty_absences",
    "duty_changes",
    "duty_gaps",
    "duty_officers",
    "duty_stretches",
    "duty_turns",
    "ids_on_duty",
    "may_configure",
    "may_read_changes",
    "members_of",
    "name_of_signature",
    "names_of",
    "on_duty",
    "with_memberships",
]


def with_memberships(user_id: int) -> User | None:
    """Return an account that already knows its memberships of today; None if there is no such account."""
    rows = list(_in_force(timezone.localdate()).filter(user_id=user_id).select_related("user").order_by("id"))
    if not rows:
        return User.objects.filter(pk=user_id).first()
    user = rows[0].user
    user.memberships_today = rows
    return user


def actor_for(
    user: User,
    now: datetime,
    *,
    parents: Mapping[str, str | None] | None = None,
    duty: Collection[int] | None = None,
) -> Actor:
    """
    Return what ``user`` is at ``now``: memberships in force, with everything a supervisor reaches.

    ``parents`` is the chain of command and ``duty`` who is on duty, if the caller has read them already.
    """
    rows = getattr(user, "memberships_today", None)
    if rows is None:
        rows = list(_in_force(to_lima(now).date()).filter(user=user).order_by("id"))
    supervises = any(row.role == Role.SUPERVISOR for row in rows)
    chain = parents if parents is not None else organization.area_parents() if supervises else {}
    held = tuple(
        HeldMembership(
            role=Role(row.role),
            area=row.area_id,
            reach=organization.reach_of(row.area_id, chain)
            if row.role == Role.SUPERVISOR
            else frozenset({row.area_id}),
            site=row.site_id or "",
        )
        for row in rows
    )
    may_be = any(each.role is Role.DUTY_OFFICER for each in held)
    on_duty = may_be and user.pk in (ids_on_duty(now) if duty is None else duty)
    return Actor(ActorKind.STAFF, staff_id=user.pk, name=user.full_name, memberships=held, on_duty=on_duty)


def may_configure(user: object) -> bool:
    """Tell whether whoever is behind a session is an administrator today."""
    return isinstance(user, User) and user.is_active and user.is_administrator


def may_read_changes(user: object) -> bool:
    """Tell whether whoever is behind a session may read who changed what in the configuration."""
    return may_configure(user) or (isinstance(user, User) and user.is_active and user.is_auditor)


def members_of(area: str, day: date) -> list[User]:
    """Return who may own cases of ``area`` on ``day``, by name."""
    rows = _in_force(day).filter(
        area_id=area, role__in=[Role.AREA_OFFICER, Role.SUPERVISOR, Role.AGENT], user__is_active=True
    )
    return list({row.user.pk: row.user for row in rows.select_related("user").order_by("user__full_name")}.values())


def on_duty(now: datetime) -> tuple[Actor, ...]:
    """Return who is on the duty roster at ``now``, whose stretch began first; nobody in a gap."""
    duty = ids_on_duty(now)
    users = User.objects.in_bulk(duty)
    return tuple(actor_for(users[each], now, duty=duty) for each in duty)


def chain_of_command(area: str, now: datetime) -> tuple[Heads, ...]:
    """Return who heads ``area`` and every area above it at ``now``, substitutes included, from the area upwards."""
    parents = organization.area_parents()
    above = organization.chain_above(area, parents)
    day = to_lima(now).date()
    rows = _in_force(day).filter(area_id__in=above, role=Role.SUPERVISOR, user__is_active=True)
    people: dict[str, list[Actor]] = {}
    for row in rows.select_related("user").order_by("-is_substitute", "pk"):
        people.setdefault(row.area_id, []).append(actor_for(row.user, now, parents=parents))
    return tuple(Heads(code, tuple(people.get(code, ()))) for code in above)


def active_user(user_id: int) -> User | None:
    """Return an account that may still act; None if there is none."""
    return User.objects.filter(pk=user_id, is_active=True).first()


def active_by_address(address: str) -> User | None:
    """Return the account of a mail address that may still act; None if there is none."""
    return User.objects.filter(email=address.strip().lower(), is_active=True).first()


def active_staff(now: datetime) -> dict[int, Actor]:
    """Return everybody whose account is open and who holds an office at ``now``, by id, read in few queries."""
    rows = _in_force(to_lima(now).date()).filter(user__is_active=True).select_related("user").order_by("id")
    held: dict[User, list[Membership]] = {}
    for row in rows:
        held.setdefault(row.user, []).append(row)
    parents, duty = organization.area_parents(), ids_on_duty(now)
    for user, memberships in held.items():
        user.memberships_today = memberships
    return {user.pk: actor_for(user, now, parents=parents, duty=duty) for user in held}


def names_of(ids: Iterable[int]) -> dict[int, str]:
    """Return the names of members of staff by id."""
    return dict(User.objects.filter(pk__in=set(ids)).values_list("pk", "full_name"))


def addresses_of(ids: Iterable[int]) -> dict[int, str]:
    """Return the mail addresses of members of staff by id."""
    return dict(User.objects.filter(pk__in=set(ids)).values_list("pk", "email"))


def name_of_signature(signature: str) -> str:
    """Return the name of who signed an event as ``staff:12``, or "" if it was nobody of the staff."""
    staff = staff_of(signature)
    return "" if staff is None else names_of([staff]).get(staff, "")


def _in_force(day: date) -> "QuerySet[Membership]":
    return Membership.objects.filter(Q(valid_from__lte=day) & (Q(valid_until=None) | Q(valid_until__gte=day)))
