"""Telling other systems what happens to cases: signed, in order for each case, again for a day, and never inwards."""
