"""The addresses of the API; each lets in who brings a token, not who has a session."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern
from django.views.decorators.csrf import csrf_exempt

from cercana.api.errors import MethodRefused
from cercana.api.interface import api

app_name = "api"


def _open(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Return ``view`` as an address without session, which says in our words that it does not know a method."""

    @csrf_exempt
    @login_not_required
    @wraps(view)
    def opened(request: HttpRequest, **given: object) -> HttpResponseBase:
        response = view(request, **given)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
            raise MethodRefused(method=request.method, allow=response.headers["Allow"])
        return response

    return opened


def _opened(pattern: URLPattern) -> URLPattern:
    pattern.callback = _open(pattern.callback)
    return pattern


urlpatterns = [_opened(each) for each in api.urls[0] if isinstance(each, URLPattern) and each.name != "api-root"]
