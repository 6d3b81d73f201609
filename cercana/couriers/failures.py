"""Why something could not be handed over."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an attempt failed, as a code; ``is_final`` if another would fail too, ``is_address`` if the mail bounced."""

    code: str
    is_final: bool = False
    is_address: bool = False
