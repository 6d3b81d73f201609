"""Every mail that reached us, as it was sent, and what became of it."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cercana.rules.mail import MAIL_FATE_LABELS


class StoredMail(models.Model):
    """
    A mail, kept before its server was told that we have it.

    ``digest`` is of what the sender wrote, without the traces of its way: the same mail by two ways is one. ``sender``
    and ``recipients`` are of the envelope, ``author`` is who says to have written it, in lower case. ``reason`` is a
    code. What is personal leaves with the person of ``case``.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    digest = models.CharField(max_length=64, unique=True)
    way = models.CharField(max_length=10)
    sender = models.CharField(max_length=320, blank=True)
    recipients = ArrayField(models.CharField(max_length=320), default=list)
    size = models.PositiveIntegerField()
    received_at = models.DateTimeField()
    author = models.CharField(max_length=320, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    fate = models.CharField(max_length=14, choices=[(each.value, text) for each, text in MAIL_FATE_LABELS.items()])
    reason = models.CharField(max_length=60, blank=True)
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="+")
    attempts = models.PositiveSmallIntegerField(default=0)
    looked_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "correo guardado"
        verbose_name_plural = "correos guardados"
        indexes = [
            models.Index(fields=["author", "handled_at"], name="email_by_author", condition=~models.Q(author="")),
            models.Index(fields=["looked_at"], name="email_waiting", condition=models.Q(fate="waiting")),
            models.Index(
                fields=["-received_at"],
                name="email_set_aside",
                condition=models.Q(fate__in=["quarantined", "unanswered"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.fate})"


class MailPiece(models.Model):
    """A stretch of the bytes of a mail: many small rows, so that a large mail never stands in memory twice."""

    mail = models.ForeignKey(StoredMail, models.CASCADE, related_name="pieces", db_index=False)
    ordinal = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        verbose_name = "parte de un correo"
        constraints = [models.UniqueConstraint(fields=["mail", "ordinal"], name="email_piece_once")]

    def __str__(self) -> str:
        return f"{self.mail_id}, {self.ordinal}"
