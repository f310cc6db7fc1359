"""What is append-only may be emptied where an order to erase stands (`Erasure`), and in no other way; the order itself is append-only."""

from django.db import migrations

from workflow_app.append_only import append_only, emptied_only_by_order


class Migration(migrations.Migration):
    dependencies = [("workflow_app", "0023_erasure")]
    operations = [emptied_only_by_order(), append_only(erasure="case_id")]
