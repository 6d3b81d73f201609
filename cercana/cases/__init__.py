"""Cases: every way they change and every way they are read."""
