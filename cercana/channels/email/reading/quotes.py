"""What a mail adds, told apart from what it repeats: quotes, forwarded mails, signatures."""

import re
from dataclasses import dataclass
from typing import Final

from cercana.channels.email.reading.phrases import any_of

_WROTE: Final = "escribi[oó]|wrote|writes|escreveu|a [eé]crit|schrieb|ha scritto|va escriure|ha escrito"
_WHEN: Final = r"^\W{0,3}(?:El|En|On|Em|Le|Am|Il|A la\(s\)|Con fecha)\b"
_ATTRIBUTION: Final = any_of(
    rf"{_WHEN}.{{3,300}}?(?:{_WROTE})\b.{{0,80}}:\s*$",
    rf"^.{{0,200}}\S+@\S+.{{0,40}}?(?:{_WROTE})\s*:\s*$",
    r"^\d{4}-\d\d?-\d\d? .{3,150}\S+@\S+>?:\s*$",
    rf"^.{{2,80}}\b(?:{_WROTE})(?: el| on)?\b.{{0,80}}\d.{{0,60}}:\s*$",
)
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
_FORWARD_SUBJECT: Final = any_of(
    "fwd?", "rv", "renv", "reenv", "enc", "wg", "i", "tr", before=r"^\s*(?:(?:re|rv|aw)\s*:\s*)?", behind=r"\s*:"
)
_REPLY_SUBJECT: Final = any_of(
    "re", "r", "aw", "sv", "antw", "odp", "resp", "rta", before=r"^\s*", behind=r"\s*(?:\[\d+\]|\(\d+\))?\s*:"
)
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
# Longer texts are no letters of people: they are left whole.
LONGEST: Final = 500_000
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


def take_apart(text: str, *, is_forwarded: bool) -> Pieces:
    """
    Return what ``text`` adds, what it repeats, and its signature.

    Of a mail that is passed on (``is_forwarded``) the repeated mail is what it adds. A text that would be all quote
    is all new.
    """
    if len(text) > LONGEST:
        return Pieces(text, "", "")
    lines = text.split("\n")
    is_quoted = _quoted_lines(lines, is_forwarded=is_forwarded)
    fresh = [line for line, quoted in zip(lines, is_quoted, strict=True) if not quoted]
    quoted_lines = [line for line, quoted in zip(lines, is_quoted, strict=True) if quoted]
    cut = len(fresh) if is_forwarded else _signature_start(fresh)
    return Pieces(_joined(fresh[:cut]), _joined(quoted_lines), _joined(fresh[cut:]))


def _joined(lines: list[str]) -> str:
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _quoted_lines(lines: list[str], *, is_forwarded: bool) -> list[bool]:
    is_quoted = [line.startswith(">") for line in lines]
    at = 0
    while at < len(lines):
        if is_quoted[at]:
            at += 1
            continue
        length = _attribution(lines, at)
        if length:
            is_quoted[at : at + length] = [True] * length
            follows = next((each for each in range(at + length, len(lines)) if lines[each].strip()), None)
            if follows is not None and not is_quoted[follows]:
                return is_quoted[:at] + [True] * (len(lines) - at)
            at += length
        elif _begins_repeated_mail(lines, at):
            if is_forwarded or _FORWARDED.match(lines[at]):
                return is_quoted
            return is_quoted[:at] + [True] * (len(lines) - at)
        else:
            at += 1
    return is_quoted


def _attribution(lines: list[str], at: int) -> int:
    """Return how many lines at ``at`` say who wrote what follows, 0 if none does."""
    if _ATTRIBUTION.match(lines[at][:400]) and len(lines[at]) < 400:
        return 1
    if not _ATTRIBUTION_START.match(lines[at][:200]):
        return 0
    for length in (2, 3, 4):
        together = lines[at : at + length]
        if len(together) < length or not together[-1].strip() or together[-1].startswith(">"):
            return 0
        if _ATTRIBUTION.match(" ".join(together)[:400]):
            return length
    return 0


def _begins_repeated_mail(lines: list[str], at: int) -> bool:
    line = lines[at][:300]
    if _ORIGINAL.match(line) or _FORWARDED.match(line):
        return True
    if _RULE.match(line):
        behind = [each for each in range(at + 1, min(at + 4, len(lines))) if lines[each].strip()]
        return bool(behind) and _is_header_block(lines, behind[0])
    return _is_header_block(lines, at)


def _is_header_block(lines: list[str], at: int) -> bool:
    if not _FIELD_FROM.match(lines[at][:300]):
        return False
    return sum(_FIELD_OTHER.match(each[:100]) is not None for each in lines[at + 1 : at + 8]) >= 2


def _signature_start(lines: list[str]) -> int:
    """Return the line at which the signature begins; the number of lines if there is none."""
    for at, line in enumerate(lines):
        if _DELIMITER.match(line) and (at == 0 or len(lines) - at <= 40):
            return at
        if _SENT_FROM.match(line[:200]) and len(_joined(lines[at + 1 :])) < 200:
            return at
        if _NOTICE.match(line[:300]) and len(lines) - at <= _LINES_OF_A_NOTICE:
            return at
    return len(lines)
