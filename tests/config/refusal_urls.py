"""Views that refuse, beside the addresses of the product."""

from typing import ClassVar

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import path

from cercana.config.urls import handler400, handler403, handler404, handler500
from cercana.config.urls import urlpatterns as product
from cercana.rules.errors import DomainError

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


class TooManyVisits(DomainError):
    code: ClassVar[str] = "tests.too_many_visits"
    message: ClassVar[str] = "Viniste {count} veces. Espera un momento."
    status: ClassVar[int] = 429


@login_not_required
def refuse(request: HttpRequest) -> HttpResponse:
    raise TooManyVisits(count=3, retry_after=60)


@login_not_required
def break_down(request: HttpRequest) -> HttpResponse:
    raise ValueError("a bug")


urlpatterns = [path("refuse/", refuse), path("break/", break_down), *product]
