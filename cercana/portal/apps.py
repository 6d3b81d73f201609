"""How Django knows this package."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """The package in the registry of Django."""

    name = "cercana.portal"
    label = "portal"
    verbose_name = "Portal"
    default_auto_field = "django.db.models.BigAutoField"
