"""Every way cases are read; visibility comes from rules/access.py, once."""

from cercana.cases.models import Case
from cercana.cases.proof import Discrepancy
from cercana.cases.queries.callers import (
    CallerCase,
    MaskedCase,
    case_of_person,
    cases_of_caller,
    id_of_case,
    masked_cases,
    person_behind_code,
)
from cercana.cases.queries.case_page import (
    CasePage,
    EarlierCase,
    Face,
    File,
    PageTurn,
    last_sequence,
    page_of_case,
    record_case,
    record_look,
)
from cercana.cases.queries.drafted_for import details_beside, situation_of
from cercana.cases.queries.drafts import DraftFile, DraftKept, find_draft
from cercana.cases.queries.drills import Drill, drill_categories, drills_of
from cercana.cases.queries.endings import awaiting_confirmation
from cercana.cases.queries.entrance import Entrance, entrance_by_code, entrance_by_key, entrance_by_number
from cercana.cases.queries.examples import LabelledExample, labelled_examples
from cercana.cases.queries.files import OpenFile, file_of, files_told_with
from cercana.cases.queries.message_figures import guide_steps, message_figures
from cercana.cases.queries.notices import NoticeLine, count_notices, notices_of
from cercana.cases.queries.open_reports import APP_MARK, OpenReport, ReportsWanted, is_in_review, open_reports
from cercana.cases.queries.people import PersonOnFile, find_people_on_file, people_on_file
from cercana.cases.queries.promises import PromiseCount, promises_by_area
from cercana.cases.queries.protocol import (
    CriticalRecord,
    EndedCase,
    RingingAlarm,
    WallCase,
    WatchedCase,
    critical_record,
    ringing_alarms,
    wall_cases,
    watch_of,
    watched_case,
    watched_number,
)
from cercana.cases.queries.queue import (
    PAGE_SIZE,
    Beside,
    ChosenCase,
    CriticalCounts,
    QueuePage,
    QueueRow,
    chosen_cases,
    critical_counts,
    newest_event,
    queue_page,
    queue_totals,
    record_list,
)
from cercana.cases.queries.receipt import Receipt, receipt_of
from cercana.cases.queries.rejections import Rejection, rejections_since
from cercana.cases.queries.search import Hit, SearchPage, SearchPlace, record_people_search, search_cases
from cercana.cases.queries.selections import Filters, Place, Selection, View
from cercana.cases.queries.similar import SimilarCase, similar_cases
from cercana.cases.queries.submissions import number_carried, registered_keys
from cercana.cases.queries.totals import count_open
from cercana.cases.queries.tracking import Happening, TrackedCase, TrackedFile, is_shown_to_citizen, tracked_case
from cercana.cases.queries.triage_quality import judged_proposals
from cercana.cases.queries.turns import Turn, Unfinished, event_ids, turn_at, unfinished
from cercana.cases.queries.verification import count_cases, verify_cases
from cercana.cases.queries.visibility import (
    case_for,
    facts_of,
    is_visible,
    may_do,
    may_take_up,
    visible_cases,
    words_to_take_down,
)
from cercana.cases.rows import state_of

__all__ = [
    "APP_MARK",
    "PAGE_SIZE",
    "Beside",
    "CallerCase",
    "Case",
    "CasePage",
    "ChosenCase",
    "CriticalCounts",
    "CriticalRecord",
    "Discrepancy",
    "DraftFile",
    "DraftKept",
    "Drill",
    "EarlierCase",
    "EndedCase",
    "Entrance",
    "Face",
    "File",
    "Filters",
    "Happening",
    "Hit",
    "LabelledExample",
    "MaskedCase",
    "NoticeLine",
    "OpenFile",
    "OpenReport",
    "PageTurn",
    "PersonOnFile",
    "Place",
    "PromiseCount",
    "QueuePage",
    "QueueRow",
    "Receipt",
    "Rejection",
    "ReportsWanted",
    "RingingAlarm",
    "SearchPage",
    "SearchPlace",
    "Selection",
    "SimilarCase",
    "TrackedCase",
    "TrackedFile",
    "Turn",
    "Unfinished",
    "View",
    "WallCase",
    "WatchedCase",
    "awaiting_confirmation",
    "case_for",
    "case_of_person",
    "cases_of_caller",
    "chosen_cases",
    "count_cases",
    "count_notices",
    "count_open",
    "critical_counts",
    "critical_record",
    "details_beside",
    "drill_categories",
    "drills_of",
    "entrance_by_code",
    "entrance_by_key",
    "entrance_by_number",
    "event_ids",
    "facts_of",
    "file_of",
    "files_told_with",
    "find_draft",
    "find_people_on_file",
    "guide_steps",
    "id_of_case",
    "is_in_review",
    "is_shown_to_citizen",
    "is_visible",
    "judged_proposals",
    "labelled_examples",
    "last_sequence",
    "masked_cases",
    "may_do",
    "may_take_up",
    "message_figures",
    "newest_event",
    "notices_of",
    "number_carried",
    "open_reports",
    "page_of_case",
    "people_on_file",
    "person_behind_code",
    "promises_by_area",
    "queue_page",
    "queue_totals",
    "receipt_of",
    "record_case",
    "record_list",
    "record_look",
    "record_people_search",
    "registered_keys",
    "rejections_since",
    "ringing_alarms",
    "search_cases",
    "similar_cases",
    "situation_of",
    "state_of",
    "tracked_case",
    "turn_at",
    "unfinished",
    "verify_cases",
    "visible_cases",
    "wall_cases",
    "watch_of",
    "watched_case",
    "watched_number",
    "words_to_take_down",
]
