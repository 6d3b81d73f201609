"""Who sits at which extension, as they say themselves when they take their seat."""

import re

from django.db import transaction

from cercana.channels.phone.errors import ExtensionMalformed
from cercana.channels.phone.models import Extension
from cercana.channels.phone.own_calls import check_attends
from cercana.rules.access import Actor

_SHAPE = re.compile(r"[0-9A-Za-z]{1,20}")


@transaction.atomic
def set_extension(*, number: str, actor: Actor) -> None:
    """
    Let the calls to the extension ``number`` be announced to ``actor``, and to nobody who sat there before.

    "" leaves it. Raise ExtensionMalformed or CallsClosed.
    """
    check_attends(actor)
    typed = number.strip()
    if typed and not _SHAPE.fullmatch(typed):
        raise ExtensionMalformed
    Extension.objects.filter(staff_id=actor.staff_id).exclude(number=typed).delete()
    if typed:
        Extension.objects.filter(number=typed).exclude(staff_id=actor.staff_id).delete()
        Extension.objects.get_or_create(number=typed, staff_id=actor.staff_id)
