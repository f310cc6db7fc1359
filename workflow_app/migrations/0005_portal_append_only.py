"""Receipts and sent files are append-only; files uploaded before belong to those who uploaded them."""

from importlib import import_module

from django.db import migrations

# key column of each table
APPEND_ONLY = {"receipt": "document_id", "receiptprint": "receipt_id", "attachment": "id"}

HOLDERS = """INSERT INTO workflow_app_holder (upload_id, account_id, name, at)
SELECT id, uploaded_by_id, name, uploaded_at FROM workflow_app_upload"""


def install(apps, schema_editor):
    """Triggers of the database in use, and a holder for every file."""
    before = import_module("workflow_app.migrations.0002_append_only")
    for name, key in APPEND_ONLY.items():
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(before.PG_TABLE.format(table=f"workflow_app_{name}"), params=None)
        else:
            for text in before._sqlite(f"workflow_app_{name}", key):
                schema_editor.execute(text, params=None)
    schema_editor.execute(HOLDERS, params=None)


class Migration(migrations.Migration):
    dependencies = [("workflow_app", "0004_portal")]
    operations = [migrations.RunPython(install, migrations.RunPython.noop)]
