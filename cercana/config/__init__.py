"""Settings, URLs and what wires the apps together."""
