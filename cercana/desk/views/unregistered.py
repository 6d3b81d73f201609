"""«Por registrar»: who reached us and has no case yet, and what one key does about it (M4.1a)."""

import uuid

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from cercana.channels.email import commands as email
from cercana.channels.email.queries import mails_set_aside
from cercana.channels.phone import queries as phone
from cercana.conversation import commands
from cercana.conversation import queries as conversation
from cercana.desk.act_fields import other_case
from cercana.desk.contact_lines import MAIL_REASONS, contact_line, contact_lines
from cercana.desk.requests import StaffRequest, for_staff, shell


@require_safe
@for_staff
def unregistered(request: StaffRequest) -> HttpResponse:
    """List who waits for a case, the longest first, and who was dismissed this week."""
    waiting, dismissed = conversation.waiting_contacts(request.actor, now=request.now)
    calendar = request.institution.calendar
    context = {
        "lines": contact_lines(waiting, calendar, request.now),
        "aside": mails_set_aside(request.actor, now=request.now),
        "reasons": MAIL_REASONS,
        "unsettled_calls": phone.count_unsettled(request.actor),
        "dismissed": contact_lines(dismissed, calendar, request.now),
        "now": request.now,
        "shell": shell(request),
    }
    return render(request, "desk/unregistered.html", context)


@require_safe
@for_staff
def contact(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Show what somebody said, and the three things to do: register, join to a case, or say why it needs none."""
    found, files = conversation.contact_of(request.actor, key)
    context = {
        "line": contact_line(found, request.institution.calendar, request.now),
        "contact": found,
        "files": files,
        "now": request.now,
        "shell": shell(request),
    }
    return render(request, "desk/contact.html", context)


@require_POST
@for_staff
def join(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """File it in the case whose number was typed."""
    number = other_case(request, "numero")
    commands.join_contact(key=key, number=number, actor=request.actor, now=request.now)
    messages.success(request, f"Quedó en el caso {number}.")
    return redirect("desk:unregistered")


@require_POST
@for_staff
def dismiss(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Take it off the list, with the reason."""
    reason = request.POST.get("por_que", "")
    commands.dismiss_contact(key=key, reason=reason, actor=request.actor, now=request.now)
    messages.success(request, "Descartado. Puede recuperarlo al final de esta página.")
    return redirect("desk:unregistered")


@require_POST
@for_staff
def release(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Put a mail on the list that was set aside: a person wrote it after all."""
    email.release(key=key, actor=request.actor, now=request.now)
    messages.success(request, "Está por registrar. Su plazo corre desde que llegó.")
    return redirect("desk:unregistered")


@require_POST
@for_staff
def restore(request: StaffRequest, key: uuid.UUID) -> HttpResponse:
    """Put it back on the list."""
    commands.undo_dismissal(key=key, actor=request.actor)
    messages.success(request, "Está otra vez por registrar.")
    return redirect("desk:unregistered")
