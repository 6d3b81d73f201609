"""How a case begins: received on a channel, registered with number, receipt and promise (M3.2a, M3.2b, M4.1)."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from cercana.cases.clocks import Reckoner
from cercana.cases.commands.answering import Answer, answer_payload
from cercana.cases.commands.critical_states import proposal_step
from cercana.cases.commands.identity import ASK_IDENTITY
from cercana.cases.commands.state_platform import platform_task
from cercana.cases.commands.texts import LONGEST_TEXT
from cercana.cases.errors import (
    ClaimTypeMismatch,
    DangerNotOnTheSpot,
    DescriptionMissing,
    NotOnTheSpot,
    RegistrationRefused,
    SlowerClassRefused,
    SuperiorDecides,
    TextTooLong,
)
from cercana.cases.models import Attachment, Case, Submission, TriageRecord
from cercana.cases.queries.recurrence import earlier_cases
from cercana.cases.recording import Step, is_replaying, next_number, open_case
from cercana.cases.search_text import headline, write_case_text
from cercana.cases.triage_record import columns_of
from cercana.citizens.commands import Person, ValueKeeper, register_person
from cercana.database.turns import take_turn
from cercana.organization import queries as organization
from cercana.rules import entitlements
from cercana.rules.access import Actor, ActorKind
from cercana.rules.classification import CaseClass, Channel, ClaimType, ClockKind, CriticalState, RequestKind, TaskKind
from cercana.rules.critical_states import Proposal, joined
from cercana.rules.history import EventType, instant_text
from cercana.rules.lifecycle import Closure
from cercana.rules.near_places import spot_of
from cercana.rules.recurrence import with_recurrence
from cercana.rules.time_texts import TEXTS
from cercana.rules.triage.proposal import danger_of, proposed_for


@dataclass(frozen=True, slots=True, kw_only=True)
class Reception:
    """
    What reached us, on whatever channel; only a description and a way to reach the person are required.

    ``class_`` and ``legal_nature`` are the category's unless given. ``received_at`` (aware) is given with its
    ``source`` when the matter reached the channel more than 15 minutes ago. ``client_key`` makes a repetition give
    the same case; ``needs_review`` says that it came among very many: it counts like any other until somebody has
    looked (domain.md, Bad input). ``holds_receipt`` keeps back the letter to a mailbox that got very many.
    ``attachments`` are keys of files already uploaded to a draft. ``danger`` is why the case may be critical, as the
    choices in a form propose it; what triage sees in the description is added to it. It is registered as proposed,
    unless ``class_`` says that a person found it critical.
    ``guide`` are the steps of the guide whose words were said, and nothing else of the conversation (M2.1).
    ``is_drill`` marks an exercise: nothing recurs because of it, and no figure counts it.
    """

    person: Person
    kind: RequestKind
    category: str
    channel: Channel
    description: str
    claim_type: ClaimType | None = None
    title: str = ""
    place: str = ""
    happened: str = ""
    request: str = ""
    class_: CaseClass | None = None
    legal_nature: str = ""
    is_preferential: bool = False
    about_staff: bool = False
    complained_area: str = ""
    complained_site: str = ""
    received_at: datetime | None = None
    source: str = ""
    client_key: uuid.UUID | None = None
    needs_review: bool = False
    holds_receipt: bool = False
    attachments: Sequence[uuid.UUID] = ()
    danger: Proposal | None = None
    is_drill: bool = False
    guide: Sequence[str] = ()


@transaction.atomic
def register_case(reception: Reception, *, actor: Actor, now: datetime) -> Case:
    """
    Receive and register a case: number, history, promise and what follows, all or nothing (M4.1a).

    Triage reads the description, and what it proposes is kept with the case. Danger is proposed as critical whoever saw
    it: a form, triage, or the history in which a claim recurs (M5.1b, M5.2b).

    Repeating a submission returns the case it gave before. Raise RegistrationRefused, DescriptionMissing,
    TextTooLong, ClaimTypeMismatch, CategoryUnknown, a refusal about the person, or SlowerClassRefused if anybody but
    a supervisor gives a slower class than the category's.
    """
    if (known := _registered_before(reception)) is not None:
        return known
    return _Registration(reception, actor, now).open()


@transaction.atomic
def register_and_solve(reception: Reception, answer: Answer, *, spoken_yes: str, actor: Actor, now: datetime) -> Case:
    """
    Register a case and close it while the person waits (M4.1a): an inquiry or a simple claim, with their spoken yes.

    Whether it recurs is not looked up: the person who waits says that it is solved.

    Raise NotOnTheSpot for anything slower or more serious, DangerNotOnTheSpot where something speaks of danger,
    SuperiorDecides where the law leaves the decision to somebody else, and as register_case does.
    """
    if (known := _registered_before(reception)) is not None:
        return known
    registration = _Registration(reception, actor, now)
    if registration.danger is not None:
        raise DangerNotOnTheSpot
    if registration.grounds.decided_by_superior:
        raise SuperiorDecides
    if registration.class_ is not CaseClass.SIMPLE and reception.kind is not RequestKind.INQUIRY:
        raise NotOnTheSpot
    if registration.class_ is CaseClass.CRITICAL or actor.kind is not ActorKind.STAFF:
        raise NotOnTheSpot
    return registration.open(solved=answer, spoken_yes=spoken_yes)


class _Registration:
    """One registration on its way into the database."""

    def __init__(self, reception: Reception, actor: Actor, now: datetime) -> None:
        _check(reception, actor)
        self.reception = reception
        self.actor = actor
        self.now = now
        self.received_at = reception.received_at or now
        self.grounds = organization.grounds(reception.category, reception.legal_nature, self.received_at)
        usual = CaseClass(self.grounds.class_)
        self.class_ = reception.class_ or usual
        if self.class_.is_slower_than(usual) and not entitlements.may_register_slower(actor).allowed:
            raise SlowerClassRefused
        self.key = uuid.uuid4()
        self.description = reception.description.strip()
        self.proposed = proposed_for(self.description)
        self.danger = reception.danger
        # Of a past that is told again, danger that nobody saw then is no danger now.
        if not is_replaying():
            self.danger = joined((reception.danger, danger_of(self.proposed, self.description)))

    def open(self, solved: Answer | None = None, spoken_yes: str = "") -> Case:
        """Store the person, what they told us, the history and the texts it is found by; return the case."""
        given = self.reception
        citizen = register_person(given.person, case=self.key, now=self.now, recorded_by=self.actor.signature)
        keeper = ValueKeeper(citizen.key)
        if solved is None and not is_replaying() and not given.is_drill:
            self.danger = self._danger_with_history(citizen.key)
        number = next_number(self.grounds.prefix, self.received_at)
        received = Step(EventType.RECEIVED, self._received(keeper), occurred_at=self.received_at)
        is_identified = bool(citizen.name and citizen.document_number)
        registered = {
            "number": number,
            **({"receipt_held": True} if given.holds_receipt else {}),
            **({"guide": list(given.guide)} if given.guide else {}),
        }
        steps = [
            received,
            *self._danger(keeper),
            Step(EventType.REGISTERED, registered),
            *self._tasks(is_identified=is_identified),
        ]
        if given.attachments:
            keys = [str(key) for key in given.attachments]
            steps.append(Step(EventType.ATTACHED, {"attachments": keys, "internal": False}))
        if solved is not None:
            steps += self._solved(keeper, solved, spoken_yes)
        keeper.store()
        case = open_case(self.key, steps, actor=self.actor, now=self.now)
        TriageRecord.objects.create(case=case, proposed_at=self.now, **columns_of(self.proposed))
        title = given.title.strip() or headline(given.description)
        words = (given.description, given.request)
        write_case_text(case, title=title, place=given.place, words=words, name=citizen.name)
        _attach_drafted(case, given.attachments)
        if given.client_key is not None:
            Submission.objects.create(client_key=given.client_key, case=case)
        return case

    def _received(self, keeper: ValueKeeper) -> dict[str, object]:
        given = self.reception
        grounds = self.grounds
        reckoner = Reckoner(grounds.policy, grounds.calendar)
        clocks = reckoner.manual_clocks(self.class_, self.received_at)
        clocks += reckoner.statutory(grounds.term, grounds.area, self.received_at)
        if grounds.term is not None:
            clocks += reckoner.step(ClockKind.DERIVE, self.received_at)
        texts = {
            "description": self.description,
            "place": given.place.strip(),
            "happened": given.happened.strip(),
            "request": given.request.strip(),
        }
        is_marked = self.class_ is CaseClass.CRITICAL and self.danger is None
        critical = CriticalState.MARKED if is_marked else CriticalState.NONE
        return {
            "citizen": str(keeper.subject),
            "kind": given.kind.value,
            "claim_type": given.claim_type.value if given.claim_type else "",
            "class": self.class_.value,
            "critical": critical.value,
            "channel": given.channel.value,
            "category": grounds.category,
            "legal_nature": grounds.nature,
            "language": given.person.language,
            "area": grounds.intake_area,
            "proposed_area": grounds.area,
            "notice_version": grounds.notice_version,
            "preferential": given.is_preferential,
            "restricted": grounds.is_restricted,
            "about_staff": self._is_about_staff,
            "complained_staff": None,
            "complained_area": self._complained_area,
            "complained_site": given.complained_site,
            "source": given.source,
            "clocks": clocks,
            **({"drill": True} if given.is_drill else {}),
            **{name: keeper.keep(name, text) for name, text in texts.items() if text},
        }

    @property
    def _is_about_staff(self) -> bool:
        return self.reception.about_staff or self.grounds.is_about_staff

    @property
    def _complained_area(self) -> str:
        if not self._is_about_staff:
            return ""
        return self.reception.complained_area or self.grounds.area

    @property
    def _is_found_critical(self) -> bool:
        """Whether a person says so: by a motive that nobody proposed as danger, or a member of staff by the class."""
        if self.class_ is not CaseClass.CRITICAL or self.reception.danger is None:
            return self.class_ is CaseClass.CRITICAL
        return self.reception.class_ is CaseClass.CRITICAL and self.actor.kind is ActorKind.STAFF

    def _danger_with_history(self, citizen: uuid.UUID) -> Proposal | None:
        """Return why the case may be critical once earlier ones have had their say; a claim that recurs is (M5.1b)."""
        given = self.reception
        is_critical = self.class_ is CaseClass.CRITICAL and self.danger is None
        if is_critical or given.kind is not RequestKind.CLAIM:
            return self.danger
        spot = spot_of(given.place)
        earlier = earlier_cases(category=self.grounds.category, citizen=citizen, spot=spot, now=self.received_at)
        return with_recurrence(self.danger, earlier)

    def _danger(self, keeper: ValueKeeper) -> list[Step]:
        """Return the proposal of danger, which comes before the number so that the receipt tells of it (M5.2b)."""
        if self.danger is None:
            return []
        reckoner = Reckoner(self.grounds.policy, self.grounds.calendar)
        clocks = reckoner.manual_clocks(CaseClass.CRITICAL, self.received_at)
        steps = [proposal_step(self.danger, keeper, since=self.received_at, clocks=clocks)]
        if self._is_found_critical:
            steps.append(Step(EventType.CRITICAL_MARKED, {"by": "person"}))
        return steps

    def _tasks(self, *, is_identified: bool) -> list[Step]:
        """
        Return the tasks that begin with the case: an interpreter, the State's platform, a second look, who it is.

        Nobody has to interpret a language that portal and letters speak.
        """
        tasks = []
        if self.reception.person.language not in ("", *TEXTS):
            tasks.append(Step(EventType.TASK_OPENED, {"task": TaskKind.INTERPRETER.value}))
        if self.grounds.moves_to_platform:
            tasks.append(platform_task(self.received_at, self.grounds.intake_area, self.grounds.calendar))
        if self.reception.needs_review:
            tasks.append(Step(EventType.TASK_OPENED, {"task": TaskKind.REVIEW.value}))
        if self.grounds.needs_identity and not is_identified:
            tasks.append(ASK_IDENTITY)
        return tasks

    def _solved(self, keeper: ValueKeeper, answer: Answer, spoken_yes: str) -> list[Step]:
        closed = {"closure": Closure.ON_THE_SPOT.value, "ended_at": instant_text(self.now)}
        return [
            Step(EventType.ANSWERED, answer_payload(keeper, answer)),
            Step(EventType.CONFIRMED, {"words": keeper.keep("words", spoken_yes)}, on_behalf_of="citizen"),
            Step(EventType.CLOSED, closed),
        ]


def _check(reception: Reception, actor: Actor) -> None:
    if not entitlements.may_register(actor).allowed:
        raise RegistrationRefused
    if not reception.description.strip():
        raise DescriptionMissing
    if len(reception.description) > LONGEST_TEXT:
        raise TextTooLong(limit=LONGEST_TEXT)
    if (reception.kind is RequestKind.CLAIM) != (reception.claim_type is not None):
        raise ClaimTypeMismatch


def _registered_before(reception: Reception) -> Case | None:
    if reception.client_key is None:
        return None
    # Two sends of one form at once wait for each other, so that the second finds the case of the first.
    take_turn(str(reception.client_key))
    known = Submission.objects.select_related("case").filter(client_key=reception.client_key).first()
    return known.case if known else None


def _attach_drafted(case: Case, keys: Sequence[uuid.UUID]) -> None:
    if keys:
        Attachment.objects.filter(key__in=keys, case=None).update(case=case, draft=None)
