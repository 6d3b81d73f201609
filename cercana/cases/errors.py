"""Refusals about one case; absent and forbidden look alike."""

from typing import ClassVar

from cercana.rules.errors import DomainError


class CaseNotFound(DomainError):
    """There is no such case, or none that this actor may know of."""

    code: ClassVar[str] = "case.not_found"
    message: ClassVar[str] = "No encontramos ese caso. Puede haber un error en el número."
    status: ClassVar[int] = 404


class PersonNotFound(CaseNotFound):
    """There is no such person, or none whose data this actor may erase."""

    code: ClassVar[str] = "case.person_not_found"
    message: ClassVar[str] = "No encontramos a esa persona, o su cuenta no puede borrar sus datos."


class ErasureRefused(DomainError):
    """Erasing people is for the data-protection officer."""

    code: ClassVar[str] = "case.erasure_refused"
    message: ClassVar[str] = "Borrar datos es tarea de quien cuida los datos personales. Pídaselo."
    status: ClassVar[int] = 403


class AlreadyErased(DomainError):
    """Nothing is left to erase."""

    code: ClassVar[str] = "case.already_erased"
    message: ClassVar[str] = "Los datos de esa persona ya se borraron. No hace falta nada más."


class ReasonNamesPerson(DomainError):
    """The reason of an erasure stays in the history for good, so it says nothing about the person."""

    code: ClassVar[str] = "case.reason_names_person"
    message: ClassVar[str] = "El motivo queda para siempre. Quite de él nombres, documentos, teléfonos y correos."
    status: ClassVar[int] = 422


class RegistrationRefused(DomainError):
    """This member of staff does not attend people."""

    code: ClassVar[str] = "case.registration_refused"
    message: ClassVar[str] = "Su cuenta no registra casos. Pídalo a quien atiende."
    status: ClassVar[int] = 403


class CalendarRefused(DomainError):
    """What the calendar moves is for those who edit it."""

    code: ClassVar[str] = "case.calendar_refused"
    message: ClassVar[str] = "Mover los plazos es tarea de Administración. Pídalo allí."
    status: ClassVar[int] = 403


class PromisesMoving(DomainError):
    """The worker is still moving the promises of an order before."""

    code: ClassVar[str] = "case.promises_moving"
    message: ClassVar[str] = "Los plazos ya se están moviendo. Espere a que termine y mire qué queda."


class CaseChanged(DomainError):
    """Somebody else acted on the case after the page was loaded; what was typed is kept."""

    code: ClassVar[str] = "case.changed"
    message: ClassVar[str] = "{who} {did}. Su texto sigue aquí: mire qué cambió."


class DescriptionMissing(DomainError):
    """A case needs words about what happened (M4.1c)."""

    code: ClassVar[str] = "case.description_missing"
    message: ClassVar[str] = "Falta contar qué pasó, aunque sea en pocas palabras."
    status: ClassVar[int] = 422


class TextTooLong(DomainError):
    """A text is longer than a case keeps."""

    code: ClassVar[str] = "case.text_too_long"
    message: ClassVar[str] = "El texto es muy largo: caben {limit} letras."
    status: ClassVar[int] = 422


class TextMissing(DomainError):
    """The act needs words and got none."""

    code: ClassVar[str] = "case.text_missing"
    message: ClassVar[str] = "Falta el texto: {what}."
    status: ClassVar[int] = 422


class ChoiceUnknown(DomainError):
    """What was chosen is none of the choices: the history keeps it for ever, so nothing else may stand there."""

    code: ClassVar[str] = "case.choice_unknown"
    message: ClassVar[str] = "Elija una de las opciones de la lista: {what}."
    status: ClassVar[int] = 422


class ClaimTypeMismatch(DomainError):
    """A claim carries one of three types, an inquiry none (M3.1)."""

    code: ClassVar[str] = "case.claim_type_mismatch"
    message: ClassVar[str] = "Un reclamo lleva un tipo (mal servicio, demora o error); una consulta, ninguno."
    status: ClassVar[int] = 422


class NotOnTheSpot(DomainError):
    """Only an inquiry or a simple claim can be solved while the person waits."""

    code: ClassVar[str] = "case.not_on_the_spot"
    message: ClassVar[str] = "Solo una consulta o un reclamo simple se resuelve en el momento."


class DangerNotOnTheSpot(NotOnTheSpot):
    """What speaks of danger is registered and looked at, not closed while the person waits (M5.2b)."""

    code: ClassVar[str] = "case.danger_not_on_the_spot"
    message: ClassVar[str] = "El texto habla de un posible peligro. Regístrelo como caso: así se revisa enseguida."


class ConfirmationMissing(DomainError):
    """A critical case closes when its supervisor agrees, and the citizen said yes or could not be reached by voice."""

    code: ClassVar[str] = "case.confirmation_missing"
    message: ClassVar[str] = "Falta el sí de la persona, o tres intentos de voz en un día, cada 2 horas o más."


class AttemptsMissing(DomainError):
    """Silence closes a case only after two attempts on different days and three working days."""

    code: ClassVar[str] = "case.attempts_missing"
    message: ClassVar[str] = "Todavía no se puede cerrar sin respuesta: faltan intentos o días."


class ReopeningOver(DomainError):
    """The days for reopening have passed; a new case is linked to the old one instead."""

    code: ClassVar[str] = "case.reopening_over"
    message: ClassVar[str] = "Ya pasaron {days} días desde el cierre. Hace falta un caso nuevo, que uniremos a este."


class MergeRefused(DomainError):
    """A case cannot follow itself, one that follows another, or one that is over."""

    code: ClassVar[str] = "case.merge_refused"
    message: ClassVar[str] = "Estos dos casos no se pueden juntar: el principal debe estar abierto y ser otro."


class SlowerClassRefused(DomainError):
    """Only a supervisor moves a case to a slower class."""

    code: ClassVar[str] = "case.slower_class_refused"
    message: ClassVar[str] = "Pasar a un plazo más largo lo decide la jefatura. Pídaselo con una nota."
    status: ClassVar[int] = 403


class SuperiorDecides(DomainError):
    """A complaint about how a procedure is handled is not answered by the area that handles it."""

    code: ClassVar[str] = "case.superior_decides"
    message: ClassVar[str] = (
        "Esta queja la decide la jefatura superior, no el área del trámite. Derive el caso hacia arriba."
    )


class PromiseUnknown(DomainError):
    """The case has no such open promise with a date."""

    code: ClassVar[str] = "case.promise_unknown"
    message: ClassVar[str] = "Esa promesa ya no está pendiente."


class PromiseOver(DomainError):
    """Nothing is promised for a moment that has passed."""

    code: ClassVar[str] = "case.promise_over"
    message: ClassVar[str] = "Esa fecha ya pasó: elija una que venga."
    status: ClassVar[int] = 422


class TaskUnknown(DomainError):
    """The case has no such open task."""

    code: ClassVar[str] = "case.task_unknown"
    message: ClassVar[str] = "Esa tarea ya no está pendiente."


class PlatformCodeMissing(DomainError):
    """The task to take a claim to the State's platform is done by recording the code that the platform gave."""

    code: ClassVar[str] = "case.platform_code_missing"
    message: ClassVar[str] = "Anote el código que dio el Libro del Estado. Con él, la tarea queda hecha."
    status: ClassVar[int] = 422


class AttachmentRefused(DomainError):
    """A file cannot be taken; the reason is that of its kinds."""

    code: ClassVar[str] = "case.attachment_refused"
    message: ClassVar[str] = "No pudimos recibir «{name}». Hace falta otro archivo."
    status: ClassVar[int] = 422


class AttachmentTooBig(AttachmentRefused):
    """The file is larger than a case takes."""

    code = "case.attachment_too_big"
    message = "No pudimos recibir «{name}»: pesa más de {limit} MB."


class AttachmentsTooMany(AttachmentRefused):
    """There are as many files as a case takes at once."""

    code = "case.attachments_too_many"
    message = "Ya hay {limit} archivos y no cabe otro. Se pueden enviar más después de registrar el caso."


class AttachmentEmpty(AttachmentRefused):
    """There is nothing in the file."""

    code = "case.attachment_empty"
    message = "No pudimos recibir «{name}»: está vacío. Hay que elegirlo otra vez."


class AttachmentUnknown(AttachmentRefused):
    """The content of the file is not of a kind we open, whatever its name says."""

    code = "case.attachment_unknown"
    message = "No pudimos recibir «{name}»: no es una foto, un video, un audio ni un PDF."


class AttachmentNotReady(DomainError):
    """The file is still being checked, or was refused."""

    code: ClassVar[str] = "case.attachment_not_ready"
    message: ClassVar[str] = "Estamos revisando ese archivo. Estará listo en un momento."


class AlreadyCritical(DomainError):
    """Danger can be proposed only once at a time."""

    code: ClassVar[str] = "case.already_critical"
    message: ClassVar[str] = "El caso {number} ya se atiende como crítico."


class NotProposedCritical(DomainError):
    """Nothing waits for a yes or no: somebody answered, or 15 minutes of silence marked the case."""

    code: ClassVar[str] = "case.not_proposed_critical"
    message: ClassVar[str] = "El caso {number} ya no espera respuesta. Si quedó como crítico, la jefatura pide bajarlo."


class NotMarkedCritical(DomainError):
    """Only a case marked as critical is taken back, and only one request waits at a time."""

    code: ClassVar[str] = "case.not_marked_critical"
    message: ClassVar[str] = "El caso {number} no está marcado como crítico, o ya se pidió bajarlo."


class LoweringNotPending(DomainError):
    """Nobody asked to take the case back, or it was decided."""

    code: ClassVar[str] = "case.lowering_not_pending"
    message: ClassVar[str] = "Nadie pidió bajar el caso {number}, o ya se decidió."


class OwnLowering(DomainError):
    """Two people sign that a case is critical no longer."""

    code: ClassVar[str] = "case.own_lowering"
    message: ClassVar[str] = "Quien lo pide no lo firma. Debe firmarlo otra jefatura o quien está de guardia."


class CriticalNotLowered(DomainError):
    """Reclassifying does not go around the second signature."""

    code: ClassVar[str] = "case.critical_not_lowered"
    message: ClassVar[str] = "Un caso crítico no se baja así. La jefatura lo pide y otra persona lo firma."


class CategoryStillCritical(DomainError):
    """The category itself promises what a critical case does."""

    code: ClassVar[str] = "case.category_still_critical"
    message: ClassVar[str] = "Ese motivo siempre es crítico. Elija si el caso es simple o complejo."
    status: ClassVar[int] = 422


class DrillsRefused(DomainError):
    """Only who supervises an area begins an exercise of it."""

    code: ClassVar[str] = "case.drills_refused"
    message: ClassVar[str] = "El simulacro de un área lo empieza su jefatura."
    status: ClassVar[int] = 403


class NotADrill(DomainError):
    """Only an exercise ends by saying so; a real case is closed by its citizen."""

    code: ClassVar[str] = "case.not_a_drill"
    message: ClassVar[str] = "El caso {number} no es un simulacro: se cierra cuando la persona confirma."


class DrillRestricted(DomainError):
    """An exercise about a restricted matter would look like a real one that nobody may read."""

    code: ClassVar[str] = "case.drill_restricted"
    message: ClassVar[str] = "Elija un motivo que no sea reservado para el simulacro."
    status: ClassVar[int] = 422


class TriageQualityRefused(DomainError):
    """How well triage proposes is for those who supervise and those who analyse."""

    code: ClassVar[str] = "case.triage_quality_refused"
    message: ClassVar[str] = "Esa página es de la jefatura y de quien analiza. Pídales que la revisen."
    status: ClassVar[int] = 403


class RejectionsRefused(DomainError):
    """Which proposals of danger were rejected is for the supervisors."""

    code: ClassVar[str] = "case.rejections_refused"
    message: ClassVar[str] = "Esa lista es de la jefatura. Pídale que la revise."
    status: ClassVar[int] = 403
