"""Somebody is found by the words of their name without reading all names."""

import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("citizens", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="citizen",
            index=django.contrib.postgres.indexes.GinIndex(
                django.contrib.postgres.search.SearchVector("folded_name", config="simple"),
                name="citizens_name_words",
            ),
        ),
    ]
