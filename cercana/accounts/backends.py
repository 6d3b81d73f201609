"""How the person behind a session is found: with what they are today, in one question."""

from allauth.account.auth_backends import AuthenticationBackend

from cercana.accounts.models import User
from cercana.accounts.queries import with_memberships


class StaffBackend(AuthenticationBackend):
    """Signs in by mail address, and reads an account together with its memberships."""

    def get_user(self, user_id: int) -> User | None:
        """Return the account if it is active."""
        user = with_memberships(user_id)
        return user if user is not None and user.is_active else None
