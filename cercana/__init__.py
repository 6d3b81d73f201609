"""Cercana: one case, one number and one promise, from reception to a confirmed end."""

__version__ = "0.1.0"
