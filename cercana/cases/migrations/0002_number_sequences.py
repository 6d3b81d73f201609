"""One sequence of case numbers per year, for the years whose calendar is shipped: no lock, no DDL at run time."""

from django.db import migrations

from cercana.rules.peru_days import FIRST_YEAR, LAST_YEAR

_YEARS = range(FIRST_YEAR, LAST_YEAR + 1)


class Migration(migrations.Migration):
    """Creates the sequences from which case numbers are drawn."""

    dependencies = [("cases", "0001_initial")]
    operations = [
        migrations.RunSQL(
            "\n".join(f"CREATE SEQUENCE case_number_{year};" for year in _YEARS),
            "\n".join(f"DROP SEQUENCE case_number_{year};" for year in _YEARS),
        ),
    ]
