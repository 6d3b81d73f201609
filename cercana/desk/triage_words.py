"""What triage proposed, in words: its reasons with what the person said, and what people made of it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cercana.cases.queries import CasePage, PageTurn
from cercana.desk.danger_words import REASONS
from cercana.desk.labels import CLAIM_TYPES
from cercana.organization.queries import Outline
from cercana.rules.classification import CLASS_LABELS, CaseClass, ClaimType, CriticalReason, CriticalState, RequestKind
from cercana.rules.history import EventType
from cercana.rules.triage.agreement import Decided, Decision, Verdict, verdicts
from cercana.rules.triage.excerpts import Piece, excerpts
from cercana.rules.triage.labels import Area
from cercana.rules.triage.municipal_areas import area_of
from cercana.rules.triage.proposal import Proposed
from cercana.rules.triage.quality import Judged as CorrectedCase
from cercana.ui.moments import recently

AREA_LABELS: Mapping[Area, str] = {
    Area.SAFETY: "Seguridad ciudadana",
    Area.CLEANING: "Limpieza pública",
    Area.PARKS: "Parques y jardines",
    Area.INSPECTION: "Fiscalización",
    Area.WORKS: "Obras e infraestructura",
    Area.TRAFFIC: "Tránsito y movilidad",
    Area.TAXES: "Administración tributaria",
    Area.LICENCES: "Licencias y autorizaciones",
    Area.RISK: "Gestión del riesgo",
    Area.HUMAN_DEVELOPMENT: "Desarrollo humano",
    Area.CITIZEN_SERVICE: "Atención al ciudadano",
    Area.ENVIRONMENTAL_HEALTH: "Salud ambiental",
}
DECISION_LABELS: Mapping[Decision, str] = {
    Decision.CRITICAL: "Peligro",
    Decision.CLASS: "Prioridad",
    Decision.KIND: "Reclamo o consulta",
    Decision.CLAIM_TYPE: "Tipo",
    Decision.AREA: "Área",
    Decision.ABOUT_STAFF: "Sobre el personal",
}
ABOUT_STAFF = "about_staff"
_KINDS = {RequestKind.CLAIM: "reclamo", RequestKind.INQUIRY: "consulta"}
_OF_STAFF = {True: "es sobre el personal", False: "no es sobre el personal"}
# The area hangs on many words, each of which says little.
_MOST_OF_AREA = 2
_SORTING = (EventType.RECLASSIFIED,)
# The entries in which a person decides it after registration.
_DECIDING: Mapping[Decision, tuple[EventType, ...]] = {
    Decision.CRITICAL: (
        EventType.CRITICAL_MARKED,
        EventType.CRITICAL_REJECTED,
        EventType.LOWERING_DECIDED,
        EventType.RECLASSIFIED,
    ),
    Decision.CLASS: (EventType.CRITICAL_REJECTED, EventType.LOWERING_DECIDED, EventType.RECLASSIFIED),
    Decision.KIND: _SORTING,
    Decision.CLAIM_TYPE: _SORTING,
    Decision.AREA: (EventType.REFERRED,),
    Decision.ABOUT_STAFF: (),
}
_REASON_ICONS = {
    CriticalReason.HEALTH_SAFETY: "warning",
    CriticalReason.RECURRENCE: "repeat",
    CriticalReason.VULNERABILITY: "hand-heart",
}


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is proposed: the words that led to it, what it is, and the line of the manual, if there is one."""

    icon: str
    words: tuple[str, ...]
    text: str
    line: str


@dataclass(frozen=True, slots=True)
class Judged:
    """One decision: what was proposed, how it stands (a Verdict), and what became of it, in words."""

    name: str
    proposed: str
    verdict: Verdict
    outcome: str


@dataclass(frozen=True, slots=True)
class Told:
    """
    The card of a case: when triage proposed, the words it went by, its reasons, and what people decided.

    ``judged`` are danger and whatever was corrected, one by one; ``agreed`` says the rest in one sentence, or "".
    """

    at: str
    quote: Sequence[Piece]
    reasons: Sequence[Reason]
    judged: Sequence[Judged]
    agreed: str
    safer_won: bool


def reasons_of(proposed: Proposed, text: str) -> list[Reason]:
    """Return why triage proposes what it does; without ``text``, without its words."""

    def words(label: str) -> tuple[str, ...]:
        return proposed.words(text, label) if text else ()

    def reason(each: CriticalReason) -> Reason:
        said = words(each)
        # No single word weighed enough to be shown: whoever judges the proposal should know.
        how = ". Por el conjunto del texto" if text and not said else ""
        return Reason(_REASON_ICONS[each], said, f"{REASONS[each]}{how}", "5.1")

    found = [reason(each) for each in proposed.reasons]
    if proposed.about_staff:
        found.append(Reason("user", words(ABOUT_STAFF), "Sobre el trato del personal", "3.3"))
    return [*found, Reason("signpost", words(proposed.area)[:_MOST_OF_AREA], f"Lo ve {AREA_LABELS[proposed.area]}", "")]


def shown_labels(proposed: Proposed) -> list[str]:
    """Return the labels whose words are highlighted: those of danger and conduct, or else those of the area."""
    return [*proposed.reasons, *([ABOUT_STAFF] if proposed.about_staff else [])] or [proposed.area]


def told_by(page: CasePage, institution: Outline, now: datetime) -> Told | None:
    """Return the card of what triage proposed for a case; None for one that was there before triage."""
    kept = page.triage
    if kept is None:
        return None
    proposed = kept.proposed
    spans = [each for each in proposed.spans if each.label in shown_labels(proposed)]
    found = verdicts(proposed, decided_on(page, institution))
    agreed = [each for each, verdict in found.items() if verdict is Verdict.AGREED]
    if proposed.reasons and Decision.CRITICAL in agreed:
        agreed.remove(Decision.CRITICAL)
    return Told(
        at=recently(kept.at, now),
        quote=excerpts(kept.text, spans),
        reasons=reasons_of(proposed, kept.text),
        judged=_judged(page, institution, {each: found[each] for each in found if each not in agreed}, now),
        agreed=_agreed(page.history[0], [words_of(proposed)[each] for each in agreed]),
        safer_won=proposed.safer_won,
    )


def decided_on(page: CasePage, institution: Outline) -> Decided:
    """Return how the case of ``page`` stands, as triage compares it."""
    case, area = page.case, _resolving_area(page)
    return Decided(
        kind=RequestKind(case.kind),
        claim_type=ClaimType(case.claim_type) if case.claim_type else None,
        class_=CaseClass(case.class_),
        critical=CriticalState(case.critical_state),
        area=area_of(area, institution.area_names.get(area, "")),
        about_staff=case.about_staff,
    )


def _resolving_area(page: CasePage) -> str:
    """Return the area that people gave the case to; before that, the one of its motive."""
    referrals = page.state.referrals
    return referrals[-1].area if referrals else page.case.proposed_area_id


def _judged(page: CasePage, institution: Outline, found: Mapping[Decision, Verdict], now: datetime) -> list[Judged]:
    if page.triage is None:
        return []
    before = words_of(page.triage.proposed)
    area = institution.area_names.get(_resolving_area(page), "")
    after = _words_of_decided(decided_on(page, institution), area)
    return [
        Judged(DECISION_LABELS[each], before[each], verdict, _outcome(each, verdict, after[each], page, now))
        for each, verdict in found.items()
    ]


def _agreed(received: PageTurn, words: Sequence[str]) -> str:
    return f"{_who(received)} registró lo mismo: {', '.join(words)}." if words else ""


def words_of(proposed: Proposed) -> dict[Decision, str]:
    """Return what was proposed in each decision, in words."""
    return {
        Decision.CRITICAL: "crítico" if proposed.reasons else "no crítico",
        Decision.CLASS: CLASS_LABELS[proposed.class_].lower(),
        Decision.KIND: _KINDS[proposed.kind],
        Decision.CLAIM_TYPE: CLAIM_TYPES[proposed.claim_type].lower() if proposed.claim_type else "",
        Decision.AREA: AREA_LABELS[proposed.area],
        Decision.ABOUT_STAFF: _OF_STAFF[proposed.about_staff],
    }


def correction_words(case: CorrectedCase, decision: Decision) -> tuple[str, str]:
    """Return what was proposed and what stands instead, in words."""
    return words_of(case.proposed)[decision], _words_of_decided(case.decided, AREA_LABELS[case.decided.area])[decision]


def _words_of_decided(decided: Decided, area: str) -> dict[Decision, str]:
    return {
        Decision.CRITICAL: "no crítico" if decided.critical is CriticalState.NONE else "crítico",
        Decision.CLASS: CLASS_LABELS[decided.class_].lower(),
        Decision.KIND: _KINDS[decided.kind],
        Decision.CLAIM_TYPE: CLAIM_TYPES[decided.claim_type].lower() if decided.claim_type else "",
        Decision.AREA: area,
        Decision.ABOUT_STAFF: _OF_STAFF[decided.about_staff],
    }


def _outcome(decision: Decision, verdict: Verdict, words: str, page: CasePage, now: datetime) -> str:
    """Return what became of a proposal: who confirmed or corrected it, and when."""
    if verdict is Verdict.WAITING:
        return "Falta que una persona lo confirme"
    turn = page.newest(*_DECIDING[decision]) or page.history[0]
    if turn.word("by") == "silence":
        return f"Nadie respondió en 15 minutos: quedó marcado, {recently(turn.occurred_at, now)}"
    verb = "lo confirmó" if verdict is Verdict.AGREED else f"lo dejó en «{words}»"
    return f"{_who(turn)} {verb}, {recently(turn.occurred_at, now)}"


def _who(turn: PageTurn) -> str:
    return turn.author or ("La persona" if turn.actor == "citizen" else "Cercana")
