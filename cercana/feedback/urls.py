"""The addresses of feedback."""

from django.urls import path

from cercana.feedback import views

app_name = "feedback"
urlpatterns = [
    path("opinion/<str:token>", views.give, name="give"),
    path("opinion/no-preguntar/<str:token>", views.decline, name="decline"),
]
