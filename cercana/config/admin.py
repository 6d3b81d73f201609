"""The place where an administrator configures the institution; it holds no cases (domain.md, Roles)."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.db.models.base import ModelBase
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.decorators import method_decorator
from unfold.sites import UnfoldAdminSite

from cercana.accounts.queries import may_read_changes

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

_CONFIGURATION = frozenset({"organization", "accounts", "conversation", "counter", "api"})


class ConfigurationSite(UnfoldAdminSite):
    """The admin of administrators, where auditors read its register of changes; everybody signs in by the one door."""

    index_title = "¿Qué quiere configurar?"

    def has_permission(self, request: HttpRequest) -> bool:
        """Tell whether the person is an administrator or an auditor today; each list says to whom it opens."""
        return may_read_changes(request.user)

    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict[str, object] | None = None) -> HttpResponseBase:
        """Send whoever has not signed in to the one door, where a second factor is asked for; refuse the others."""
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.GET.get(REDIRECT_FIELD_NAME) or reverse("admin:index"))

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
