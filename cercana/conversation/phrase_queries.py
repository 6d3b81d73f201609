"""How reply phrases are read: those that fit a case, with its values in them, and how they are used."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cercana.cases import queries as case_queries
from cercana.cases.queries import Case
from cercana.citizens import queries as citizens
from cercana.conversation.errors import PhraseFiguresRefused
from cercana.conversation.models import ReplyPhrase, ReplyPhraseUse
from cercana.conversation.phrases import versions_in_use
from cercana.organization import queries as organization
from cercana.organization.queries import Outline
from cercana.rules.access import Actor
from cercana.rules.acts import Act
from cercana.rules.case_state import CaseState
from cercana.rules.classification import ClockKind, CriticalState, RequestKind
from cercana.rules.entitlements import may_measure_phrases
from cercana.rules.lifecycle import Stage
from cercana.rules.reply_phrases import Circumstances, Filled, PhraseSituation, fill, situations_first
from cercana.rules.time_words import due_words
from cercana.ui import contacts


@dataclass(frozen=True, slots=True)
class OfferedPhrase:
    """A phrase with the values of a case in it; ``id`` is that of its version."""

    id: int
    title: str
    filled: Filled
    is_for_category: bool


def phrases_for(
    actor: Actor, number: str, *, institution: Outline, now: datetime
) -> dict[PhraseSituation, list[OfferedPhrase]]:
    """
    Return the phrases for the category and channel of a case, by situation, those that fit it before the others.

    Raise CaseNotFound for who may not write to its person.
    """
    case = case_queries.case_for(actor, Act.WRITE, number=number)
    person = citizens.profile(case.citizen_id, case=case.key)
    state = case_queries.state_of(case)
    values = _values(actor, case, state, person.name, institution, now)
    found: dict[PhraseSituation, list[OfferedPhrase]] = {each: [] for each in situations_first(_seen(state, now))}
    for version in versions_in_use(case.category_id, person.channel or case.channel):
        phrase = version.phrase
        offered = OfferedPhrase(version.pk, phrase.title, fill(version.text, values), phrase.category_id is not None)
        found[PhraseSituation(phrase.situation)].append(offered)
    return {situation: offered for situation, offered in found.items() if offered}


def _seen(state: CaseState, now: datetime) -> Circumstances:
    return Circumstances(
        kind=RequestKind(state.kind),
        is_late=_is_late(state, now),
        is_critical=state.is_critical,
        is_answered=state.stage is Stage.ANSWERED,
    )


def _is_late(state: CaseState, now: datetime) -> bool:
    clock = state.clock(ClockKind.RESOLUTION)
    return clock is not None and not clock.due.is_met_by(now)


def _values(
    actor: Actor, case: Case, state: CaseState, name: str, institution: Outline, now: datetime
) -> dict[str, str]:
    """Return what the case gives to the variables of a phrase."""
    municipality = organization.municipality()
    site, address = _site_of(actor)
    return {
        "nombre": name.split(maxsplit=1)[0] if name.split() else "",
        "número": case.number,
        "motivo": institution.category_names.get(case.category_id, ""),
        "plazo": _promise(state, now),
        "área": institution.area_names.get(case.area_id, ""),
        "sede": site,
        "dirección": address,
        "teléfono": contacts.phone(municipality.phone),
        "horario": municipality.opening_hours,
        "municipalidad": municipality.name,
        "firma": actor.name,
    }


def _promise(state: CaseState, now: datetime) -> str:
    """Return until when we promise to resolve: nothing once that is over, nor while danger is only proposed."""
    clock = state.clock(ClockKind.RESOLUTION)
    is_promised = not _is_late(state, now) and state.critical_state is not CriticalState.PROPOSED
    return due_words(clock.due) if clock and is_promised else ""


def _site_of(actor: Actor) -> tuple[str, str]:
    """Return name and address of the site where ``actor`` attends, or of the only one there is."""
    sites = organization.sites()
    own = {each.site for each in actor.memberships if each.site}
    found = [each for each in sites if each.code in own] or (sites if len(sites) == 1 else [])
    return (found[0].name, found[0].address) if found else ("", "")


@dataclass(frozen=True, slots=True)
class PhraseFigures:
    """How a phrase is used: messages with it, how many from each area (by code), and the cases they were about."""

    title: str
    situation: PhraseSituation
    category: str
    is_active: bool
    uses: int
    areas: Mapping[str, int]
    cases: frozenset[int]


def phrase_figures(actor: Actor, *, since: datetime) -> list[PhraseFigures]:
    """Return how every phrase was used since then, the most used first, never by whom; raise PhraseFiguresRefused."""
    if not may_measure_phrases(actor).allowed:
        raise PhraseFiguresRefused
    used: dict[int, list[tuple[str, int]]] = {}
    rows = ReplyPhraseUse.objects.filter(at__gte=since).values_list("version__phrase_id", "area_id", "case_id")
    for phrase, area, case in rows:
        used.setdefault(phrase, []).append((area, case))
    found = [_figures(phrase, used.get(phrase.pk, [])) for phrase in ReplyPhrase.objects.all()]
    return sorted(found, key=lambda each: (-each.uses, each.title))


def _figures(phrase: ReplyPhrase, used: list[tuple[str, int]]) -> PhraseFigures:
    return PhraseFigures(
        title=phrase.title,
        situation=PhraseSituation(phrase.situation),
        category=phrase.category_id or "",
        is_active=phrase.is_active,
        uses=len(used),
        areas=dict(Counter(area for area, _ in used).most_common()),
        cases=frozenset(case for _, case in used),
    )
