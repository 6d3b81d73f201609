"""The options of the lists in the forms of verbs."""

from collections.abc import Callable, Mapping
from datetime import datetime

from cercana.accounts import queries as accounts
from cercana.cases.queries import Case
from cercana.desk import labels
from cercana.desk.act_fields import ActForm
from cercana.desk.danger_words import REASONS
from cercana.desk.intake_forms import DOCUMENTS
from cercana.desk.requests import StaffRequest
from cercana.organization import queries as organization
from cercana.rules.classification import CLASS_LABELS, KIND_LABELS, AbstentionCause, CaseClass, ClockKind, TaskKind
from cercana.rules.lifecycle import Outcome
from cercana.rules.promises import to_lima
from cercana.rules.time_words import due_words

FIXED: Mapping[str, Mapping[str, str]] = {
    "outcomes": {
        key: text for key, text in labels.OUTCOMES.items() if key not in (Outcome.WITHDRAWN, Outcome.DUPLICATE)
    },
    "causes": {key.value: text for key, text in labels.CAUSES.items()},
    "classes": {key.value: text for key, text in CLASS_LABELS.items()},
    "kinds": {key.value: text for key, text in KIND_LABELS.items()},
    "claim_types": {key.value: text for key, text in labels.CLAIM_TYPES.items()},
    "means": labels.MEANS,
    "marks": {"5": "5, muy bien", "4": "4, bien", "3": "3, regular", "2": "2, mal", "1": "1, muy mal"},
    "interpreted": labels.INTERPRETED,
    "documents": {each.value: text for each, text in DOCUMENTS.items()},
    "channels": {key.value: text for key, text in labels.CHANNELS.items()},
    "results": {"received": "La recibió", "failed": "No se pudo entregar"},
    "granted": {"si": "Acepto la abstención", "no": "No la acepto"},
    "slower": {key.value: text for key, text in CLASS_LABELS.items() if key is not CaseClass.CRITICAL},
    "dangers": REASONS,
    "lowered": {"si": "Firmo que deje de ser crítico", "no": "No lo firmo"},
    "abstention": {
        AbstentionCause.FAMILY.value: "Es familia o pareja",
        AbstentionCause.ADVISER.value: "Di una opinión o asesoré antes",
        AbstentionCause.INTEREST.value: "Tengo un interés propio",
        AbstentionCause.FRIENDSHIP.value: "Hay amistad o enemistad conocida",
        AbstentionCause.EMPLOYMENT.value: "Trabajamos juntos en los últimos 12 meses",
        AbstentionCause.DECORUM.value: "Otra razón de respeto",
    },
}


def choices(form: ActForm, request: StaffRequest, case: Case) -> dict[str, Mapping[str, str]]:
    """Return the options of each list of ``form`` for ``case``, by the name of the list."""
    wanted = {each.options for each in form.fields if each.options}
    return {name: FIXED[name] if name in FIXED else _DYNAMIC[name](request, case) for name in wanted}


def initial(verb: str, case: Case, now: datetime) -> dict[str, str]:
    """Return what the form of a verb begins with: what the case is now, or today."""
    if verb == "reclasificar":
        return {"class_": case.class_, "category": case.category_id, "kind": case.kind, "claim_type": case.claim_type}
    if verb == "naturaleza":
        return {"nature": case.legal_nature_id}
    if verb == "plataforma":
        return {"day": to_lima(now).date().isoformat()}
    if verb == "derivar":
        return {"area": "" if case.area_id == case.proposed_area_id else case.proposed_area_id}
    return {}


def _members(request: StaffRequest, case: Case) -> dict[str, str]:
    excluded = {case.complained_staff_id, *case.abstained}
    users = accounts.members_of(case.area_id, to_lima(request.now).date())
    return {str(user.pk): user.full_name for user in users if user.pk not in excluded}


def _complained(request: StaffRequest, case: Case) -> dict[str, str]:
    users = accounts.members_of(case.complained_area or case.area_id, to_lima(request.now).date())
    return {str(user.pk): user.full_name for user in users}


def _areas(request: StaffRequest, case: Case) -> dict[str, str]:
    found = dict(request.institution.areas)
    proposed = case.proposed_area_id
    return {proposed: f"{found.pop(proposed)} (propuesta)", **found} if proposed in found else found


_DYNAMIC: Mapping[str, Callable[[StaffRequest, Case], Mapping[str, str]]] = {
    "members": _members,
    "complained": _complained,
    "areas": _areas,
    "categories": lambda request, _case: dict(request.institution.categories),
    "natures": lambda request, _case: {
        each.code: each.plain_question for each in organization.legal_natures(to_lima(request.now).date())
    },
    "tasks": lambda _request, case: {
        str(task.ordinal): labels.TASKS[TaskKind(task.kind)]
        for task in case.tasks.filter(finished_at=None)
        if not TaskKind(task.kind).needs_code
    },
    "promised": lambda _request, case: {
        str(clock.round): due_words(clock.due)
        for clock in case.clocks.filter(kind=ClockKind.DATED, ended_at=None).order_by("round")
    },
    "abstained": lambda _request, case: {str(pk): name for pk, name in accounts.names_of(case.abstained).items()},
}
