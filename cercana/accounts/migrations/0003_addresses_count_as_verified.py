from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def vouch(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Have the address of every account, and no other, count as verified: an administrator entered it."""
    address = apps.get_model("account", "EmailAddress")
    address.objects.all().delete()
    address.objects.bulk_create(
        address(user=user, email=user.email.lower(), verified=True, primary=True)
        for user in apps.get_model("accounts", "User").objects.all()
    )


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_spanish_labels"),
        ("account", "0009_emailaddress_unique_primary_email"),
    ]

    operations = [migrations.RunPython(vouch, migrations.RunPython.noop)]
