"""Confirmation of closure and opinions."""
