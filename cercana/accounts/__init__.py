"""Staff, roles and how they sign in."""
