"""The addresses of alarms."""

from django.urls import path

from cercana.critical import views

app_name = "critical"
urlpatterns = [
    path("alarma/<str:token>", views.answer, name="answer"),
]
