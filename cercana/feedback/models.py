"""What citizens thought of how they were attended, one opinion a case at most."""

from django.db import models


class Opinion(models.Model):
    """
    A mark from 1 to 5, what weighed on it, and perhaps a line, which is a personal value and leaves with the person.

    ``aspects`` maps feedback.opinions.Aspect to True (for better) or False; ``agent`` is who had the case.
    """

    case = models.OneToOneField("cases.Case", models.PROTECT, related_name="+")
    mark = models.PositiveSmallIntegerField()
    aspects = models.JSONField(default=dict)
    line = models.UUIDField(null=True)
    area = models.ForeignKey("organization.Area", models.PROTECT, related_name="+")
    agent = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()

    class Meta:
        verbose_name = "opinión"
        verbose_name_plural = "opiniones"
        indexes = [models.Index(fields=["given_at"], name="feedback_given")]
        constraints = [
            models.CheckConstraint(condition=models.Q(mark__gte=1, mark__lte=5), name="feedback_mark_is_1_to_5"),
        ]

    def __str__(self) -> str:
        return f"{self.mark} sobre {self.case_id}"
