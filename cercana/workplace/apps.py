"""How Django knows this package."""

from django.apps import AppConfig


class WorkplaceConfig(AppConfig):
    """The package in the registry of Django."""

    name = "cercana.workplace"
    # Its tables were of the desk before other systems could use what is in them, and keep their names.
    label = "desk"
    verbose_name = "Mesa de trabajo"
    default_auto_field = "django.db.models.BigAutoField"
