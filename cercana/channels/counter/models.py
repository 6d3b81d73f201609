"""The waiting rooms with their windows and devices, and the turns; nothing here names a person for more than a day."""

import uuid

from django.db import models
from django.db.models import Q

from cercana.rules.turns import PreferentialGroup, Topic, TurnState

_ENDS = (TurnState.ATTENDED.value, TurnState.ABSENT.value, TurnState.LEFT.value)


class DeviceKind(models.TextChoices):
    """What a public device of a waiting room is for."""

    KIOSK = "kiosk", "quiosco"
    SCREEN = "screen", "pantalla"


class Room(models.Model):
    """
    The waiting room of a site; ``version`` grows with every change, for the pages that ask again and again.

    Commands lock its row: of two windows that call at once, one calls after the other.
    """

    site = models.OneToOneField(
        "organization.Site", models.PROTECT, primary_key=True, related_name="+", verbose_name="sede"
    )
    longest_wait = models.PositiveSmallIntegerField("minutos de espera como máximo", default=30)
    printer_host = models.CharField("dirección de la impresora", max_length=120, blank=True)
    printer_port = models.PositiveIntegerField("puerto de la impresora", default=9100)
    is_active = models.BooleanField("en uso", default=True)
    version = models.PositiveBigIntegerField(default=0, editable=False)
    printer_error = models.CharField(max_length=80, blank=True, editable=False)

    class Meta:
        verbose_name = "sala de espera"
        verbose_name_plural = "salas de espera"

    def __str__(self) -> str:
        return str(self.site)


class Window(models.Model):
    """A place where people are attended, as the screen calls it: «Ventanilla 5»."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="windows", verbose_name="sala de espera")
    name = models.CharField("número o nombre corto", max_length=10)
    is_active = models.BooleanField("en uso", default=True)
    attended_by = models.OneToOneField(
        "accounts.User", models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    attended_since = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = "ventanilla"
        verbose_name_plural = "ventanillas"
        ordering = ["room", "id"]
        constraints = [models.UniqueConstraint(fields=["room", "name"], name="counter_window_once")]

    def __str__(self) -> str:
        return f"Ventanilla {self.name}"


class Turn(models.Model):
    """
    A turn of one day: what it is for and when what happened, never whose it is.

    ``key`` opens it on a phone. The first call ends the wait; the attention begins at the latest one, ``called_at``.
    """

    room = models.ForeignKey(Room, models.PROTECT, related_name="turns")
    day = models.DateField()
    letter = models.CharField(max_length=1)
    number = models.PositiveIntegerField()
    key = models.UUIDField(unique=True, default=uuid.uuid4)
    topic = models.CharField(max_length=12, choices=[(each.value, each.value) for each in Topic])
    is_preferential = models.BooleanField(default=False)
    language = models.CharField(max_length=3, default="es")
    state = models.CharField(
        max_length=10, choices=[(each.value, each.value) for each in TurnState], default=TurnState.WAITING.value
    )
    arrived_at = models.DateTimeField()
    first_called_at = models.DateTimeField(null=True)
    called_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    calls = models.PositiveSmallIntegerField(default=0)
    window = models.ForeignKey(Window, models.SET_NULL, null=True, related_name="+")
    passed_to = models.ForeignKey(Window, models.SET_NULL, null=True, related_name="+")
    became_case = models.BooleanField(default=False)
    printed_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "turno"
        verbose_name_plural = "turnos"
        constraints = [
            models.UniqueConstraint(fields=["room", "day", "letter", "number"], name="counter_ticket_once"),
            models.UniqueConstraint(
                fields=["window"], condition=Q(state=TurnState.CALLED.value), name="counter_one_turn_a_window"
            ),
            models.CheckConstraint(
                condition=Q(state__in=_ENDS, ended_at__isnull=False) | (~Q(state__in=_ENDS) & Q(ended_at__isnull=True)),
                name="counter_end_has_its_time",
            ),
        ]
        indexes = [
            models.Index(fields=["room", "day", "state"], name="counter_turn_today"),
        ]

    def __str__(self) -> str:
        return f"{self.room_id} {self.day} {self.letter} {self.number}"


class TurnDetail(models.Model):
    """What is told to whoever attends a turn: a document typed at the kiosk, a word of a colleague. Gone next day."""

    turn = models.OneToOneField(Turn, models.CASCADE, primary_key=True, related_name="detail")
    document = models.CharField(max_length=20, blank=True)
    note = models.CharField(max_length=300, blank=True)
    case_number = models.CharField(max_length=24, blank=True)

    class Meta:
        verbose_name = "dato de un turno"
        verbose_name_plural = "datos de turnos"

    def __str__(self) -> str:
        return str(self.turn_id)


class PreferentialCount(models.Model):
    """How many of one group took a turn on a day; which turn it was is kept nowhere."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="+")
    day = models.DateField()
    group = models.CharField(max_length=14, choices=[(each.value, each.value) for each in PreferentialGroup])
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "cuenta de atención preferente"
        verbose_name_plural = "cuentas de atención preferente"
        constraints = [models.UniqueConstraint(fields=["room", "day", "group"], name="counter_group_once")]

    def __str__(self) -> str:
        return f"{self.day} {self.group}: {self.count}"


class Device(models.Model):
    """A kiosk or a screen that an administrator linked to a waiting room, until the link is taken back."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    room = models.ForeignKey(Room, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=DeviceKind.choices)
    name = models.CharField(max_length=60)
    made_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "equipo de la sala"
        verbose_name_plural = "equipos de las salas"

    def __str__(self) -> str:
        return self.name


class WaitAnswer(models.Model):
    """A supervisor sees to a wait past its bound: for a while nobody else is called because of this room."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="+")
    answered_at = models.DateTimeField()
    answered_by = models.ForeignKey("accounts.User", models.SET_NULL, null=True, related_name="+")

    class Meta:
        verbose_name = "respuesta a una espera larga"
        verbose_name_plural = "respuestas a esperas largas"
        indexes = [models.Index(fields=["room", "answered_at"], name="counter_wait_answer")]

    def __str__(self) -> str:
        return f"{self.room_id}, {self.answered_at}"
