"""What the page of the duty roster sends."""

from datetime import date
from typing import Any

from django import forms

from cercana.accounts.errors import RosterEntryUnfit
from cercana.rules.time_texts import TEXTS

WEEKDAYS = list(enumerate(TEXTS["es"].weekdays))


class TurnForm(forms.Form):
    """A turn of every week."""

    dia = forms.TypedChoiceField(choices=WEEKDAYS, coerce=int)
    empieza = forms.TimeField()
    termina = forms.TimeField()
    persona = forms.IntegerField()
    desde = forms.DateField()


class EndForm(forms.Form):
    """The last day of a turn."""

    turno = forms.IntegerField()
    hasta = forms.DateField()


class SwapForm(forms.Form):
    """Somebody else for one turn of one day, written «turn:day»; nobody if empty."""

    turno = forms.RegexField(r"^\d{1,9}:\d{4}-\d\d-\d\d$")
    persona = forms.IntegerField(required=False)

    def clean_turno(self) -> tuple[int, date]:
        """Return the turn and its day."""
        turn, _, day = self.cleaned_data["turno"].partition(":")
        found = forms.DateField().clean(day)
        if found is None:
            raise forms.ValidationError(day)
        return int(turn), found


class AbsenceForm(forms.Form):
    """Days on which somebody is away."""

    persona = forms.IntegerField()
    desde = forms.DateField()
    hasta = forms.DateField()


class AbsenceEndForm(forms.Form):
    """An absence taken back."""

    ausencia = forms.IntegerField()


def read(form: forms.Form) -> dict[str, Any]:
    """Return what was written; raise RosterEntryUnfit."""
    if not form.is_valid():
        raise RosterEntryUnfit
    return form.cleaned_data
