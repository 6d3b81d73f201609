"""What the writing assistant is told of a case, and which details of a draft are not its person's."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from cercana.cases.queries.case_page import CasePage
from cercana.citizens import queries as citizens
from cercana.organization import queries as organization
from cercana.rules.acts import Act
from cercana.rules.classification import Cause, Channel, ClaimType, ClockKind, RequestKind
from cercana.rules.history import EventType
from cercana.rules.projected_clocks import open_promises
from cercana.rules.time_words import due_words
from cercana.rules.writing.personal_details import FoundDetail, details_in
from cercana.rules.writing.situation import Situation

_OURS = frozenset(
    {
        Cause.BACKLOG, Cause.INFORMATION, Cause.DATA_ERROR, Cause.SYSTEM_FAILURE, Cause.STAFF_CONDUCT, Cause.CONTRACTOR,
        Cause.MAINTENANCE,
    }
)  # fmt: skip
_TOLD = {
    EventType.RECEIVED: "description",
    EventType.MESSAGE_RECEIVED: "text",
    EventType.CONTESTED: "why",
    EventType.REOPENED: "why",
}
_HEARD = (EventType.WROTE, EventType.ANSWERED, EventType.SPOKE)


def situation_of(page: CasePage, now: datetime, *, cause: str = "") -> Situation:
    """
    Return what is known of the case of ``page``, for what is written to its citizen at ``now``, asking nothing again.

    ``cause`` is what the writer chose as why the matter arose: it says whether the fault is ours. "" before, when what
    triage took it for says so: an error of ours, or the conduct of our staff.
    """
    case = page.case
    promised = open_promises(page.state.clocks)
    return Situation(
        kind=RequestKind(case.kind) if case.kind in list(RequestKind) else None,
        claim_type=ClaimType(case.claim_type) if case.claim_type in list(ClaimType) else None,
        is_late=_is_late(page, now),
        is_our_fault=Cause(cause) in _OURS if cause in list(Cause) else _proposed_fault(page),
        question=_question(page),
        known=frozenset(_known(page)),
        first_name=page.person.name.split()[0] if page.person.name else "",
        promised=due_words(promised[0].due) if promised else "",
    )


def details_beside(page: CasePage, text: str) -> Sequence[FoundDetail]:
    """Return the blanks in ``text``, and the personal data that are neither the person's nor the municipality's own."""
    return details_in(text, _own(page)) if details_in(text) else []


def _own(page: CasePage) -> Iterator[str]:
    """Yield the texts whose details this person may read: theirs, and what the municipality says of itself."""
    person = citizens.profile(page.case.citizen_id, case=page.case.key)
    yield from (person.name, person.document_number, *person.emails, *person.phones, *person.addresses)
    for turn in page.history:
        if turn.is_by_citizen:
            yield from turn.texts.values()
    house = organization.municipality()
    yield from (house.phone, house.email, house.address, house.data_officer_email)
    yield from (each.number for each in organization.emergency_numbers())


def _proposed_fault(page: CasePage) -> bool | None:
    """Return True if triage took the case for a fault of ours; that it did not says nothing of whose fault it is."""
    if page.triage is None:
        return None
    proposed = page.triage.proposed
    return True if proposed.about_staff or proposed.claim_type is ClaimType.ERROR else None


def _is_late(page: CasePage, now: datetime) -> bool:
    """Tell whether a promise of the manual, of the law or of somebody who wrote is broken and still waits."""
    kinds = (kind for kind in ClockKind if not kind.is_aside)
    clocks = [*(page.state.clock(kind) for kind in kinds), *open_promises(page.state.clocks)]
    return any(clock is not None and clock.is_running and not clock.due.is_met_by(now) for clock in clocks)


def _question(page: CasePage) -> str:
    """Return what the citizen wrote since somebody wrote to them last, or what they told at first; "" if hidden."""
    if not page.may[Act.VIEW_PERSONAL]:
        return ""
    told: list[str] = []
    for turn in page.history:
        if turn.type in _HEARD and not turn.is_by_citizen:
            told.append("")
        elif turn.type in _TOLD and turn.texts.get(_TOLD[turn.type]):
            told.append(turn.texts[_TOLD[turn.type]])
    unheard = told[len(told) - told[::-1].index("") :] if "" in told else told
    return "\n".join(unheard or [text for text in told if text][-1:])


def _known(page: CasePage) -> set[str]:
    """Return the codes of what the citizen has given already."""
    received = page.newest(EventType.RECEIVED)
    facts = {
        "documento": bool(page.person.masked_document),
        "nombre": bool(page.person.name),
        "correo": page.person.can_be_written_to and page.person.channel == Channel.EMAIL,
        "telefono": page.person.channel == Channel.PHONE,
        "direccion": received is not None and "place" in received.texts,
        "foto": bool(page.files),
    }
    return {code for code, is_known in facts.items() if is_known}
