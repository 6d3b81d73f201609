"""Words to and from the citizen."""
