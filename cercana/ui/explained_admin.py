"""The frame of every page of configuration: a list that first says, in plain Spanish, what it is for."""

from typing import ClassVar

from unfold.admin import ModelAdmin


class ExplainedAdmin(ModelAdmin):
    """A list with its ``explanation`` on top; ``lead`` are words that lead to the address named ``leads_to``."""

    explanation: ClassVar[str]
    lead: ClassVar[str] = ""
    leads_to: ClassVar[str] = ""
    list_before_template = "admin/explanation.html"
