"""People, their contact points and their personal values."""
