"""The frame of every page of configuration: a list that first says, in plain Spanish, what it is for."""

from typing import ClassVar

from unfold.admin import ModelAdmin


class ExplainedAdmin(ModelAdmin):
    """A list with its ``explanation`` on top."""

    explanation: ClassVar[str]
    list_before_template = "admin/explanation.html"
