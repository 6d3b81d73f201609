"""Areas, catalogue, calendar, policies and the identity of the municipality."""
