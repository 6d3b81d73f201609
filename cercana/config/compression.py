"""Pages cross the wire compressed; files are so already, or would gain nothing."""

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class PageCompressionMiddleware(GZipMiddleware):
    """
    Compress pages alone.

    Django adds a random length to each, and masks its tokens anew, so that their sizes tell nothing (BREACH).
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Return ``response``, compressed if it is a page and the browser can read that."""
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            return response
        return super().process_response(request, response)
