"""A municipality that lives: demonstration data."""
