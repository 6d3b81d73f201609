"""From the turn at the window to the guided intake: what the kiosk already knows is carried over, and linked back."""

from cercana.channels.counter import commands, queries
from cercana.desk.intake_forms import INQUIRY
from cercana.desk.requests import StaffRequest, whole_number
from cercana.rules.classification import Channel
from cercana.rules.turns import Topic

_LANGUAGES = {"qu": "qu", "ay": "ay", "en": "mul"}


def fields_of_turn(request: StaffRequest) -> dict[str, str]:
    """Return the fields that the turn in the address fills; none unless it is at the window of whoever asks."""
    id_ = whole_number(request.GET.get("turno", ""))
    turn = queries.called_turn(request.actor, id_) if id_ else None
    if turn is None:
        return {}
    fields = {
        "channel": Channel.COUNTER.value,
        "turn": str(turn.id),
        "language": _LANGUAGES.get(turn.language, "es"),
        "person_query": turn.document,
        "preferential": "on" if turn.is_preferential else "",
        "type": INQUIRY if turn.topic is Topic.INQUIRY else "",
    }
    return {name: value for name, value in fields.items() if value}


def link_turn(request: StaffRequest, case_number: str) -> None:
    """Note the case on the turn that the form carries, if it carries one."""
    id_ = whole_number(request.POST.get("turn", ""))
    if id_:
        commands.link_case(turn=id_, case_number=case_number, actor=request.actor, now=request.now)
