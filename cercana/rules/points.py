"""
Points of the map at the end of a place told in words: «GPS -12.097400, -77.036600» from a phone (metres), «≈ -12.0974,
-77.0366» tapped on a plan (tens of metres, if the plan is right). Latitude and longitude, WGS 84.
"""

import re

# A tap on a plan is worth no more.
DECIMALS_OF_PLAN = 4
_AT_THE_END = re.compile(r",?\s*(?:GPS|≈)\s*-?\d{1,2}\.\d+,\s*-?\d{1,3}\.\d+\s*$")


def point_words(point: str) -> str:
    """Return «-12.0974,-77.0366» as it ends a place, "" for no point."""
    if not point:
        return ""
    is_tapped = len(point.partition(",")[0].partition(".")[2]) <= DECIMALS_OF_PLAN
    return f"{'≈' if is_tapped else 'GPS'} {point.replace(',', ', ')}"


def without_point(place: str) -> str:
    """Return ``place`` as somebody told it, without the point that a phone or a plan added."""
    return _AT_THE_END.sub("", place)
