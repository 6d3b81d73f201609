"""What an administrator changed, in Spanish words, with the values before and after: what the register keeps."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeAlias

from django import forms
from django.utils import timezone

if TYPE_CHECKING:
    from django.db.models import Model
    from django.forms.models import BaseInlineFormSet

    Form: TypeAlias = forms.ModelForm[Model]
    Formset: TypeAlias = BaseInlineFormSet[Model, Model, Form]

_EMPTY = "(vacío)"


def words_of_change(form: "Form", formsets: Sequence["Formset"], *, is_new: bool) -> str:
    """Return what ``form`` and the rows below it changed, one sentence after the other; "" if nothing."""
    own = list(_values(form) if is_new else _changes(form))
    rows = [sentence for formset in formsets for sentence in _rows(formset)]
    return ". ".join([*(["; ".join(own)] if own else []), *rows])


def _rows(formset: "Formset") -> Iterator[str]:
    deleted = list(formset.deleted_objects)
    for form in formset.forms:
        if not form.has_changed() or form.instance in deleted:
            continue
        is_new = form in formset.extra_forms
        what = "; ".join(_values(form) if is_new else _changes(form))
        yield f"{'Añade' if is_new else 'Cambia'} {form.instance._meta.verbose_name} «{form.instance}»: {what}"
    yield from (f"Quita {each._meta.verbose_name} «{each}»" for each in deleted)


def _values(form: "Form") -> Iterator[str]:
    for name in _visible(form, form.fields):
        value = form.cleaned_data.get(name)
        if value not in (None, ""):
            yield f"{form.fields[name].label}: {_shown(form.fields[name], value)}"


def _changes(form: "Form") -> Iterator[str]:
    for name in _visible(form, form.changed_data):
        field = form.fields[name]
        before = _shown(field, form.get_initial_for_field(field, name))
        yield f"{field.label}: {before} → {_shown(field, form.cleaned_data.get(name))}"


def _visible(form: "Form", names: Iterable[str]) -> list[str]:
    # Beside what people see a row has its own id and that of what it belongs to.
    return [name for name in names if not form[name].is_hidden and name != "DELETE" and form.fields[name].label]


def _shown(field: forms.Field, value: object) -> str:
    if value is None or value == "":
        return _EMPTY
    if isinstance(value, bool):
        return "sí" if value else "no"
    if isinstance(field, forms.ModelChoiceField):
        return str(field.to_python(value))
    if isinstance(field.widget, forms.Select):
        return {str(code): str(label) for code, label in field.widget.choices}.get(str(value), str(value))
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%d/%m/%Y %H:%M}"
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else str(value)
