"""
Letters as data: the kinds there are, and how a text with variables becomes blocks, plain text and HTML.

A text is paragraphs between empty lines. ``{name}`` is a variable; a paragraph that begins with ``> `` quotes;
``[words](case)`` alone on its line is a link, whose address is put in only when the letter leaves or is shown.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cercana.ui.sentences import ended


class Kind(StrEnum):
    """The letters Cercana writes on its own."""

    RECEIPT = "receipt"
    RECEIPT_PROPOSED = "receipt_proposed"
    RECEIPT_CRITICAL = "receipt_critical"
    REFERRED = "referred"
    TAKEN = "taken"
    MESSAGE = "message"
    MESSAGE_PRIVATE = "message_private"
    PROMISED = "promised"
    ANSWERED = "answered"
    ANSWERED_PRIVATE = "answered_private"
    FORWARDED = "forwarded"
    REMINDER = "reminder"
    CONTESTED = "contested"
    CLOSED = "closed"
    CLOSED_SILENTLY = "closed_silently"
    CLOSED_NOTIFIED = "closed_notified"
    SOLVED = "solved"
    WITHDRAWN = "withdrawn"
    REOPENED = "reopened"
    PROMISE_MOVED = "promise_moved"
    MERGED = "merged"
    TRACKING_LINK = "tracking_link"
    ASKING = "asking"
    SIGNATURE = "signature"

    @property
    def label(self) -> str:
        """What the person who edits the texts reads."""
        return _LABELS[self]


_LABELS = {
    Kind.RECEIPT: "Constancia de registro",
    Kind.RECEIPT_PROPOSED: "Constancia, por revisar si hay peligro",
    Kind.RECEIPT_CRITICAL: "Constancia de un caso crítico",
    Kind.REFERRED: "Pasó a un área",
    Kind.TAKEN: "Alguien lo tomó",
    Kind.MESSAGE: "Mensaje del personal",
    Kind.MESSAGE_PRIVATE: "Mensaje del personal, caso reservado",
    Kind.PROMISED: "Promesa con fecha",
    Kind.ANSWERED: "Respuesta",
    Kind.ANSWERED_PRIVATE: "Respuesta, caso reservado",
    Kind.FORWARDED: "Respuesta: enviado a otra entidad",
    Kind.REMINDER: "Recordatorio para confirmar",
    Kind.CONTESTED: "La persona dijo que no",
    Kind.CLOSED: "Cierre confirmado",
    Kind.CLOSED_SILENTLY: "Cierre sin confirmación",
    Kind.CLOSED_NOTIFIED: "Cierre por notificación",
    Kind.SOLVED: "Resuelto en el momento",
    Kind.WITHDRAWN: "Retiro del caso",
    Kind.REOPENED: "Reapertura",
    Kind.PROMISE_MOVED: "Cambio de plazo",
    Kind.MERGED: "Unido a otro caso",
    Kind.TRACKING_LINK: "Enlace pedido de nuevo",
    Kind.ASKING: "Invitación a opinar (se añade al cierre)",
    Kind.SIGNATURE: "Firma (se añade a todos)",
}


class Channel(StrEnum):
    """How a letter goes; with ``none`` somebody has to tell the person."""

    EMAIL = "email"
    PAPER = "paper"
    NONE = "none"


class State(StrEnum):
    """
    What became of a letter; ``kept`` ones were never meant to leave this machine.

    ``delivered`` are those whose arrival the server of the mailbox reported; most say nothing.
    """

    QUEUED = "queued"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    KEPT = "kept"


class Target(StrEnum):
    """Where a link leads; ``code`` is no address but the tracking code, shown in its place."""

    CASE = "case"
    CONFIRM = "confirm"
    CONTEST = "contest"
    OPINION = "opinion"
    CODE = "code"


class BlockKind(StrEnum):
    """The parts of a letter."""

    TEXT = "text"
    QUOTE = "quote"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, quotation or link of a letter; only a link has a ``target``."""

    kind: BlockKind
    text: str
    target: Target | None = None

    def as_json(self) -> dict[str, str]:
        """Return the form that is stored."""
        return {"kind": self.kind, "text": self.text, "target": self.target or ""}

    @classmethod
    def from_json(cls, stored: Mapping[str, str]) -> "Block":
        """Return the block that was stored."""
        return cls(BlockKind(stored["kind"]), stored["text"], Target(stored["target"]) if stored["target"] else None)


VARIABLES = frozenset(
    {
        "greeting", "number", "promise", "response", "emergency", "area", "text", "done", "next_step", "by_when",
        "entity", "due", "closing_day", "reopening_day", "standing", "why", "moved", "municipality", "phone", "hours",
        "reply_way",
    }
)  # fmt: skip
_VARIABLE = re.compile(r"\{(\w+)\}")
# With the full stop of its sentence, which «4:45 p. m.» brings along.
_VARIABLE_AND_STOP = re.compile(r"\{(\w+)\}(\.?)")
_LINK = re.compile(r"\[([^\]]+)\]\((\w+)\)")
_QUOTE = "> "


def unknown_variables(text: str) -> set[str]:
    """Return the names in braces that no letter has, and the links that lead nowhere."""
    links = {target for _, target in _LINK.findall(text)} - set(Target)
    return set(_VARIABLE.findall(text)) - VARIABLES | links


def fill(text: str, values: Mapping[str, str]) -> str:
    """Return ``text`` with its variables replaced; the values are not looked into. No sentence ends in two stops."""
    return _VARIABLE_AND_STOP.sub(lambda found: ended(values[found[1]]) if found[2] else values[found[1]], text)


def compose(body: str, values: Mapping[str, str]) -> tuple[Block, ...]:
    """Return the blocks of a letter; paragraphs that are empty once filled are left out."""
    blocks = []
    for paragraph in re.split(r"\n\s*\n", body.strip()):
        tidy = paragraph.strip()
        link = _LINK.fullmatch(tidy)
        if link:
            blocks.append(Block(BlockKind.LINK, fill(link[1], values), Target(link[2])))
        elif tidy.startswith(_QUOTE):
            blocks.append(Block(BlockKind.QUOTE, fill(tidy.removeprefix(_QUOTE), values).strip()))
        else:
            blocks.append(Block(BlockKind.TEXT, fill(tidy, values).strip()))
    return tuple(block for block in blocks if block.text)


def as_text(blocks: Sequence[Block], places: Mapping[Target, str]) -> str:
    """Return a letter as plain text; ``places`` says where each link leads."""
    return "\n\n".join(_paragraph(block, places) for block in blocks) + "\n"


def _paragraph(block: Block, places: Mapping[Target, str]) -> str:
    if block.kind is BlockKind.QUOTE:
        return "\n".join(f"> {line}".rstrip() for line in block.text.splitlines())
    if block.target is None:
        return block.text
    separator = " " if block.target is Target.CODE else "\n"
    return f"{block.text}:{separator}{places[block.target]}"
