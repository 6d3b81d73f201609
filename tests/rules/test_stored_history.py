from datetime import UTC, datetime
from typing import Any

import pytest

from cercana.rules.chain import GENESIS
from cercana.rules.history import Event, EventType
from cercana.rules.stored_history import ChainCut, EventRewritten, StoredEvent, follow_chain

KEY = "0b7f7a52-6a4e-4c64-9a55-0d0c9a1d6f11"
AT = datetime(2026, 11, 20, 21, 40, tzinfo=UTC)


def stored(sequence: int, previous: bytes, payload: dict[str, object]) -> StoredEvent:
    event = Event(KEY, sequence, AT, AT, "staff:1", "", EventType.NOTED, payload)
    return StoredEvent(sequence, AT, AT, "staff:1", "", "noted", payload, 1, previous, hash=event.hash_after(previous))


def chain_of(count: int) -> list[StoredEvent]:
    rows, previous = [], GENESIS
    for sequence in range(1, count + 1):
        rows.append(stored(sequence, previous, {"step": sequence}))
        previous = rows[-1].hash
    return rows


class TestFollowChain:
    def test_gives_the_events_of_an_intact_chain_and_its_last_hash(self) -> None:
        rows = chain_of(5)

        proven = follow_chain(KEY, rows)

        assert [event.payload for event in proven.events] == [row.payload for row in rows]
        assert proven.last_hash == rows[-1].hash
        assert follow_chain(KEY, []) == ([], GENESIS)

    @pytest.mark.parametrize("position", range(1, 6))
    def test_finds_the_first_event_that_was_changed(self, position: int) -> None:
        rows = chain_of(5)
        rows[position - 1] = rows[position - 1]._replace(type="closed")

        with pytest.raises(EventRewritten) as found:
            follow_chain(KEY, rows)

        assert found.value.position == position

    @pytest.mark.parametrize(
        "change",
        [
            {"occurred_at": AT.replace(year=2027)},
            {"recorded_at": AT.replace(year=2027)},
            {"actor": "system"},
            {"on_behalf_of": "citizen"},
            {"type": "forgiven"},
            {"payload": {"step": 2.0}},
            {"payload": [2]},
            {"payload": 2},
            {"schema_version": 2},
            {"hash": GENESIS},
        ],
        ids=str,
    )
    def test_covers_every_column(self, change: dict[str, Any]) -> None:
        rows = chain_of(3)
        rows[1] = rows[1]._replace(**change)

        with pytest.raises(EventRewritten) as found:
            follow_chain(KEY, rows)

        assert found.value.position == 2

    def test_finds_a_chain_that_was_given_to_another_case(self) -> None:
        with pytest.raises(EventRewritten):
            follow_chain("d9c1c0de-0000-4000-8000-000000000000", chain_of(1))

    def test_finds_an_event_that_was_changed_and_hashed_anew(self) -> None:
        rows = chain_of(5)
        rows[2] = stored(3, rows[2].previous_hash, {"step": "otro"})

        with pytest.raises(ChainCut) as found:
            follow_chain(KEY, rows)

        assert found.value.position == 4

    @pytest.mark.parametrize("position", range(1, 5))
    def test_finds_an_event_that_was_taken_out(self, position: int) -> None:
        rows = chain_of(5)
        del rows[position - 1]

        with pytest.raises(ChainCut) as found:
            follow_chain(KEY, rows)

        assert found.value.position == position

    def test_finds_an_event_whose_stored_previous_hash_was_changed(self) -> None:
        rows = chain_of(3)
        rows[1] = rows[1]._replace(previous_hash=GENESIS)

        with pytest.raises(ChainCut) as found:
            follow_chain(KEY, rows)

        assert found.value.position == 2

    def test_finds_events_in_another_order(self) -> None:
        rows = chain_of(3)

        with pytest.raises(ChainCut) as found:
            follow_chain(KEY, [rows[1], rows[0], rows[2]])

        assert found.value.position == 1
