"""The warnings of the watch for one member of staff, as long as they have not read them."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Value

from cercana.cases.models import Case, StaffNotice
from cercana.cases.queries.selections import NOW
from cercana.cases.queries.visibility import knows_person, visible_cases
from cercana.rules import access
from cercana.rules.access import Actor
from cercana.rules.classification import CLOCKS_ASIDE, CaseClass, ClockKind
from cercana.rules.projected_clocks import ALL, ClockStatus
from cercana.rules.promises import Due

_MOST = 200
_ONE = Value(1)
_RUNNING = [ClockStatus.RUNNING, ClockStatus.BREACHED]


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """
    One warning: of the clock ``kind`` at ``level`` percent of its time, or of silence, and then without kind and due.

    ``title`` is empty for a restricted case, and for who may see a case but not its person: then ``is_known`` is False.
    """

    id: int
    number: str
    title: str
    class_: CaseClass
    is_restricted: bool
    is_known: bool
    area: str
    kind: ClockKind | None
    level: int
    due: Due | None
    at: datetime
    round: int = 0


def notices_of(actor: Actor, *, now: datetime) -> list[NoticeLine]:
    """Return what ``actor`` has not read, critical cases first and then the newest; two hundred at most."""
    person = Case.objects.filter(knows_person(access.scope(actor)), is_restricted=False, pk=OuterRef("case_id"))
    is_known = ExpressionWrapper(Exists(person), output_field=BooleanField())
    rows = _unread(actor, now).annotate(is_known=is_known).select_related("case__text", "case__area", "clock")
    newest = list(rows.order_by("-at", "-pk")[:_MOST])
    lines = [_line(row, is_known=row.is_known) for row in newest]
    return sorted(lines, key=lambda line: line.class_ is not CaseClass.CRITICAL)


def count_notices(actor: Actor, *, now: datetime) -> int:
    """Return how many warnings ``actor`` has not read."""
    return _unread(actor, now).count()


def unread_total(actor: Actor) -> Subquery:
    """Return the same for a kept statement, where NOW stands for the moment; no row gives NULL."""
    return Subquery(_unread(actor, NOW).order_by().values(one=_ONE).annotate(total=Count("pk")).values("total"))


def _unread(actor: Actor, now: datetime) -> QuerySet[StaffNotice]:
    """
    Return what may be seen now and still matters.

    That a promise was broken always does, but for a date or a step that has been made good; the other warnings, as
    long as its clock runs or nobody wrote to the citizen.
    """
    own = StaffNotice.objects.filter(user=actor.staff_id or 0, read_at=None, shown_from__lte=now)
    runs = Q(clock__status__in=_RUNNING, clock__ended_at=None)
    is_silent = Q(clock=None) & (Q(case__last_contact_at=None) | Q(case__last_contact_at__lt=F("at")))
    broken = Q(level=ALL) & ~Q(clock__kind__in=CLOCKS_ASIDE, clock__ended_at__isnull=False)
    return own.filter(runs | is_silent | broken, case__in=visible_cases(access.scope(actor)))


def _line(row: StaffNotice, *, is_known: bool) -> NoticeLine:
    case, clock = row.case, row.clock
    return NoticeLine(
        id=row.pk,
        number=case.number,
        title=case.text.title if is_known else "",
        class_=CaseClass(case.class_),
        is_restricted=case.is_restricted,
        is_known=is_known,
        area=case.area.name,
        kind=ClockKind(clock.kind) if clock else None,
        level=row.level,
        due=clock.due if clock else None,
        at=row.at,
        round=clock.round if clock else 0,
    )
