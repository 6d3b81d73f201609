"""The figures of each message to a citizen, kept beside the history that has its words."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from cercana.rules.writing.figures import WritingFigures


class MessageFigures(models.Model):
    """
    How the message of one event was when it left; never changed. It has no words, and names nobody.

    ``sequence`` is that of the event that sent it.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="message_figures", db_index=False)
    sequence = models.PositiveIntegerField()
    sent_at = models.DateTimeField()
    ease = models.PositiveSmallIntegerField()
    problems = ArrayField(models.CharField(max_length=20))
    apology_due = models.BooleanField()
    apologises = models.BooleanField()
    has_next_step = models.BooleanField()

    class Meta:
        verbose_name = "cifras de un mensaje"
        indexes = [models.Index(fields=["sent_at"], name="cases_figures_sent")]
        constraints = [models.UniqueConstraint(fields=["case", "sequence"], name="cases_figures_once")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.sequence}"


def columns_of(figures: WritingFigures) -> dict[str, object]:
    """Return the columns of the row that holds ``figures``."""
    return {
        "ease": figures.ease,
        "problems": [each.value for each in figures.problems],
        "apology_due": figures.apology_due,
        "apologises": figures.apologises,
        "has_next_step": figures.has_next_step,
    }
