"""The addresses of Cercana: the portal at the root, the desk and the admin below theirs."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("admin/", admin.site.urls),
    path("cuenta/", include("allauth.urls")),
]

handler400 = "cercana.config.refusals.request_malformed"
handler403 = "cercana.config.refusals.act_forbidden"
handler404 = "cercana.config.refusals.page_unknown"
