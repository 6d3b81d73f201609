"""The files of a form of attention: each travels as soon as it is chosen."""

import uuid

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from cercana.cases.errors import RegistrationRefused
from cercana.desk.intake_files import forget_file, take_file
from cercana.desk.requests import StaffRequest, for_staff
from cercana.rules import entitlements


@require_POST
@for_staff
def files(request: StaffRequest, form_key: uuid.UUID) -> HttpResponse:
    """Keep one file for the case that this form will become and answer with its line, or forget one."""
    if not entitlements.may_register(request.actor).allowed:
        raise RegistrationRefused
    if pressed := request.POST.get("quitar", ""):
        forget_file(request.actor, form_key, pressed, now=request.now)
    sent = request.FILES.get("archivo")
    if not isinstance(sent, UploadedFile):
        return HttpResponse()
    taken = take_file(request.actor, form_key, sent, now=request.now)
    return render(request, "desk/_intake_file.html", {"file": taken, "form_key": form_key}, status=201)
