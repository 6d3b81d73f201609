"""How Django knows this package."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """The package in the registry of Django."""

    name = "cercana.cases"
    label = "cases"
    verbose_name = "Casos"
    default_auto_field = "django.db.models.BigAutoField"
