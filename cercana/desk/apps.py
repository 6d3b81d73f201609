"""How Django knows this package."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """The package in the registry of Django."""

    name = "cercana.desk"
    # «desk» is where the tables of cercana.workplace belong.
    label = "desk_face"
    verbose_name = "Mesa de trabajo"
    default_auto_field = "django.db.models.BigAutoField"
