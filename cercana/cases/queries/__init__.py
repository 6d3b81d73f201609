"""Every way cases are read; visibility comes from rules/access.py, once."""

from cercana.cases.queries.visibility import case_for, facts_of, may_do, visible_cases

__all__ = ["case_for", "facts_of", "may_do", "visible_cases"]
