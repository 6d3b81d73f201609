"""The way of one case as a list of cues: who does what, when, with which words; nothing here touches a database."""

import uuid
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cercana.demo.arrivals import Arrival
from cercana.rules.classification import CaseClass

CITIZEN = "citizen"
SYSTEM = "system"


class Verb(StrEnum):
    """What happens at a cue: one command each, but for those that write down an answer of the story."""

    REGISTER = "register"
    SOLVE = "solve"
    RECORD_PLATFORM_CODE = "record_platform_code"
    REFER = "refer"
    HAND_BACK = "hand_back"
    TAKE = "take"
    ABSTAIN = "abstain"
    DECIDE_ABSTENTION = "decide_abstention"
    IDENTIFY_STAFF = "identify_staff"
    RECLASSIFY = "reclassify"
    NOTE = "note"
    CALL = "call"
    WRITE = "write"
    REPLY = "reply"
    ACT = "act"
    PROMISE = "promise"
    MERGE = "merge"
    FORWARD = "forward"
    FINISH_TASKS = "finish_tasks"
    ANSWER = "answer"
    ANSWER_AGAIN = "answer_again"
    NOTIFY = "notify"
    NOTIFICATION_ARRIVED = "notification_arrived"
    NOTIFICATION_FAILED = "notification_failed"
    CONTEST = "contest"
    CONFIRM = "confirm"
    AGREE = "agree"
    ATTEMPT = "attempt"
    CLOSE = "close"
    REOPEN = "reopen"
    WITHDRAW = "withdraw"
    GIVE_OPINION = "give_opinion"


@dataclass(frozen=True, slots=True)
class Cue:
    """
    One thing that happens.

    ``who`` is the address of a member of staff, CITIZEN or SYSTEM. ``text`` is said or written; ``target`` is what
    the verb needs besides: an area, a person, a class, an entity.
    """

    at: datetime
    verb: Verb
    who: str
    text: str = ""
    target: str = ""


@dataclass(frozen=True, slots=True)
class Echo:
    """Another person who tells of the same fact: their case follows the main one and shares its answer."""

    key: uuid.UUID
    arrival: Arrival
    text: str
    agent: str
    owner: str
    area: str
    referred_at: datetime
    merged_at: datetime
    confirmed_at: datetime


@dataclass(frozen=True, slots=True)
class Script:
    """
    The whole way of a case, however far it has come by now.

    ``first_class`` is the class it is registered with; ``key`` is the same whenever the same script is written.
    """

    key: uuid.UUID
    arrival: Arrival
    first_class: CaseClass
    complained_site: str
    cues: tuple[Cue, ...]
    echo: Echo | None = None
