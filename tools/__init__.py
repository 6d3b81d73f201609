"""Commands for whoever builds Cercana; nothing here runs in a municipality."""
