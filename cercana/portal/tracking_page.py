"""The page on which a citizen follows a case: how it is going, the way it takes, what was done, what was said."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.utils.translation import gettext as _

from cercana.cases.queries import Happening, TrackedCase, TrackedFile
from cercana.conversation.queries import PromiseInWords
from cercana.portal.story import told
from cercana.rules.classification import CriticalState
from cercana.rules.history import EventType
from cercana.rules.lifecycle import Closure, Stage
from cercana.ui import moments
from cercana.ui.bilingual import worded
from cercana.ui.environment import active_language
from cercana.ui.sentences import ended


@dataclass(frozen=True, slots=True)
class RouteStep:
    """One stage on the way: ``state`` is "done", "current" or "ahead"."""

    state: str
    icon: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Said:
    """One message: whose it is, where its author works, and what came with it; an ``answer`` has parts instead."""

    is_mine: bool
    author: str
    area: str
    at: datetime
    paragraphs: Sequence[str]
    files: Sequence[TrackedFile]
    answer: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TrackingPage:
    """Everything the page shows beside the case itself; ``story`` newest first, ``talk`` oldest first."""

    sentence: str
    route: Sequence[RouteStep]
    story: Sequence[tuple[datetime, str, str]]
    talk: Sequence[Said]
    account: Happening | None
    first_files: Sequence[TrackedFile]


def tracking_page(case: TrackedCase, promises: Sequence[PromiseInWords], now: datetime) -> TrackingPage:
    """Compose the page of ``case``."""
    later = {each.key for happening in case.happenings if not _came_first(happening, case) for each in happening.files}
    return TrackingPage(
        sentence=how_it_goes(case, is_late=any(each.state == "late" for each in promises)),
        route=route_of(case, now),
        story=[(each.at, *told(each, now)) for each in reversed(case.happenings) if told(each, now)[0]],
        talk=talk_of(case),
        account=case.newest(EventType.RECEIVED),
        first_files=[each for each in case.files if each.key not in later],
    )


def how_it_goes(case: TrackedCase, *, is_late: bool) -> str:
    """Return «¿cómo va?» in one sentence."""
    if is_late and case.stage not in (Stage.ANSWERED, Stage.CLOSED):
        if case.person:
            return _("Vamos tarde con tu caso, %(name)s. Te pedimos disculpas.") % {"name": case.person}
        return _("Vamos tarde con tu caso. Te pedimos disculpas.")
    if case.stage is Stage.ANSWERED and case.confirmed_at:
        return _("Gracias por confirmarlo. La jefatura revisa tu caso antes de cerrarlo.")
    if case.stage is Stage.IN_FOLLOW_UP:
        return _in_follow_up(case)
    return {
        Stage.RECEIVED: _("Recibimos tu caso y lo estamos registrando."),
        Stage.REGISTERED: _("Recibimos tu caso. Lo estamos pasando al área que corresponde."),
        Stage.REFERRED: _("%(area)s ya tiene tu caso. El siguiente paso: una persona se hará cargo.")
        % {"area": _area(case)},
        Stage.ANSWERED: _("Te respondimos. ¿Quedó resuelto?"),
        Stage.CLOSED: _("Tu caso está cerrado."),
    }[case.stage]


def _in_follow_up(case: TrackedCase) -> str:
    latest = case.newest(EventType.CONTESTED, EventType.REOPENED, EventType.TAKEN, EventType.ASSIGNED)
    if latest is not None and latest.type in (EventType.CONTESTED, EventType.REOPENED):
        return _("Volvimos a trabajar en tu caso, porque no quedó resuelto.")
    if case.owner:
        named = {"name": case.owner, "area": _area(case)}
        return _("%(name)s, de %(area)s, se está haciendo cargo de tu caso.") % named
    return _("%(area)s se está haciendo cargo de tu caso.") % {"area": _area(case)}


def _area(given: TrackedCase | Happening) -> str:
    """Return the name of an area in the language that is active."""
    return worded(given, "area", active_language())


def route_of(case: TrackedCase, now: datetime) -> list[RouteStep]:
    """Return the six stages (M3.2, M6.1b) with when each was reached, or what it will bring."""
    stages = list(Stage)
    here = stages.index(case.stage)
    ahead = _what_comes(case)
    steps = []
    for position, stage in enumerate(stages):
        icon, title = _looks(stage)
        is_done = position < here or case.stage is Stage.CLOSED
        reached = case.newest(*_REACHED_BY[stage])
        text = _reached(case, stage, reached, now) if reached and position <= here else ahead[stage]
        steps.append(RouteStep("done" if is_done else "current" if position == here else "ahead", icon, title, text))
    return steps


_REACHED_BY = {
    Stage.RECEIVED: (EventType.RECEIVED,),
    Stage.REGISTERED: (EventType.REGISTERED,),
    Stage.REFERRED: (EventType.REFERRED,),
    Stage.IN_FOLLOW_UP: (EventType.TAKEN, EventType.ASSIGNED, EventType.CONTESTED, EventType.REOPENED),
    Stage.ANSWERED: (EventType.ANSWERED,),
    Stage.CLOSED: (EventType.CLOSED,),
}


def _looks(stage: Stage) -> tuple[str, str]:
    return {
        Stage.RECEIVED: ("tray", _("Recepción")),
        Stage.REGISTERED: ("clipboard-text", _("Registro")),
        Stage.REFERRED: ("signpost", _("Derivación")),
        Stage.IN_FOLLOW_UP: ("wrench", _("Seguimiento")),
        Stage.ANSWERED: ("chat-circle-text", _("Respuesta")),
        Stage.CLOSED: ("flag-checkered", _("Cierre")),
    }[stage]


def _reached(case: TrackedCase, stage: Stage, reached: Happening, now: datetime) -> str:
    words = {
        Stage.RECEIVED: _("Lo recibimos el %(when)s"),
        Stage.REGISTERED: _("Tiene número y plazo desde el %(when)s"),
        Stage.REFERRED: _("Pasó a %(area)s el %(when)s"),
        Stage.IN_FOLLOW_UP: _("Una persona trabaja en ello desde el %(when)s"),
        Stage.ANSWERED: _("Te respondimos el %(when)s"),
        Stage.CLOSED: _("Se cerró el %(when)s"),
    }[stage]
    language = active_language()
    when = f"{moments.short_day(reached.at, language, now=now)}, {moments.clock(reached.at, language)}"
    return ended(words % {"when": when, "area": _area(reached) or _area(case)})


def _what_comes(case: TrackedCase) -> dict[Stage, str]:
    answered = _("Te decimos cómo quedó.")
    return {
        Stage.RECEIVED: "",
        Stage.REGISTERED: _("Tendrá número y plazo."),
        Stage.REFERRED: _("Lo pasamos al área que corresponde."),
        Stage.IN_FOLLOW_UP: _("Una persona se hace cargo."),
        Stage.ANSWERED: answered,
        Stage.CLOSED: _("Solo cuando tú confirmes."),
    }


def talk_of(case: TrackedCase) -> list[Said]:
    """Return what both sides wrote; files sent along with a message stand in it."""
    talk: list[Said] = []
    for each in case.happenings:
        if each.type is EventType.ATTACHED and each.files and not _came_first(each, case):
            if talk and (talk[-1].at, talk[-1].is_mine) == (each.at, each.is_mine):
                talk[-1] = replace(talk[-1], files=[*talk[-1].files, *each.files])
            else:
                talk.append(Said(each.is_mine, each.author, _area(each), each.at, (), each.files))
        elif each.type is EventType.ANSWERED and each.texts:
            talk.append(Said(each.is_mine, each.author, _area(each), each.at, (), (), each.texts))
        elif paragraphs := _paragraphs(each):
            talk.append(Said(each.is_mine, each.author, _area(each), each.at, paragraphs, ()))
    return talk


def _came_first(happening: Happening, case: TrackedCase) -> bool:
    """Tell whether this belongs to what the person told when they registered the case."""
    return happening.at == case.received_at


def _paragraphs(happening: Happening) -> list[str]:
    name = {EventType.WROTE: "text", EventType.MESSAGE_RECEIVED: "text", EventType.CONTESTED: "why"}.get(happening.type)
    if happening.type is EventType.REOPENED and happening.is_mine:
        name = "why"
    return happening.texts.get(name or "", "").splitlines() if name else []


def closing_words(case: TrackedCase, reopening_until: datetime | None, now: datetime) -> str:
    """Return by whose word a closed case ended, and until when it may be reopened."""
    if case.closed_at is None:
        return ""
    language = active_language()
    ended = {
        Closure.CONFIRMED: _("Lo confirmaste y lo cerramos el %(day)s."),
        Closure.ON_THE_SPOT: _("Lo resolvimos contigo en el momento, el %(day)s."),
        Closure.WITHOUT_CONFIRMATION: _("Lo cerramos el %(day)s, después de preguntarte sin tener respuesta."),
        Closure.NOTIFIED: _("Terminó con la respuesta que te entregamos por escrito. Se cerró el %(day)s."),
        Closure.WITHDRAWN: _("Lo retiraste el %(day)s."),
        Closure.DRILL_OVER: _("Era un simulacro y terminó el %(day)s."),
    }[Closure(case.closure)] % {"day": moments.day(case.closed_at, language, now=now)}
    if reopening_until is None:
        return ended
    until = moments.day(reopening_until, language, now=now)
    return f"{ended} " + _("Si vuelve a pasar, puedes reabrirlo hasta el %(day)s.") % {"day": until}


def is_critical(case: TrackedCase) -> bool:
    """Tell whether the case is marked as critical."""
    return case.critical_state is CriticalState.MARKED
