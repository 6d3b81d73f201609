"""When each critical case is looked at next, and the letters of its alarms; what happened is in the history."""

from django.db import models


class LetterState(models.TextChoices):
    """What became of the letter of an alarm; ``kept`` where no mail may leave."""

    QUEUED = "queued", "por enviar"
    SENT = "sent", "enviado"
    FAILED = "failed", "no se pudo enviar"
    KEPT = "kept", "no sale de aquí"
    NEEDLESS = "needless", "ya no hizo falta"


class Vigil(models.Model):
    """
    An index: when the protocol of a case has something to do at the earliest.

    Looked at too early it is set again, so only what brings the instant nearer has to write here.
    """

    case = models.OneToOneField("cases.Case", models.CASCADE, primary_key=True, related_name="+")
    due_at = models.DateTimeField()

    class Meta:
        verbose_name = "vigilancia"
        indexes = [models.Index(fields=["due_at"], name="critical_vigil_due")]

    def __str__(self) -> str:
        return f"{self.case_id}, {self.due_at}"


class AlarmLetter(models.Model):
    """
    The mail to one person whom an alarm calls; ``sequence`` is of the event of the call, ``last_error`` a code.

    It holds no personal value: what it says is written when it leaves.
    """

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+", db_index=False)
    sequence = models.PositiveIntegerField()
    person = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=LetterState.choices)
    message_id = models.CharField(max_length=120, unique=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "correo de alarma"
        constraints = [
            models.UniqueConstraint(fields=["case", "sequence", "person"], name="critical_letter_once"),
        ]
        indexes = [
            models.Index(fields=["next_attempt_at"], name="critical_letter_queued", condition=models.Q(state="queued")),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.sequence} a {self.person_id}"
