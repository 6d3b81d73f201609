"""How Django knows this package."""

from django.apps import AppConfig


class Open311Config(AppConfig):
    """The package in the registry of Django."""

    name = "cercana.api.open311"
    label = "open311"
    verbose_name = "Open311"
    default_auto_field = "django.db.models.BigAutoField"
