"""The mailbox of the demonstration: every mail that would have left, with links that work."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cercana.conversation import queries
from cercana.organization import queries as organization


@require_safe
@login_not_required
def mailbox(request: HttpRequest) -> HttpResponse:
    """Show the newest mails, of one case if its number is given; there is no such page beside a demonstration."""
    _check_demonstration()
    number = request.GET.get("caso", "").strip()
    context = {"messages_kept": queries.kept_messages(number), "number": number, "now": timezone.now()}
    return render(request, "conversation/mailbox.html", context)


@require_safe
@login_not_required
def letter(request: HttpRequest, letter_id: int) -> HttpResponse:
    """Show one mail."""
    _check_demonstration()
    found = queries.kept_message(letter_id)
    if found is None:
        raise Http404
    return render(request, "conversation/letter.html", {"letter": found, "now": timezone.now()})


def _check_demonstration() -> None:
    if not organization.is_demonstration():
        raise Http404
