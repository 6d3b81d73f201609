"""Who reached the demonstration and has no case yet: mails too short to be read alone, and calls that nobody took."""

from datetime import datetime, timedelta

from cercana.conversation import commands as conversation
from cercana.conversation.commands import Contact
from cercana.demo.dice import Dice
from cercana.demo.people import invent_neighbours
from cercana.demo.script import script_key
from cercana.demo.story import read_town
from cercana.rules.promises import to_lima
from cercana.rules.unregistered import ReachedBy


def note_contacts(*, seed: int, now: datetime) -> None:
    """Put the contacts of today on the list of those without a case; noted again, they stand there once (M4.1a)."""
    scene = f"contacts of {to_lima(now).date()}"
    dice = Dice(f"{seed}/{scene}")
    given = read_town("contacts")["contacts"]
    people = dice.sample([each for each in invent_neighbours(seed) if each.email], len(given))
    for position, (each, person) in enumerate(zip(given, people, strict=True)):
        way = ReachedBy(each["way"])
        is_mail = way is ReachedBy.MAIL
        contact = Contact(
            key=script_key(seed, scene, position),
            way=way,
            received_at=now - timedelta(hours=each["hours"]),
            name=person.name if is_mail else "",
            email=person.email if is_mail else "",
            phone="" if is_mail else person.phone,
            subject=each.get("subject", ""),
            text=each.get("text", ""),
        )
        conversation.note_contact(contact, now=now)
