"""What goes in and out, as frozen models: the description of the API is made of them."""
