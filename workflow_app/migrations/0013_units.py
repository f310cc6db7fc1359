"""Units as rated subjects, their grades and lists, the share that follows from a grade, their targets, and meetings of organs about a round."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from workflow_app.append_only import append_only, guarded
from workflow_app.migrations._frozen import PUBLISHED, frozen_parts
from workflow_app.migrations._many import CreateModels
from workflow_app.migrations._rebuilt import KeepingTriggers


class Migration(migrations.Migration):
    dependencies = [
        ("workflow_app", "0012_visits"),
    ]

    operations = [
        KeepingTriggers(
            migrations.AddField(
                model_name="scheme",
                name="about",
                field=models.CharField(
                    choices=[("PEOPLE", "干部"), ("UNITS", "单位（领导班子）")], default="PEOPLE", max_length=6, verbose_name="考核对象"
                ),
            ),
            migrations.AlterField(
                model_name="subject",
                name="cadre",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="rated",
                    to="workflow_app.cadre",
                    verbose_name="被考核人",
                ),
            ),
            migrations.AddField(
                model_name="subject",
                name="unit",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="rated",
                    to="workflow_app.unit",
                    verbose_name="被考核单位",
                ),
            ),
            migrations.AddConstraint(
                model_name="subject",
                constraint=models.UniqueConstraint(fields=("campaign", "unit"), name="unit_rated_once_a_campaign"),
            ),
            migrations.AddConstraint(
                model_name="subject",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        models.Q(("cadre__isnull", False), ("unit__isnull", True)),
                        models.Q(("cadre__isnull", True), ("unit__isnull", False)),
                        _connector="OR",
                    ),
                    name="a_cadre_or_a_unit_is_rated",
                ),
            ),
            migrations.AlterField(
                model_name="feedback",
                name="cadre",
                field=models.ForeignKey(
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="feedbacks",
                    to="workflow_app.cadre",
                    verbose_name="干部",
                ),
            ),
        ),
        CreateModels(
            migrations.CreateModel(
                name="UnitGradeProposal",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "subject",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="unit_proposals",
                            to="workflow_app.subject",
                            verbose_name="被考核单位",
                        ),
                    ),
                    (
                        "grade",
                        models.CharField(
                            choices=[("EXCELLENT", "优秀"), ("GOOD", "良好"), ("FAIR", "一般"), ("POOR", "较差")],
                            max_length=12,
                            verbose_name="建议等次",
                        ),
                    ),
                    ("reason", models.CharField(blank=True, max_length=300, verbose_name="理由")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="提出人",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="提出时间")),
                ],
                options={
                    "verbose_name": "单位等次建议",
                    "verbose_name_plural": "单位等次建议",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("grade__in", ("EXCELLENT", "GOOD")), models.Q(("reason", ""), _negated=True), _connector="OR"
                            ),
                            name="a_low_grade_of_a_unit_says_why",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="UnitResult",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="results", to="workflow_app.unit", verbose_name="单位"
                        ),
                    ),
                    ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                    (
                        "grade",
                        models.CharField(
                            choices=[("EXCELLENT", "优秀"), ("GOOD", "良好"), ("FAIR", "一般"), ("POOR", "较差")],
                            max_length=12,
                            verbose_name="等次",
                        ),
                    ),
                    ("score", models.DecimalField(decimal_places=2, max_digits=6, null=True, verbose_name="得分")),
                    ("comparison_group", models.CharField(max_length=60, verbose_name="比较组")),
                    ("rank", models.PositiveIntegerField(null=True, verbose_name="名次")),
                    ("group_size", models.PositiveIntegerField(null=True, verbose_name="组内单位数")),
                    (
                        "subject",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="unit_result",
                            to="workflow_app.subject",
                            verbose_name="考核",
                        ),
                    ),
                    (
                        "batch",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="unit_results",
                            to="workflow_app.importbatch",
                            verbose_name="批次",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "单位考核结果",
                    "verbose_name_plural": "单位考核结果",
                    "constraints": [models.UniqueConstraint(fields=("unit", "year"), name="one_result_of_a_unit_a_year")],
                },
            ),
            migrations.CreateModel(
                name="LinkedShare",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "version",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="linked",
                            to="workflow_app.schemeversion",
                            verbose_name="方案版本",
                        ),
                    ),
                    (
                        "grade",
                        models.CharField(
                            choices=[("EXCELLENT", "优秀"), ("GOOD", "良好"), ("FAIR", "一般"), ("POOR", "较差")],
                            max_length=12,
                            verbose_name="单位等次",
                        ),
                    ),
                    ("share", models.DecimalField(decimal_places=2, max_digits=5, verbose_name="优秀比例（%）")),
                    ("source", models.CharField(max_length=200, verbose_name="依据")),
                ],
                options={
                    "verbose_name": "等次挂钩",
                    "verbose_name_plural": "等次挂钩",
                    "ordering": ["version", "id"],
                    "constraints": [
                        models.UniqueConstraint(fields=("version", "grade"), name="one_share_a_grade_of_units"),
                        models.CheckConstraint(
                            condition=models.Q(("share__gte", 0), ("share__lte", 100), models.Q(("source", ""), _negated=True)),
                            name="linked_share_in_per_cent_with_source",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="UnitTarget",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow_app.unit", verbose_name="机关"
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="targets", to="workflow_app.unit", verbose_name="单位"
                        ),
                    ),
                    ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                    ("name", models.CharField(max_length=60, verbose_name="目标")),
                    ("measure", models.CharField(max_length=20, verbose_name="计量单位")),
                    ("better", models.CharField(choices=[("HIGH", "越高越好"), ("LOW", "越低越好")], max_length=4, verbose_name="方向")),
                    ("rhythm", models.CharField(choices=[("MONTH", "按月"), ("QUARTER", "按季")], max_length=7, verbose_name="报告周期")),
                    ("target", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="目标值")),
                    ("source", models.CharField(max_length=200, verbose_name="依据文件")),
                    ("reason", models.CharField(blank=True, max_length=200, verbose_name="调整理由")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="登记时间")),
                ],
                options={
                    "verbose_name": "单位目标",
                    "verbose_name_plural": "单位目标",
                    "indexes": [models.Index(fields=["organ", "year"], name="targets_of_organ")],
                    "constraints": [models.CheckConstraint(condition=models.Q(("target__gt", 0)), name="target_above_nothing")],
                },
            ),
            migrations.CreateModel(
                name="UnitStatement",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "target",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="statements",
                            to="workflow_app.unittarget",
                            verbose_name="目标",
                        ),
                    ),
                    ("period", models.CharField(help_text="2026-03 或者 2026Q1", max_length=7, verbose_name="期间")),
                    ("value", models.DecimalField(decimal_places=2, max_digits=14, verbose_name="实际值")),
                    ("due", models.DecimalField(decimal_places=2, max_digits=14, null=True, verbose_name="本期目标值")),
                    ("source", models.CharField(max_length=200, verbose_name="数据来源")),
                    ("reason", models.CharField(blank=True, max_length=200, verbose_name="更正理由")),
                    (
                        "batch",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="unit_statements",
                            to="workflow_app.importbatch",
                            verbose_name="导入批次",
                        ),
                    ),
                    ("row", models.PositiveIntegerField(verbose_name="文件行号")),
                ],
                options={
                    "verbose_name": "单位对账单",
                    "verbose_name_plural": "单位对账单",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("value__gte", 0), models.Q(("due__isnull", True), ("due__gt", 0), _connector="OR")),
                            name="statement_of_a_unit_not_below_nothing",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="UnitColour",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="colours", to="workflow_app.unit", verbose_name="单位"
                        ),
                    ),
                    ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                    ("name", models.CharField(max_length=60, verbose_name="目标")),
                    ("period", models.CharField(max_length=7, verbose_name="期间")),
                    (
                        "shade",
                        models.CharField(
                            choices=[("GREEN", "绿色"), ("YELLOW", "黄色"), ("RED", "红色")], max_length=6, verbose_name="颜色"
                        ),
                    ),
                    ("score", models.DecimalField(decimal_places=2, max_digits=5, verbose_name="达成度")),
                    ("inputs", models.JSONField(verbose_name="计算依据")),
                    ("computed_at", models.DateTimeField(verbose_name="计算时间")),
                ],
                options={
                    "verbose_name": "单位预警颜色",
                    "verbose_name_plural": "单位预警颜色",
                    "indexes": [models.Index(fields=["unit", "period", "-id"], name="colours_of_unit")],
                    "constraints": [],
                },
            ),
            migrations.CreateModel(
                name="JointMeeting",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="joint_meetings",
                            to="workflow_app.campaign",
                            verbose_name="测评",
                        ),
                    ),
                    ("held_on", models.DateField(verbose_name="召开日期")),
                    ("convener", models.CharField(max_length=80, verbose_name="召集人")),
                    ("topic", models.CharField(max_length=200, verbose_name="议题")),
                    ("organs", models.JSONField(verbose_name="出席机关")),
                    ("outcome", models.CharField(max_length=600, verbose_name="会议意见")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="登记时间")),
                ],
                options={
                    "verbose_name": "联席会议",
                    "verbose_name_plural": "联席会议",
                    "constraints": [],
                },
            ),
            migrations.CreateModel(
                name="JointAnswer",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "meeting",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="answers",
                            to="workflow_app.jointmeeting",
                            verbose_name="联席会议",
                        ),
                    ),
                    (
                        "subject",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="joint_answers",
                            to="workflow_app.subject",
                            verbose_name="被考核对象",
                        ),
                    ),
                    ("organ", models.CharField(max_length=80, verbose_name="机关")),
                    (
                        "answer",
                        models.CharField(
                            choices=[("NOTHING", "没有掌握需要反映的情况"), ("MATTER", "有需要研究的情况（附文件）")],
                            max_length=8,
                            verbose_name="答复",
                        ),
                    ),
                    ("document", models.CharField(blank=True, max_length=120, verbose_name="文件")),
                    ("matter", models.CharField(blank=True, max_length=300, verbose_name="事由")),
                ],
                options={
                    "verbose_name": "联席会议答复",
                    "verbose_name_plural": "联席会议答复",
                    "constraints": [
                        models.UniqueConstraint(fields=("meeting", "subject", "organ"), name="one_answer_an_organ"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("answer", "NOTHING"), ("document", ""), ("matter", "")),
                                models.Q(
                                    ("answer", "MATTER"), models.Q(("document", ""), _negated=True), models.Q(("matter", ""), _negated=True)
                                ),
                                _connector="OR",
                            ),
                            name="a_matter_has_its_document",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="CampaignPaper",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="papers",
                            to="workflow_app.campaign",
                            verbose_name="测评",
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[("REPORT", "考核结果报送表"), ("MINUTES", "考核联席会议纪要")], max_length=8, verbose_name="种类"
                        ),
                    ),
                    (
                        "meeting",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="paper",
                            to="workflow_app.jointmeeting",
                            verbose_name="联席会议",
                        ),
                    ),
                    ("addressee", models.CharField(max_length=80, verbose_name="送")),
                    ("number", models.CharField(max_length=60, unique=True, verbose_name="编号")),
                    ("content", models.JSONField(verbose_name="内容")),
                    ("content_hash", models.CharField(max_length=64)),
                    ("template_version", models.CharField(max_length=64)),
                    ("issued_on", models.DateField(verbose_name="成文日期")),
                    (
                        "issued_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="签发人",
                        ),
                    ),
                    ("pdf", models.BinaryField()),
                    ("sha256", models.CharField(max_length=64)),
                ],
                options={
                    "verbose_name": "测评文书",
                    "verbose_name_plural": "测评文书",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("kind", "REPORT"), ("meeting__isnull", True)),
                                models.Q(("kind", "MINUTES"), ("meeting__isnull", False)),
                                _connector="OR",
                            ),
                            name="minutes_are_of_a_meeting",
                        )
                    ],
                },
            ),
        ),
        append_only(
            unitgradeproposal="id",
            unitresult="id",
            unittarget="id",
            unitstatement="id",
            unitcolour="id",
            jointmeeting="id",
            jointanswer="id",
            campaignpaper="id",
        ),
        guarded(*frozen_parts("linkedshare", PUBLISHED)),
    ]
