"""The addresses of the demonstration's mailbox."""

from django.urls import path

from cercana.conversation import views

app_name = "conversation"
urlpatterns = [
    path("buzon/", views.mailbox, name="mailbox"),
    path("buzon/<int:letter_id>/", views.letter, name="letter"),
]
