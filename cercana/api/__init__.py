"""The way in for other systems and for an app of the institution: HTTP turned into commands and queries and back."""
