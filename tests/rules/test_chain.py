import json
from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cercana.rules.chain import GENESIS, NotCanonical, canonical_json, commitment, event_hash

FIELDS = {
    "type": "case.referred",
    "sequence": 3,
    "occurred_at": datetime(2026, 11, 20, 16, 40, tzinfo=timezone(timedelta(hours=-5))),
    "on_behalf_of": None,
    "payload": {"area": "parques_jardines", "urgent": False, "reason": "árbol caído", "steps": [1, {"b": 2, "a": 1}]},
}


def json_values() -> st.SearchStrategy[object]:
    text = st.text(st.characters(codec="utf-8"))
    return st.recursive(
        st.none() | st.booleans() | st.integers() | text,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(text, inner, max_size=3),
        max_leaves=8,
    )


class TestCanonicalJson:
    def test_has_one_written_form(self) -> None:
        assert canonical_json(FIELDS).decode() == (
            '{"occurred_at":"2026-11-20T21:40:00.000000Z","on_behalf_of":null,"payload":{"area":"parques_jardines",'
            '"reason":"árbol caído","steps":[1,{"a":1,"b":2}],"urgent":false},"sequence":3,"type":"case.referred"}'
        )

    def test_keeps_text_as_it_is(self) -> None:
        composed, decomposed = canonical_json({"text": "\u00f1"}), canonical_json({"text": "n\u0303"})

        assert composed != decomposed

    def test_keeps_microseconds(self) -> None:
        instant = datetime(2026, 11, 20, 21, 40, 0, 5, tzinfo=UTC)

        assert canonical_json({"at": instant}) == b'{"at":"2026-11-20T21:40:00.000005Z"}'

    @given(st.dictionaries(st.text(st.characters(codec="utf-8")), json_values()))
    def test_is_the_same_after_a_stay_in_the_database(self, fields: dict[str, object]) -> None:
        written = canonical_json(fields)

        assert canonical_json(json.loads(written)) == written

    @pytest.mark.parametrize(
        "value",
        [
            1.0,
            [1, {"deep": 0.5}],
            float("nan"),
            Decimal(1),
            {"a", "b"},
            b"bytes",
            datetime.fromisoformat("2026-11-20T16:40"),
            "\ud800",
            {1: "a key that is not text"},
            {"\udfff": 1},
        ],
    )
    def test_refuses_what_has_no_single_form(self, value: object) -> None:
        with pytest.raises(NotCanonical):
            canonical_json({"value": value})


class TestEventHash:
    def test_never_changes(self) -> None:
        # Fixed for ever: a change would break the chain of every case.
        assert event_hash(GENESIS, FIELDS).hex() == "ddf1ca72ee3cdee22c2236978f5237f691018fd781b22b4c3ec64bd4ef5f3838"

    def test_covers_the_previous_hash(self) -> None:
        assert event_hash(GENESIS, FIELDS) != event_hash(bytes(31) + b"\1", FIELDS)

    def test_does_not_depend_on_the_order_of_the_fields(self) -> None:
        assert event_hash(GENESIS, dict(reversed(FIELDS.items()))) == event_hash(GENESIS, FIELDS)

    @pytest.mark.parametrize("field", FIELDS)
    def test_covers_every_field(self, field: str) -> None:
        assert event_hash(GENESIS, FIELDS | {field: "otro"}) != event_hash(GENESIS, FIELDS)


class TestCommitment:
    def test_is_hmac_sha256_in_hexadecimal(self) -> None:
        # RFC 4231, test case 2.
        assert commitment(b"Jefe", "what do ya want for nothing?") == (
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        )

    def test_tells_nothing_without_the_salt(self) -> None:
        assert commitment(b"one", "41234567") != commitment(b"other", "41234567")

    def test_refuses_surrogates(self) -> None:
        with pytest.raises(NotCanonical):
            commitment(b"salt", "\ud800")
