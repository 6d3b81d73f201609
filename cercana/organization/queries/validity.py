"""Which of the dated entries count on a day."""

from datetime import date

from django.db.models import Q


def in_force(day: date) -> Q:
    """Return the entries in force on ``day``."""
    return Q(valid_from__lte=day) & (Q(valid_until=None) | Q(valid_until__gte=day))
