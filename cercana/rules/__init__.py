"""The manual as pure functions: standard library only, no Django, the time comes in as an argument."""
