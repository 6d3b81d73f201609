"""The frame of every page of configuration: a list that says what it is for, and changes that are kept in words."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from unfold.admin import ModelAdmin, StackedInline
from unfold.mixins import BaseModelAdminMixin

from cercana.ui.change_words import words_of_change

if TYPE_CHECKING:
    from django.db.models import Field

    from cercana.ui.change_words import Form, Formset

    _ModelForm = forms.ModelForm[Any]
else:
    _ModelForm = forms.ModelForm

# Whatever a form of Django takes.
_Given: TypeAlias = Any


class _ExplainedFields(BaseModelAdminMixin):
    """Says below each field what it is for: ``field_help``, by the name of the field."""

    field_help: ClassVar[Mapping[str, str]] = {}

    def formfield_for_dbfield(
        self, db_field: "Field[_Given, _Given]", request: HttpRequest, **kwargs: _Given
    ) -> "forms.Field | None":
        """Return the field of the form with its help."""
        help_text = self.field_help.get(db_field.name)
        given = {"help_text": help_text, **kwargs} if help_text else kwargs
        made: forms.Field | None = super().formfield_for_dbfield(db_field, request, **given)
        return made


class ExplainedInline(_ExplainedFields, StackedInline):
    """Rows on the page of what they belong to, each field with its help."""


class ExplainedAdmin(_ExplainedFields, ModelAdmin):
    """A list with its ``explanation`` on top; ``lead`` are words that lead to the address named ``leads_to``."""

    explanation: ClassVar[str]
    lead: ClassVar[str] = ""
    leads_to: ClassVar[str] = ""
    list_before_template = "admin/explanation.html"

    def construct_change_message(
        self, request: HttpRequest, form: "Form", formsets: Sequence["Formset"], add: bool = False
    ) -> str:
        """Return what changed, with the values before and after: a name of today says nothing about yesterday's."""
        return words_of_change(form, formsets or (), is_new=add)


class DatedRowForm(_ModelForm):
    """A row that is valid between two dates: in force, it can only be ended; once over, it stays as it was."""

    def __init__(self, *args: _Given, **kwargs: _Given) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            return
        today = timezone.localdate()
        has_begun = self.instance.valid_from <= today
        is_over = self.instance.valid_until is not None and self.instance.valid_until < today
        for name, field in self.fields.items():
            # A browser that sends a value all the same is not heard.
            field.disabled = is_over or (has_begun and name != "valid_until")


class EndedFromNowForm(DatedRowForm):
    """A row whose end cannot be put where it would deny what was held."""

    def clean_valid_until(self) -> object:
        """Return the last day; raise ValidationError if it is changed to one before yesterday."""
        day = self.cleaned_data["valid_until"]
        if day is not None and "valid_until" in self.changed_data and day < timezone.localdate() - timedelta(days=1):
            raise ValidationError("Ponga la fecha de ayer o una posterior.")
        return day
