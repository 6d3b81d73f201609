"""What is read of the telephone."""

from cercana.channels.phone.queries.calling_back import CallBackLine, CallBackList, CallDays, call_back_list, call_days

__all__ = ["CallBackLine", "CallBackList", "CallDays", "call_back_list", "call_days"]
