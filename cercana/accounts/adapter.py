"""How allauth signs in our staff: nobody registers by themselves, and a second factor is asked for."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest

from cercana.accounts.models import User
from cercana.organization import queries as organization

SECOND_FACTOR_MISSING = "second_factor_missing"


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator (M4.1b: one system, known people)."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse self-registration."""
        return False

    def login(self, request: HttpRequest, user: User) -> None:
        """
        Sign ``user`` in, by whatever way, and note in the session if a second factor is still missing.

        A demonstration asks for none, so that a newcomer can look around.
        """
        super().login(request, user)
        request.session[SECOND_FACTOR_MISSING] = not is_mfa_enabled(user) and not organization.is_demonstration()
