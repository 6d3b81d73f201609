"""The history of a case: what an event is, its names, and how instants and personal values stand in a payload."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import ClassVar, NamedTuple
from uuid import UUID

from cercana.rules.chain import GENESIS, event_hash
from cercana.rules.errors import DomainError

SCHEMA_VERSION = 1
LATE_ENTRY = timedelta(minutes=15)
# What the closure of a withdrawn case says of its promises.
GIVEN_UP = "given_up"
# What a warning of silence says in the place of a clock.
SILENCE = "silence"

Payload = Mapping[str, object]


class EventType(StrEnum):
    """What can happen to a case; the values are stored for ever."""

    RECEIVED = "received"
    REGISTERED = "registered"
    REFERRED = "referred"
    HANDED_BACK = "handed_back"
    REFERRAL_UNDONE = "referral_undone"
    TAKEN = "taken"
    ASSIGNED = "assigned"
    NOTED = "noted"
    ACTED = "acted"
    WROTE = "wrote"
    SPOKE = "spoke"
    PROMISED = "promised"
    FORWARDED = "forwarded"
    ANSWERED = "answered"
    CONFIRMATION_ATTEMPTED = "confirmation_attempted"
    CONFIRMED = "confirmed"
    CLOSED = "closed"
    CONTESTED = "contested"
    WITHDRAWN = "withdrawn"
    REOPENED = "reopened"
    MERGED = "merged"
    ABSORBED = "absorbed"
    FOLLOWED = "followed"
    LINKED = "linked"
    NOTIFIED = "notified"
    NOTIFICATION_RECORDED = "notification_recorded"
    RECLASSIFIED = "reclassified"
    NATURE_SET = "nature_set"
    PLATFORM_CODE_RECORDED = "platform_code_recorded"
    ATTACHED = "attached"
    INTERPRETER_REQUESTED = "interpreter_requested"
    TASK_OPENED = "task_opened"
    TASK_FINISHED = "task_finished"
    STAFF_IDENTIFIED = "staff_identified"
    ABSTAINED = "abstained"
    ABSTENTION_DECIDED = "abstention_decided"
    MESSAGE_RECEIVED = "message_received"
    ACCESS_REVOKED = "access_revoked"
    PROMISE_MOVED = "promise_moved"
    OPINION_GIVEN = "opinion_given"
    ERASED = "erased"

    # The two states of danger (domain.md, Triage).
    CRITICAL_PROPOSED = "critical_proposed"
    CRITICAL_MARKED = "critical_marked"
    CRITICAL_REJECTED = "critical_rejected"
    LOWERING_ASKED = "lowering_asked"
    LOWERING_DECIDED = "lowering_decided"
    # The protocol of critical cases: whom the alarm called, who took charge, and that it is watched until it ends.
    ALARM_RAISED = "alarm_raised"
    ALARM_ESCALATED = "alarm_escalated"
    ALARM_ACKNOWLEDGED = "alarm_acknowledged"
    CHECKED_IN = "checked_in"
    DANGER_REMOVED = "danger_removed"
    WARNED = "warned"
    PROMISE_KEPT = "promise_kept"
    IDENTITY_RECORDED = "identity_recorded"
    CALL_ATTENDED = "call_attended"


class OccurrenceRefused(DomainError):
    """What is entered late needs its source, and nothing happens in the future."""

    code: ClassVar[str] = "case.occurrence_refused"
    message: ClassVar[str] = (
        "Esa fecha no vale: no puede ser futura. Si fue hace más de 15 minutos, falta decir de dónde sale."
    )
    status: ClassVar[int] = 422


class Event(NamedTuple):
    """
    One entry of the history; ``sequence`` counts from 1 within the case.

    ``actor`` is a signature (``staff:12``, ``citizen``, ``system``); ``on_behalf_of`` names whose words are recorded.
    The payload holds plain JSON without floats: instants as text, personal values as references.
    """

    case_key: str
    sequence: int
    occurred_at: datetime
    recorded_at: datetime
    actor: str
    on_behalf_of: str
    type: EventType
    payload: Payload
    schema_version: int = SCHEMA_VERSION

    def hashed_fields(self) -> dict[str, object]:
        """Return what the hash of this event covers."""
        return {
            "case": self.case_key,
            "sequence": self.sequence,
            "occurred_at": self.occurred_at,
            "recorded_at": self.recorded_at,
            "actor": self.actor,
            "on_behalf_of": self.on_behalf_of,
            "type": self.type.value,
            "schema_version": self.schema_version,
            "payload": dict(self.payload),
        }

    def hash_after(self, previous: bytes = GENESIS) -> bytes:
        """Return the hash of this event when it follows the event whose hash is ``previous``."""
        return event_hash(previous, self.hashed_fields())


@dataclass(frozen=True, slots=True)
class ValueRef:
    """How an event mentions a personal value: its id, and HMAC(salt, value) as proof."""

    id: UUID
    commitment: str

    def as_payload(self) -> dict[str, str]:
        """Return the form kept in a payload."""
        return {"value": str(self.id), "hmac": self.commitment}


def value_ids(payload: Payload) -> list[UUID]:
    """Return the ids of the personal values that ``payload`` mentions at its first level."""
    return [UUID(str(each["value"])) for each in payload.values() if isinstance(each, dict) and "hmac" in each]


def check_occurrence(occurred_at: datetime, recorded_at: datetime, source: str) -> None:
    """Raise OccurrenceRefused for the future, or for more than 15 minutes ago without a source."""
    if occurred_at > recorded_at or (recorded_at - occurred_at > LATE_ENTRY and not source.strip()):
        raise OccurrenceRefused


def staff_of(actor: str) -> int | None:
    """Return the id of the member of staff behind a signature, None for anybody else."""
    kind, _, number = actor.partition(":")
    return int(number) if kind == "staff" else None


def instant_text(moment: datetime) -> str:
    """Return an instant as payloads keep it: microseconds of UTC."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


def parse_instant(text: object) -> datetime:
    """Return the instant that a payload keeps as ``text``."""
    return datetime.fromisoformat(str(text))
