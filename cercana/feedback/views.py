"""The page on which a citizen says, in one minute, how they were attended."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from cercana.cases import queries as case_queries
from cercana.cases.queries import TrackedCase
from cercana.conversation.errors import LinkOver
from cercana.conversation.queries import Purpose, read_token
from cercana.feedback import commands, queries
from cercana.feedback.errors import OpinionNotYet
from cercana.feedback.forms import MARKS, OpinionForm, aspect_rows
from cercana.feedback.opinions import LONGEST_LINE
from cercana.rules.access import Actor, ActorKind
from cercana.rules.acts import Act


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def give(request: HttpRequest, token: str) -> HttpResponse:
    """Show the questions, or keep the answers; only a POST does, since programs open links on their own."""
    actor, number = _holder_of(token, Purpose.OPINION)
    if queries.has_opinion(number):
        return render(request, "feedback/thanks.html", {"number": number})
    case = case_queries.tracked_case(actor, number=number)
    if Act.GIVE_OPINION not in case.acts:
        raise OpinionNotYet
    form = OpinionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        commands.give_opinion(number=number, opinion=form.to_opinion(), actor=actor, now=timezone.now())
        return redirect(request.path)
    return _questions(request, case, form)


# Mail programs post here on their own, at the click of whoever reads the mail: the link itself is the proof.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def decline(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether the person wants no more invitations to an opinion, and note it; only a POST does (RFC 8058)."""
    actor, number = _holder_of(token, Purpose.NO_OPINION)
    is_declined = request.method == "POST"
    if is_declined:
        commands.decline_opinions(number=number, actor=actor)
    return render(request, "feedback/declined.html", {"is_declined": is_declined, "number": number})


def _holder_of(token: str, purpose: Purpose) -> tuple[Actor, str]:
    """Return the citizen who holds the link and the number of their case; raise LinkOver."""
    access = read_token(purpose, token)
    entrance = case_queries.entrance_by_key(access.case_key, access.generation)
    if entrance is None:
        raise LinkOver
    return Actor(ActorKind.CITIZEN, case_key=str(access.case_key)), entrance.number


def _questions(request: HttpRequest, case: TrackedCase, form: OpinionForm) -> HttpResponse:
    errors = {name: messages[0] for name, messages in form.errors.items()}
    context = {
        "case": case,
        "marks": MARKS,
        "aspects": aspect_rows(),
        "given": {name: form.data.get(name, "") for name in form.fields},
        "errors": {name: errors.get(name, "") for name in form.fields},
        "longest_line": LONGEST_LINE,
        "now": timezone.now(),
    }
    return render(request, "feedback/give.html", context, status=422 if errors else 200)
