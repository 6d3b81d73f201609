"""The telephone: what an exchange tells of calls."""
