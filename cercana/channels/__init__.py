"""The ways in: each translates the outside into commands, and back."""
