"""How somebody comes to their case: by number and code, by a signed link, or by asking for a new one."""

from contextlib import suppress

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cercana.cases.errors import CaseNotFound
from cercana.conversation.commands import send_tracking_link, unsubscribe_device
from cercana.conversation.errors import LinkOver
from cercana.database import throttle
from cercana.organization import queries as organization
from cercana.portal import holding, links
from cercana.portal.drafting import forget_sent
from cercana.portal.forms import FindForm, LostForm, said
from cercana.portal.patience import address_of, check_tries
from cercana.rules import case_number

_NO_REFERRER = "no-referrer"


@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Ask for number and code; a wrong pair and an unknown number get the same sentence after the same work."""
    if request.method != "POST":
        number = request.GET.get("numero")
        response = render(request, "portal/find.html", {"form": FindForm(initial={"numero": number})})
        return holding.unlisted(response) if number else response
    form = FindForm(request.POST)
    if form.is_valid() and (number := _number_in(form)):
        now = timezone.now()
        check_tries(request, number, now)
        entrance = links.entrance_by_code(number, form.cleaned_data["codigo"])
        if entrance is not None:
            throttle.forgive(number, address_of(request), now)
            return holding.let_in(redirect("portal:track", number=entrance.number), entrance)
        form.add_error("codigo", _("El número y el código no van juntos. Revísalos en tu constancia, por favor."))
    return render(request, "portal/find.html", {"form": form}, status=422)


@require_safe
def link(request: HttpRequest, token: str) -> HttpResponse:
    """Open the case that a signed link names; it only shows, and leads on at once so that the link stays private."""
    try:
        entrance = links.entrance_by_link(token, timezone.now())
    except LinkOver as refusal:
        over = render(request, "portal/link_over.html", {"sentence": said(refusal)}, status=refusal.status)
        return holding.unlisted(over)
    page = "portal:decide" if request.GET.get("cierre") else "portal:track"
    response = holding.let_in(redirect(page, number=entrance.number), entrance)
    if request.GET.get("cierre") in ("si", "no"):
        response["Location"] += f"?cierre={request.GET['cierre']}"
    response["Referrer-Policy"] = _NO_REFERRER
    return holding.unlisted(response)


@require_http_methods(["GET", "HEAD", "POST"])
def lost(request: HttpRequest) -> HttpResponse:
    """Have a new link sent to the contact on record; the page is the same whether or not there is such a case."""
    if request.method != "POST":
        return render(request, "portal/lost.html", {"form": LostForm(initial={"numero": request.GET.get("numero")})})
    form = LostForm(request.POST)
    if form.is_valid() and (number := _number_in(form)):
        check_tries(request, f"lost {number}", timezone.now())
        send_tracking_link(number=number)
        return render(request, "portal/lost_sent.html", {"number": number})
    return render(request, "portal/lost.html", {"form": form}, status=422)


@require_POST
def leave(request: HttpRequest, number: str) -> HttpResponse:
    """Close the case on this device, also for whoever goes back to the page after sending; it is told no more of it."""
    holder, endpoint = holding.holder_in(request), request.POST.get("endpoint")
    if holder is not None and endpoint:
        with suppress(CaseNotFound):
            unsubscribe_device(number=number, endpoint=endpoint, actor=holder.actor)
    return forget_sent(request, holding.let_out(redirect("portal:find"), number))


def _number_in(form: FindForm | LostForm) -> str:
    """Return the number as it is written, or "" with the reason at the field."""
    try:
        return str(case_number.parse(form.cleaned_data["numero"], organization.municipality().prefix))
    except case_number.NumberUnknown as refusal:
        form.add_error("numero", said(refusal))
        return ""
