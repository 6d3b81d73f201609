"""The counter: turns, from the kiosk through the call to the case, and the devices that show them."""
