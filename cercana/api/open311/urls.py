"""The addresses of Open311; each ends in the format of its answer."""

from django.urls import re_path

from cercana.api.open311 import views
from cercana.api.open311.doors import door

app_name = "open311"
_FORMAT = r"\.(?:json|xml)$"
_NAME = r"[A-Za-z0-9_-]{1,60}"

urlpatterns = [
    re_path(rf"^(?:v2/)?discovery{_FORMAT}", door(views.discovery), name="discovery"),
    re_path(rf"^v2/services{_FORMAT}", door(views.list_services), name="services"),
    re_path(rf"^v2/services/(?P<code>{_NAME}){_FORMAT}", door(views.define_service), name="service"),
    re_path(rf"^v2/requests{_FORMAT}", door(views.list_requests, views.report), name="requests"),
    re_path(rf"^v2/requests/(?P<number>{_NAME}){_FORMAT}", door(views.show_request), name="request"),
    re_path(rf"^v2/tokens/(?P<token>[0-9a-f-]{{36}}){_FORMAT}", door(views.show_token), name="token"),
]
