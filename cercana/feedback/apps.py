"""How Django knows this package."""

from django.apps import AppConfig


class FeedbackConfig(AppConfig):
    """The package in the registry of Django."""

    name = "cercana.feedback"
    label = "feedback"
    verbose_name = "Opiniones"
    default_auto_field = "django.db.models.BigAutoField"
