"""How Django knows this package."""

from django.apps import AppConfig


class PhoneConfig(AppConfig):
    """The package in the registry of Django."""

    name = "cercana.channels.phone"
    label = "phone_channel"
    verbose_name = "Teléfono"
    default_auto_field = "django.db.models.BigAutoField"
