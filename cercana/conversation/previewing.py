"""How a message would reach its citizen, before it is sent: nothing is stored, and its links lead nowhere yet."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cercana.citizens import queries as citizens
from cercana.conversation.letters import Block, Channel, Kind
from cercana.conversation.posting import channel_for
from cercana.conversation.writing import language_of, write_preview
from cercana.rules.case_state import CaseState
from cercana.rules.history import EventType

_KINDS: Mapping[EventType, tuple[Kind, Kind]] = {
    EventType.WROTE: (Kind.MESSAGE, Kind.MESSAGE_PRIVATE),
    EventType.ANSWERED: (Kind.ANSWERED, Kind.ANSWERED_PRIVATE),
}


@dataclass(frozen=True, slots=True)
class LetterPreview:
    """A letter as it would leave; by ``channel`` none, somebody has to tell the person."""

    channel: Channel
    language: str
    subject: str
    blocks: tuple[Block, ...]


def preview_letter(
    state: CaseState, said: EventType, texts: Mapping[str, str], person: citizens.Profile, now: datetime
) -> LetterPreview:
    """Return the letter that would follow if ``texts`` were ``said`` (WROTE or ANSWERED) on the case at ``now``."""
    letter = write_preview(state, _KINDS[said][state.is_restricted], texts, person, now)
    return LetterPreview(channel_for(person), language_of(state), letter.subject, letter.blocks)
