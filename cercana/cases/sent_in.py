"""What people send in before and with a case: files, drafts, and the key that makes a repetition harmless."""

import uuid

from django.db import models


class Attachment(models.Model):
    """
    A file a person gave us, stored outside the web root under a random name; its own name is a personal value.

    ``state`` is ``waiting`` until the worker has looked at the content, then ``ready`` or ``refused``.
    """

    key = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey("cases.Case", models.PROTECT, null=True, related_name="attachments")
    draft = models.ForeignKey("cases.Draft", models.CASCADE, null=True, related_name="attachments")
    name = models.CharField(max_length=150)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, default="waiting")
    refusal = models.CharField(max_length=200, blank=True)
    keeps_location = models.BooleanField(default=False)
    is_internal = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "archivo"
        indexes = [models.Index(fields=["added_at"], name="cases_attachment_orphan", condition=models.Q(case=None))]

    def __str__(self) -> str:
        return str(self.key)


class Draft(models.Model):
    """
    What somebody typed and has not sent, so that a closed tab loses nothing; swept after some days.

    ``key_digest`` is SHA-256 of the secret in the citizen's cookie, or names the member of staff. Once sent it keeps
    nothing but the instant and the generation of access that its case had then.
    """

    key_digest = models.CharField(max_length=64, unique=True)
    fields = models.JSONField(default=dict)
    client_key = models.UUIDField(default=uuid.uuid4)
    saved_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    sent_generation = models.PositiveSmallIntegerField(null=True)

    class Meta:
        verbose_name = "borrador"

    def __str__(self) -> str:
        return str(self.pk)


class Submission(models.Model):
    """The client key under which a case was registered: the same key again gives the same case."""

    client_key = models.UUIDField(primary_key=True)
    case = models.ForeignKey("cases.Case", models.CASCADE, related_name="+")

    class Meta:
        verbose_name = "envío"

    def __str__(self) -> str:
        return str(self.client_key)
