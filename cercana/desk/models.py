"""What the desk keeps for each of its people."""

from django.db import models


class SavedView(models.Model):
    """A selection of the queue that a member of staff keeps under a name; ``filters`` are fields of Filters."""

    staff = models.ForeignKey("accounts.User", models.CASCADE, related_name="+")
    name = models.CharField(max_length=40)
    view = models.CharField(max_length=20)
    filters = models.JSONField(default=dict)

    class Meta:
        verbose_name = "vista guardada"
        verbose_name_plural = "vistas guardadas"
        constraints = [models.UniqueConstraint(fields=["staff", "name"], name="desk_saved_view_once")]

    def __str__(self) -> str:
        return self.name
