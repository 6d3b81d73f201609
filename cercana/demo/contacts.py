"""Who reached the demonstration and has no case yet: mails too short to be read alone, and calls that nobody took."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from cercana.channels.phone import commands as phone
from cercana.channels.phone.commands import CallNews
from cercana.conversation import commands as conversation
from cercana.conversation.commands import Contact
from cercana.demo.dice import Dice
from cercana.demo.people import Neighbour, invent_neighbours
from cercana.demo.script import script_key
from cercana.demo.story import read_town
from cercana.rules.calls import CallEvent
from cercana.rules.promises import to_lima
from cercana.rules.unregistered import ReachedBy

_RINGS = timedelta(seconds=35)
_EVENTS = {ReachedBy.MISSED_CALL: CallEvent.MISSED, ReachedBy.VOICEMAIL: CallEvent.VOICEMAIL}


def note_contacts(*, seed: int, now: datetime) -> None:
    """Put the contacts of today on the list of those without a case; noted again, they stand there once (M4.1a)."""
    scene = f"contacts of {to_lima(now).date()}"
    given = read_town("contacts")["contacts"]
    neighbours = [each for each in invent_neighbours(seed) if each.email]
    people = Dice(f"{seed}/{scene}").sample(neighbours, len(given))
    for position, (each, person) in enumerate(zip(given, people, strict=True)):
        key, at = script_key(seed, scene, position), now - timedelta(hours=each["hours"])
        way = ReachedBy(each["way"])
        if way is ReachedBy.MAIL:
            _write(key, each, person, at)
        else:
            _ring(key, _EVENTS[way], person, at, seconds=each.get("seconds"))


def _write(key: UUID, said: Mapping[str, str], person: Neighbour, at: datetime) -> None:
    contact = Contact(
        key=key,
        way=ReachedBy.MAIL,
        received_at=at,
        name=person.name,
        email=person.email,
        subject=said["subject"],
        text=said["text"],
    )
    conversation.note_contact(contact, now=at)


def _ring(key: UUID, event: CallEvent, person: Neighbour, at: datetime, *, seconds: int | None) -> None:
    call = f"demo-{key}"
    phone.hear(CallNews(exchange_id=call, event=CallEvent.RINGING, caller=person.phone), now=at)
    phone.hear(CallNews(exchange_id=call, event=event, recording_seconds=seconds), now=at + _RINGS)
