"""How Django knows this package."""

from django.apps import AppConfig


class ApiConfig(AppConfig):
    """The package in the registry of Django."""

    name = "cercana.api"
    label = "api"
    verbose_name = "Otros sistemas"
    default_auto_field = "django.db.models.BigAutoField"
