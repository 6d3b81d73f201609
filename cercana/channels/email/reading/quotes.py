"""What a mail adds, told apart from what it repeats: quotes, forwarded mails, signatures."""

import re
from dataclasses import dataclass
from itertools import takewhile
from typing import Final

from cercana.channels.email.reading.phrases import any_of

_WROTE: Final = (
    "escribi[oó]|wrote|writes|escreveu|a [eé]crit|schrieb|ha scritto|va escriure|ha escrito|skrev|schreef|napisa[lł]"
)
_WHEN: Final = r"^\W{0,3}(?:El|En|On|Em|Le|Am|Il|A la\(s\)|Con fecha)\b"
# Who wrote stands with an address or a time: «El jefe de obra me escribió:» is a sentence.
_WROTE_AT_END: Final = re.compile(rf"\b(?:{_WROTE})\b(?P<more>[^:]{{0,80}}):\s*$", re.IGNORECASE)
_TOLD_WHEN: Final = re.compile(r"\d[:.]\d\d|\b20\d\d\b|\d/\d")
_ENDS_WITH_ADDRESS: Final = re.compile(r"@[^\s@]+\s*$")
_DATE_AND_ADDRESS: Final = re.compile(r"^\d{4}-\d\d?-\d\d? .*@[^\s@]+:\s*$")
# Yahoo and others go on in the same line.
_ATTRIBUTION_AND_MORE: Final = re.compile(rf"{_WHEN}.{{3,200}}?@[^\s>]+>\)?\s*(?:{_WROTE})\s*:\s*\S", re.IGNORECASE)
_BEGINS_WITH_WHEN: Final = re.compile(_WHEN, re.IGNORECASE)
_ATTRIBUTION_START: Final = any_of(_WHEN, r"^\d{4}-\d\d?-\d\d?\b", behind=r".*\d")
_ORIGINAL: Final = any_of(
    "mensaje original", "original message", "correo original", "mensagem original", "message d'origine",
    "urspr[uü]ngliche nachricht", "original appointment", "cita original",
    before=r"^\s*[-_*=]{2,}\s*", behind=r"\s*[-_*=]{2,}\s*$",
)  # fmt: skip
_FORWARDED: Final = any_of(
    r"[-_*=]{2,}\s*(?:(?:mensaje|correo) reenviado|forwarded (?:message|mail)|mensagem encaminhada|"
    r"message transf[eé]r[eé])[^-]{0,60}[-_*=]{2,}",
    r"(?:inicio|comienzo) del mensaje reenviado\s*:?",
    r"begin forwarded message\s*:?",
    r"-{10} mensaje adjunto -{10}",
    before=r"^\s*",
    behind=r"\s*$",
)
_FIELD_FROM: Final = any_of("De", "From", "Von", "Da", "Desde", before=r"^[\s*>]*", behind=r"\s*:\*?\s*\S")
_FIELD_OTHER: Final = any_of(
    "Enviado(?: el)?", "Enviada(?: em)?", "Sent", "Fecha", "Date", "Para", "To", "Asunto", "Subject", "CC", "Gesendet",
    "An", "Betreff", "A", "Data",
    before=r"^[\s*]*", behind=r"\s*:",
)  # fmt: skip
_RULE: Final = re.compile(r"^\s*_{10,}\s*$")
_FORWARD_SUBJECT: Final = any_of("fwd?", "rv", "renv", "reenv", "enc", "wg", "i", "tr", before=r"^\s*", behind=r"\s*:")
_REPLY_SUBJECT: Final = any_of(
    "re", "r", "aw", "sv", "antw", "odp", "resp?", "rta", before=r"^\s*", behind=r"\s*(?:\[\d+\]|\(\d+\))?\s*:"
)
_ARMOR, _ARMOR_END = "-----BEGIN PGP SIGNED MESSAGE-----", "-----BEGIN PGP SIGNATURE-----"
_DELIMITER: Final = re.compile(r"^--\s?$")
_SENT_FROM: Final = any_of(
    "(?:Enviado|Enviada|Mandado|Escrito|Sent) (?:desde|con|mediante|por|from|via|using|with|do|a partir) .{2,60}",
    r"(?:Obtener|Obt[eé]n|Descargar|Get|Consigue) (?:Outlook|BlueMail|TypeApp)\b.{0,80}",
    before=r"^\W{0,3}",
    behind="$",
)
_NOTICE: Final = any_of(
    "AVISO (?:DE CONFIDENCIALIDAD|LEGAL)",
    "Este (?:mensaje|correo)[^.]{0,80}(?:confidencial|adjunto)",
    "La informaci[oó]n contenida en este (?:mensaje|correo)",
    "Antes de imprimir",
    "This (?:e-?mail|message)[^.]{0,80}confidential",
    "CONFIDENTIALITY NOTICE",
    r"Libre de virus\b",
    before=r"^\W{0,3}",
)
# How the lines begin that are looked at more closely: most are not, and there are many.
_MAY_REPEAT: Final = any_of(
    "el", "en", "on", "em", "le", "am", "il", "a la", "con", "de", "from", "von", "da", "desde", "inicio", "comienzo",
    "begin", r"\d{1,4}[-./]\d", "[-_*=]{2}", "fecha", "date", "asunto", "subject", "para", "to", "enviad", "sent",
    before=r"^\W{0,8}",
)  # fmt: skip
_MAY_SIGN: Final = any_of(
    "--", "envi", "mandado", "escrito", "sent", "obt", "descargar", "get", "consigue", "aviso", "este", "la inf",
    "antes",
    "this", "conf", "libre",
    before=r"^\W{0,3}",
)  # fmt: skip
# Longer texts are no letters of people: they are left whole.
_LONGEST: Final = 500_000
_LONGEST_ATTRIBUTION: Final = 400
_MOST_LINES_OF_AN_ATTRIBUTION: Final = 4
_MANY_BREAKS: Final = re.compile(r"\n{3,}")
_LINES_OF_A_NOTICE: Final = 25


@dataclass(frozen=True, slots=True)
class Pieces:
    """A text taken apart: together the three hold every line of it."""

    new_text: str
    quoted: str
    signature: str


def is_forward(subject: str) -> bool:
    """Tell whether ``subject`` says that a mail is passed on."""
    return _FORWARD_SUBJECT.match(subject) is not None


def is_reply_subject(subject: str) -> bool:
    """Tell whether ``subject`` begins as a reply does."""
    return _REPLY_SUBJECT.match(subject) is not None


def take_apart(text: str, *, is_forwarded: bool, is_reply: bool) -> Pieces:
    """
    Return what ``text`` adds, what it repeats, and its signature.

    Of a mail that is passed on (``is_forwarded``) the repeated mail is what it adds. A text that would be all quote
    is all new, unless it is a reply, which may add nothing.
    """
    if len(text) > _LONGEST:
        return Pieces(text, "", "")
    lines = text.split("\n")
    is_quoted = [False] * len(lines) if is_forwarded else _quoted_lines(lines)
    fresh = [line for line, quoted in zip(lines, is_quoted, strict=True) if not quoted]
    begin = _behind_armor(fresh)
    quoted_lines = [line for line, quoted in zip(lines, is_quoted, strict=True) if quoted]
    cut = len(fresh) if is_forwarded else _signature_start(fresh)
    pieces = Pieces(_joined(fresh[begin:cut]), _joined(quoted_lines), _joined(fresh[:begin] + fresh[cut:]))
    if pieces.quoted and not pieces.new_text and not is_reply:
        return Pieces(text, "", "")
    return pieces


def _joined(lines: list[str]) -> str:
    return _MANY_BREAKS.sub("\n\n", "\n".join(lines)).strip()


def _behind_armor(lines: list[str]) -> int:
    """Return where the words begin of a text that is signed with PGP, 0 if it is not."""
    first = next((at for at, line in enumerate(lines) if line.strip()), None)
    if first is None or lines[first].strip() != _ARMOR:
        return 0
    return next((at for at in range(first, len(lines)) if not lines[at].strip()), 0)


def _quoted_lines(lines: list[str]) -> list[bool]:
    """Tell of each line whether it is repeated."""
    # Mailbox files write «From» at the beginning of a line like this.
    is_quoted = [line.startswith(">") and not line.startswith(">From ") for line in lines]
    at = 0
    while at < len(lines):
        line = lines[at]
        if is_quoted[at] or not ("@" in line or _MAY_REPEAT.match(line) or line.rstrip().endswith(":")):
            at += 1
        elif length := _attribution(lines, at):
            is_quoted[at : at + length] = [True] * length
            if _goes_on_without_marks(lines, at + length):
                return is_quoted[:at] + [True] * (len(lines) - at)
            at += length
        elif _FORWARDED.match(line[:300]):
            return is_quoted[:at] + [False] * (len(lines) - at)
        elif _begins_repeated_mail(lines, at):
            return is_quoted[:at] + [True] * (len(lines) - at)
        else:
            at += 1
    return is_quoted


def _goes_on_without_marks(lines: list[str], at: int) -> bool:
    """Tell whether the repeated mail behind its attribution has no marks: then all the rest is of it."""
    following = next((line for line in lines[at:] if line.strip()), ">")
    return not following.startswith(">")


def _attribution(lines: list[str], at: int) -> int:
    """Return how many lines at ``at`` say who wrote what follows, 0 if none does."""
    may_go_on = _ATTRIBUTION_START.match(lines[at][:200]) or _TOLD_WHEN.search(lines[at][:200])
    for length in range(1, _MOST_LINES_OF_AN_ATTRIBUTION + 1 if may_go_on else 2):
        together = lines[at : at + length]
        if len(together) < length or not together[-1].strip() or together[-1].startswith(">"):
            return 0
        line = " ".join(together)
        if _is_attribution(line) or (_names_somebody(line) and _is_before_quote(lines, at + length)):
            return length
    return 0


def _names_somebody(line: str) -> bool:
    """Tell whether a line in whatever language ends with a colon and holds an address and a time."""
    return line.rstrip().endswith(":") and "@" in line and _TOLD_WHEN.search(line[:_LONGEST_ATTRIBUTION]) is not None


def _is_before_quote(lines: list[str], at: int) -> bool:
    return next((line for line in lines[at : at + 4] if line.strip()), "").startswith(">")


def _is_attribution(line: str) -> bool:
    if len(line) > _LONGEST_ATTRIBUTION:
        return False
    wrote = _WROTE_AT_END.search(line)
    if wrote is None:
        return _DATE_AND_ADDRESS.match(line) is not None
    if "@" in wrote["more"] or _ENDS_WITH_ADDRESS.search(line[: wrote.start()]):
        return True
    told_when = _TOLD_WHEN.search(line) is not None
    return told_when and (_BEGINS_WITH_WHEN.match(line) is not None or _TOLD_WHEN.search(wrote["more"]) is not None)


def _begins_repeated_mail(lines: list[str], at: int) -> bool:
    line = lines[at][:300]
    if _ORIGINAL.match(line) or _ATTRIBUTION_AND_MORE.match(line):
        return True
    if _RULE.match(line):
        behind = [each for each in range(at + 1, min(at + 4, len(lines))) if lines[each].strip()]
        return bool(behind) and _is_header_block(lines, behind[0])
    return _is_header_block(lines, at)


def _is_header_block(lines: list[str], at: int) -> bool:
    """Tell whether the main fields of a mail stand here, in whatever order: a sender and two others."""
    first = lines[at][:300]
    if _FIELD_FROM.match(first):
        return sum(_FIELD_OTHER.match(each[:100]) is not None for each in lines[at + 1 : at + 8]) >= 2
    if not _FIELD_OTHER.match(first):
        return False
    block = list(takewhile(str.strip, lines[at : at + 8]))
    others = sum(_FIELD_OTHER.match(each[:100]) is not None for each in block)
    return others >= 2 and any(_FIELD_FROM.match(each[:300]) for each in block)


def _signature_start(lines: list[str]) -> int:
    """Return the line at which the signature begins; the number of lines if there is none."""
    for at, line in enumerate(lines):
        if not _MAY_SIGN.match(line):
            continue
        if line.startswith(_ARMOR_END):
            return at
        if _DELIMITER.match(line) and (at == 0 or len(lines) - at <= 40):
            return at
        if _SENT_FROM.match(line[:200]) and len(_joined(lines[at + 1 :])) < 200:
            return at
        if _NOTICE.match(line[:300]) and len(lines) - at <= _LINES_OF_A_NOTICE:
            return at
    return len(lines)
