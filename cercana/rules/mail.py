"""What becomes of a mail (RFC 3834, M4.1a): a case, an entry of one, somebody to be registered, or neither."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cercana.rules.classification import CaseClass
from cercana.rules.triage.municipal_areas import MotiveWords, area_of, motives_for
from cercana.rules.triage.proposal import Proposed


class MailKind(StrEnum):
    """What a mail is, by its own signs."""

    LOOP = "loop"
    BOUNCE = "bounce"
    SPAM = "spam"
    AUTO_REPLY = "auto_reply"
    LIST = "list"
    CALENDAR = "calendar"
    EMPTY = "empty"
    REPLY = "reply"
    CASE = "case"


class MailFate(StrEnum):
    """What became of a mail; none of them is lost."""

    WAITING = "waiting"
    CASE = "case"
    THREAD = "thread"
    OTHER_ADDRESS = "other_address"
    CONTACT = "contact"
    REPORT = "report"
    UNANSWERED = "unanswered"
    QUARANTINED = "quarantined"


MAIL_FATE_LABELS: Mapping[MailFate, str] = {
    MailFate.WAITING: "Por leer",
    MailFate.CASE: "Caso nuevo",
    MailFate.THREAD: "En su caso",
    MailFate.OTHER_ADDRESS: "En su caso, de otra dirección",
    MailFate.CONTACT: "Por registrar",
    MailFate.REPORT: "Aviso de entrega",
    MailFate.UNANSWERED: "Automático: sin respuesta",
    MailFate.QUARANTINED: "En cuarentena",
}

# In one hour from one sender: beyond the first, somebody looks before there are more cases; beyond the second, it is no
# person who writes.
MOST_CASES_AN_HOUR = 10
MOST_MAILS_AN_HOUR = 30
_MACHINES = frozenset({MailKind.LOOP, MailKind.AUTO_REPLY, MailKind.LIST})
_REFUSED = frozenset({MailKind.SPAM, MailKind.EMPTY})
_FEWEST_WORDS = 4
_SURE = 600


@dataclass(frozen=True, slots=True)
class MailFacts:
    """
    What the decision needs of a mail.

    ``belongs_to_case``: it goes on with a case of ours. ``is_from_citizen``: its sender is one of the addresses of that
    case's citizen, and nobody says it is forged. ``is_clear``: see proposed_motive. ``earlier``: mails of this sender
    within the hour.
    """

    kind: MailKind
    belongs_to_case: bool
    is_from_citizen: bool
    is_clear: bool
    earlier: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """What becomes of a mail, and the reason as a code where it is kept from people."""

    fate: MailFate
    reason: str = ""


def judge(facts: MailFacts) -> Judgement:
    """Return what becomes of a mail: no machine gets a case or an answer, and a person always one of them."""
    if facts.kind is MailKind.BOUNCE:
        return Judgement(MailFate.REPORT)
    if facts.kind in _MACHINES:
        return Judgement(MailFate.UNANSWERED, facts.kind)
    if facts.kind in _REFUSED:
        return Judgement(MailFate.QUARANTINED, facts.kind)
    if facts.earlier >= MOST_MAILS_AN_HOUR:
        return Judgement(MailFate.QUARANTINED, "too_many")
    if facts.belongs_to_case:
        return Judgement(MailFate.THREAD if facts.is_from_citizen else MailFate.OTHER_ADDRESS)
    is_case = facts.is_clear and facts.kind is not MailKind.CALENDAR and facts.earlier < MOST_CASES_AN_HOUR
    return Judgement(MailFate.CASE if is_case else MailFate.CONTACT)


def proposed_motive(
    text: str, proposed: Proposed, catalogue: Mapping[str, MotiveWords], *, critical: Sequence[str]
) -> str:
    """
    Return the motive by which a new mail is clear enough to be a case at once; "" if a person has to read it first.

    Clear is what says something, shares words with a motive of the area triage expects, and is surely a claim or an
    inquiry. Danger does not wait for clearness: without a motive it takes one of its area, first of those that are
    ``critical``, and whoever confirms the danger corrects it (M5.2b).
    """
    found = motives_for(text, proposed.area, catalogue)
    of_area = [code for code, each in catalogue.items() if area_of(each.area, each.area_name) is proposed.area]
    if proposed.class_ is CaseClass.CRITICAL:
        first = [code for code in of_area if code in critical]
        return next(iter([*(match.code for match in found), *first, *of_area, *critical, *catalogue]), "")
    is_told = len(text.split()) >= _FEWEST_WORDS
    is_sure = proposed.confidence["kind"] >= _SURE
    best = found[0].code if found else ""
    return best if is_told and is_sure and best in of_area else ""
