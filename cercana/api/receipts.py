"""What whoever presents a case takes with them."""

from cercana.api.shapes.cases import promises_shown
from cercana.api.shapes.registration import ReceiptShown
from cercana.cases import queries
from cercana.cases.queries import Case
from cercana.conversation.queries import Access, Purpose, code_for, link_to
from cercana.rules.classification import CaseClass, CriticalState


def receipt_shown(case: Case) -> ReceiptShown:
    """Return the receipt of a case that was just registered."""
    access = Access(case.key, case.access_generation)
    is_in_review = case.critical_state == CriticalState.PROPOSED
    return ReceiptShown(
        number=case.number,
        code=code_for(access),
        link=link_to(Purpose.CASE, access),
        class_=CaseClass(case.class_),
        is_in_review=is_in_review,
        promises=promises_shown(queries.state_of(case).clocks, is_in_review=is_in_review),
        version=case.last_sequence,
    )
