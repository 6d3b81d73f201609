"""Measurements against a bare baseline of the same run (ARCHITECTURE.md, Performance budget)."""
