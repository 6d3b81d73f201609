"""Changing the language at a step of a registration, whose form sends what was typed along."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.i18n import set_language


def again_in_language(request: HttpRequest) -> HttpResponse:
    """Send the browser to the page of ``request`` again, from now on in the language that its form asks for."""
    returns = "?volver=1" if request.POST.get("volver") else ""
    response = redirect(f"{request.path}{returns}")
    response.cookies = set_language(request).cookies
    return response
