"""An act of the desk together with the reply phrases that its text was written with, in one transaction."""

from collections.abc import Mapping

from django.db import transaction

from cercana.conversation import commands as conversation
from cercana.desk.act_fields import ActForm, given
from cercana.desk.requests import StaffRequest, whole_number
from cercana.rules.acts import Act

# The acts by which a text leaves for the citizen, and the fields it stands in.
_SENT: Mapping[Act, tuple[str, ...]] = {
    Act.WRITE: ("text",),
    Act.ANSWER: ("done", "next_step", "by_when"),
    Act.TELL_FORWARDED: ("done", "next_step", "by_when"),
}
_MOST_PHRASES = 40


def do_with_phrases(request: StaffRequest, number: str, form: ActForm) -> None:
    """Do what ``form`` stands for; the phrases that were put into its text and are still in it count as used."""
    typed = request.POST.getlist("phrase")[:_MOST_PHRASES]
    versions = {id_ for id_ in map(whole_number, typed) if id_ is not None}
    if not versions or form.act not in _SENT:
        form.command(request, number)
        return
    with transaction.atomic():
        form.command(request, number)
        conversation.record_phrase_uses(
            number=number,
            versions=versions,
            sent="\n".join(given(request, name) for name in _SENT[form.act]),
            actor=request.actor,
            now=request.now,
        )
