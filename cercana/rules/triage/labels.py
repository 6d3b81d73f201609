"""The words triage decides in; ``spanish`` has the codes that scripts and judges read."""

from collections.abc import Mapping
from enum import StrEnum

from cercana.rules.classification import CaseClass, ClaimType, CriticalReason, RequestKind


class Area(StrEnum):
    """Which area resolves it (M3.2)."""

    SAFETY = "safety"
    CLEANING = "cleaning"
    PARKS = "parks"
    INSPECTION = "inspection"
    WORKS = "works"
    TRAFFIC = "traffic"
    TAXES = "taxes"
    LICENCES = "licences"
    RISK = "risk"
    HUMAN_DEVELOPMENT = "human_development"
    CITIZEN_SERVICE = "citizen_service"
    ENVIRONMENTAL_HEALTH = "environmental_health"


# The one table of codes between this code and the interface of `cercana triage --jsonl`.
SPANISH: Mapping[StrEnum, str] = {
    RequestKind.CLAIM: "reclamo",
    RequestKind.INQUIRY: "consulta",
    ClaimType.POOR_SERVICE: "mal_servicio",
    ClaimType.DELAY: "demora",
    ClaimType.ERROR: "error",
    CaseClass.SIMPLE: "simple",
    CaseClass.COMPLEX: "complejo",
    CaseClass.CRITICAL: "critico",
    CriticalReason.HEALTH_SAFETY: "riesgo_salud_seguridad",
    CriticalReason.RECURRENCE: "queja_recurrente",
    CriticalReason.VULNERABILITY: "ciudadano_vulnerable",
    Area.SAFETY: "seguridad_ciudadana",
    Area.CLEANING: "limpieza_publica",
    Area.PARKS: "parques_jardines",
    Area.INSPECTION: "fiscalizacion",
    Area.WORKS: "obras_infraestructura",
    Area.TRAFFIC: "transito_movilidad",
    Area.TAXES: "administracion_tributaria",
    Area.LICENCES: "licencias_autorizaciones",
    Area.RISK: "gestion_riesgo",
    Area.HUMAN_DEVELOPMENT: "desarrollo_humano",
    Area.CITIZEN_SERVICE: "atencion_ciudadano",
    Area.ENVIRONMENTAL_HEALTH: "salud_ambiental",
}
# The signals of the lexicon that stand for each reason; whatever is in none of these is danger, circumstance or area.
RECURRENT_SIGNALS = frozenset({"recurrence"})
VULNERABLE_SIGNALS = frozenset(
    {"elder_alone", "elder_abuse", "pregnancy", "disability", "unprotected_minor", "no_papers", "poverty", "mental",
     "violence_person"}
)  # fmt: skip
DANGER_SIGNALS = frozenset(
    {"gas", "monoxide", "fire", "electric", "lid", "hole", "fall", "structure", "tree", "lift", "exit", "traffic",
     "play", "weapon", "robbery", "extortion", "violence", "follow", "sex", "lure", "drugs", "suicide", "silence",
     "lost", "confined", "poison", "food", "bite", "disease", "chemical", "danger", "crowd", "foreign", "shots"}
)  # fmt: skip
# Where one of these stands undenied and nothing takes it back, no model may say that there is no danger.
PLAIN_DANGERS = frozenset({"gas", "monoxide", "suicide", "weapon", "confined"})
TAKEN_BACK = frozenset({"x_figure", "x_laugh", "x_solved", "x_past", "x_suppose", "x_news", "x_nodanger"})
# Which signals speak for which reason.
SIGNALS: Mapping[CriticalReason, frozenset[str]] = {
    CriticalReason.HEALTH_SAFETY: DANGER_SIGNALS,
    CriticalReason.RECURRENCE: RECURRENT_SIGNALS,
    CriticalReason.VULNERABILITY: VULNERABLE_SIGNALS,
}
