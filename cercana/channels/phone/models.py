"""Calls as an exchange told of them."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cercana.rules.calls import CALL_STATE_LABELS


class Call(models.Model):
    """
    A call: ``exchange_id`` is what its exchange calls it, ``events`` what was told of it.

    ``caller`` is personal: once the call is over the number stands only with the contact that waits for a case.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    exchange_id = models.CharField("llamada en la central", max_length=120, unique=True)
    extension = models.CharField("anexo", max_length=20, blank=True)
    caller = models.CharField("número", max_length=30, blank=True)
    events = ArrayField(models.CharField(max_length=10), default=list)
    state = models.CharField(
        "estado", max_length=10, choices=[(each.value, text) for each, text in CALL_STATE_LABELS.items()]
    )
    began_at = models.DateTimeField("cuándo empezó")
    answered_at = models.DateTimeField("cuándo se contestó", null=True)
    ended_at = models.DateTimeField("cuándo terminó", null=True)

    class Meta:
        verbose_name = "llamada"
        verbose_name_plural = "llamadas"

    def __str__(self) -> str:
        return f"{self.exchange_id} ({self.state})"
