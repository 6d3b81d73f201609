"""The number of a case, as it stands in addresses."""

from typing import Annotated

from ninja import Path

from cercana.api.shapes.words import NUMBER_PATTERN

CaseNumber = Annotated[
    str, Path(description="El número del caso.", pattern=NUMBER_PATTERN, examples=["SI-2026-000123-K"])
]
