"""How Django knows this package."""

from django.apps import AppConfig


class EmailConfig(AppConfig):
    """The package in the registry of Django."""

    name = "cercana.channels.email"
    label = "email_channel"
    verbose_name = "Correo"
    default_auto_field = "django.db.models.BigAutoField"
