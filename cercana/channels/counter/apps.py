"""How Django knows this package."""

from django.apps import AppConfig


class CounterConfig(AppConfig):
    """The package in the registry of Django."""

    name = "cercana.channels.counter"
    label = "counter"
    verbose_name = "Turnos"
    default_auto_field = "django.db.models.BigAutoField"
