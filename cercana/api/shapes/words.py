"""The kinds of values that calls bring, each with its limits, so that the description says what is accepted."""

from datetime import UTC, date, datetime, time
from typing import Annotated

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)
from pydantic_core import PydanticCustomError

LONGEST_TEXT = 20_000


class Given(BaseModel):
    """What a call brings: nothing but the fields it names."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Shown(BaseModel):
    """What an answer holds."""

    model_config = ConfigDict(frozen=True)


def without_nul(text: str) -> str:
    """Return ``text`` without NUL, which nobody means and no database keeps (domain.md, Bad input)."""
    return text.replace("\0", "")


def _in_utc(instant: datetime) -> datetime:
    """Return ``instant`` in UTC, since the database knows no zone beyond 15:59; at the ends of time it is lost."""
    try:
        return instant.astimezone(UTC)
    except OverflowError:
        return instant.replace(tzinfo=UTC)


def _a_number(value: object) -> object:
    """Return ``value`` unless it is a word or a truth, which pydantic would make a number of against the schema."""
    if isinstance(value, str | bool):
        raise PydanticCustomError("int_type", "a number")
    return value


def _a_text(value: object) -> object:
    """Return ``value`` unless it is a number, which pydantic would take for seconds since 1970 against the schema."""
    if not isinstance(value, str):
        raise PydanticCustomError("string_type", "a text")
    return value


Text = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_TEXT), AfterValidator(without_nul)]
OptionalText = Annotated[str, StringConstraints(max_length=LONGEST_TEXT), AfterValidator(without_nul)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200), AfterValidator(without_nul)]
OptionalLine = Annotated[str, StringConstraints(max_length=200), AfterValidator(without_nul)]
Name = Annotated[str, StringConstraints(max_length=120), AfterValidator(without_nul)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{1,60}$")]
OptionalCode = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]{0,60}$")]
# After the bounds of a whole number, which it would hide from the schema before them; 5.0 is one, as JSON Schema says.
NUMBER = BeforeValidator(_a_number)
Truth = Annotated[bool, Field(strict=True)]
Day = Annotated[date, BeforeValidator(_a_text)]
Hour = Annotated[time, BeforeValidator(_a_text)]
StaffId = Annotated[int, Field(ge=1, le=2_147_483_647), NUMBER]
Ordinal = Annotated[int, Field(ge=1, le=2_147_483_647), NUMBER]
# «SI-2026-000123-K»; in an address it may be written no other way.
NUMBER_PATTERN = r"^[A-Z]{1,4}-[0-9]{4}-[0-9]{6,9}-[0-9A-Z]$"
Moment = Annotated[AwareDatetime, BeforeValidator(_a_text), AfterValidator(_in_utc)]
Instant = datetime
