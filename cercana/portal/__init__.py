"""The face for citizens."""
