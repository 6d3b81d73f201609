"""Refusals about calls and extensions."""

from typing import ClassVar

from cercana.rules.errors import DomainError


class CallsClosed(DomainError):
    """Calls are attended by who attends people."""

    code: ClassVar[str] = "phone.closed"
    message: ClassVar[str] = "Las llamadas las atiende quien atiende a personas."
    status: ClassVar[int] = 403


class CallGone(DomainError):
    """The call is not at this extension, or somebody else attends it."""

    code: ClassVar[str] = "phone.call_gone"
    message: ClassVar[str] = "Esta llamada ya no está en su anexo. Quizá la atiende otra persona."


class ExtensionMalformed(DomainError):
    """An extension is what the exchange calls it: letters and digits."""

    code: ClassVar[str] = "phone.extension_malformed"
    message: ClassVar[str] = "Un anexo tiene hasta 20 letras o cifras, como 201."
    status: ClassVar[int] = 422


class CallerUnproven(DomainError):
    """What the caller told does not prove who they are."""

    code: ClassVar[str] = "phone.caller_unproven"
    message: ClassVar[str] = "Con eso no basta para confirmar quién es. Puede probar con otro dato."
    status: ClassVar[int] = 422


class ChecksSpent(DomainError):
    """In one call nobody guesses for ever."""

    code: ClassVar[str] = "phone.checks_spent"
    message: ClassVar[str] = "Ya se probó varias veces en esta llamada. Registre lo que pide como un caso nuevo."
    status: ClassVar[int] = 429


class CallCaseUnknown(DomainError):
    """The case does not exist, or neither the caller nor whoever attends them may know of it."""

    code: ClassVar[str] = "phone.case_unknown"
    message: ClassVar[str] = "Ese caso no es de quien llama, o todavía no se confirmó quién es."
    status: ClassVar[int] = 404


class NoCaseUnexplained(DomainError):
    """A call without a case says why."""

    code: ClassVar[str] = "phone.no_case_unexplained"
    message: ClassVar[str] = "Elija por qué esta llamada no es un caso."
    status: ClassVar[int] = 422
