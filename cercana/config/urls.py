"""The addresses of Cercana: the portal at the root, the desk, the API and the admin below theirs."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django.views.i18n import set_language

urlpatterns = [
    path("admin/", admin.site.urls),
    path("cuenta/", include("cercana.accounts.urls")),
    path("api/v1/", include("cercana.api.urls")),
    path("open311/", include("cercana.api.open311.urls")),
    path("mesa/", include("cercana.desk.urls")),
    path("muro/", include("cercana.desk.wall_urls")),
    path("turnos/", include("cercana.portal.turns_urls")),
    path("", include("cercana.conversation.urls")),
    path("", include("cercana.critical.urls")),
    path("", include("cercana.feedback.urls")),
    path("", include("cercana.portal.urls")),
    path("idioma/", login_not_required(set_language), name="set_language"),
]

handler400 = "cercana.config.refusals.request_malformed"
handler403 = "cercana.config.refusals.act_forbidden"
handler404 = "cercana.config.refusals.page_unknown"
handler429 = "cercana.config.refusals.requests_too_many"
handler500 = "cercana.config.refusals.server_failed"
