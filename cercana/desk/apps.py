"""How Django knows this package."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The package in the registry of Django."""

    name = "cercana.desk"
    label = "desk"
    verbose_name = "Mesa de trabajo"
    default_auto_field = "django.db.models.BigAutoField"
