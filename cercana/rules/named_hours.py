"""The hours that Spanish names: «a las 4», «antes del mediodía», «a las 16:30», «por la tarde», «4 p. m.»."""

import re
from datetime import time

_PART = r"(?: (?:de|por|en) la (?P<{0}>manana|tarde|noche))?"
_HALVES = r"(?: ?(?P<{0}>[ap])\.? ?m\b\.?)?"
_LIMIT = r"(?P<limit>antes de|hasta|a mas tardar a|a|hacia|entre las \d{1,2} y)"
_FORMS = (
    rf"{_LIMIT} las? (?P<h>\d{{1,2}})(?:[:.](?P<min>[0-5]\d))?(?P<half> y media)?(?: ?(?:horas|hrs?)\b)?(?: en punto)?"
    rf"{_HALVES.format('half_day')}{_PART.format('part')}",
    r"(?P<before_noon>antes del mediodia)|(?P<noon>(?:al|hasta el) mediodia)",
    r"(?P<h2>\d{1,2})(?:[:.](?P<min2>[0-5]\d))? ?(?P<half_day2>[ap])\.? ?m\b\.?",
)
HOUR = re.compile(rf"(?<![\w:.,])(?:{'|'.join(_FORMS)})(?!\w)")
# What stands after a day, where also a part of it is enough.
ADJOINING = re.compile(
    rf",? (?:{'|'.join(_FORMS)}|(?:por|en|a) la (?P<when>manana|tarde|noche)|temprano(?P<early>))(?!\w)"
)
_ENDS = {"manana": time(12), "tarde": time(18), "noche": time.max}
_NOON = 12
_FIRST_OF_MORNING = 7


def hour_named(match: re.Match[str]) -> tuple[time, bool, bool]:
    """
    Return the hour of a match, whether it still keeps the promise, and whether it may be of either half of the day.

    A part of a day is its end, that of the night ``time.max``. Before seven, an hour without more is the afternoon's.
    """
    groups = match.groupdict()
    if groups["before_noon"] or groups["noon"]:
        return time(_NOON), bool(groups["noon"]), False
    if groups.get("early") is not None:
        return time(_NOON), False, False
    if groups.get("when"):
        return _ENDS[groups["when"]], False, False
    hour, minute = int(groups["h"] or groups["h2"]), int(groups["min"] or groups["min2"] or 0)
    half, part = groups["half_day"] or groups["half_day2"], groups["part"]
    is_either = not half and not part and hour < _NOON
    if half == "p" or part in ("tarde", "noche") or (is_either and hour < _FIRST_OF_MORNING):
        hour = hour % _NOON + _NOON
    elif half == "a":
        hour %= _NOON
    is_kept = not (groups["limit"] or "").startswith("antes")
    return time(min(hour, 23), 30 if groups["half"] else minute), is_kept, is_either and hour < _NOON
