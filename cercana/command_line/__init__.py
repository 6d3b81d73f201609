"""The `cercana` command."""
