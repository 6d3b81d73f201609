"""
Points of the map at the end of a place told in words: «GPS -12.097400, -77.036600» from a phone (metres), «≈ -12.0974,
-77.0366» tapped on a plan or map (as good as the finger, and the plan). Latitude and longitude, WGS 84.
"""

import re

# A tap is written with no more; a phone that knows its place writes six.
_DECIMALS_OF_TAP = 5
_AT_THE_END = re.compile(r",?\s*(?:GPS|≈)\s*-?\d{1,2}\.\d+,\s*-?\d{1,3}\.\d+\s*$")


def point_words(point: str) -> str:
    """Return «-12.0974,-77.0366» as it ends a place, "" for no point."""
    if not point:
        return ""
    is_tapped = len(point.partition(",")[0].partition(".")[2]) <= _DECIMALS_OF_TAP
    return f"{'≈' if is_tapped else 'GPS'} {point.replace(',', ', ')}"


def without_point(place: str) -> str:
    """Return ``place`` as somebody told it, without the point that a phone or a plan added."""
    return _AT_THE_END.sub("", place)
