"""Whose a call is: of who attends it, or else of who sits where it rings. One rule for looking and for acting."""

from django.db.models import Q, QuerySet

from cercana.channels.phone.errors import CallsClosed
from cercana.channels.phone.models import Extension
from cercana.rules import entitlements
from cercana.rules.access import Actor


def check_attends(actor: Actor) -> None:
    """Raise CallsClosed unless ``actor`` attends people."""
    if not entitlements.may_attend_calls(actor).allowed:
        raise CallsClosed


def extensions_of(actor: Actor) -> "QuerySet[Extension, str]":
    """Return the number at which the telephone of ``actor`` rings, as a part of other statements."""
    return Extension.objects.filter(staff_id=actor.staff_id).values_list("number", flat=True)


def is_own(actor: Actor) -> Q:
    """Return the condition of the calls that ``actor`` may open: they attend it, or it rings at their extension."""
    return Q(attended_by_id=actor.staff_id) | Q(attended_by=None, extension__in=extensions_of(actor))
