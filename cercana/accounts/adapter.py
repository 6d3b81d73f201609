"""How allauth signs in our staff: nobody registers by themselves, and a second factor is asked for."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest

from cercana.accounts.attempts import TOO_MANY, Attempt
from cercana.accounts.models import User
from cercana.organization import queries as organization

SECOND_FACTOR_MISSING = "second_factor_missing"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator (M4.1b: one system, known people)."""

    # What allauth counts by itself is forgotten after five minutes at most.
    error_messages = {**DefaultAccountAdapter.error_messages, TOO_MANY: "Demasiados intentos. Espere 5 minutos."}

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse self-registration."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: str) -> None:
        """Count a try of a password; raise ValidationError if it is one too many."""
        self._attempt = Attempt(request, credentials.get("email", ""))
        self._attempt.count()

    def _rollback_login_failed_rl_usage(self) -> None:
        self._attempt.take_back()

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: str) -> None:
        Attempt(request, credentials.get("email", "")).forget_all()

    def login(self, request: HttpRequest, user: User) -> None:
        """
        Sign ``user`` in, by whatever way, and note in the session if a second factor is still missing.

        A demonstration asks for none, so that a newcomer can look around.
        """
        super().login(request, user)
        request.session[SECOND_FACTOR_MISSING] = not is_mfa_enabled(user) and not organization.is_demonstration()
