"""The table of papers was built anew (0025), which put the plain guard back: narrow it again."""

from django.db import migrations

from workflow_app.append_only import emptied_only_by_order


class Migration(migrations.Migration):
    dependencies = [("workflow_app", "0028_calendar_change")]
    operations = [emptied_only_by_order()]
