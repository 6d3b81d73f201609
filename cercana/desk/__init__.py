"""The face for staff."""
