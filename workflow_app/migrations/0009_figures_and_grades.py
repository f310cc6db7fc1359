"""Figures with their documents, matters taken back, grades proposed and settled, and what somebody writes of a bad quarter."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from workflow_app.append_only import append_only
from workflow_app.migrations._many import CreateModels


class Migration(migrations.Migration):
    dependencies = [
        ("workflow_app", "0008_care"),
    ]

    operations = [
        migrations.AddField(
            model_name="established",
            name="document",
            field=models.CharField(blank=True, max_length=120, verbose_name="依据文件"),
        ),
        migrations.AddField(
            model_name="established",
            name="established_on",
            field=models.DateField(null=True, verbose_name="认定日期"),
        ),
        migrations.AddField(
            model_name="established",
            name="organ",
            field=models.CharField(blank=True, max_length=80, verbose_name="认定机关"),
        ),
        migrations.AlterField(
            model_name="established",
            name="why",
            field=models.CharField(max_length=300, verbose_name="事实"),
        ),
        migrations.AlterField(
            model_name="measured",
            name="source",
            field=models.CharField(max_length=200, verbose_name="依据文件"),
        ),
        CreateModels(
            migrations.CreateModel(
                name="GradesSettled",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("document", models.CharField(max_length=120, verbose_name="审定文件")),
                    ("at", models.DateTimeField(verbose_name="审定时间")),
                    (
                        "batch",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="settled",
                            to="workflow_app.importbatch",
                            verbose_name="结果",
                        ),
                    ),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="审定人",
                        ),
                    ),
                    (
                        "campaign",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="settled",
                            to="workflow_app.campaign",
                            verbose_name="测评",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "等次审定",
                    "verbose_name_plural": "等次审定",
                },
            ),
            migrations.CreateModel(
                name="Retrospect",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("causes", models.CharField(max_length=1000, verbose_name="情况和原因")),
                    ("measures", models.CharField(max_length=1000, verbose_name="今后措施")),
                    ("wants", models.CharField(blank=True, max_length=500, verbose_name="需要的支持")),
                    ("at", models.DateTimeField(verbose_name="时间")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="本人"
                        ),
                    ),
                    (
                        "finding",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="retrospects",
                            to="workflow_app.finding",
                            verbose_name="登记情况",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "复盘说明",
                    "verbose_name_plural": "复盘说明",
                },
            ),
            migrations.CreateModel(
                name="TakenBack",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("why", models.CharField(max_length=200, verbose_name="撤回理由")),
                    ("at", models.DateTimeField(verbose_name="撤回时间")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="撤回人",
                        ),
                    ),
                    (
                        "established",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="taken_back",
                            to="workflow_app.established",
                            verbose_name="认定事项",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "认定事项撤回",
                    "verbose_name_plural": "认定事项撤回",
                },
            ),
            migrations.CreateModel(
                name="ExcellentShare",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("share", models.DecimalField(decimal_places=2, max_digits=5, verbose_name="优秀比例（%）")),
                    ("document", models.CharField(max_length=120, verbose_name="批准文件")),
                    ("at", models.DateTimeField(verbose_name="登记时间")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="shares",
                            to="workflow_app.campaign",
                            verbose_name="测评",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "优秀比例",
                    "verbose_name_plural": "优秀比例",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("share__gt", 0), ("share__lte", 100)), name="share_of_excellent_in_per_cent"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="GradeProposal",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "grade",
                        models.CharField(
                            blank=True,
                            choices=[("EXCELLENT", "优秀"), ("COMPETENT", "称职"), ("BASIC", "基本称职"), ("INCOMPETENT", "不称职")],
                            max_length=12,
                            verbose_name="建议等次",
                        ),
                    ),
                    ("reason", models.CharField(blank=True, max_length=300, verbose_name="理由")),
                    ("at", models.DateTimeField(verbose_name="提出时间")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="提出人",
                        ),
                    ),
                    (
                        "subject",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="proposals",
                            to="workflow_app.subject",
                            verbose_name="被考核人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "等次建议",
                    "verbose_name_plural": "等次建议",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("grade__in", ("EXCELLENT", "COMPETENT")), models.Q(("reason", ""), _negated=True), _connector="OR"
                            ),
                            name="a_low_grade_or_none_says_why",
                        )
                    ],
                },
            ),
        ),
        append_only(
            measured="id", established="id", takenback="id", excellentshare="id", gradeproposal="id", gradessettled="id", retrospect="id"
        ),
    ]
