"""The pages of the desk: each view parses, calls one command or query, and renders."""
