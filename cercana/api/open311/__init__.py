"""Open311 GeoReport v2: civic apps report and follow what they find in the street, as they do elsewhere."""
