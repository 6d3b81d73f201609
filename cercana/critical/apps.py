"""How Django knows this package."""

from django.apps import AppConfig


class CriticalConfig(AppConfig):
    """The package in the registry of Django."""

    name = "cercana.critical"
    label = "critical"
    verbose_name = "Casos críticos"
    default_auto_field = "django.db.models.BigAutoField"
