"""The first page, and those that explain."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cercana.organization import queries as organization
from cercana.portal.opening import open_now
from cercana.rules.promises import to_lima
from cercana.ui.environment import active_language


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """Show the doors, the promises and the other ways to reach us."""
    now = timezone.now()
    hours = organization.office_hours(organization.municipality().intake_area_id)
    shown = {
        "emergency": organization.emergency_numbers(),
        "policy": organization.policy_at(now),
        "open_now": open_now(hours, organization.calendar(), now),
    }
    return render(request, "portal/home.html", shown)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show how personal data are cared for: the notice in force."""
    now = timezone.now()
    notice = organization.privacy_notice(to_lima(now).date())
    is_english = active_language() == "en" and bool(notice.text_en)
    text = notice.text_en if is_english else notice.text
    paragraphs = [_lead_of(each.strip()) for each in text.split("\n\n") if each.strip()]
    shown = {"notice": notice, "paragraphs": paragraphs, "notice_language": "en" if is_english else "es", "now": now}
    return render(request, "portal/privacy.html", shown)


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show how the portal can be used, and what to do if it cannot."""
    return render(request, "portal/accessibility.html", {})


@require_safe
def help_(request: HttpRequest) -> HttpResponse:
    """Show the answers to what people ask."""
    now = timezone.now()
    shown = {"policy": organization.policy_at(now), "emergency": organization.emergency_numbers()}
    return render(request, "portal/help.html", shown)


def _lead_of(paragraph: str) -> tuple[str, str]:
    """Return the words between ** with which a paragraph of the notice begins, or "", and the rest."""
    if not paragraph.startswith("**"):
        return "", paragraph
    lead, _, text = paragraph.removeprefix("**").partition("**")
    return lead, text.strip()
