"""What a mail calls for, done with the commands that every channel ends in."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cercana.cases import commands as cases
from cercana.cases import queries as case_queries
from cercana.cases.commands import IncomingFile, Reception
from cercana.cases.errors import AttachmentRefused
from cercana.channels.email.reading import Attachment, Failure, Mail
from cercana.citizens import queries as citizens
from cercana.citizens.commands import ContactKind, Person, parse_email
from cercana.citizens.errors import EmailMalformed
from cercana.conversation import commands as conversation
from cercana.conversation import queries as conversation_queries
from cercana.conversation.commands import Arrival, Contact
from cercana.organization import queries as organization
from cercana.rules.access import SYSTEM, Actor, ActorKind
from cercana.rules.acts import Act
from cercana.rules.classification import CaseClass, Channel, TaskKind
from cercana.rules.history import LATE_ENTRY
from cercana.rules.lifecycle import Stage
from cercana.rules.mail import Judgement, MailFacts, MailFate, MailKind, proposed_motive
from cercana.rules.triage.municipal_areas import MotiveWords
from cercana.rules.triage.proposal import Proposed, proposed_for
from cercana.rules.unregistered import SOURCES, ReachedBy

_LONGEST_TEXT = 20_000
_CUT = "\n[…] El correo sigue; está guardado entero."
# Below it an image within the text is an emblem or a dot that counts readers.
_SMALLEST_PICTURE = 8_000
_FILES_ONLY = "(Solo envió archivos.)"
_PUBLIC = Actor(ActorKind.CITIZEN)


@dataclass(frozen=True, slots=True)
class Received:
    """A mail with its key, the recipients of its envelope, when it reached us, and its author in lower case."""

    key: uuid.UUID
    mail: Mail
    recipients: tuple[str, ...]
    received_at: datetime
    author: str


@dataclass(frozen=True, slots=True)
class Filing:
    """Where a mail belongs: the ``number`` of a case or "", or what a new one would be; ``motive`` is "" if unclear."""

    number: str
    proposed: Proposed
    motive: str


def facts_and_place(received: Received, *, earlier: int) -> tuple[MailFacts, Filing]:
    """Return what the rules judge a mail by, and where it would go."""
    mail = received.mail
    # Of our own Message-ID only the exact one counts: colleagues write from the same domain.
    is_ours = conversation_queries.is_our_message(mail.message_id or "")
    kind = MailKind.LOOP if is_ours else MailKind(mail.verdict)
    if mail.bounce is not None and kind is not MailKind.LOOP:
        # Also one of success, which a mail that only says what it is takes for an automatic one.
        kind = MailKind.BOUNCE
    number = conversation_queries.case_written_about(
        message_ids=[*mail.in_reply_to, *mail.references],
        addresses=[*received.recipients, *mail.delivered_to, *(each.address for each in (*mail.to, *mail.cc))],
        subject=mail.subject,
    )
    proposed = proposed_for(description_of(mail))
    motive = "" if number or not _is_reachable(received.author) else _motive(description_of(mail), proposed)
    facts = MailFacts(
        kind=kind,
        belongs_to_case=bool(number),
        is_from_citizen=bool(number) and _is_citizen(number, received),
        is_clear=bool(motive),
        earlier=earlier,
    )
    return facts, Filing(number, proposed, motive)


def fulfil(received: Received, judgement: Judgement, filing: Filing, *, now: datetime) -> int | None:
    """Do what was judged; return the id of the case that has the mail now, None if none has."""
    if judgement.fate is MailFate.CASE:
        return _register(received, filing, now)
    if judgement.fate in (MailFate.THREAD, MailFate.OTHER_ADDRESS):
        return _file(received, filing.number, is_citizen=judgement.fate is MailFate.THREAD, now=now)
    if judgement.fate is MailFate.CONTACT:
        note_as_contact(received, now=now)
    if judgement.fate is MailFate.REPORT:
        return _report(received, filing.number, now)
    return None


def note_as_contact(received: Received, *, now: datetime) -> None:
    """Put the sender on the list of those without a case, with the files."""
    mail = received.mail
    files = _files_of(mail)
    contact = Contact(
        key=received.key,
        way=ReachedBy.MAIL,
        received_at=received.received_at,
        name=_name_of(mail),
        email=received.author,
        subject=mail.subject,
        text=_whole_text(mail),
    )
    conversation.note_contact(contact, files=files, now=now)


def description_of(mail: Mail) -> str:
    """Return what somebody tells who writes for the first time: the subject often says what the text leaves out."""
    text = _whole_text(mail)
    return text if mail.subject in text else "\n\n".join(part for part in (mail.subject, text) if part)


def _whole_text(mail: Mail) -> str:
    # What is quoted in a first mail was never told to us: a letter passed on, an answer from elsewhere.
    return (mail.text if mail.quoted else mail.new_text or mail.text).strip()


def _register(received: Received, filing: Filing, now: datetime) -> int:
    mail, proposed = received.mail, filing.proposed
    keys, refused = _keep_files(received, now)
    is_late = now - received.received_at > LATE_ENTRY
    person = Person(
        name=_name_of(mail), contacts=((ContactKind.EMAIL, received.author),), channel=ContactKind.EMAIL.value
    )
    reception = Reception(
        person=person,
        kind=proposed.kind,
        claim_type=proposed.claim_type,
        category=filing.motive,
        channel=Channel.EMAIL,
        description=_cut(description_of(mail), refused),
        title=mail.subject[:120],
        about_staff=proposed.about_staff,
        received_at=received.received_at,
        source=SOURCES[ReachedBy.MAIL] if is_late else "",
        client_key=received.key,
        attachments=keys,
    )
    case = cases.register_case(reception, actor=_PUBLIC, now=now)
    _note(received, case.pk, sequence=1, is_citizen=True)
    return case.pk


def _file(received: Received, number: str, *, is_citizen: bool, now: datetime) -> int:
    case = case_queries.case_for(SYSTEM, Act.VIEW, number=number, lock=True)
    actor = Actor(ActorKind.CITIZEN, case_key=str(case.key)) if is_citizen else SYSTEM
    keys, refused = _keep_files(received, now)
    mail, sequence = received.mail, case.last_sequence + 1
    said = mail.new_text.strip() or mail.text.strip() or _FILES_ONLY
    text = _cut(said, refused)
    was_answered = case.stage == Stage.ANSWERED
    cases.receive_message(
        number=number, text=text, channel=Channel.EMAIL, actor=actor, now=now, is_internal=not is_citizen
    )
    if keys:
        cases.attach_drafted(number=number, keys=keys, actor=actor, now=now, is_internal=not is_citizen)
    if was_answered:
        _have_it_read(number, now)
    _note(received, case.pk, sequence=sequence, is_citizen=is_citizen)
    return case.pk


def _have_it_read(number: str, now: datetime) -> None:
    """Open the task to read what came after the answer: it may be a yes or a no, which only the person's click is."""
    state = case_queries.state_of(case_queries.case_for(SYSTEM, Act.VIEW, number=number))
    if not any(task.kind is TaskKind.READ_MESSAGE and task.finished_at is None for task in state.tasks):
        cases.open_task(number=number, task=TaskKind.READ_MESSAGE, actor=SYSTEM, now=now)


def _note(received: Received, case_id: int, *, sequence: int, is_citizen: bool) -> None:
    mail = received.mail
    checked = (mail.authenticity.is_proven, mail.authenticity.is_refuted)
    arrival = Arrival(
        case_id=case_id,
        sequence=sequence,
        message_id=mail.message_id or "",
        subject=mail.subject,
        received_at=received.received_at,
        is_proven=checked[0] if any(checked) else None,
        other_address="" if is_citizen else received.author or "sin dirección",
    )
    conversation.note_received_mail(arrival)


def _report(received: Received, number: str, now: datetime) -> int | None:
    """Note what a mail server reports on a letter of ours; return its case."""
    bounce = received.mail.bounce
    if bounce is None:
        return None
    told = [each for each in (bounce.original_message_id, bounce.envelope_id) if each]
    found = ""
    # A server that names nobody tells of whoever got the letter.
    for each in bounce.recipients or (Failure("", "failed", "", ""),):
        noted = conversation.note_report(
            identifiers=told, number=number, address=each.address, action=each.action, status=each.status, now=now
        )
        found = noted or found
    return case_queries.case_for(SYSTEM, Act.VIEW, number=found).pk if found else None


def _is_citizen(number: str, received: Received) -> bool:
    """Tell whether nobody but the citizen is named as the sender, and our relay does not say that it is forged."""
    case = case_queries.case_for(SYSTEM, Act.VIEW, number=number)
    addresses = citizens.addresses_of(case.citizen_id, case=case.key)
    named = {each.address.lower() for each in received.mail.from_ if each.address} | {received.author}
    return named <= set(addresses) and not received.mail.authenticity.is_refuted


def _is_reachable(author: str) -> bool:
    try:
        parse_email(author)
    except EmailMalformed:
        return False
    return True


def _motive(text: str, proposed: Proposed) -> str:
    rows = organization.category_words()
    catalogue: Mapping[str, MotiveWords] = {
        each.code: MotiveWords(f"{each.name} {each.citizen_words}", each.area, each.area_name) for each in rows
    }
    critical = [each.code for each in rows if each.class_ == CaseClass.CRITICAL and not each.is_restricted]
    return proposed_motive(text, proposed, catalogue, critical=critical)


def _name_of(mail: Mail) -> str:
    author = mail.author
    name = " ".join(author.name.split()) if author else ""
    return "" if "@" in name else name[:120]


def _files_of(mail: Mail) -> list[IncomingFile]:
    return [IncomingFile(each.name, each.size, each.pieces()) for each in mail.attachments if _is_worth_keeping(each)]


def _is_worth_keeping(file: Attachment) -> bool:
    return not file.inline or not file.content_type.startswith("image/") or file.size >= _SMALLEST_PICTURE


def _keep_files(received: Received, now: datetime) -> tuple[list[uuid.UUID], list[str]]:
    """Keep the files for the case to be; return their keys, and the names of those that could not be taken."""
    files = _files_of(received.mail)
    keys, refused = [], []
    draft = cases.open_draft(secret=f"mail:{received.key}", now=now) if files else None
    for file in files:
        try:
            if draft is not None:
                keys.append(cases.attach_to_draft(draft=draft, file=file, keeps_location=False, now=now).key)
        except AttachmentRefused:
            refused.append(file.name)
    return keys, refused


def _cut(text: str, refused: Sequence[str]) -> str:
    """Return ``text`` as a case can take it, with the names of the files it could not; the kept mail has them all."""
    more = "".join(f"\n[Archivo que no se pudo guardar: {name}]" for name in refused)
    room = _LONGEST_TEXT - len(more) - len(_CUT)
    return (text if len(text) <= room else text[:room] + _CUT) + more
