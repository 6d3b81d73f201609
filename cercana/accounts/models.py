"""The staff: who may sign in, what each is to which area and since when, and who is on duty."""

from typing import ClassVar

import pgtrigger
from django.contrib.admin.models import LogEntry
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property

from cercana.rules.access import Role
from cercana.rules.time_texts import TEXTS

_ROLE_LABELS = {
    Role.AGENT: "orientador",
    Role.AREA_OFFICER: "responsable de área",
    Role.SUPERVISOR: "jefatura",
    Role.DUTY_OFFICER: "guardia",
    Role.ANALYST: "analista",
    Role.TRAINER: "capacitación",
    Role.ADMINISTRATOR: "administración",
    Role.AUDITOR: "auditoría",
    Role.DATA_PROTECTION: "datos personales",
}


class UserManager(BaseUserManager["User"]):
    """Creates staff accounts, whose name is their mail address."""

    def create_user(self, email: str, full_name: str, password: str | None = None) -> "User":
        """Create an account; without a password only a passkey can open it."""
        user = User(email=self.normalize_email(email).lower(), full_name=full_name)
        user.set_password(password)
        user.save()
        return user


class User(AbstractBaseUser):
    """A member of staff; citizens have no accounts (DS 029-2021-PCM, art. 25.2.a)."""

    email = models.EmailField("correo", unique=True)
    full_name = models.CharField("nombre", max_length=120)
    document_number = models.CharField("documento", max_length=15, blank=True)
    is_active = models.BooleanField("activo", default=True)
    date_joined = models.DateTimeField("desde", default=timezone.now, editable=False)

    memberships_today: "list[Membership]"

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = "cuenta del personal"
        verbose_name_plural = "cuentas del personal"

    def __str__(self) -> str:
        return self.full_name

    def clean(self) -> None:
        """Write the address as sign-in compares it."""
        self.email = User.objects.normalize_email(self.email).lower()

    @cached_property
    def is_administrator(self) -> bool:
        """Whether this person may change the configuration today."""
        return self._holds(Role.ADMINISTRATOR)

    @cached_property
    def is_auditor(self) -> bool:
        """Whether this person may read the register of changes today."""
        return self._holds(Role.AUDITOR)

    def _holds(self, role: Role) -> bool:
        today = timezone.localdate()
        held = self.memberships.filter(role=role, valid_from__lte=today)
        return held.filter(models.Q(valid_until=None) | models.Q(valid_until__gte=today)).exists()

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Tell the admin that an administrator may use every model registered there, an auditor the register alone."""
        reads = perm == "accounts.view_changerecord"
        return self.is_active and (self.is_administrator or (reads and self.is_auditor))

    def has_module_perms(self, app_label: str) -> bool:
        """Tell the admin likewise for a whole app."""
        reads = app_label == ChangeRecord._meta.app_label
        return self.is_active and (self.is_administrator or (reads and self.is_auditor))


class Membership(models.Model):
    """A role in an area between two dates; a substitute holds it while the head is away."""

    user = models.ForeignKey(User, models.PROTECT, related_name="memberships", verbose_name="persona")
    role = models.CharField("rol", max_length=20, choices=[(each.value, label) for each, label in _ROLE_LABELS.items()])
    area = models.ForeignKey("organization.Area", models.PROTECT, related_name="+", verbose_name="área")
    site = models.ForeignKey(
        "organization.Site", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="sede"
    )
    is_substitute = models.BooleanField("es reemplazo", default=False)
    valid_from = models.DateField("vigente desde")
    valid_until = models.DateField("vigente hasta", null=True, blank=True)

    class Meta:
        verbose_name = "cargo"
        verbose_name_plural = "cargos"
        indexes = [models.Index(fields=["area", "role"], name="accounts_membership_area")]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()} de {self.area}"


class DutyShift(models.Model):
    """A stretch of time in which somebody answers for critical cases out of hours."""

    user = models.ForeignKey(User, models.PROTECT, related_name="duty_shifts", verbose_name="persona")
    starts_at = models.DateTimeField("empieza")
    ends_at = models.DateTimeField("termina")

    class Meta:
        verbose_name = "turno de guardia"
        verbose_name_plural = "turnos de guardia"
        constraints = [
            models.CheckConstraint(condition=models.Q(starts_at__lt=models.F("ends_at")), name="accounts_shift_order"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.starts_at:%d/%m %H:%M}"


class DutyTurn(models.Model):
    """A turn of every week; one that ends no later than it starts ends the day after. It is ended, never deleted."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="persona")
    weekday = models.PositiveSmallIntegerField("día", help_text="0 es lunes.")
    starts = models.TimeField("empieza")
    ends = models.TimeField("termina")
    valid_from = models.DateField("vigente desde")
    valid_until = models.DateField("vigente hasta", null=True, blank=True)

    class Meta:
        verbose_name = "turno semanal de guardia"
        verbose_name_plural = "turnos semanales de guardia"
        constraints = [models.CheckConstraint(condition=models.Q(weekday__lt=7), name="accounts_turn_weekday")]

    def __str__(self) -> str:
        weekday = TEXTS["es"].weekdays[self.weekday]
        return f"{self.user}, cada {weekday} de {self.starts:%H:%M} a {self.ends:%H:%M}"


class DutySwap(models.Model):
    """On one day somebody else has a turn, or nobody; a later one for the same day takes its place."""

    turn = models.ForeignKey(DutyTurn, models.PROTECT, related_name="+", verbose_name="turno")
    day = models.DateField("fecha")
    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name="persona")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="quién lo cambió")
    made_at = models.DateTimeField("cuándo")

    class Meta:
        verbose_name = "cambio de turno de guardia"
        verbose_name_plural = "cambios de turno de guardia"
        constraints = [models.UniqueConstraint(fields=["turn", "day"], name="accounts_swap_once")]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}, {self.user or 'nadie'} en lugar de {self.turn.user}"


class DutyAbsence(models.Model):
    """Days on which somebody answers for nothing, both included."""

    user = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="persona")
    first_day = models.DateField("primer día")
    last_day = models.DateField("último día")
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="quién lo anotó")
    made_at = models.DateTimeField("cuándo")

    class Meta:
        verbose_name = "ausencia de guardia"
        verbose_name_plural = "ausencias de guardia"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first_day__lte=models.F("last_day")), name="accounts_absence_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, del {self.first_day:%d/%m/%Y} al {self.last_day:%d/%m/%Y}"


class ChangeRecord(LogEntry):
    """What somebody changed in the configuration, once and for ever: a line of Django's own log."""

    class Meta:
        proxy = True
        verbose_name = "cambio"
        verbose_name_plural = "registro de cambios"
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
