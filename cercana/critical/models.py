"""When each critical case is looked at next, where its alarms go and what became of each; the rest is history."""

from django.db import models


class Way(models.TextChoices):
    """How an alarm reaches somebody; the values are stored for ever, in the answer of the event as well."""

    MAIL = "mail", "correo"
    PUSH = "push", "aviso al celular"
    NOTIFIER = "notifier", "otro servicio"


class MessageState(models.TextChoices):
    """What became of the message of an alarm; ``kept`` where nothing may leave."""

    QUEUED = "queued", "por enviar"
    SENT = "sent", "enviado"
    FAILED = "failed", "no se pudo enviar"
    KEPT = "kept", "no sale de aquí"
    NEEDLESS = "needless", "ya no hizo falta"


class TrialState(models.TextChoices):
    """What became of the last trial of a target."""

    NONE = "", "sin probar"
    WAITING = "waiting", "enviando la prueba"
    WORKED = "worked", "la prueba salió"
    FAILED = "failed", "la prueba no salió"
    KEPT = "kept", "en la demostración no sale nada"


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


class AlarmTarget(models.Model):
    """
    Where else an alarm finds a person: a subscribed phone, or an address of a service as apprise writes it.

    The address is a password of its service: ``sealed`` holds it encrypted, ``mark`` tells whether it is known already,
    ``label`` is all that is ever shown of it.
    """

    person = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    way = models.CharField(max_length=10, choices=Way.choices)
    label = models.CharField(max_length=80)
    sealed = models.TextField()
    mark = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    trial = models.CharField(max_length=10, choices=TrialState.choices, default=TrialState.NONE, blank=True)
    trial_error = models.CharField(max_length=40, blank=True)
    tried_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "destino de alarmas"
        verbose_name_plural = "destinos de alarmas"
        constraints = [models.UniqueConstraint(fields=["person", "mark"], name="critical_target_once")]

    def __str__(self) -> str:
        return f"{self.label} de {self.person_id}"


class AlarmMessage(models.Model):
    """
    What tells one person in one way that an alarm calls them; ``sequence`` is of the event of the call.

    ``last_error`` is a code, ``busy_until`` how long an attempt under way counts as alive, ``mark`` that of the target,
    "" for mail. It holds no personal value: what it says is written when it leaves.
    """

    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+", db_index=False)
    sequence = models.PositiveIntegerField()
    person = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    way = models.CharField(max_length=10, choices=Way.choices, default=Way.MAIL)
    target = models.ForeignKey(AlarmTarget, models.SET_NULL, null=True, related_name="+")
    mark = models.CharField(max_length=64, blank=True)
    state = models.CharField(max_length=10, choices=MessageState.choices)
    message_id = models.CharField(max_length=120, unique=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField(null=True)
    busy_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "mensaje de alarma"
        verbose_name_plural = "mensajes de alarma"
        constraints = [
            models.UniqueConstraint(fields=["case", "sequence", "person", "mark"], name="critical_message_once"),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"], name="critical_message_queued", condition=models.Q(state="queued")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.sequence} a {self.person_id}"
