"""The form of an opinion, as the page of one minute sends it."""

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cercana.feedback.opinions import HIGHEST_MARK, LONGEST_LINE, LOWEST_MARK, Aspect, GivenOpinion

MARKS: dict[int, Promise] = {1: _("Muy mal"), 2: _("Mal"), 3: _("Regular"), 4: _("Bien"), 5: _("Muy bien")}
ASPECTS: dict[Aspect, Promise] = {
    Aspect.TREATMENT: _("El trato"),
    Aspect.INFORMATION: _("La información"),
    Aspect.TIME: _("El tiempo"),
    Aspect.ACCESS: _("El acceso"),
    Aspect.RESULT: _("El resultado"),
    Aspect.TRUST: _("La confianza"),
}
_FIELD_NAMES = {
    Aspect.TREATMENT: "trato",
    Aspect.INFORMATION: "informacion",
    Aspect.TIME: "tiempo",
    Aspect.ACCESS: "acceso",
    Aspect.RESULT: "resultado",
    Aspect.TRUST: "confianza",
}
_BETTER, _WORSE = "bien", "mejorar"
_CHOOSE_A_FACE = {"required": _("Elige una de las cinco caras."), "invalid_choice": _("Elige una de las cinco caras.")}


def _thumbs() -> forms.ChoiceField:
    return forms.ChoiceField(choices=[(_BETTER, _BETTER), (_WORSE, _WORSE)], required=False)


class OpinionForm(forms.Form):
    """A face, six pairs of thumbs, one line; only the face is required."""

    nota = forms.TypedChoiceField(
        choices=[(mark, mark) for mark in range(LOWEST_MARK, HIGHEST_MARK + 1)],
        coerce=int,
        error_messages=_CHOOSE_A_FACE,
    )
    trato = _thumbs()
    informacion = _thumbs()
    tiempo = _thumbs()
    acceso = _thumbs()
    resultado = _thumbs()
    confianza = _thumbs()
    linea = forms.CharField(
        max_length=LONGEST_LINE,
        required=False,
        error_messages={"max_length": _("Resúmelo un poco: caben %(limit_value)s letras.")},
    )

    def to_opinion(self) -> GivenOpinion:
        """Return what was answered."""
        answered = {aspect: self.cleaned_data[name] for aspect, name in _FIELD_NAMES.items()}
        aspects = {aspect: value == _BETTER for aspect, value in answered.items() if value}
        return GivenOpinion(self.cleaned_data["nota"], aspects, self.cleaned_data["linea"])


def aspect_rows() -> list[tuple[str, Promise]]:
    """Return the field name and label of each aspect, in the order they are asked."""
    return [(_FIELD_NAMES[aspect], label) for aspect, label in ASPECTS.items()]
