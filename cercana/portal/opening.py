"""Whether the counter is open at this moment, in words."""

from datetime import datetime

from django.utils.translation import gettext as _

from cercana.rules.calendar import Calendar
from cercana.rules.office_hours import OfficeHours
from cercana.rules.promises import to_lima
from cercana.ui import moments
from cercana.ui.environment import active_language


def open_now(hours: OfficeHours, calendar: Calendar, now: datetime) -> str:
    """Return «Abierto ahora, cierra a las 4:45 p. m.», or "" while it is closed."""
    local = to_lima(now)
    if not calendar.is_working_day(local.date()):
        return ""
    for slot in hours.slots.get(local.weekday(), ()):
        if slot.opens <= local.time() <= slot.closes:
            closes = moments.clock(datetime.combine(local.date(), slot.closes, tzinfo=local.tzinfo), active_language())
            is_at_one = slot.closes.hour % 12 == 1
            return (_("Abierto ahora, hasta la %(time)s") if is_at_one else _("Abierto ahora, hasta las %(time)s")) % {
                "time": closes
            }
    return ""
