"""Calls as an exchange or whoever attends them tells of them, the cases they are about, and who sits where."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from cercana.channels.phone.callback_models import CallBack, CallBackAttempt
from cercana.rules.attended_calls import NO_CASE_LABELS
from cercana.rules.calls import CALL_STATE_LABELS, CallState

__all__ = ["Call", "CallBack", "CallBackAttempt", "CallCase", "Extension"]


class Extension(models.Model):
    """Where the telephone of a member of staff rings: calls to it are announced on their desk."""

    number = models.CharField("anexo", max_length=20, unique=True)
    staff = models.OneToOneField("accounts.User", models.CASCADE, related_name="+", verbose_name="quién atiende")

    class Meta:
        verbose_name = "anexo"
        verbose_name_plural = "anexos"
        ordering = ["number"]

    def __str__(self) -> str:
        return self.number


class Call(models.Model):
    """
    A call: ``exchange_id`` is what its exchange calls it, ``events`` what was told of it.

    ``caller`` is personal: it stands here only until the call is over and it is known what came of it. ``attended_by``
    is who answered, ``opened_at`` when they opened it on their desk, ``verified`` who the caller proved to be.
    ``no_case`` says why an attended call is no case (M4.1a).
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
    is_measured = models.BooleanField("la midió la central", default=True)
    attended_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, related_name="+", verbose_name="quién atendió"
    )
    opened_at = models.DateTimeField("cuándo se abrió en la mesa", null=True)
    verified = models.ForeignKey("citizens.Citizen", models.SET_NULL, null=True, related_name="+")
    failed_checks = models.PositiveSmallIntegerField(default=0)
    no_case = models.CharField(
        "por qué no es un caso",
        max_length=12,
        blank=True,
        choices=[(each.value, text) for each, text in NO_CASE_LABELS.items()],
    )

    class Meta:
        verbose_name = "llamada"
        verbose_name_plural = "llamadas"
        indexes = [
            models.Index(
                fields=["extension"],
                name="phone_under_way",
                condition=Q(state__in=[CallState.RINGING.value, CallState.ANSWERED.value]),
            ),
            models.Index(fields=["attended_by", "-answered_at"], name="phone_attended"),
        ]

    def __str__(self) -> str:
        return f"{self.exchange_id} ({self.state})"


class CallCase(models.Model):
    """A case that a call is about; ``is_logged`` tells that its history has the call, which is once it is over."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="cases")
    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="+")
    is_logged = models.BooleanField(default=False)

    class Meta:
        verbose_name = "caso de una llamada"
        verbose_name_plural = "casos de llamadas"
        constraints = [models.UniqueConstraint(fields=["call", "case"], name="phone_case_once")]

    def __str__(self) -> str:
        return f"{self.call_id}: {self.case_id}"
