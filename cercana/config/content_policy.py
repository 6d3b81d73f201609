"""
The Content-Security-Policy: strict everywhere, wider below ``/admin/`` alone, whose library needs it.

Where a place may be marked on a map of tiles, if one is configured, the page and the map's worker may fetch from it.
"""

from csp.constants import SELF, UNSAFE_EVAL, UNSAFE_INLINE
from csp.middleware import CSPMiddleware, PolicyParts
from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse

_ADMIN = {"script-src": [SELF, UNSAFE_EVAL], "style-src": [SELF, UNSAFE_INLINE]}


class ContentPolicyMiddleware(CSPMiddleware):
    """Send the policy of ``settings.CONTENT_SECURITY_POLICY``, and to the admin and to maps what they need on top."""

    def get_policy_parts(
        self,
        request: HttpRequest,
        response: HttpResponseBase,
        report_only: bool = False,
    ) -> PolicyParts:
        """Return the parts from which django-csp builds the header."""
        parts = super().get_policy_parts(request, response, report_only)
        if request.path_info.startswith(reverse("admin:index")):
            parts.replace = {**(parts.replace or {}), **_ADMIN}
        elif settings.MAP_ORIGINS and _shows_map(request.path_info):
            parts.update = {**(parts.update or {}), "connect-src": list(settings.MAP_ORIGINS)}
        return parts


def _shows_map(path: str) -> bool:
    """Tell whether a map may be drawn at ``path``; what its worker may fetch, the header of its script says."""
    worker = f"/{settings.STATIC_URL.strip('/')}/cercana/map-worker."
    return path.startswith(worker) or path in (reverse("portal:where"), reverse("portal:one_page"))
