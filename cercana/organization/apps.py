"""How Django knows this package."""

from django.apps import AppConfig


class OrganizationConfig(AppConfig):
    """The package in the registry of Django."""

    name = "cercana.organization"
    label = "organization"
    verbose_name = "Organización"
    default_auto_field = "django.db.models.BigAutoField"
