"""Changing the language at a step of a registration, whose form sends what was typed along."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import check_for_language


def again_in_language(request: HttpRequest) -> HttpResponse:
    """Send the browser to the page of ``request`` again, from now on in the language that its form asks for."""
    returns = "?volver=1" if request.POST.get("volver") else ""
    response = redirect(f"{request.path}{returns}")
    language = request.POST["language"]
    if check_for_language(language):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response
