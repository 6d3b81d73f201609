"""How Django knows this package."""

from django.apps import AppConfig


class DemoConfig(AppConfig):
    """The package in the registry of Django."""

    name = "cercana.demo"
    label = "demo"
    verbose_name = "Demostración"
    default_auto_field = "django.db.models.BigAutoField"
