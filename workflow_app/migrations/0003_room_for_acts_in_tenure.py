"""Room for what acts changed in the history that the roster told. The data follow in the next migration: PostgreSQL keeps the two apart."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("workflow_app", "0002_tables"),
    ]

    operations = [
        migrations.RemoveConstraint("tenure", "one_tenure_a_beginning"),
        migrations.AddField(
            "tenure", "kind",
            models.CharField(
                "变动", max_length=12, default="ROSTER",
                choices=[
                    ("ROSTER", "名册登记"), ("TRIAL", "试任职"), ("APPOINTED", "任职"), ("CONFIRMED", "试用期满，正式任职"),
                    ("TRIAL_ENDED", "试用期不合格，免去试任职务"), ("REMOVED", "免去职务"), ("ADJUSTED", "调整任职"), ("RESTORED", "纠正，恢复任职"),
                ],
            ),
        ),
        migrations.AddField(
            "tenure", "post",
            models.ForeignKey(
                "workflow_app.post", django.db.models.deletion.PROTECT, null=True, blank=True, related_name="+", verbose_name="职务"
            ),
        ),
        migrations.AddField("tenure", "unit_name", models.CharField("单位名称", max_length=80, blank=True, default=""), preserve_default=False),
        migrations.AddField("tenure", "since", models.DateField("任现职时间", null=True, blank=True)),
        migrations.AddField(
            "tenure", "case",
            models.ForeignKey(
                "workflow_app.case", django.db.models.deletion.PROTECT, null=True, blank=True, related_name="tenures", verbose_name="案件"
            ),
        ),
        migrations.AddField("tenure", "record_seq", models.PositiveIntegerField("记录号", null=True, blank=True)),
        migrations.AddField(
            "tenure", "follows",
            models.OneToOneField(
                "workflow_app.tenure", django.db.models.deletion.PROTECT, null=True, blank=True, related_name="followed_by",
                verbose_name="接续",
            ),
        ),
        migrations.AlterField(
            "tenure", "batch",
            models.ForeignKey(
                "workflow_app.rosterimport", django.db.models.deletion.PROTECT, null=True, blank=True, related_name="tenures",
                verbose_name="导入批次",
            ),
        ),
    ]  # fmt: skip
