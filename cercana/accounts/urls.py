"""The addresses of one's own account: those of allauth that the product wants; to its others nothing answers."""

from allauth.account.urls import urlpatterns as account_pages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, include, path

# By name, so that what a later allauth brings is shut until somebody wants it. Accounts and their mail addresses are an
# administrator's (M4.1b); the first password comes by «Olvidé mi contraseña».
_WANTED = frozenset(
    {
        "account_login",
        "account_logout",
        "account_inactive",
        "account_reauthenticate",
        "account_change_password",
        "account_reset_password",
        "account_reset_password_done",
        "account_reset_password_from_key",
        "account_reset_password_from_key_done",
    }
)


@login_not_required
def shut(request: HttpRequest, key: str = "") -> HttpResponse:
    """Answer that there is no such page."""
    raise Http404


def _shut_unless_wanted(page: URLPattern) -> URLPattern:
    # The name stays: allauth works out the addresses of pages that it never shows.
    return page if page.name in _WANTED else URLPattern(page.pattern, shut, name=page.name)


urlpatterns = [
    *(_shut_unless_wanted(page) for page in account_pages),
    path("2fa/", include("allauth.mfa.urls")),
]
