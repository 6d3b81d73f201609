"""Prints where in a demonstration one can sit down to look: a session of the staff, a case, its citizen's link."""

import json
import sys
from urllib.parse import urlsplit

from cercana.command_line.database import set_up_django


def main() -> None:
    """Write JSON with ``session``, ``number`` and ``link`` to standard output."""
    set_up_django()
    sys.stdout.write(json.dumps(seat()))


def seat() -> dict[str, str]:
    """Return the session of the head with most cases, the number of one of them, and the path of its link."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.utils import timezone

    from cercana.accounts.models import User
    from cercana.accounts.queries import actor_for
    from cercana.cases.models import Case
    from cercana.cases.queries import visible_cases
    from cercana.conversation.queries import Access, Purpose, link_to
    from cercana.rules.access import Role, scope
    from cercana.rules.lifecycle import Stage

    heads = User.objects.filter(is_active=True, memberships__role=Role.SUPERVISOR).distinct()
    busiest = max(heads, key=lambda user: visible_cases(scope(actor_for(user, timezone.now()))).count())
    session = SessionStore()
    session[SESSION_KEY] = str(busiest.pk)
    session[BACKEND_SESSION_KEY] = "cercana.accounts.backends.StaffBackend"
    session[HASH_SESSION_KEY] = busiest.get_session_auth_hash()
    session.create()
    seen = visible_cases(scope(actor_for(busiest, timezone.now())))
    case = seen.filter(stage=Stage.IN_FOLLOW_UP, last_contact_at__isnull=False).order_by("-last_sequence").first()
    case = case or Case.objects.order_by("-last_sequence")[0]
    link = link_to(Purpose.CASE, Access(case.key, case.access_generation))
    return {"session": str(session.session_key), "number": case.number, "link": urlsplit(link).path}


if __name__ == "__main__":
    main()
