"""The place where an administrator configures the institution; it holds no cases (domain.md, Roles)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db.models import Model
from django.db.models.base import ModelBase
from django.http import HttpRequest
from django.urls import reverse_lazy
from unfold.sites import UnfoldAdminSite

from cercana.accounts.queries import may_configure

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

_CONFIGURATION = frozenset({"organization", "accounts", "conversation"})


class ConfigurationSite(UnfoldAdminSite):
    """The admin, open to administrators only; everybody signs in by the one door."""

    site_header = "Configuración de Cercana"
    site_title = "Cercana"
    index_title = "¿Qué quiere configurar?"
    login_url = reverse_lazy("account_login")

    def has_permission(self, request: HttpRequest) -> bool:
        """Tell whether the person is an administrator today."""
        return may_configure(request.user)

    def register(
        self,
        model_or_iterable: type[Model] | Iterable[type[Model]],
        admin_class: "type[ModelAdmin[Model]] | None" = None,
        **options: object,
    ) -> None:
        """Register configuration only: libraries offer tables of theirs that are nobody's to edit by hand."""
        models = [model_or_iterable] if isinstance(model_or_iterable, ModelBase) else list(model_or_iterable)
        ours = [model for model in models if model._meta.app_label in _CONFIGURATION]
        super().register(ours, admin_class, **options)
