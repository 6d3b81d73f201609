"""The public: people, how to reach them, what makes them vulnerable, and every personal value of a case."""

import uuid

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models

# The words of a name as they are: by them, and by their beginnings, somebody is found among very many.
NAME_WORDS = SearchVector("folded_name", config="simple")


class Citizen(models.Model):
    """
    A person a case belongs to; nothing is required of them but a way to be reached.

    ``is_verified`` tells that somebody saw the document: an unverified one never opens another person's history.
    """

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=120, blank=True)
    folded_name = models.CharField(max_length=120, blank=True, db_index=True)
    document_type = models.CharField(max_length=12, blank=True)
    document_number = models.CharField(max_length=15, blank=True)
    is_verified = models.BooleanField(default=False)
    language = models.CharField(max_length=8, default="es")
    channel = models.CharField(max_length=10, blank=True)
    may_ask_opinion = models.BooleanField(default=False)
    no_contact_reason = models.CharField(max_length=200, blank=True)
    responsible_adult = models.CharField(max_length=120, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = "persona"
        indexes = [
            models.Index(fields=["document_number"], name="citizens_document", condition=~models.Q(document_number="")),
            GinIndex(NAME_WORDS, name="citizens_name_words"),
        ]

    def __str__(self) -> str:
        return str(self.key)


class ContactPoint(models.Model):
    """
    A way to reach a person, as they wrote it and as it is compared.

    ``given_for`` is the case it was given with by somebody who said to be a person we know and proved nothing: what is
    written about the other cases of that person does not go there.
    """

    citizen = models.ForeignKey(Citizen, models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=10)
    value = models.CharField(max_length=254)
    normalized = models.CharField(max_length=254)
    is_bounced = models.BooleanField(default=False)
    given_for = models.UUIDField(null=True)

    class Meta:
        verbose_name = "medio de contacto"
        indexes = [models.Index(fields=["normalized"], name="citizens_contact")]
        constraints = [
            models.UniqueConstraint(
                fields=["citizen", "kind", "normalized", "given_for"],
                name="citizens_contact_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} de {self.citizen_id}"


class Vulnerability(models.Model):
    """Why a person is attended first or with more care: sensitive data, seen by named people only (M5.1c)."""

    citizen = models.ForeignKey(Citizen, models.CASCADE, related_name="vulnerabilities")
    kind = models.CharField(max_length=30)
    recorded_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=30)

    class Meta:
        verbose_name = "situación vulnerable"

    def __str__(self) -> str:
        return f"{self.kind} de {self.citizen_id}"


class PersonalValue(models.Model):
    """
    One text about a person that an event mentions by its commitment only.

    Erasing it empties the value and removes the salt; the history keeps its place and its proof.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Citizen, models.PROTECT, related_name="personal_values")
    kind = models.CharField(max_length=20)
    value = models.TextField(blank=True)
    salt = models.BinaryField(null=True)

    class Meta:
        verbose_name = "valor personal"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(salt__isnull=False) | models.Q(value=""),
                name="citizens_erased_is_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"
