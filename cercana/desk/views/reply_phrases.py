"""The municipality's reply phrases beside a case, and how they are used."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cercana.conversation import queries as conversation
from cercana.conversation.queries import OfferedPhrase
from cercana.desk.requests import StaffRequest, for_staff, is_fragment, shell
from cercana.feedback import queries as feedback
from cercana.rules.entitlements import may_measure_phrases
from cercana.rules.folding import fold
from cercana.rules.reply_phrases import FEWEST_OPINIONS, SITUATION_LABELS, rating_of

_LOOKED_BACK = timedelta(days=90)


@require_safe
@for_staff
def reply_phrases(request: StaffRequest, number: str) -> HttpResponse:
    """Show the phrases that fit the case, filled with it: in a dialog to be put in, on a page to be copied."""
    found = conversation.phrases_for(request.actor, number, institution=request.institution, now=request.now)
    context = {
        "number": number,
        "phrases": found,
        "situations": SITUATION_LABELS,
        "may_measure": may_measure_phrases(request.actor).allowed,
    }
    if is_fragment(request):
        return render(request, "desk/_reply_phrase_list.html", context)
    words = fold(request.GET.get("q", "")).split()
    searched = {
        situation: [each for each in offered if _has(each, SITUATION_LABELS[situation], words)]
        for situation, offered in found.items()
    }
    context |= {
        "phrases": {situation: offered for situation, offered in searched.items() if offered},
        "typed": request.GET.get("q", ""),
        "shell": shell(request),
    }
    return render(request, "desk/reply_phrases.html", context)


def _has(phrase: OfferedPhrase, group: str, words: list[str]) -> bool:
    said = fold(f"{phrase.title} {phrase.filled.text} {group}")
    return all(word in said for word in words)


@require_safe
@for_staff
def phrase_figures(request: StaffRequest) -> HttpResponse:
    """Show how often each phrase was sent in 90 days, from which areas, and how those cases were rated."""
    since = request.now - _LOOKED_BACK
    found = conversation.phrase_figures(request.actor, since=since)
    marks = feedback.marks_since(since)
    context = {
        "used": [(each, rating_of(marks[case] for case in each.cases if case in marks)) for each in found if each.uses],
        "unused": [each for each in found if not each.uses and each.is_active],
        "situations": SITUATION_LABELS,
        "areas": request.institution.area_names,
        "categories": request.institution.category_names,
        "fewest": FEWEST_OPINIONS,
        "shell": shell(request),
    }
    return render(request, "desk/phrase_figures.html", context)
