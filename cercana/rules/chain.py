"""The chain that makes the history of a case tamper-evident: each event's hash covers the one before."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime

GENESIS = bytes(32)


class NotCanonical(ValueError):
    """A value that has no single canonical form; whoever builds the event must not put it in."""


def canonical_json(fields: Mapping[str, object]) -> bytes:
    """
    Return the one UTF-8 form of ``fields``: keys in code point order, no spaces, instants in microseconds of UTC.

    Text is kept as it is, not normalized. Raise NotCanonical for floats, naive instants, surrogates,
    keys that are not text, and types JSON does not have.
    """
    plain = dict(fields)
    _check_canonical(plain)
    try:
        return _encode(plain).encode()
    except UnicodeEncodeError as error:
        raise NotCanonical("lone surrogates are not text") from error


def event_hash(previous: bytes, event_fields: Mapping[str, object]) -> bytes:
    """Return SHA-256 over the 32 bytes of the ``previous`` hash (GENESIS for the first) and the canonical fields."""
    return hashlib.sha256(previous + canonical_json(event_fields)).digest()


def commitment(salt: bytes, value: str) -> str:
    """Return HMAC-SHA256 in hexadecimal: what an event keeps of a personal value that may be erased later."""
    try:
        return hmac.digest(salt, value.encode(), "sha256").hex()
    except UnicodeEncodeError as error:
        raise NotCanonical("lone surrogates are not text") from error


def _instant(value: object) -> str:
    if not isinstance(value, datetime):
        raise NotCanonical(f"{type(value).__name__} has no canonical form")
    if value.tzinfo is None:
        raise NotCanonical("an instant needs its zone")
    in_utc = value if value.tzinfo is UTC else value.astimezone(UTC)
    return in_utc.isoformat(timespec="microseconds").removesuffix("+00:00") + "Z"


# Made once: json.dumps would build an encoder for each call.
_encode = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), sort_keys=True, check_circular=False, allow_nan=False, default=_instant
).encode


# What needs no look inside: the encoder gives each of these its one form, or _instant does.
_PLAIN = frozenset({str, int, bool, type(None), datetime})


def _check_canonical(value: object) -> None:
    """Raise NotCanonical for what the JSON encoder would let through: floats and keys that are not text."""
    if isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise NotCanonical("keys are text")
            if type(item) not in _PLAIN:
                _check_canonical(item)
    elif isinstance(value, list | tuple):
        for item in value:
            if type(item) not in _PLAIN:
                _check_canonical(item)
    elif isinstance(value, float):
        raise NotCanonical("floats have no canonical form: use whole units or text")
