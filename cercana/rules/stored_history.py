"""A history read back with distrust: each event must follow the one before and be what was hashed."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from cercana.rules.chain import GENESIS
from cercana.rules.history import Event, EventType, Payload


class Recorded(Protocol):
    """One entry as it was recorded, whatever holds it."""

    @property
    def sequence(self) -> int: ...
    @property
    def occurred_at(self) -> datetime: ...
    @property
    def recorded_at(self) -> datetime: ...
    @property
    def actor(self) -> str: ...
    @property
    def on_behalf_of(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def payload(self) -> Payload: ...
    @property
    def schema_version(self) -> int: ...


class StoredEvent(NamedTuple):
    """One entry as the database holds it, with the hash of the one before and its own."""

    sequence: int
    occurred_at: datetime
    recorded_at: datetime
    actor: str
    on_behalf_of: str
    type: str
    payload: Payload
    schema_version: int
    previous_hash: bytes
    hash: bytes


class HistoryBroken(ValueError):
    """The entry at ``position``, counted from 1, was written behind the history."""

    def __init__(self, position: int) -> None:
        self.position = position
        super().__init__(position)


class ChainCut(HistoryBroken):
    """The entry does not follow the one before: something was taken out, put in or moved."""


class EventRewritten(HistoryBroken):
    """The entry is not the one that was hashed, or could never have been recorded."""


class ProvenHistory(NamedTuple):
    """The events of a chain that holds, oldest first, and the hash of the last one."""

    events: list[Event]
    last_hash: bytes


def follow_chain(case_key: str, stored: Sequence[StoredEvent]) -> ProvenHistory:
    """Return the history that ``stored``, oldest first, proves; raise ChainCut or EventRewritten."""
    previous = GENESIS
    events = []
    for position, row in enumerate(stored, 1):
        if row.sequence != position or row.previous_hash != previous:
            raise ChainCut(position)
        try:
            event = event_of(case_key, row)
            previous = event.hash_after(previous)
        except (ValueError, TypeError) as error:
            # An unknown type, a payload that is no object, or one that holds what has no canonical form.
            raise EventRewritten(position) from error
        if row.hash != previous:
            raise EventRewritten(position)
        events.append(event)
    return ProvenHistory(events, previous)


def event_of(case_key: str, row: Recorded) -> Event:
    """Return the event that ``row`` holds; raise ValueError if its type is unknown."""
    return Event(
        case_key,
        row.sequence,
        row.occurred_at,
        row.recorded_at,
        row.actor,
        row.on_behalf_of,
        EventType(row.type),
        row.payload,
        row.schema_version,
    )
