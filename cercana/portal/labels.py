"""What the choices of a registration are called."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cercana.citizens.commands import DocumentType
from cercana.portal.forms import INQUIRY
from cercana.rules.classification import ClaimType


@dataclass(frozen=True, slots=True)
class Option:
    """One card to choose: its value, its words and its icon."""

    value: str
    label: str | Promise
    note: str | Promise = ""
    icon: str = ""


TELLINGS = (
    Option(
        ClaimType.POOR_SERVICE,
        _("Me atendieron mal"),
        _("El trato o el servicio no fue el que correspondía."),
        "smiley-sad",
    ),
    Option(
        ClaimType.DELAY,
        _("Se están demorando"),
        _("Pedí algo o avisé, y todavía no tengo respuesta."),
        "hourglass-medium",
    ),
    Option(ClaimType.ERROR, _("Hay un error"), _("En mi trámite, o en la información que me dieron."), "file-x"),
    Option(
        INQUIRY,
        _("Tengo una consulta"),
        _("Requisitos, pagos, horarios o cómo hacer un trámite."),
        "chat-circle-dots",
    ),
)
WHEN = (Option("hoy", _("Hoy")), Option("ayer", _("Ayer")), Option("otro", _("Otro día")))
EARLIER = (
    Option("dos", _("Sí, dos veces o más")),
    Option("una", _("Sí, una vez")),
    Option("no", _("No, es la primera vez")),
    Option("nose", _("No me acuerdo")),
)
DOCUMENTS = (
    (DocumentType.DNI.value, _("DNI")),
    (DocumentType.FOREIGNER_CARD.value, _("Carné de extranjería")),
    (DocumentType.PASSPORT.value, _("Pasaporte")),
    (DocumentType.TEMPORARY_PERMIT.value, _("PTP")),
    (DocumentType.RUC.value, _("RUC")),
)
CHANNELS = (
    Option("email", _("Por correo")),
    Option("phone", _("Por teléfono")),
    Option("none", _("No puedo dejar un contacto")),
)
PREFERENCES = (
    Option("older_adult", _("Tengo 60 años o más")),
    Option("pregnancy", _("Estoy gestando")),
    Option("disability", _("Tengo una discapacidad")),
    Option("small_child", _("Cuido a un niño pequeño")),
    Option("veteran", _("Soy veterano de guerra o de la pacificación")),
)
MARKS = (
    Option("1", _("Muy mal")),
    Option("2", _("Mal")),
    Option("3", _("Regular")),
    Option("4", _("Bien")),
    Option("5", _("Muy bien")),
)
LANGUAGES = (
    ("es", _("Castellano")),
    ("qu", _("Quechua")),
    ("ay", _("Aimara")),
    ("lsp", _("Lengua de señas peruana")),
    ("en", _("Inglés")),
    ("other", _("Otra lengua")),
)


def named(options: tuple[Option, ...], value: str) -> str:
    """Return the label of ``value``, or ""."""
    return next((str(each.label) for each in options if each.value == value), "")


def named_pair(pairs: tuple[tuple[str, Promise], ...], value: str) -> str:
    """Return the words of ``value`` in a list to choose from, or ""."""
    return next((str(words) for each, words in pairs if each == value), "")
