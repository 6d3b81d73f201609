"""The checks of Django that the settings silence."""

from django.conf import settings
from django.core import checks


class TestSilencedChecks:
    def test_hide_nothing_but_the_fields_called_after_a_word_of_python(self) -> None:
        hidden = {str(each.obj) for each in checks.run_checks() if each.id in settings.SILENCED_SYSTEM_CHECKS}

        assert hidden == {"cases.Case.class_", "cases.TriageRecord.class_", "organization.Category.class_"}
