"""Every way a case changes: one function per intention, one transaction each."""

from cercana.cases.commands.abstention import abstain, decide_abstention
from cercana.cases.commands.answering import (
    Answer,
    agree_to_closure,
    answer_case,
    attempt_confirmation,
    close_without_confirmation,
    confirm,
    contest,
    may_close_silently,
    reopen,
    withdraw,
)
from cercana.cases.commands.classifying import (
    MovedPromise,
    Reclassification,
    identify_staff,
    move_promises,
    preview_moved_promises,
    reclassify,
    record_platform_code,
    set_legal_nature,
)
from cercana.cases.commands.follow_up import (
    add_note,
    finish_task,
    forward_outside,
    log_conversation,
    open_task,
    promise_date,
    receive_message,
    record_action,
    request_interpreter,
    tell_forwarded,
    write_to_citizen,
)
from cercana.cases.commands.joining import link, merge
from cercana.cases.commands.notification import NotificationResult, notify, record_notification
from cercana.cases.commands.opinion import record_opinion
from cercana.cases.commands.privacy import erase_citizen, revoke_access
from cercana.cases.commands.reacting import mark_reaction
from cercana.cases.commands.reception import Reception, register_and_solve, register_case
from cercana.cases.commands.referral import BulkResult, assign, hand_back, refer, refer_many, take, undo_referral
from cercana.cases.recording import replaying_past, set_numbers_aside

__all__ = [
    "Answer",
    "BulkResult",
    "MovedPromise",
    "NotificationResult",
    "Reception",
    "Reclassification",
    "abstain",
    "add_note",
    "agree_to_closure",
    "answer_case",
    "assign",
    "attempt_confirmation",
    "close_without_confirmation",
    "confirm",
    "contest",
    "decide_abstention",
    "erase_citizen",
    "finish_task",
    "forward_outside",
    "hand_back",
    "identify_staff",
    "link",
    "log_conversation",
    "mark_reaction",
    "may_close_silently",
    "merge",
    "move_promises",
    "notify",
    "open_task",
    "preview_moved_promises",
    "promise_date",
    "receive_message",
    "reclassify",
    "record_action",
    "record_notification",
    "record_opinion",
    "record_platform_code",
    "refer",
    "refer_many",
    "register_and_solve",
    "register_case",
    "reopen",
    "replaying_past",
    "request_interpreter",
    "revoke_access",
    "set_legal_nature",
    "set_numbers_aside",
    "take",
    "tell_forwarded",
    "undo_referral",
    "withdraw",
    "write_to_citizen",
]
