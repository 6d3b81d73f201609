"""What is written to the person of a case and what became of it, and mails as they came."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from pydantic import Field

from cercana.api.shapes.reading_help import ReviewShown
from cercana.api.shapes.words import Given, Instant, OptionalLine, OptionalText, Shown, Text
from cercana.channels.email.queries import WholeMail
from cercana.conversation.queries import LetterPreview, SentLetter
from cercana.rules.classification import Cause
from cercana.rules.promise_offers import Offer
from cercana.rules.promises import to_lima
from cercana.rules.writing.personal_details import Detail, FoundDetail
from cercana.rules.writing.review import Review

_Texts = Annotated[list[Text], Field(min_length=1, max_length=5)]


class OffersAsked(Given):
    """Lo que alguien está por enviar, en el orden en que se lee."""

    texts: _Texts = Field(examples=[["Un técnico revisará el parche.", "El viernes 27 de noviembre."]])


class OfferShown(Shown):
    """Una fecha que se lee en el texto, y lo que prometería."""

    words: str = Field(description="Las palabras que la dicen.")
    until: str = Field(description="Hasta cuándo, en palabras.")
    text: str = Field(description="Lo que se promete; va en «promises» de la respuesta o del mensaje.")
    day: date
    hour: str | None = Field(description="La hora, como 16:00; nula si vale el día entero.")

    @classmethod
    def of(cls, found: Offer) -> "OfferShown":
        """Return how an offer is shown: day and hour as a promise takes them."""
        due = found.due
        hour = None if due.whole_day else f"{to_lima(due.at):%H:%M}"
        return cls(words=found.words, until=found.until, text=found.text[:200], day=due.last_day, hour=hour)


class OffersShown(Shown):
    """Hasta tres fechas."""

    offers: list[OfferShown]


class LetterAsked(Given):
    """Lo que se quiere enviar: «text» de un mensaje, o las tres partes de una respuesta."""

    text: OptionalText = Field(default="", description="El mensaje.", examples=["La cuadrilla irá el jueves."])
    done: OptionalText = Field(default="", description="Qué se hizo.", examples=[""])
    next_step: OptionalText = Field(default="", description="Qué sigue.", examples=[""])
    by_when: OptionalLine = Field(default="", description="Para cuándo.", examples=[""])

    @property
    def is_answer(self) -> bool:
        """Whether it claims to resolve the case."""
        return not self.text

    def texts(self) -> dict[str, str]:
        """Return the texts by the variables of the letter."""
        if self.is_answer:
            return {"done": self.done, "next_step": self.next_step, "by_when": self.by_when}
        return {"text": self.text}


class DraftOfCaseAsked(LetterAsked):
    """Lo que se quiere enviar, con lo que se sabe de por qué ocurrió."""

    cause: Cause | None = Field(default=None, description="Por qué ocurrió, si ya se eligió.")


class DetailShown(Shown):
    """Un espacio sin llenar, o un dato que no es de esta persona."""

    kind: Detail
    masked: str = Field(description="Lo bastante para encontrarlo.")
    start: int
    end: int


class DraftReviewShown(ReviewShown):
    """Lo que el manual pide de un borrador, y lo que no debería salir sin mirarlo otra vez."""

    details: list[DetailShown]

    @classmethod
    def beside(cls, found: Review, details: Sequence[FoundDetail]) -> "DraftReviewShown":
        """Return how a review is shown with what was found besides."""
        lines = [DetailShown(kind=each.kind, masked=each.masked, start=each.start, end=each.end) for each in details]
        return cls(**dict(ReviewShown.of(found)), details=lines)


class BlockShown(Shown):
    """Un párrafo, una cita o un enlace."""

    kind: str = Field(description="heading, text, quote o link.")
    text: str
    target: str | None = Field(description="Adónde lleva un enlace: case, confirm, contest, opinion o code.")


class LetterShown(Shown):
    """La carta como saldría ahora. Nada se guarda."""

    channel: str = Field(description="email o paper; none: alguien tiene que decírselo.")
    language: str
    subject: str
    blocks: list[BlockShown]

    @classmethod
    def of(cls, found: LetterPreview) -> "LetterShown":
        """Return how a letter is shown."""
        blocks = [
            BlockShown(kind=each.kind.value, text=each.text, target=each.target.value if each.target else None)
            for each in found.blocks
        ]
        return cls(channel=found.channel.value, language=found.language, subject=found.subject, blocks=blocks)


class SentLetterShown(Shown):
    """Una carta a la persona, y qué fue de ella."""

    sequence: int | None = Field(description="La entrada de la historia que cuenta; nula si solo lleva un enlace.")
    kind: str = Field(description="Qué carta es, como receipt o answered.")
    channel: str = Field(description="email o paper; none: alguien tiene que decírselo.")
    state: str = Field(description="queued, sent, delivered, failed; o kept: nunca salió, como en la demostración.")
    created_at: Instant
    sent_at: Instant | None
    error: str = Field(description="Por qué no llegó, con un código.")
    text_state: str | None = Field(description="Qué fue del SMS que la acompañaba; nulo si no hubo.")

    @classmethod
    def of(cls, sent: SentLetter) -> "SentLetterShown":
        """Return what became of a letter."""
        return cls(
            sequence=sent.sequence,
            kind=sent.kind.value,
            channel=sent.channel.value,
            state=sent.state.value,
            created_at=sent.created_at,
            sent_at=sent.sent_at,
            error=sent.error,
            text_state=sent.text_state.value if sent.text_state else None,
        )


class SentLettersShown(Shown):
    """Las cartas de un caso, la más antigua primero."""

    letters: list[SentLetterShown]


class WholeMailShown(Shown):
    """Un correo como llegó, con lo que la historia deja fuera."""

    subject: str
    received_at: Instant
    new_text: str = Field(description="Lo nuevo.")
    quoted: str = Field(description="Lo que repite de otros correos.")
    signature: str
    files: list[str] = Field(description="Los nombres de sus archivos.")

    @classmethod
    def of(cls, mail: WholeMail) -> "WholeMailShown":
        """Return how a mail is shown."""
        return cls(
            subject=mail.subject,
            received_at=mail.received_at,
            new_text=mail.new_text,
            quoted=mail.quoted,
            signature=mail.signature,
            files=list(mail.files),
        )
