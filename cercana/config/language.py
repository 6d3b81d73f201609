"""Which language a page speaks: the visitor's in the portal, Spanish wherever the staff works."""

from django.http import HttpRequest
from django.middleware.locale import LocaleMiddleware
from django.utils import translation

_SPANISH = ("/mesa/", "/cuenta/", "/admin/", "/api/", "/open311/")


class LanguageMiddleware(LocaleMiddleware):
    """Chooses by cookie and browser, but never for pages that exist in Spanish only."""

    def process_request(self, request: HttpRequest) -> None:
        """Activate the language of this request."""
        if not request.path_info.startswith(_SPANISH):
            super().process_request(request)
            return
        translation.activate("es")
        request.LANGUAGE_CODE = "es"
