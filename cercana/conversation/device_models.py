"""The phones and browsers that are told how a case goes, and what became of each notice."""

from django.db import models


class NoticeState(models.TextChoices):
    """What became of a notice; ``kept`` where nothing may leave."""

    QUEUED = "queued", "por enviar"
    SENT = "sent", "enviado"
    FAILED = "failed", "no se pudo enviar"
    KEPT = "kept", "no sale de aquí"


class SubscribedDevice(models.Model):
    """
    A browser whose owner asked to be told how one case goes.

    Its address is a password of its push service: ``sealed`` holds it encrypted, ``mark`` tells whether it is known
    already. It is told while ``generation`` is that of the case: whoever changes the code sends everybody away.
    """

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+", db_index=False)
    generation = models.PositiveSmallIntegerField()
    sealed = models.TextField()
    mark = models.CharField(max_length=64)
    language = models.CharField(max_length=2)
    created_at = models.DateTimeField()

    class Meta:
        verbose_name = "equipo con avisos"
        verbose_name_plural = "equipos con avisos"
        constraints = [models.UniqueConstraint(fields=["case", "mark"], name="conversation_device_once")]

    def __str__(self) -> str:
        return f"un equipo de {self.case_id}"


class DeviceNotice(models.Model):
    """
    What tells one device of one event; ``kind`` is that of the letter about it.

    ``last_error`` is a code, ``busy_until`` how long an attempt under way counts as alive. It goes with its device.
    """

    device = models.ForeignKey(SubscribedDevice, models.CASCADE, related_name="+", db_index=False)
    event = models.ForeignKey("cases.Event", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=30)
    state = models.CharField(max_length=10, choices=NoticeState.choices)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField(null=True)
    busy_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "aviso a un equipo"
        verbose_name_plural = "avisos a equipos"
        constraints = [models.UniqueConstraint(fields=["device", "event"], name="conversation_notice_once")]
        indexes = [
            models.Index(
                fields=["next_attempt_at"], name="conversation_notice_queued", condition=models.Q(state="queued")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} a {self.device_id}"
