"""
What the watch writes about many cases at once: an event each, the rows it changes, and the notices, in few statements.

The rows are what the fold of the events would make of them (rules/projection.py), and ``cercana verify`` proves it: to
read and write every case on its own would take longer than a busy hour allows.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection

from cercana.cases.watched_rows import WatchedRow
from cercana.rules.access import SYSTEM
from cercana.rules.history import LATE_ENTRY, Event, EventType, Payload, check_occurrence, instant_text

# Where the true time of a warning comes from that was recorded late.
_SOURCE = "la vigilancia de plazos"
_EVENTS = """
    INSERT INTO cases_event (case_id, sequence, occurred_at, recorded_at, actor, on_behalf_of, type, schema_version,
                             payload, previous_hash, hash)
    SELECT case_id, sequence, occurred_at, %(now)s, %(actor)s, '', %(type)s, schema_version, payload,
           decode(previous, 'hex'), decode(own, 'hex')
    FROM jsonb_to_recordset(%(rows)s) AS told (case_id bigint, sequence integer, occurred_at timestamptz,
        schema_version smallint, payload jsonb, previous text, own text)
"""
_CASES = """
    UPDATE cases_case SET last_sequence = told.sequence, last_hash = decode(told.own, 'hex'), last_recorded_at = %(now)s
    FROM jsonb_to_recordset(%(rows)s) AS told (id bigint, sequence integer, own text) WHERE cases_case.id = told.id
"""
_CLOCKS = """
    UPDATE cases_clock SET warned = told.warned, look_at = told.look_at
    FROM jsonb_to_recordset(%(rows)s) AS told (id bigint, warned smallint, look_at timestamptz)
    WHERE cases_clock.id = told.id
"""
_SILENCES = """
    UPDATE cases_case SET silence_look_at = told.look_at,
           silence_warned_for = coalesce(told.warned_for, cases_case.silence_warned_for)
    FROM jsonb_to_recordset(%(rows)s) AS told (id bigint, look_at timestamptz, warned_for timestamptz)
    WHERE cases_case.id = told.id
"""
# A later warning of the same clock says more than the one that was not read yet.
_OUTDATED = """
    UPDATE cases_staffnotice SET read_at = %(now)s
    FROM jsonb_to_recordset(%(rows)s) AS told (user_id bigint, clock_id bigint)
    WHERE cases_staffnotice.user_id = told.user_id AND cases_staffnotice.clock_id = told.clock_id AND read_at IS NULL
"""
_NOTICES = """
    INSERT INTO cases_staffnotice (user_id, case_id, clock_id, level, at, shown_from)
    SELECT user_id, case_id, clock_id, level, at, shown_from
    FROM jsonb_to_recordset(%(rows)s) AS told (user_id bigint, case_id bigint, clock_id bigint, level smallint,
        at timestamptz, shown_from timestamptz)
"""


@dataclass(frozen=True, slots=True)
class CaseWarning:
    """
    One warning about a case that came at the instant ``at``.

    ``clock`` is a kind of clock or SILENCE, ``level`` the share of its time in percent, or 0 for silence; ``facts`` say
    which clock or silence it is.
    """

    clock: str
    level: int
    due_at: datetime
    at: datetime
    facts: Payload

    def payload(self, now: datetime) -> dict[str, object]:
        """Return what the event keeps; recorded late, it says that it was the watch that came late."""
        given = {"clock": self.clock, "level": self.level, "due_at": instant_text(self.due_at), **self.facts}
        return given if now - self.at <= LATE_ENTRY else {**given, "source": _SOURCE}


@dataclass(slots=True)
class WatchRecord:
    """What one batch of the watch has to write, gathered; the cases in it are locked by the caller's transaction."""

    now: datetime
    events: list[dict[str, Any]] = field(default_factory=list)
    clocks: list[dict[str, Any]] = field(default_factory=list)
    silences: list[dict[str, Any]] = field(default_factory=list)
    notices: list[dict[str, Any]] = field(default_factory=list)
    # Up to where the history of each case has come: its last sequence and hash.
    _ends: dict[int, tuple[int, bytes]] = field(default_factory=dict)

    def warn(self, case: WatchedRow, warning: CaseWarning) -> None:
        """Append ``warning`` to the history of ``case``."""
        last, previous = self._ends.get(case.pk) or (case.last_sequence, bytes(case.last_hash))
        payload, sequence = warning.payload(self.now), last + 1
        check_occurrence(warning.at, self.now, str(payload.get("source", "")))
        event = Event(str(case.key), sequence, warning.at, self.now, SYSTEM.signature, "", EventType.WARNED, payload)
        own = event.hash_after(previous)
        instants = {"occurred_at": instant_text(warning.at), "schema_version": event.schema_version}
        hashes = {"previous": previous.hex(), "own": own.hex()}
        self.events.append({"case_id": case.pk, "sequence": sequence, "payload": payload, **instants, **hashes})
        self._ends[case.pk] = (sequence, own)

    def tell(
        self,
        people: Iterable[int],
        case: WatchedRow,
        warning: CaseWarning,
        *,
        clock_id: int | None,
        shown_from: datetime,
    ) -> None:
        """Add a notice of ``warning`` for each of ``people``."""
        told: dict[str, object] = {"case_id": case.pk, "clock_id": clock_id, "level": warning.level}
        told |= {"at": instant_text(warning.at), "shown_from": instant_text(shown_from)}
        self.notices.extend({"user_id": person, **told} for person in people)

    def look_at_clock(self, clock_id: int, *, warned: int, again_at: datetime | None) -> None:
        """Note how far a clock is warned of and when to look at it again."""
        self.clocks.append({"id": clock_id, "warned": warned, "look_at": _text(again_at)})

    def look_at_silence(
        self, case: WatchedRow, *, again_at: datetime | None, warned_for: datetime | None = None
    ) -> None:
        """Note when to look at the silence of a case again, and which one was warned of."""
        self.silences.append({"id": case.pk, "look_at": _text(again_at), "warned_for": _text(warned_for)})

    def write(self) -> None:
        """Write everything, inside the caller's transaction."""
        ends = [{"id": id_, "sequence": last, "own": own.hex()} for id_, (last, own) in self._ends.items()]
        with connection.cursor() as cursor:
            for statement, rows in (
                (_EVENTS, self.events),
                (_CASES, ends),
                (_CLOCKS, self.clocks),
                (_SILENCES, self.silences),
                (_OUTDATED, self.notices),
                (_NOTICES, self.notices),
            ):
                if rows:
                    given: dict[str, Any] = {"now": self.now, "actor": SYSTEM.signature, "type": EventType.WARNED}
                    cursor.execute(statement, {**given, "rows": json.dumps(rows)})


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else instant_text(moment)
