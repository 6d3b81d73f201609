"""Who has to be called back: until when it was promised, what they prefer, and every attempt."""

from django.db import models

from cercana.rules.callbacks import OUTCOME_LABELS, PREFERRED_WAY_LABELS


class CallBack(models.Model):
    """
    Somebody without a case who called, and the promise to call them back; the key is that of their call, too.

    ``promised_at`` never moves: the figures are held against it. What was recorded is personal, and leaves with the
    person of the case that came of it.
    """

    contact = models.OneToOneField(
        "conversation.UnregisteredContact", models.CASCADE, primary_key=True, related_name="+"
    )
    promised_at = models.DateTimeField("prometida hasta")
    preferred_at = models.DateTimeField("hora que prefiere", null=True)
    preferred_way = models.CharField(
        "cómo prefiere",
        max_length=10,
        blank=True,
        choices=[(each.value, text) for each, text in PREFERRED_WAY_LABELS.items()],
    )
    recording_url = models.URLField("mensaje de voz", max_length=500, blank=True)
    recording_seconds = models.PositiveIntegerField("segundos del mensaje", null=True)
    taken_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "devolución de llamada"
        verbose_name_plural = "devoluciones de llamadas"

    def __str__(self) -> str:
        return f"{self.contact_id} hasta {self.promised_at:%Y-%m-%d %H:%M}"


class CallBackAttempt(models.Model):
    """An attempt to call somebody back: when, who, and what came of it."""

    call_back = models.ForeignKey(CallBack, models.CASCADE, related_name="attempts")
    at = models.DateTimeField()
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=12, choices=[(each.value, text) for each, text in OUTCOME_LABELS.items()])

    class Meta:
        verbose_name = "intento de devolución"
        verbose_name_plural = "intentos de devolución"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}: {self.outcome}"
