"""Scripts performed: every cue is one of the commands that the desk and the portal use."""

import uuid
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from cercana.accounts import queries as accounts
from cercana.cases import commands, queries
from cercana.cases.commands import Answer, DatedPromise, NotificationResult, Reception, Reclassification
from cercana.cases.errors import CaseNotFound, NotOnTheSpot
from cercana.citizens import queries as citizens
from cercana.citizens.commands import ContactKind, Document, DocumentType, Person
from cercana.demo.arrivals import Arrival
from cercana.demo.crew import crew
from cercana.demo.cues import CITIZEN, SYSTEM, Cue, Echo, Script, Verb
from cercana.demo.offices import Offices
from cercana.demo.people import PHONES, Neighbour
from cercana.demo.story import Answer as AnswerText
from cercana.feedback import commands as feedback
from cercana.feedback.commands import Aspect, GivenOpinion
from cercana.organization import queries as organization
from cercana.rules.access import SYSTEM as SYSTEM_ACTOR
from cercana.rules.access import Actor, ActorKind, Role
from cercana.rules.acts import Act
from cercana.rules.classification import CaseClass, Channel, CriticalState, Means
from cercana.rules.lifecycle import Outcome
from cercana.rules.promises import Due, to_lima

PUBLIC = Actor(ActorKind.CITIZEN)
_PERU = "+51"
_NO_DANGER = "Se lo pregunté a la persona: no hay peligro en este momento."
_MAIL_SOURCE = "fecha y hora del correo"
_PROMISED_AHEAD = timedelta(days=2)
# Up to this mark, what weighed on it was for worse.
_BAD_MARK = 3
_ABOVE_ALL = "gerencia_municipal"


class Cast:
    """The staff as actors, and which neighbours are known to the municipality by now."""

    def __init__(self, day: datetime, offices: Offices) -> None:
        self._day = day
        self._offices = offices
        date = to_lima(day).date()
        areas = [area.code for area in organization.areas(date)]
        self._users = {user.email: user for code in areas for user in accounts.members_of(code, date)}
        self._actors: dict[str, Actor] = {}
        self._known = citizens.keys_by_phone(f"{_PERU}{phone}" for phone in PHONES)

    def staff_id(self, email: str) -> int:
        """Return the id of the member of staff with this address."""
        return self._users[email].pk

    def actor(self, email: str, now: datetime) -> Actor:
        """Return the member of staff as an actor at ``now``."""
        if email not in self._actors:
            self._actors[email] = accounts.actor_for(self._users[email], self._day)
        actor = self._actors[email]
        on_duty = actor.has(Role.DUTY_OFFICER) and self._offices.on_duty(now) == email
        return actor if actor.on_duty is on_duty else replace(actor, on_duty=on_duty)

    def citizen_key(self, neighbour: Neighbour) -> uuid.UUID | None:
        """Return under which key ``neighbour`` is known; None if they never came before."""
        return self._known.get(f"{_PERU}{neighbour.phone}")

    def remember(self, neighbour: Neighbour, key: uuid.UUID) -> None:
        """Note under which key ``neighbour`` was registered."""
        self._known[f"{_PERU}{neighbour.phone}"] = key


def perform(script: Script, cast: Cast, *, until: datetime) -> None:
    """Perform what happens in ``script`` up to ``until``, inside the caller's transaction."""
    for step in Play(script, cast).steps():
        if step.at <= until:
            step.perform()


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens, and the cue it comes from; None for what another person does about the same."""

    at: datetime
    perform: Callable[[], None]
    cue: Cue | None = None


class Play:
    """One script on its way; ``number`` is that of its case, once it is registered."""

    def __init__(self, script: Script, cast: Cast) -> None:
        self.script = script
        self.cast = cast
        self.story = script.arrival.story
        self.number = ""
        self.case_key = ""
        # How many dates were promised, and how many of them kept.
        self._promised = 0
        self._kept = 0
        self._echo_number = ""
        self._echo_case_key = ""
        self._players: Mapping[Verb, Callable[[Cue, Actor], object]] = {
            Verb.REGISTER: self._register,
            Verb.SOLVE: self._solve,
            Verb.RECORD_PLATFORM_CODE: self._record_platform_code,
            Verb.REFER: self._refer,
            Verb.HAND_BACK: self._hand_back,
            Verb.TAKE: self._take,
            Verb.ABSTAIN: self._abstain,
            Verb.DECIDE_ABSTENTION: self._decide_abstention,
            Verb.IDENTIFY_STAFF: self._identify_staff,
            Verb.RECLASSIFY: self._reclassify,
            Verb.NOTE: self._note,
            Verb.CALL: self._call,
            Verb.WRITE: self._write,
            Verb.REPLY: self._reply,
            Verb.ACT: self._act,
            Verb.PROMISE: self._promise,
            Verb.FORWARD: self._forward,
            Verb.FINISH_TASKS: self._finish_tasks,
            Verb.ANSWER: self._answer,
            Verb.ANSWER_AGAIN: self._answer_again,
            Verb.NOTIFY: self._notify,
            Verb.NOTIFICATION_ARRIVED: self._notification_arrived,
            Verb.NOTIFICATION_FAILED: self._notification_failed,
            Verb.CONTEST: self._contest,
            Verb.CONFIRM: self._confirm,
            Verb.AGREE: self._agree,
            Verb.ATTEMPT: self._attempt,
            Verb.CLOSE: self._close,
            Verb.REOPEN: self._reopen,
            Verb.WITHDRAW: self._withdraw,
            Verb.GIVE_OPINION: self._give_opinion,
        }

    def steps(self) -> list[Step]:
        """Return what happens, oldest first."""
        own = [Step(cue.at, partial(self._play, cue), cue) for cue in self.script.cues]
        return sorted([*own, *self._echo_steps()], key=lambda step: step.at)

    def _echo_steps(self) -> list[Step]:
        """Return what happens in the case of the other person who tells of the same, none without one."""
        echo = self.script.echo
        if echo is None:
            return []
        return [
            Step(echo.arrival.at, partial(self._register_echo, echo)),
            Step(echo.referred_at, partial(self._refer_echo, echo)),
            Step(echo.merged_at, partial(self._merge_echo, echo)),
            Step(echo.confirmed_at, partial(self._confirm_echo, echo)),
        ]

    def _play(self, cue: Cue) -> None:
        self._players[cue.verb](cue, self._actor(cue))

    def _actor(self, cue: Cue) -> Actor:
        if cue.who == SYSTEM:
            return SYSTEM_ACTOR
        if cue.who == CITIZEN:
            return Actor(ActorKind.CITIZEN, case_key=self.case_key)
        return self.cast.actor(cue.who, cue.at)

    # Intake

    def _register(self, cue: Cue, actor: Actor) -> None:
        reception = self._reception(self.script.key, self.script.arrival, self.story.text)
        case = commands.register_case(reception, actor=actor, now=cue.at)
        self._remember(case.number, case.key, case.citizen_id)
        if case.critical_state == CriticalState.PROPOSED and self.script.first_class is not CaseClass.CRITICAL:
            self._deny_danger(cue, actor)

    def _deny_danger(self, cue: Cue, actor: Actor) -> None:
        """Let an agent say that there is no danger where triage saw one that the story does not tell of."""
        agent = self.cast.actor(crew().agents[0].email, cue.at) if actor.kind is ActorKind.CITIZEN else actor
        with suppress(CaseNotFound):  # A reserved case is none of an agent's business.
            commands.reject_critical(
                number=self.number, reason=_NO_DANGER, actor=agent, now=cue.at, class_=self.script.first_class
            )

    def _solve(self, cue: Cue, actor: Actor) -> None:
        reception = self._reception(self.script.key, self.script.arrival, self.story.text)
        answer = self._given(self.story.answer)
        try:
            case = commands.register_and_solve(reception, answer, spoken_yes=cue.text, actor=actor, now=cue.at)
        except NotOnTheSpot:
            self._register(cue, actor)
            return
        self._remember(case.number, case.key, case.citizen_id)

    def _remember(self, number: str, case_key: uuid.UUID, citizen_key: uuid.UUID) -> None:
        self.number, self.case_key = number, str(case_key)
        self.cast.remember(self.script.arrival.neighbour, citizen_key)

    def _reception(self, key: uuid.UUID, arrival: Arrival, text: str) -> Reception:
        story, came_by_mail = self.story, arrival.channel is Channel.EMAIL
        return Reception(
            person=self._person(arrival),
            kind=story.kind,
            category=story.category,
            channel=arrival.channel,
            description=text,
            claim_type=story.claim_type,
            title=story.title,
            place=story.place,
            class_=self.script.first_class,
            is_preferential=arrival.neighbour.is_older or story.is_vulnerable,
            about_staff=story.about_staff,
            complained_site=self.script.complained_site,
            received_at=arrival.at if came_by_mail else None,
            source=_MAIL_SOURCE if came_by_mail else "",
            client_key=key,
        )

    def _person(self, arrival: Arrival) -> Person:
        neighbour = arrival.neighbour
        contacts = [(ContactKind.PHONE, neighbour.phone)]
        if neighbour.email:
            contacts.insert(0, (ContactKind.EMAIL, neighbour.email))
        in_person = arrival.channel is Channel.COUNTER
        if in_person:
            contacts.append((ContactKind.ADDRESS, neighbour.address))
        document = Document(DocumentType.DNI, neighbour.document) if neighbour.document else None
        return Person(
            name=neighbour.name,
            document=document,
            contacts=contacts,
            language=neighbour.language,
            channel=arrival.channel,
            may_ask_opinion=neighbour.may_ask_opinion,
            is_verified=in_person and document is not None,
            key=self.cast.citizen_key(neighbour),
        )

    def _record_platform_code(self, cue: Cue, actor: Actor) -> None:
        day = to_lima(cue.at).date()
        commands.record_platform_code(number=self.number, code=cue.text, day=day, actor=actor, now=cue.at)

    def _refer(self, cue: Cue, actor: Actor) -> None:
        commands.refer(number=self.number, area=cue.target, reason=cue.text, actor=actor, now=cue.at)

    def _hand_back(self, cue: Cue, actor: Actor) -> None:
        commands.hand_back(number=self.number, reason=cue.text, actor=actor, now=cue.at)

    # The area

    def _take(self, cue: Cue, actor: Actor) -> None:
        commands.take(number=self.number, actor=actor, now=cue.at)

    def _abstain(self, cue: Cue, actor: Actor) -> None:
        commands.abstain(number=self.number, cause="decorum", text=cue.text, actor=actor, now=cue.at)

    def _decide_abstention(self, cue: Cue, actor: Actor) -> None:
        commands.decide_abstention(
            number=self.number,
            staff=self.cast.staff_id(cue.target),
            granted=True,
            owner=actor.staff_id,
            actor=actor,
            now=cue.at,
        )

    def _identify_staff(self, cue: Cue, actor: Actor) -> None:
        commands.identify_staff(number=self.number, staff=self.cast.staff_id(cue.target), actor=actor, now=cue.at)

    def _reclassify(self, cue: Cue, actor: Actor) -> None:
        if self.script.first_class is CaseClass.CRITICAL:
            self._take_back(cue, actor)
            return
        change = Reclassification(
            class_=CaseClass(cue.target),
            category=self.story.category,
            kind=self.story.kind,
            claim_type=self.story.claim_type,
            reason=cue.text,
        )
        commands.reclassify(number=self.number, change=change, actor=actor, now=cue.at)

    def _take_back(self, cue: Cue, actor: Actor) -> None:
        """Let a second head sign that the case is critical no longer."""
        lower = CaseClass(cue.target)
        commands.ask_lowering(number=self.number, reason=cue.text, class_=lower, actor=actor, now=cue.at)
        second = self.cast.actor(crew().head(_ABOVE_ALL), cue.at)
        commands.decide_lowering(number=self.number, granted=True, reason="", actor=second, now=cue.at)

    def _note(self, cue: Cue, actor: Actor) -> None:
        commands.add_note(number=self.number, text=cue.text, actor=actor, now=cue.at)

    def _call(self, cue: Cue, actor: Actor) -> None:
        commands.log_conversation(number=self.number, text=cue.text, means="phone", actor=actor, now=cue.at)

    def _write(self, cue: Cue, actor: Actor) -> None:
        commands.write_to_citizen(number=self.number, text=cue.text, actor=actor, now=cue.at)

    def _reply(self, cue: Cue, actor: Actor) -> None:
        channel = self.script.arrival.channel
        commands.receive_message(number=self.number, text=cue.text, channel=channel, actor=actor, now=cue.at)

    def _act(self, cue: Cue, actor: Actor) -> None:
        commands.record_action(number=self.number, text=cue.text, actor=actor, now=cue.at)
        if self._promised > self._kept:
            self._kept += 1
            commands.keep_promise(number=self.number, round_=self._kept, text=cue.text, actor=actor, now=cue.at)

    def _promise(self, cue: Cue, actor: Actor) -> None:
        promise = DatedPromise(text=cue.text, due=Due(cue.at + _PROMISED_AHEAD, inclusive=True))
        commands.promise_date(number=self.number, promise=promise, actor=actor, now=cue.at)
        self._promised += 1

    def _forward(self, cue: Cue, actor: Actor) -> None:
        commands.forward_outside(number=self.number, entity=cue.target, proof=cue.text, actor=actor, now=cue.at)

    def _finish_tasks(self, cue: Cue, actor: Actor) -> None:
        case = queries.case_for(actor, Act.FINISH_TASK, number=self.number)
        for ordinal in case.tasks.filter(finished_at=None).values_list("ordinal", flat=True):
            commands.finish_task(number=self.number, ordinal=ordinal, actor=actor, now=cue.at)

    # Answer and ending

    def _given(self, text: AnswerText) -> Answer:
        return Answer(
            done=text.done,
            next_step=text.next_step,
            by_when=text.by_when,
            outcome=self.story.outcome,
            cause=self.story.cause,
        )

    def _answer(self, cue: Cue, actor: Actor) -> None:
        answer = self._given(self.story.answer)
        tell = commands.tell_forwarded if self.story.outcome is Outcome.FORWARDED else commands.answer_case
        tell(number=self.number, answer=answer, actor=actor, now=cue.at)

    def _answer_again(self, cue: Cue, actor: Actor) -> None:
        answer = self._given(self.story.second or self.story.answer)
        commands.answer_case(number=self.number, answer=answer, actor=actor, now=cue.at)

    def _notify(self, cue: Cue, actor: Actor) -> None:
        by_mail = cue.text == Means.EMAIL
        commands.notify(number=self.number, means=cue.text, authorised=by_mail, actor=actor, now=cue.at)

    def _notification_arrived(self, cue: Cue, actor: Actor) -> None:
        commands.record_notification(number=self.number, result=NotificationResult.RECEIVED, actor=actor, now=cue.at)

    def _notification_failed(self, cue: Cue, actor: Actor) -> None:
        commands.record_notification(number=self.number, result=NotificationResult.FAILED, actor=actor, now=cue.at)

    def _contest(self, cue: Cue, actor: Actor) -> None:
        commands.contest(number=self.number, why=cue.text, actor=actor, now=cue.at)

    def _confirm(self, cue: Cue, actor: Actor) -> None:
        commands.confirm(number=self.number, words=cue.text, actor=actor, now=cue.at)

    def _agree(self, cue: Cue, actor: Actor) -> None:
        commands.agree_to_closure(number=self.number, actor=actor, now=cue.at)

    def _attempt(self, cue: Cue, actor: Actor) -> None:
        commands.attempt_confirmation(number=self.number, means="phone", result=cue.text, actor=actor, now=cue.at)

    def _close(self, cue: Cue, actor: Actor) -> None:
        commands.close_without_confirmation(number=self.number, actor=actor, now=cue.at)

    def _reopen(self, cue: Cue, actor: Actor) -> None:
        commands.reopen(number=self.number, why=cue.text, actor=actor, now=cue.at)

    def _withdraw(self, cue: Cue, actor: Actor) -> None:
        commands.withdraw(number=self.number, words=cue.text, actor=actor, now=cue.at)

    def _give_opinion(self, cue: Cue, actor: Actor) -> None:
        weighed = {Aspect(name): self.story.opinion > _BAD_MARK for name in cue.target.split()}
        opinion = GivenOpinion(mark=self.story.opinion, aspects=weighed, line=cue.text)
        feedback.give_opinion(number=self.number, opinion=opinion, actor=actor, now=cue.at)

    # Another person about the same

    def _register_echo(self, echo: Echo) -> None:
        reception = self._reception(echo.key, echo.arrival, echo.text)
        case = commands.register_case(reception, actor=PUBLIC, now=echo.arrival.at)
        self._echo_number, self._echo_case_key = case.number, str(case.key)
        self.cast.remember(echo.arrival.neighbour, case.citizen_id)

    def _refer_echo(self, echo: Echo) -> None:
        actor = self.cast.actor(echo.agent, echo.referred_at)
        commands.refer(number=self._echo_number, area=echo.area, actor=actor, now=echo.referred_at)

    def _merge_echo(self, echo: Echo) -> None:
        actor = self.cast.actor(echo.owner, echo.merged_at)
        commands.merge(absorbed=self._echo_number, main=self.number, actor=actor, now=echo.merged_at)

    def _confirm_echo(self, echo: Echo) -> None:
        actor = Actor(ActorKind.CITIZEN, case_key=self._echo_case_key)
        commands.confirm(number=self._echo_number, actor=actor, now=echo.confirmed_at)
