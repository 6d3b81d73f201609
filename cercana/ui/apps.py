"""How Django knows this package."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """The package in the registry of Django."""

    name = "cercana.ui"
    label = "ui"
    verbose_name = "Diseño"
    default_auto_field = "django.db.models.BigAutoField"
