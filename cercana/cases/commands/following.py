"""Absorbed cases follow the main one: each keeps its number, promise and citizen, and gets its own answer."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum

from cercana.cases.errors import ChoiceUnknown
from cercana.cases.models import Case
from cercana.cases.recording import Step, record
from cercana.citizens import queries as citizens
from cercana.citizens.commands import ValueKeeper
from cercana.rules.access import Actor
from cercana.rules.history import EventType
from cercana.rules.lifecycle import Stage

# What the refusal of an unknown means asks for.
HOW = "de qué manera"


def chosen(typed: str, choices: type[StrEnum], what: str) -> str:
    """Return ``typed`` if it is one of ``choices``; raise ChoiceUnknown, which says ``what`` to choose."""
    if typed not in list(choices):
        raise ChoiceUnknown(what=what)
    return typed


def keeper_for(case: Case) -> ValueKeeper:
    """Return a keeper of personal values about the citizen of ``case``."""
    return ValueKeeper(case.citizen_id)


def reach_of(case: Case) -> dict[str, object]:
    """Return what an event says of a text that nobody can receive: it is no response (M5.2c); nothing if it arrives."""
    is_received = citizens.can_be_written_to(case.citizen_id, case=case.key)
    return {} if is_received else {"counts_as_response": False}


def followed_step(main: Case) -> Step:
    """Return the event by which a case takes over where the main one stands."""
    payload = {"main": main.number, "stage": main.stage, "area": main.area_id, "owner": main.owner_id}
    return Step(EventType.FOLLOWED, payload)


def move_followers(main: Case, *, actor: Actor, now: datetime) -> None:
    """Bring the absorbed cases of ``main``, locked here, to its stage, area and owner."""
    for follower in followers(main):
        record(follower, followed_step(main), actor=actor, now=now)


def answer_followers(
    main: Case, payload_for: Callable[[ValueKeeper], dict[str, object]], *, actor: Actor, now: datetime
) -> None:
    """Answer each absorbed case of ``main`` with texts of its own."""
    for follower in followers(main):
        keeper = keeper_for(follower)
        step = Step(EventType.ANSWERED, {**payload_for(keeper), **reach_of(follower)})
        keeper.store()
        record(follower, step, actor=actor, now=now)


def followers(main: Case) -> list[Case]:
    """Return the open cases absorbed by ``main``, locked, in the order of their numbers."""
    absorbed = Case.objects.select_for_update().filter(merged_into=main.number)
    return list(absorbed.exclude(stage__in=[Stage.CLOSED, Stage.ANSWERED]).order_by("number"))
