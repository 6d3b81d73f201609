"""What the cases teach the institution: figures of how it serves, of no person (M6.2)."""
