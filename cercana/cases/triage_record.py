"""What triage proposed for each case, kept for ever beside what people made of it."""

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models

from cercana.rules.classification import CaseClass, ClaimType, CriticalReason, RequestKind
from cercana.rules.triage.labels import Area
from cercana.rules.triage.proposal import Proposed, Span


class TriageRecord(models.Model):
    """
    What triage proposed for the description of a case when it was registered; never changed.

    ``spans`` are lists of label, start and end: places in the description, so that erasing it erases what is quoted.
    ``confidence`` is in thousandths; ``area`` is one of the areas triage knows, not one of the municipality.
    """

    case = models.OneToOneField("cases.Case", models.PROTECT, primary_key=True, related_name="triage")
    proposed_at = models.DateTimeField()
    model = models.CharField(max_length=16)
    kind = models.CharField(max_length=10)
    claim_type = models.CharField(max_length=15, blank=True)
    class_ = models.CharField(max_length=10, db_column="class")
    area = models.CharField(max_length=30)
    reasons = ArrayField(models.CharField(max_length=15))
    about_staff = models.BooleanField()
    safer_won = models.BooleanField()
    confidence = models.JSONField()
    spans = models.JSONField()

    class Meta:
        verbose_name = "propuesta de triaje"
        indexes = [models.Index(fields=["proposed_at"], name="cases_triage_proposed")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return str(self.case_id)

    @property
    def proposed(self) -> Proposed:
        """What was proposed, as the rules know it."""
        return Proposed(
            kind=RequestKind(self.kind),
            claim_type=ClaimType(self.claim_type) if self.claim_type else None,
            class_=CaseClass(self.class_),
            area=Area(self.area),
            reasons=tuple(map(CriticalReason, self.reasons)),
            about_staff=self.about_staff,
            safer_won=self.safer_won,
            confidence=self.confidence,
            spans=tuple(Span(*each) for each in self.spans),
            model=self.model,
        )


def columns_of(proposed: Proposed) -> dict[str, object]:
    """Return the columns of the record that holds ``proposed``."""
    return {
        "model": proposed.model,
        "kind": proposed.kind.value,
        "claim_type": proposed.claim_type.value if proposed.claim_type else "",
        "class_": proposed.class_.value,
        "area": proposed.area.value,
        "reasons": [reason.value for reason in proposed.reasons],
        "about_staff": proposed.about_staff,
        "safer_won": proposed.safer_won,
        "confidence": dict(proposed.confidence),
        "spans": [[each.label, each.start, each.end] for each in proposed.spans],
    }
