"""What whoever registered a case reads to the person before saying goodbye."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings

from cercana.cases.errors import CaseNotFound
from cercana.cases.models import AccessRecord, Case, Clock, Event
from cercana.cases.queries.visibility import may_do, visible_cases
from cercana.rules import access
from cercana.rules.access import Actor
from cercana.rules.acts import Act
from cercana.rules.classification import ClockKind, CriticalState
from cercana.rules.promises import Due
from cercana.rules.tracking import tracking_code

_WHILE_WITH_THEM = timedelta(minutes=30)
_OURS = (ClockKind.FIRST_RESPONSE, ClockKind.RESOLUTION)


@dataclass(frozen=True, slots=True)
class Receipt:
    """
    The words to hand over: number, code, and what is promised by its kind; nothing yet while danger is looked at.

    ``may_refer`` and ``may_open`` tell what the actor can do next; ``main`` is the case this one follows, or "".
    """

    number: str
    code: str
    class_: str
    critical_state: str
    stage: str
    channel: str
    area: str
    area_name: str
    main: str
    promises: dict[ClockKind, Due]
    may_refer: bool
    may_open: bool


def receipt_of(actor: Actor, number: str, *, now: datetime) -> Receipt:
    """
    Return the receipt of a case that ``actor`` registered in the last half hour; the look is recorded.

    It is theirs to read out even if the case is no longer theirs to see: closed on the spot, or a complaint about
    their own desk (M3.3a). Raise CaseNotFound for any other case.
    """
    case = Case.objects.select_related("proposed_area").filter(number=number).first()
    if case is None or not _has_just_registered(actor, case, now):
        raise CaseNotFound(number=number)
    AccessRecord.objects.create(actor=actor.signature, act="receipt", numbers=[number], at=now)
    is_proposed = case.critical_state == CriticalState.PROPOSED
    may_open = visible_cases(access.scope(actor)).filter(pk=case.pk).exists()
    return Receipt(
        number=case.number,
        code=tracking_code(settings.SECRET_KEY.encode(), str(case.key), case.access_generation),
        class_=case.class_,
        critical_state=case.critical_state,
        stage=case.stage,
        channel=case.channel,
        area=case.proposed_area_id,
        area_name=case.proposed_area.name,
        main=case.merged_into,
        promises={} if is_proposed else _promises(Clock.objects.filter(case=case, kind__in=_OURS, ended_at=None)),
        may_refer=may_open and not case.merged_into and may_do(actor, case, Act.REFER)[Act.REFER],
        may_open=may_open,
    )


def _has_just_registered(actor: Actor, case: Case, now: datetime) -> bool:
    first = Event.objects.filter(case=case, sequence=1, actor=actor.signature)
    return first.filter(recorded_at__gt=now - _WHILE_WITH_THEM).exists()


def _promises(clocks: Iterable[Clock]) -> dict[ClockKind, Due]:
    return {ClockKind(each.kind): Due(each.due_at, each.inclusive, each.whole_day) for each in clocks}
