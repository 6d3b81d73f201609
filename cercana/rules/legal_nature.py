"""
What a case may be for the law, from its words: a proposal that shows them, for a person to confirm (domain.md, Clocks).

A cue is looked for in folded text. Those that cost most when they are missed come first; where no cue is found, the
nature is the usual one of the category.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from cercana.rules.folding import fold

_FILE = r"(?:tramite|expediente|solicitud|licencia|permiso|certificado|partida)"
_MY_DATA = r"mis datos(?: personales)?"
_CUES: tuple[tuple[str, str], ...] = (
    ("corruption_report", r"coimas?|sobornos?|corrup\w+|me pidi(?:o|eron) (?:plata|dinero) (?:para|por)"),
    (
        "data_correction",
        rf"(?:corrij\w+|correg\w+|rectifi\w+|borr\w+|elimin\w+|cancel\w+|actuali\w+|dejen de usar|no usen) {_MY_DATA}",
    ),
    ("data_access", rf"(?:copia|acceso|acceder|ver|entreg\w+)(?: de| a| todos)* {_MY_DATA}"),
    ("data_information", rf"(?:para que|quien|como|con quien)(?: \w+){{0,4}} {_MY_DATA}"),
    (
        "appeal",
        r"recurso de (?:apelacion|reconsideracion)|apel(?:o|ar|acion)|impugn\w+"
        r"|no (?:estoy|estamos) (?:de acuerdo|conformes?) con (?:la|una|esta|mi) (?:resolucion|multa|papeleta|sancion)",
    ),
    (
        "tax_claim",
        r"reclamacion tributaria"
        r"|no (?:estoy|estamos) (?:de acuerdo|conformes?) con"
        r" (?:el|la|los|mi|mis) (?:predial|arbitrios?|deuda|impuesto)"
        r"|(?:predial|arbitrios?|alcabala)(?: \w+){0,5} (?:no (?:corresponde|debo|me toca)|mal calculad\w+)",
    ),
    (
        "information_access",
        r"(?:ley de )?transparencia|acceso a la informacion(?: publica)?|informacion publica"
        r"|copia (?:simple |certificada |fedateada )?(?:de|del) (?:la |el |un |una )?"
        r"(?:expediente|documento|ordenanza|resolucion|contrato|plano|acta|licencia)",
    ),
    (
        "procedure_complaint",
        rf"queja por defecto de tramitacion|(?:mi|el|la) {_FILE}(?: \S+){{0,6}} (?:detenid\w+|parad\w+|estancad\w+"
        r"|trabad\w+|no avanza|sin respuesta|no me (?:responden|contestan|dan respuesta)|se vencio el plazo)",
    ),
    (
        "neighbour_report",
        r"(?:quiero |quisiera |vengo a |deseo )denunciar|denuncio|sin (?:tener )?licencia|clandestin\w+"
        r"|fuera de horario|incumple\w*|construy\w+ sin permiso",
    ),
    (
        "formal_claim",
        r"libro de reclamaciones|reclamo formal|hoja de reclamacion"
        r"|me (?:trato|trataron|atendio|atendieron) (?:muy )?mal|mal trato|pesima atencion|mala atencion",
    ),
    ("petition", r"solicito (?:formalmente|por escrito)|respuesta (?:por escrito|escrita)|carta notarial"),
)
_PATTERNS = tuple((code, re.compile(rf"(?<!\w)(?:{cue})(?!\w)")) for code, cue in _CUES)


@dataclass(frozen=True, slots=True)
class NatureProposal:
    """A nature by its code, and the words of the text that led to it; without words it is the category's usual one."""

    code: str
    words: str = ""


def propose_nature(text: str, usual: str, offered: Collection[str]) -> NatureProposal:
    """
    Return what a case told in ``text`` may be for the law, among the ``offered`` natures.

    ``usual`` is the nature of its category, and stands where no cue is found. No decision: a person confirms it.
    """
    letters = [(folded, place) for place, letter in enumerate(text) for folded in fold(letter)]
    plain = "".join(" " if folded.isspace() else folded for folded, _ in letters)
    for code, pattern in _PATTERNS:
        match = pattern.search(plain) if code in offered else None
        if match:
            return NatureProposal(code, text[letters[match.start()][1] : letters[match.end() - 1][1] + 1])
    return NatureProposal(usual)
