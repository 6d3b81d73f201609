"""What an exchange tells of a call, and what it is told."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from cercana.api.shapes.words import NUMBER, Given, Shown, without_nul
from cercana.channels.phone.commands import CallNews
from cercana.rules.calls import CallEvent, CallState


class CallTold(Given):
    """What happened to a call, as the exchange names it."""

    call: Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9._:@-]{1,120}$"), Field(examples=["1764241200.17"])]
    event: CallEvent
    caller: Annotated[
        str, StringConstraints(max_length=30), AfterValidator(without_nul), Field(examples=["987654321"])
    ] = ""
    extension: Annotated[str, StringConstraints(pattern=r"^[0-9A-Za-z]{0,20}$"), Field(examples=["201"])] = ""
    recording_url: Annotated[
        str,
        StringConstraints(max_length=500, pattern=r"^(https?://[!-~]+)?$"),
        Field(examples=["https://central.ejemplo.gob.pe/buzon/1764241200.17.wav"]),
    ] = ""
    recording_seconds: Annotated[int, Field(ge=0, le=7200, examples=[42]), NUMBER] | None = None

    def news(self) -> CallNews:
        """Return it as the channel takes it."""
        return CallNews(
            exchange_id=self.call,
            event=self.event,
            caller=self.caller,
            extension=self.extension,
            recording_url=self.recording_url,
            recording_seconds=self.recording_seconds,
        )


class CallHeard(Shown):
    """What the call is now."""

    state: CallState
