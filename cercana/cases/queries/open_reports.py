"""Cases as anybody may read them; rules/open_reports.py decides how much of each."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from cercana.cases.models import Case, Clock, Event, Task
from cercana.citizens import queries as citizens
from cercana.rules.classification import ClockKind, CriticalState, TaskKind
from cercana.rules.history import EventType, Payload
from cercana.rules.lifecycle import Stage
from cercana.rules.open_reports import (
    OPEN_NATURES,
    Openness,
    ReportFacts,
    openness,
    public_address,
    public_words,
)

# Below this line of a description stands what the app of the sender added: exact place, file.
APP_MARK = "\n\n— Enviado por la aplicación —\n"


@dataclass(frozen=True, slots=True)
class OpenReport:
    """
    A case as anybody may read it; ``description`` and ``address`` are "" where they are not public.

    ``is_whole`` says whether its words and its place are public; ``outcome`` is "" until it is closed.
    """

    id: int
    number: str
    category: str
    category_name: str
    area_name: str
    stage: Stage
    outcome: str
    description: str
    address: str
    is_whole: bool
    received_at: datetime
    updated_at: datetime
    due_at: datetime | None


@dataclass(frozen=True, slots=True)
class ReportsWanted:
    """Which cases are asked for: these ``numbers`` alone, or those of a span of time, oldest bound included."""

    since: datetime | None = None
    until: datetime | None = None
    numbers: Collection[str] = ()
    is_closed: bool | None = None


def open_reports(
    wanted: ReportsWanted, *, categories: Collection[str], sent_openly: QuerySet[Case], start: int, most: int
) -> list[OpenReport]:
    """
    Return up to ``most`` cases from the ``start``-th on that are public, newest first.

    ``categories`` are those that are open; ``sent_openly`` are the ids of the cases sent to the public interface.
    """
    found = list(_asked(_public(categories, sent_openly), wanted)[start : start + most])
    words = _words_of([case for case in found if _openness_of(case, categories) is Openness.WHOLE])
    shown = ((case, _openness_of(case, categories)) for case in found)
    return [_shown(case, words.get(case.pk)) for case, how in shown if how is not Openness.HIDDEN]


def is_in_review(case: int) -> bool:
    """Tell whether somebody still has to look at a case that came among very many."""
    return _reviews().filter(case_id=case).exists()


def _reviews() -> QuerySet[Task]:
    return Task.objects.filter(kind=TaskKind.REVIEW, finished_at=None)


def _public(categories: Collection[str], sent_openly: QuerySet[Case]) -> QuerySet[Case]:
    """Return the cases that the rule does not hide, so that pages are full; the rule judges each once more."""
    due = Clock.objects.filter(case=OuterRef("pk"), kind=ClockKind.RESOLUTION).order_by("-round")
    return (
        Case.objects.filter(
            category_id__in=categories,
            legal_nature_id__in=OPEN_NATURES,
            is_restricted=False,
            about_staff=False,
            is_drill=False,
            erased_at=None,
        )
        .annotate(
            in_review=Exists(_reviews().filter(case=OuterRef("pk"))),
            sent_openly=Exists(sent_openly.filter(pk=OuterRef("pk"))),
            adult=F("citizen__responsible_adult"),
            due=Subquery(due.values("due_at")[:1]),
        )
        .filter(in_review=False)
        .select_related("category", "area", "citizen")
    )


def _asked(cases: QuerySet[Case], wanted: ReportsWanted) -> QuerySet[Case]:
    if wanted.numbers:
        return cases.filter(number__in=wanted.numbers).order_by("-received_at", "-pk")
    if wanted.since is not None:
        cases = cases.filter(received_at__gte=wanted.since)
    if wanted.until is not None:
        cases = cases.filter(received_at__lte=wanted.until)
    if wanted.is_closed is not None:
        closed = Q(stage=Stage.CLOSED)
        cases = cases.filter(closed if wanted.is_closed else ~closed)
    return cases.order_by("-received_at", "-pk")


def _openness_of(case: Case, categories: Collection[str]) -> Openness:
    beside = vars(case)
    return openness(
        ReportFacts(
            is_category_open=case.category_id in categories,
            legal_nature=case.legal_nature_id,
            is_restricted=case.is_restricted,
            is_about_staff=case.about_staff,
            is_drill=case.is_drill,
            is_erased=case.erased_at is not None,
            is_in_review=beside["in_review"],
            was_dangerous=_was_dangerous(case),
            is_preferential=case.is_preferential,
            is_of_minor=bool(beside["adult"]),
            is_open_report=beside["sent_openly"],
        )
    )


def _was_dangerous(case: Case) -> bool:
    marks = (case.became_critical_at, case.critical_proposed_at)
    return case.critical_state != CriticalState.NONE or any(mark is not None for mark in marks)


def _words_of(cases: Sequence[Case]) -> Mapping[int, tuple[str, str]]:
    """Return the public description and address of each of ``cases``, all in two statements."""
    received = Event.objects.filter(case__in=cases, type=EventType.RECEIVED)
    payloads = dict(received.values_list("case_id", "payload"))
    refs = {pk: (_ref(payload, "description"), _ref(payload, "place")) for pk, payload in payloads.items()}
    texts = citizens.values_of(_known(refs.values()))
    names = {case.pk: [case.citizen.name] for case in cases}
    return {
        pk: (
            public_words(_text(texts, description).partition(APP_MARK)[0], names[pk]),
            public_address(_text(texts, place), names[pk]),
        )
        for pk, (description, place) in refs.items()
    }


def _known(pairs: Iterable[tuple[uuid.UUID | None, uuid.UUID | None]]) -> list[uuid.UUID]:
    return [ref for pair in pairs for ref in pair if ref is not None]


def _ref(payload: Payload, name: str) -> uuid.UUID | None:
    mention = payload.get(name)
    return uuid.UUID(str(mention["value"])) if isinstance(mention, dict) else None


def _text(texts: Mapping[uuid.UUID, str | None], ref: uuid.UUID | None) -> str:
    return (texts.get(ref) or "") if ref else ""


def _shown(case: Case, words: tuple[str, str] | None) -> OpenReport:
    description, address = words or ("", "")
    stage = Stage(case.stage)
    return OpenReport(
        id=case.pk,
        number=case.number,
        category=case.category_id,
        category_name=case.category.name,
        area_name=case.area.name,
        stage=stage,
        outcome=case.outcome if stage is Stage.CLOSED else "",
        description=description,
        address=address,
        is_whole=words is not None,
        received_at=case.received_at,
        updated_at=case.last_recorded_at,
        due_at=vars(case)["due"],
    )
