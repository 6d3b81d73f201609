"""What a form of a verb is, and how its fields are read: outside texts become the arguments of commands here."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from cercana.cases import commands, queries
from cercana.cases.commands import Answer, DatedPromise, IncomingFile, NotificationResult, Reclassification
from cercana.cases.errors import TextMissing
from cercana.citizens.commands import DocumentType, parse_document
from cercana.desk.errors import DayMissing, PromiseDoubtful
from cercana.desk.promise_offers import promised_in
from cercana.desk.requests import StaffRequest, whole_number
from cercana.desk.sent_figures import figures_in
from cercana.feedback import commands as feedback
from cercana.feedback.commands import GivenOpinion
from cercana.organization import queries as organization
from cercana.rules import case_number
from cercana.rules.acts import Act
from cercana.rules.classification import CaseClass, Cause, ClaimType, ClockKind, RequestKind
from cercana.rules.lifecycle import Outcome
from cercana.rules.named_times import names_a_time
from cercana.rules.promises import Due, to_lima

Command = Callable[[StaffRequest, str], object]


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form; ``kind`` is «area», «line», «choice», «date», «time», «moment», «check» or «files»."""

    name: str
    label: str
    kind: str = "line"
    help: str = ""
    options: str = ""
    is_required: bool = True


@dataclass(frozen=True, slots=True)
class ActForm:
    """
    A verb: its title, the button, the sentence said when it is done, its fields and its command.

    ``unreached`` is said instead, if it writes to a citizen who left nowhere to write to.
    """

    act: Act
    title: str
    button: str
    said: str
    command: Command
    fields: tuple[Field, ...] = ()
    explanation: str = ""
    key: str = ""
    short: str = ""
    unreached: str = ""

    @property
    def has_files(self) -> bool:
        """Whether files may come with it."""
        return any(field.kind == "files" for field in self.fields)


# What is typed in after it happened: from a call log, from the sheet on paper.
EARLIER = (
    Field("occurred_at", "Si fue antes, cuándo", "moment", is_required=False),
    Field("source", "De dónde sale", "line", "Hace falta si fue hace más de 15 minutos.", is_required=False),
)


def given(request: StaffRequest, name: str) -> str:
    """Return what was typed in a field, without blanks around it."""
    return request.POST.get(name, "").strip()


def seen(request: StaffRequest) -> int | None:
    """Return the last sequence that the person had on screen."""
    return whole_number(request.POST.get("seen", ""))


def other_case(request: StaffRequest, name: str) -> str:
    """Return the number of another case, however it was typed; raise NumberUnknown."""
    return str(case_number.parse(given(request, name), organization.municipality().prefix))


def number_of(request: StaffRequest, name: str) -> int:
    """Return the whole number chosen in a list; raise TextMissing if none is."""
    number = whole_number(given(request, name))
    if number is None:
        raise TextMissing(what="elija una opción de la lista")
    return number


def day_of(request: StaffRequest, name: str) -> date:
    """Return the day of a field; raise TextMissing if it is none."""
    try:
        return date.fromisoformat(given(request, name))
    except ValueError as error:
        raise TextMissing(what="escriba una fecha válida") from error


def moment_of(request: StaffRequest, name: str) -> datetime | None:
    """Return the instant of a field, typed in Lima time, or None if it is empty; raise TextMissing if it is none."""
    if not given(request, name):
        return None
    try:
        return to_lima(datetime.fromisoformat(given(request, name)))
    except ValueError as error:
        raise TextMissing(what="escriba una fecha y hora válidas") from error


def answer_of(request: StaffRequest) -> Answer:
    """Return the answer in its three parts; raise TextMissing without outcome or cause."""
    outcome, cause = given(request, "outcome"), given(request, "cause")
    if outcome not in list(Outcome) or cause not in list(Cause):
        raise TextMissing(what="elija cómo terminó y por qué ocurrió")
    if given(request, "by_when") and not names_a_time(given(request, "by_when")):
        raise DayMissing
    return Answer(
        done=given(request, "done"),
        next_step=given(request, "next_step"),
        by_when=given(request, "by_when"),
        outcome=Outcome(outcome),
        cause=Cause(cause),
    )


def reclassification_of(request: StaffRequest) -> Reclassification:
    """Return what the case is to become; raise TextMissing without class or kind."""
    class_, kind, claim_type = given(request, "class_"), given(request, "kind"), given(request, "claim_type")
    if class_ not in list(CaseClass) or kind not in list(RequestKind):
        raise TextMissing(what="elija la prioridad y el tipo")
    return Reclassification(
        class_=CaseClass(class_),
        category=given(request, "category"),
        kind=RequestKind(kind),
        claim_type=ClaimType(claim_type) if claim_type in list(ClaimType) else None,
        reason=given(request, "reason"),
    )


def refer(request: StaffRequest, number: str) -> object:
    """Hand the case to the area chosen."""
    return commands.refer(
        number=number,
        area=given(request, "area"),
        reason=given(request, "reason"),
        actor=request.actor,
        now=request.now,
        seen=seen(request),
    )


def answer_case(request: StaffRequest, number: str) -> object:
    """Send the answer with the dates it promises, unless the case has moved on since it was on screen."""
    return commands.answer_case(
        number=number,
        answer=answer_of(request),
        actor=request.actor,
        now=request.now,
        seen=seen(request),
        promises=promised_in(request, "responder"),
        figures=figures_in(request, number, "responder"),
    )


def write(verb: str) -> Command:
    """Return how the text of the form of ``verb`` goes to the citizen, with the dates it promises."""
    return lambda request, number: commands.write_to_citizen(
        number=number,
        text=given(request, "text"),
        actor=request.actor,
        now=request.now,
        seen=seen(request),
        promises=promised_in(request, verb),
        figures=figures_in(request, number, verb),
    )


def tell_forwarded(request: StaffRequest, number: str) -> object:
    """Answer that another entity has the matter now."""
    return commands.tell_forwarded(
        number=number,
        answer=answer_of(request),
        actor=request.actor,
        now=request.now,
        figures=figures_in(request, number, "avisar-envio"),
    )


def log_conversation(request: StaffRequest, number: str) -> object:
    """Record what was said, now or at the instant given."""
    return commands.log_conversation(
        number=number,
        text=given(request, "text"),
        means=given(request, "means"),
        actor=request.actor,
        now=request.now,
        occurred_at=moment_of(request, "occurred_at"),
        source=given(request, "source"),
    )


def promise_date(request: StaffRequest, number: str) -> object:
    """Promise something for a day, or an hour of it; a doubtful day only to who says so (PromiseDoubtful)."""
    day = day_of(request, "day")
    doubt = "" if given(request, "anyway") else _doubt_of(request, number, day)
    if doubt:
        raise PromiseDoubtful(doubt=doubt)
    promise = DatedPromise(text=given(request, "text"), due=_due_of(day, given(request, "hour")))
    return commands.promise_date(number=number, promise=promise, actor=request.actor, now=request.now)


def _due_of(day: date, hour: str) -> Due:
    """Return the end of ``day``, or the ``hour`` typed; raise TextMissing if that is none."""
    if not hour:
        midnight = datetime.combine(day + timedelta(days=1), time.min)
        return Due(to_lima(midnight), inclusive=False, whole_day=True)
    try:
        return Due(to_lima(datetime.combine(day, time.fromisoformat(hour))), inclusive=True)
    except ValueError as error:
        raise TextMissing(what="escriba una hora válida, como 16:00") from error


def give_opinion(request: StaffRequest, number: str) -> object:
    """Keep what the person thinks of how they were attended, as they say it on the telephone."""
    opinion = GivenOpinion(mark=number_of(request, "mark"), line=given(request, "line"))
    return feedback.give_opinion(number=number, opinion=opinion, actor=request.actor, now=request.now)


def keep_promise(request: StaffRequest, number: str) -> object:
    """Record that a promised date was kept, and what was done."""
    return commands.keep_promise(
        number=number,
        round_=number_of(request, "round"),
        text=given(request, "text"),
        actor=request.actor,
        now=request.now,
    )


def _doubt_of(request: StaffRequest, number: str, day: date) -> str:
    """Return why a day is no good promise: nobody works on it, or it comes after the due of the case; "" if it is."""
    if not request.institution.calendar.is_working_day(day):
        return "Ese día no es hábil"
    case = queries.case_for(request.actor, Act.PROMISE, number=number)
    clock = queries.state_of(case).clock(ClockKind.RESOLUTION)
    is_late = clock is not None and clock.is_running and day > clock.due.last_day
    return "Ese día es después del plazo del caso" if is_late else ""


def record_identity(request: StaffRequest, number: str) -> object:
    """Keep who the person is; raise TextMissing without a type of document, DocumentMalformed for a wrong number."""
    type_ = given(request, "document_type")
    if type_ not in list(DocumentType):
        raise TextMissing(what="elija el tipo de documento")
    return commands.record_identity(
        number=number,
        name=given(request, "name"),
        document=parse_document(DocumentType(type_), given(request, "document")),
        is_verified=bool(given(request, "verified")),
        actor=request.actor,
        now=request.now,
    )


def notification_result(request: StaffRequest, number: str) -> object:
    """Record what became of the notification; raise TextMissing without a result."""
    result = given(request, "result")
    if result not in list(NotificationResult):
        raise TextMissing(what="elija qué pasó con la notificación")
    return commands.record_notification(
        number=number, result=NotificationResult(result), actor=request.actor, now=request.now
    )


def decide_abstention(request: StaffRequest, number: str) -> object:
    """Grant or refuse that somebody stays out of the case, and say who goes on with it."""
    return commands.decide_abstention(
        number=number,
        staff=number_of(request, "staff"),
        granted=given(request, "granted") == "si",
        owner=whole_number(given(request, "owner")),
        actor=request.actor,
        now=request.now,
    )


def attach(request: StaffRequest, number: str) -> object:
    """Add the files chosen; raise TextMissing if there is none."""
    files = request.FILES.getlist("files")
    if not files:
        raise TextMissing(what="elija al menos un archivo")
    incoming = [IncomingFile(file.name or "", file.size or 0, file.chunks()) for file in files]
    return commands.attach(
        number=number,
        files=incoming,
        actor=request.actor,
        now=request.now,
        is_internal=bool(given(request, "internal")),
    )


def simply(command: Callable[..., object], **fields: str) -> Command:
    """Return a command whose arguments are texts of the form, by the name of their field."""

    def call(request: StaffRequest, number: str) -> object:
        texts = {argument: given(request, name) for argument, name in fields.items()}
        return command(number=number, actor=request.actor, now=request.now, **texts)

    return call
