"""The pages of the portal: each view parses, calls one command or query, and renders."""
