"""Nobody sees data of the public with a password alone: the first visit sets up a passkey or a code."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from cercana.accounts.adapter import SECOND_FACTOR_MISSING


class SecondFactorMiddleware:
    """Sends whoever lacks a second factor to its setup, whatever page of the staff they ask for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response
        self._free = reverse("account_logout").rsplit("/", 2)[0] + "/"

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer ``request``, or redirect to the setup."""
        if request.session.get(SECOND_FACTOR_MISSING) and not request.path.startswith((self._free, "/static/")):
            if not is_mfa_enabled(request.user):
                return redirect("mfa_index")
            request.session[SECOND_FACTOR_MISSING] = False
        return self._get_response(request)
