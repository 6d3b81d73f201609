"""What a call brings, read strictly: JSON in UTF-8, of a size that words need."""

import json
from typing import Any, TypeAlias

from django.http import HttpRequest
from ninja.parser import Parser

from cercana.api.errors import BodyMalformed, BodyTooLarge

LARGEST_BODY = 1_000_000

# Whatever JSON holds.
Json: TypeAlias = Any


class StrictParser(Parser):
    """Reads the bodies of all calls."""

    def parse_body(self, request: HttpRequest) -> dict[str, Json]:
        """Return the object in the body; raise BodyTooLarge or BodyMalformed."""
        if _length_of(request) > LARGEST_BODY:
            raise BodyTooLarge(limit=LARGEST_BODY)
        try:
            read = json.loads(request.body, parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            raise BodyMalformed from error
        if not isinstance(read, dict):
            raise BodyMalformed
        return read


def _length_of(request: HttpRequest) -> int:
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(length) if length.isdecimal() else 0


def _refuse(constant: str) -> None:
    """Refuse «NaN» and «Infinity», which are no JSON."""
    raise ValueError(constant)
