"""The case: its history, which is the truth, and the rows that project it so that it can be found and listed."""

import uuid

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from cercana.cases.message_figures import MessageFigures
from cercana.cases.sent_in import Attachment, Draft, Submission
from cercana.cases.triage_record import TriageRecord
from cercana.rules.classification import CriticalState
from cercana.rules.lifecycle import Stage
from cercana.rules.promises import Due

__all__ = [
    "AccessRecord",
    "Attachment",
    "Case",
    "CaseLink",
    "CaseText",
    "Clock",
    "Draft",
    "Event",
    "MessageFigures",
    "Reaction",
    "Referral",
    "StaffNotice",
    "Submission",
    "Task",
    "TriageRecord",
]


def _no_truncate() -> pgtrigger.Trigger:
    """Return the trigger that keeps a table from being emptied at once."""
    return pgtrigger.Trigger(
        name="no_truncate",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION 'table % is append-only', TG_TABLE_NAME;",
    )


class Case(models.Model):
    """
    The projection of one case, written only by recording events; it holds no personal values.

    ``attention_due_at`` is the instant that orders the queue; ``last_hash`` ties the row to its history.
    ``silence_look_at`` is when the watch has to see whether the citizen waits for a word for too long.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    number = models.CharField(max_length=24, unique=True)
    citizen = models.ForeignKey("citizens.Citizen", models.PROTECT, related_name="cases")
    kind = models.CharField(max_length=10)
    claim_type = models.CharField(max_length=15, blank=True)
    class_ = models.CharField(max_length=10, db_column="class")
    base_class = models.CharField(max_length=10)
    became_critical_at = models.DateTimeField(null=True)
    critical_state = models.CharField(max_length=10)
    critical_proposed_at = models.DateTimeField(null=True)
    lowering_asked_at = models.DateTimeField(null=True)
    lowering_asked_by = models.IntegerField(null=True)
    channel = models.CharField(max_length=10)
    category = models.ForeignKey("organization.Category", models.PROTECT, related_name="+", db_index=False)
    legal_nature = models.ForeignKey("organization.LegalNature", models.PROTECT, related_name="+", db_index=False)
    language = models.CharField(max_length=8)
    notice_version = models.PositiveIntegerField()
    is_preferential = models.BooleanField()
    is_restricted = models.BooleanField()
    is_drill = models.BooleanField(default=False, db_default=False)
    about_staff = models.BooleanField()
    complained_staff = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    complained_area = models.CharField(max_length=60, blank=True)
    complained_site = models.CharField(max_length=60, blank=True)
    stage = models.CharField(max_length=12)
    stage_since = models.DateTimeField()
    area = models.ForeignKey("organization.Area", models.PROTECT, related_name="+", db_index=False)
    proposed_area = models.ForeignKey("organization.Area", models.PROTECT, related_name="+", db_index=False)
    owner = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    intake = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    received_at = models.DateTimeField()
    registered_at = models.DateTimeField(null=True)
    last_contact_at = models.DateTimeField(null=True)
    last_citizen_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=15, blank=True)
    cause = models.CharField(max_length=20, blank=True)
    closure = models.CharField(max_length=25, blank=True)
    contested_count = models.PositiveSmallIntegerField()
    reopened_count = models.PositiveSmallIntegerField()
    attempts = ArrayField(models.CharField(max_length=10))
    merged_into = models.CharField(max_length=24, blank=True, db_index=True)
    absorbed_due_at = models.DateTimeField(null=True)
    platform_code = models.CharField(max_length=60, blank=True)
    access_generation = models.PositiveSmallIntegerField()
    abstained = ArrayField(models.IntegerField())
    attended = ArrayField(models.IntegerField())
    erased_at = models.DateTimeField(null=True)
    attention_due_at = models.DateTimeField(null=True)
    silence_warned_for = models.DateTimeField(null=True)
    silence_look_at = models.DateTimeField(null=True)
    last_sequence = models.PositiveIntegerField()
    last_hash = models.BinaryField(max_length=32)
    last_recorded_at = models.DateTimeField()

    class Meta:
        verbose_name = "caso"
        indexes = [
            models.Index(
                fields=["attention_due_at", "id"], name="cases_open_by_due", condition=~models.Q(stage=Stage.CLOSED)
            ),
            models.Index(
                fields=["area", "attention_due_at"], name="cases_open_by_area", condition=~models.Q(stage=Stage.CLOSED)
            ),
            models.Index(
                fields=["owner", "attention_due_at"],
                name="cases_open_by_owner",
                condition=~models.Q(stage=Stage.CLOSED),
            ),
            models.Index(
                fields=["area"],
                name="cases_open_critical",
                condition=~models.Q(stage=Stage.CLOSED) & ~models.Q(critical_state=CriticalState.NONE),
            ),
            models.Index(
                fields=["critical_proposed_at"],
                name="cases_proposed_critical",
                condition=models.Q(critical_state=CriticalState.PROPOSED),
            ),
            models.Index(fields=["-closed_at"], name="cases_closed", condition=models.Q(stage=Stage.CLOSED)),
            models.Index(
                fields=["silence_look_at"],
                name="cases_silence_watched",
                condition=models.Q(silence_look_at__isnull=False),
            ),
            models.Index(fields=["citizen", "-received_at"], name="cases_by_citizen"),
            models.Index(fields=["area"], name="cases_by_area"),
            models.Index(fields=["legal_nature"], name="cases_by_nature"),
            models.Index(fields=["category", "-received_at"], name="cases_by_category"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(kind="claim") | models.Q(claim_type=""), name="cases_inquiry_has_no_claim_type"
            ),
            models.CheckConstraint(
                condition=~models.Q(stage=Stage.CLOSED) | ~models.Q(outcome=""), name="cases_closed_has_outcome"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Event(models.Model):
    """One entry of a history: inserted once, never changed or removed, chained to the one before."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="events", db_index=False)
    sequence = models.PositiveIntegerField()
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    actor = models.CharField(max_length=30)
    on_behalf_of = models.CharField(max_length=60, blank=True)
    type = models.CharField(max_length=30)
    schema_version = models.PositiveSmallIntegerField()
    payload = models.JSONField()
    previous_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = "registro"
        constraints = [models.UniqueConstraint(fields=["case", "sequence"], name="cases_event_once")]
        indexes = [models.Index(fields=["recorded_at"], name="cases_event_recorded")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            _no_truncate(),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.sequence} {self.type}"


class Clock(models.Model):
    """
    A promise of a case, projected from its history; see rules/projected_clocks.py.

    ``look_at`` is when the watch has to look at it, the instant of its next warning or earlier; None if it has none.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="clocks", db_index=False)
    kind = models.CharField(max_length=15)
    round = models.PositiveSmallIntegerField()
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    inclusive = models.BooleanField()
    whole_day = models.BooleanField()
    policy_version = models.PositiveIntegerField()
    term = models.CharField(max_length=20, blank=True)
    status = models.CharField(max_length=10)
    suspended_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    breached_at = models.DateTimeField(null=True)
    warned = models.PositiveSmallIntegerField(default=0)
    look_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "plazo"
        constraints = [models.UniqueConstraint(fields=["case", "kind", "round"], name="cases_clock_once")]
        indexes = [
            models.Index(fields=["due_at"], name="cases_clock_running", condition=models.Q(ended_at__isnull=True)),
            models.Index(fields=["look_at"], name="cases_clock_watched", condition=models.Q(look_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.round} de {self.case_id}"

    @property
    def due(self) -> Due:
        """The promise as the rules of time know it."""
        return Due(self.due_at, self.inclusive, self.whole_day)


class Referral(models.Model):
    """A handing over to an area, projected from the history."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="referrals", db_index=False)
    ordinal = models.PositiveSmallIntegerField()
    area = models.ForeignKey("organization.Area", models.PROTECT, related_name="+", db_index=False)
    referred_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    end = models.CharField(max_length=12, blank=True)

    class Meta:
        verbose_name = "derivación"
        constraints = [models.UniqueConstraint(fields=["case", "ordinal"], name="cases_referral_once")]

    def __str__(self) -> str:
        return f"{self.case_id} a {self.area_id}"


class Task(models.Model):
    """Something somebody still has to do for a case, projected from the history."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="tasks", db_index=False)
    ordinal = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    area = models.ForeignKey("organization.Area", models.PROTECT, related_name="+", db_index=False)
    due_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "tarea"
        constraints = [models.UniqueConstraint(fields=["case", "ordinal"], name="cases_task_once")]
        indexes = [
            models.Index(
                fields=["area", "due_at"], name="cases_task_open", condition=models.Q(finished_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} de {self.case_id}"


class CaseText(models.Model):
    """
    What a case is found and listed by: its title, place and words. Personal, so apart from the row and erasable.

    A restricted case has no words here. ``place`` is folded for comparing; ``street`` and ``metre`` say where it is
    (rules/near_places.py), and ``told_at`` repeats the reception, so that one index finds what happened there lately.
    """

    case = models.OneToOneField(Case, models.CASCADE, primary_key=True, related_name="text")
    title = models.CharField(max_length=120, blank=True)
    place = models.CharField(max_length=200, blank=True)
    search = SearchVectorField(null=True)
    street = models.CharField(max_length=80, blank=True, default="")
    metre = models.IntegerField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "texto de búsqueda"
        indexes = [
            GinIndex(fields=["search"], name="cases_text_search", fastupdate=False),
            models.Index(fields=["street", "-told_at"], name="cases_text_street", condition=~models.Q(street="")),
        ]

    def __str__(self) -> str:
        return str(self.case_id)


class CaseLink(models.Model):
    """Two cases that have to do with each other; ``relation`` says how the first stands to the second."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="links", db_index=False)
    other = models.ForeignKey(Case, models.CASCADE, related_name="linked_from")
    relation = models.CharField(max_length=12)

    class Meta:
        verbose_name = "vínculo"
        constraints = [models.UniqueConstraint(fields=["case", "other"], name="cases_link_once")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.relation} {self.other_id}"


class AccessRecord(models.Model):
    """Who looked at personal data and when; a list page is one record with its case numbers. Kept two years."""

    actor = models.CharField(max_length=30)
    act = models.CharField(max_length=20)
    numbers = ArrayField(models.CharField(max_length=24))
    detail = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "acceso a datos"
        indexes = [models.Index(fields=["at"], name="cases_access_at")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update),
            _no_truncate(),
        ]

    def __str__(self) -> str:
        return f"{self.actor} {self.act} {self.at:%Y-%m-%d %H:%M}"


class Reaction(models.Model):
    """That what follows an event has been done: one row per event and handler makes a repetition harmless."""

    event = models.ForeignKey(Event, models.CASCADE, related_name="reactions", db_index=False)
    handler = models.CharField(max_length=60)
    finished_at = models.DateTimeField()

    class Meta:
        verbose_name = "reacción"
        constraints = [models.UniqueConstraint(fields=["event", "handler"], name="cases_reaction_once")]

    def __str__(self) -> str:
        return f"{self.handler} {self.event_id}"


class StaffNotice(models.Model):
    """
    A warning of the watch for one member of staff, on the desk until it is marked as read.

    ``level`` is the share of the time of ``clock``, in percent, that came at ``at``; without a clock it is the citizen
    who waits for a word. ``shown_from`` is when it may be seen: only critical cases do not wait for the morning.
    """

    user = models.ForeignKey("accounts.User", models.CASCADE, related_name="+", db_index=False)
    case = models.ForeignKey(Case, models.CASCADE, related_name="+", db_index=False)
    clock = models.ForeignKey(Clock, models.CASCADE, null=True, related_name="+", db_index=False)
    level = models.PositiveSmallIntegerField()
    at = models.DateTimeField()
    shown_from = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "aviso al personal"
        indexes = [
            models.Index(fields=["user", "clock"], name="cases_notice_unread", condition=models.Q(read_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.level} % de {self.case_id} para {self.user_id}"
