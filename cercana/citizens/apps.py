"""How Django knows this package."""

from django.apps import AppConfig


class CitizensConfig(AppConfig):
    """The package in the registry of Django."""

    name = "cercana.citizens"
    label = "citizens"
    verbose_name = "Ciudadanía"
    default_auto_field = "django.db.models.BigAutoField"
