"""What both ways of registering share: the files sent before, what is named and must exist, and what is unusual."""

import uuid
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from cercana.api.errors import AreaUnnamed, NatureUnnamed, PersonUnnamed
from cercana.api.shapes.people import PersonGiven
from cercana.api.shapes.registration import StaffCaseGiven
from cercana.cases import queries
from cercana.cases.queries import Case
from cercana.channels.counter import commands as counter
from cercana.channels.phone import commands as phone
from cercana.citizens import queries as citizens
from cercana.citizens.commands import ContactKind, normalize_contact
from cercana.citizens.errors import PhoneMalformed
from cercana.database import throttle
from cercana.organization import queries as organization
from cercana.rules.access import Actor
from cercana.rules.near_addresses import mailbox_of
from cercana.rules.promises import to_lima


def secret_of_files(client: int, group: uuid.UUID) -> str:
    """Return the secret under which the files of a case to be wait: only their client can name it."""
    return f"api:{client}:{group}"


def attachments_of(client: int, group: uuid.UUID | None) -> list[uuid.UUID]:
    """Return the keys of the files that ``client`` sent before under ``group``."""
    draft = queries.find_draft(secret_of_files(client, group)) if group else None
    return [file.key for file in draft.files] if draft else []


def identities_of(person: PersonGiven) -> Sequence[str]:
    """Return the document, mailbox and telephone of a person, each in one word; one that cannot be read is none."""
    found = [f"{person.document.type.value}{person.document.number}"] if person.document else []
    if person.email.strip():
        found.append(mailbox_of(person.email.strip()))
    with suppress(PhoneMalformed):
        found += [normalize_contact(ContactKind.PHONE, person.phone)] if person.phone.strip() else []
    return found


def is_beyond_usual(person: PersonGiven, now: datetime) -> bool:
    """Count a registration of ``person``; tell whether they had more today than is usual, and somebody should look."""
    return throttle.is_person_beyond_usual(identities_of(person), now)


def check_names(legal_nature: str) -> None:
    """Raise NatureUnnamed if there is no such legal nature."""
    if legal_nature and legal_nature not in organization.known_natures():
        raise NatureUnnamed(code=legal_nature)


def check_staff_names(given: StaffCaseGiven, now: datetime) -> None:
    """Raise NatureUnnamed, AreaUnnamed or PersonUnnamed if something that ``given`` names does not exist."""
    check_names(given.legal_nature)
    today = to_lima(now).date()
    if given.complained_area and given.complained_area not in {each.code for each in organization.areas(today)}:
        raise AreaUnnamed(code=given.complained_area)
    if given.complained_site and given.complained_site not in {each.code for each in organization.sites()}:
        raise AreaUnnamed(code=given.complained_site)
    if given.person_key and not citizens.people_called([given.person_key]):
        raise PersonUnnamed


def note_origin(case: Case, given: StaffCaseGiven, actor: Actor, now: datetime) -> None:
    """
    Note on the turn and the call that ``given`` names that ``case`` came of them.

    Nothing happens to a turn that is not at the window of ``actor``; raise CallGone if the call is not theirs.
    """
    if given.turn is not None:
        counter.link_case(turn=given.turn, case_number=case.number, actor=actor, now=now)
    if given.call is not None:
        phone.note_registered(key=given.call, number=case.number, actor=actor, now=now)
        # The history says how long they spoke: the receipt names the version with it.
        case.refresh_from_db(fields=["last_sequence"])
