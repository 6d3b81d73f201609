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


class SupportCall(models.Model):
    """
    Somebody at the desk needed help in a conversation: called their supervisor, noted what happened, or both.

    ``area`` is theirs, ``rung`` that of the nearest supervisors. Nothing names the case or the citizen. ``hurt`` and
    ``said`` are for supervisors alone, and no figure is made of them.
    """

    asked_by = models.ForeignKey("accounts.User", models.CASCADE, related_name="+", verbose_name="pidió apoyo")
    area = models.CharField("área", max_length=60)
    rung = models.CharField("área de la jefatura", max_length=60)
    place = models.CharField("dónde", max_length=20)
    began_at = models.DateTimeField("empezó")
    called_at = models.DateTimeField("llamó a su jefe", null=True)
    answered_at = models.DateTimeField("alguien va", null=True)
    answered_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, related_name="+", verbose_name="quién va"
    )
    hurt = models.CharField("a quién", max_length=200, blank=True)
    said = models.TextField("qué pasó", blank=True)

    class Meta:
        verbose_name = "pedido de apoyo"
        verbose_name_plural = "pedidos de apoyo"
        indexes = [
            models.Index(fields=["called_at"], condition=models.Q(answered_at=None), name="desk_support_open"),
        ]

    def __str__(self) -> str:
        return f"{self.asked_by_id}, {self.began_at}"


class GuideText(models.Model):
    """One version of a situation of the guide, as its trainer wrote it; nothing is ever overwritten."""

    key = models.SlugField("situación", max_length=60)
    version = models.PositiveIntegerField("versión")
    text = models.TextField("texto")
    written_at = models.DateTimeField("cuándo")
    written_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+", verbose_name="quién")

    class Meta:
        verbose_name = "texto de la guía"
        verbose_name_plural = "textos de la guía"
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="desk_guide_text_once")]

    def __str__(self) -> str:
        return f"{self.key}, versión {self.version}"
