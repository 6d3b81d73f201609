"""How calls are read: those that ring, one that is attended, those nobody explained, and who is to be called back."""

from cercana.channels.phone.queries.attended import (
    AttendedLine,
    OpenCall,
    attended_calls,
    call_of,
    call_under_way,
    callers_cases,
    count_unsettled,
    may_see_all,
)
from cercana.channels.phone.queries.calling_back import CallBackLine, CallBackList, CallDays, call_back_list, call_days
from cercana.channels.phone.queries.ringing import RingingCall, calls_heard_by, extension_of

__all__ = [
    "AttendedLine",
    "CallBackLine",
    "CallBackList",
    "CallDays",
    "OpenCall",
    "RingingCall",
    "attended_calls",
    "call_back_list",
    "call_days",
    "call_of",
    "call_under_way",
    "callers_cases",
    "calls_heard_by",
    "count_unsettled",
    "extension_of",
    "may_see_all",
]
