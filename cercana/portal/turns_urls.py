"""The addresses of turns: kiosk and screen of a waiting room, and the page of one's own turn."""

from django.contrib.auth.decorators import login_not_required
from django.urls import path
from django.views.decorators.cache import never_cache

from cercana.portal.views import turns_kiosk, turns_room

app_name = "turns"
urlpatterns = [
    path("equipo/<str:token>", login_not_required(never_cache(turns_room.link)), name="link"),
    path("quiosco/<slug:site>/", login_not_required(never_cache(turns_kiosk.kiosk)), name="kiosk"),
    path("quiosco/<slug:site>/<uuid:key>/", login_not_required(never_cache(turns_kiosk.ticket)), name="ticket"),
    path("pantalla/<slug:site>/", login_not_required(turns_room.screen), name="screen"),
    path("mi-turno/<uuid:key>/", login_not_required(turns_room.follow), name="follow"),
]
