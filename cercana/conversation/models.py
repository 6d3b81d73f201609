"""
Messages to citizens: the texts the municipality changed, every letter with what became of it, and the reply phrases
that the staff may put into what it writes.
"""

import uuid

import pgtrigger
from django.core.exceptions import ValidationError
from django.db import models

from cercana.conversation.device_models import DeviceNotice, NoticeState, SubscribedDevice
from cercana.conversation.letters import Channel, Kind, State, unknown_variables
from cercana.conversation.text_models import SilentNumber, TextMessage
from cercana.rules.classification import CHANNEL_LABELS, CaseClass
from cercana.rules.reply_phrases import SITUATION_LABELS
from cercana.rules.unregistered import REACHED_BY_LABELS, ContactState

__all__ = [
    "LONGEST_PHRASE",
    "Delivery",
    "DeviceNotice",
    "NoticeState",
    "ReceivedMail",
    "ReplyPhrase",
    "ReplyPhraseUse",
    "ReplyPhraseVersion",
    "SilentNumber",
    "SubscribedDevice",
    "Template",
    "TextMessage",
    "UnregisteredContact",
]

LONGEST_PHRASE = 600


class Template(models.Model):
    """
    One version of a text, kept for ever; the newest that is valid holds, and without any the one that is shipped.

    ``body`` is written as texts/es.toml explains.
    """

    code = models.CharField("mensaje", max_length=30, choices=[(kind.value, kind.label) for kind in Kind])
    language = models.CharField("idioma", max_length=2, choices=[("es", "español"), ("en", "inglés")])
    version = models.PositiveIntegerField("versión")
    subject = models.CharField("asunto", max_length=150, blank=True)
    body = models.TextField("texto")
    valid_from = models.DateTimeField("vigente desde")

    class Meta:
        verbose_name = "texto de mensaje"
        verbose_name_plural = "textos de mensajes"
        ordering = ["code", "language", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["code", "language", "version"], name="conversation_template_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_code_display()} ({self.language}, versión {self.version})"

    def clean(self) -> None:
        """Raise ValidationError for a variable that no message has."""
        if unknown := unknown_variables(self.subject + self.body):
            raise ValidationError({"body": f"No existe: {', '.join(sorted(unknown))}."})


class Delivery(models.Model):
    """
    One letter to a citizen: what it says, where it goes and what became of it.

    Address, subject and ``blocks`` (see letters.Block) are personal and leave with the person. Links and codes are
    not in the blocks, only where they belong. ``last_error`` is a code, never what the server said.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    event = models.OneToOneField("cases.Event", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=30)
    language = models.CharField(max_length=2)
    template_version = models.PositiveIntegerField()
    channel = models.CharField(max_length=10, choices=[(each.value, each.value) for each in Channel])
    state = models.CharField(max_length=10, choices=[(each.value, each.value) for each in State])
    address = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    blocks = models.JSONField(default=list)
    asks_opinion = models.BooleanField(default=False)
    message_id = models.CharField(max_length=120, unique=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "mensaje"
        verbose_name_plural = "mensajes"
        indexes = [
            models.Index(fields=["case", "created_at"], name="conversation_by_case"),
            models.Index(fields=["next_attempt_at"], name="conversation_queued", condition=models.Q(state="queued")),
            models.Index(fields=["-created_at"], name="conversation_kept", condition=models.Q(state="kept")),
            models.Index(
                fields=["created_at"], name="conversation_links", condition=models.Q(kind=Kind.TRACKING_LINK.value)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} de {self.case_id}"


class ReceivedMail(models.Model):
    """
    A mail that went into a case: which entry of the history it is, and what its sender called it.

    Our letters go into its thread. ``is_proven`` tells that our relay found its sender to be who it says, None if
    nobody could tell; ``other_address`` is where it came from if that is none of the citizen's. Subject and address are
    personal and leave with the person.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+", db_index=False)
    sequence = models.PositiveIntegerField()
    message_id = models.CharField(max_length=998)
    subject = models.CharField(max_length=200, blank=True)
    is_proven = models.BooleanField(null=True)
    other_address = models.CharField(max_length=254, blank=True)
    received_at = models.DateTimeField()

    class Meta:
        verbose_name = "correo recibido"
        verbose_name_plural = "correos recibidos"
        indexes = [models.Index(fields=["message_id"], name="conversation_received_id")]
        constraints = [models.UniqueConstraint(fields=["case", "sequence"], name="conversation_received_once")]

    def __str__(self) -> str:
        return f"{self.case_id}, entrada {self.sequence}"


class UnregisteredContact(models.Model):
    """
    Somebody who reached us, by whatever channel, and has no case yet: until they have, they count as unregistered.

    Who they are and what they said is personal, and leaves with the person of the case that came of it.
    ``proposed_class`` is what triage makes of the words: by it the list knows until when they would be promised an
    answer.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    way = models.CharField(
        "cómo llegó", max_length=12, choices=[(way.value, text) for way, text in REACHED_BY_LABELS.items()]
    )
    received_at = models.DateTimeField("cuándo llegó")
    name = models.CharField("quién", max_length=120, blank=True)
    email = models.CharField("correo", max_length=254, blank=True)
    phone = models.CharField("teléfono", max_length=30, blank=True)
    subject = models.CharField("asunto", max_length=200, blank=True)
    text = models.TextField("qué dice", blank=True)
    proposed_class = models.CharField(
        "prioridad", max_length=10, choices=[(each.value, each.value) for each in CaseClass]
    )
    state = models.CharField("estado", max_length=10, choices=[(each.value, each.value) for each in ContactState])
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")
    settled_by = models.CharField(max_length=30, blank=True)
    settled_at = models.DateTimeField(null=True)
    reason = models.CharField("por qué se descartó", max_length=200, blank=True)

    class Meta:
        verbose_name = "contacto por registrar"
        verbose_name_plural = "contactos por registrar"
        indexes = [
            models.Index(fields=["received_at"], name="conversation_unregistered", condition=models.Q(state="waiting")),
            models.Index(fields=["-settled_at"], name="conversation_dismissed", condition=models.Q(state="dismissed")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "dismissed"]) | models.Q(case__isnull=False),
                name="conversation_contact_has_case",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="dismissed") | ~models.Q(reason=""), name="conversation_dismissed_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.way} de {self.received_at:%Y-%m-%d %H:%M}"


class ReplyPhrase(models.Model):
    """
    A phrase the staff may put into a message: where it fits. What it says are its versions, the newest of which holds.

    Without a category it is for all of them, without a channel likewise.
    """

    code = models.SlugField("código", max_length=40, unique=True)
    title = models.CharField("título", max_length=80)
    situation = models.CharField(
        "situación", max_length=20, choices=[(each.value, label) for each, label in SITUATION_LABELS.items()]
    )
    category = models.ForeignKey(
        "organization.Category", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="motivo"
    )
    channel = models.CharField(
        "canal", max_length=10, blank=True, choices=[(each.value, label) for each, label in CHANNEL_LABELS.items()]
    )
    is_active = models.BooleanField("en uso", default=True)

    class Meta:
        verbose_name = "frase de respuesta"
        verbose_name_plural = "frases de respuesta"
        ordering = ["situation", "title"]

    def __str__(self) -> str:
        return self.title


class ReplyPhraseVersion(models.Model):
    """What a phrase says from ``at`` on, kept for ever: messages were written with it. A shipped one has no author."""

    phrase = models.ForeignKey(ReplyPhrase, models.PROTECT, related_name="versions", verbose_name="frase")
    number = models.PositiveIntegerField("versión")
    text = models.TextField("texto", max_length=LONGEST_PHRASE)
    author = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="quién"
    )
    at = models.DateTimeField("cuándo")
    reason = models.CharField("por qué", max_length=200)

    class Meta:
        verbose_name = "versión"
        verbose_name_plural = "versiones"
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["phrase", "number"], name="conversation_phrase_version_once")]
        triggers = [pgtrigger.Protect(name="phrase_version_kept", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"versión {self.number}"


class ReplyPhraseUse(models.Model):
    """That a message or an answer was sent with a phrase in it, and from which area: never who wrote it."""

    event = models.ForeignKey("cases.Event", models.PROTECT, related_name="+", db_index=False)
    version = models.ForeignKey(ReplyPhraseVersion, models.PROTECT, related_name="+")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+", db_index=False)
    area = models.ForeignKey("organization.Area", models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "uso de una frase"
        verbose_name_plural = "usos de frases"
        constraints = [models.UniqueConstraint(fields=["event", "version"], name="conversation_phrase_use_once")]
        indexes = [models.Index(fields=["at"], name="conversation_phrase_used")]

    def __str__(self) -> str:
        return f"{self.version_id} en {self.event_id}"
