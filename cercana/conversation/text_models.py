"""Text messages to citizens, and the numbers that want none."""

from django.db import models

from cercana.conversation.letters import State


class TextMessage(models.Model):
    """
    The text beside a letter that did not go by mail: what it says, where it goes and what became of it.

    Number and text are personal and leave with the person. ``started_at`` is when an attempt began of which nothing is
    known yet: whoever finds it does not try again. ``last_error`` is a code.
    """

    delivery = models.OneToOneField("conversation.Delivery", models.CASCADE, primary_key=True, related_name="text")
    address = models.CharField(max_length=20, blank=True)
    text = models.CharField(max_length=480, blank=True)
    state = models.CharField(max_length=10, choices=[(each.value, each.value) for each in State])
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "mensaje de texto"
        verbose_name_plural = "mensajes de texto"
        indexes = [
            models.Index(
                fields=["next_attempt_at"], name="conversation_text_queued", condition=models.Q(state="queued")
            ),
            models.Index(fields=["address", "created_at"], name="conversation_text_number"),
        ]

    def __str__(self) -> str:
        return f"SMS de {self.delivery_id}"


class SilentNumber(models.Model):
    """A telephone number, in E.164, whose owner answered BAJA: no text goes there until they answer ALTA."""

    number = models.CharField(max_length=20, primary_key=True)
    since = models.DateTimeField()

    class Meta:
        verbose_name = "número sin SMS"
        verbose_name_plural = "números sin SMS"

    def __str__(self) -> str:
        return self.number
