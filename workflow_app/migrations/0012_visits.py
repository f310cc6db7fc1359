"""Visits on the spot, and the verification sample."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from workflow_app.append_only import append_only, guarded
from workflow_app.migrations._many import CreateModels

# Who entered a row does not verify it, nor does whom it is about.
OWN = (
    "EXISTS (SELECT 1 FROM workflow_app_samplecheck c LEFT JOIN workflow_app_established e ON e.id = c.established_id"
    " LEFT JOIN workflow_app_measured m ON m.id = c.measured_id"
    " LEFT JOIN workflow_app_subject s ON s.id = COALESCE(e.subject_id, m.subject_id)"
    " LEFT JOIN workflow_app_account a ON a.cadre_id = s.cadre_id"
    " WHERE c.id = NEW.check_of_id AND NEW.by_id IN (e.by_id, m.by_id, a.id))"
)
# The result is said by who took the check on.
ANOTHER = "NOT EXISTS (SELECT 1 FROM workflow_app_checkbegun b WHERE b.check_of_id = NEW.check_of_id AND b.by_id = NEW.by_id)"
# Approved by one, planned by another.
OWN_LEAVE = "EXISTS (SELECT 1 FROM workflow_app_visitleave l WHERE l.id = NEW.leave_id AND l.by_id = NEW.by_id)"
CANCELLED = "EXISTS (SELECT 1 FROM workflow_app_visitcancelled c WHERE c.visit_id = NEW.visit_id)"
REPORTED = "EXISTS (SELECT 1 FROM workflow_app_visitreport r WHERE r.visit_id = NEW.visit_id)"
# Nobody visits the unit in which they serve.
AT_HOME = (
    "EXISTS (SELECT 1 FROM workflow_app_visit v JOIN workflow_app_cadre k ON k.id = NEW.cadre_id"
    " WHERE v.id = NEW.visit_id AND v.unit_id = k.unit_id)"
)


class Migration(migrations.Migration):
    dependencies = [
        ("workflow_app", "0011_open_items"),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="VisitLimit",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="visit_limits",
                            to="workflow_app.unit",
                            verbose_name="机关",
                        ),
                    ),
                    ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                    ("most", models.PositiveSmallIntegerField(verbose_name="每个单位每年最多次数")),
                    ("source", models.CharField(max_length=160, verbose_name="依据")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="设定人",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="设定时间")),
                ],
                options={
                    "verbose_name": "走访次数上限",
                    "verbose_name_plural": "走访次数上限",
                    "ordering": ["id"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("source", ""), _negated=True), name="visit_limit_names_its_source")
                    ],
                    "indexes": [],
                },
            ),
            migrations.CreateModel(
                name="VisitLeave",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="visit_leaves",
                            to="workflow_app.unit",
                            verbose_name="机关",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow_app.unit", verbose_name="单位"
                        ),
                    ),
                    ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                    ("reason", models.CharField(max_length=300, verbose_name="理由")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="批准人",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="批准时间")),
                ],
                options={
                    "verbose_name": "超限走访批准",
                    "verbose_name_plural": "超限走访批准",
                    "ordering": ["id"],
                    "constraints": [models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="visit_leave_says_why")],
                    "indexes": [],
                },
            ),
            migrations.CreateModel(
                name="UnitProposal",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="unit_proposals",
                            to="workflow_app.unit",
                            verbose_name="机关",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow_app.unit", verbose_name="单位"
                        ),
                    ),
                    ("rule_id", models.CharField(max_length=12, verbose_name="规则")),
                    ("origin", models.CharField(max_length=80, unique=True)),
                    ("summary", models.CharField(max_length=300, verbose_name="概要")),
                    ("evidence", models.JSONField(verbose_name="依据")),
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
                    "verbose_name": "重点考核建议",
                    "verbose_name_plural": "重点考核建议",
                    "ordering": ["-id"],
                    "indexes": [],
                    "constraints": [],
                },
            ),
            migrations.CreateModel(
                name="UnitChoice",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "proposal",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="choice",
                            to="workflow_app.unitproposal",
                            verbose_name="建议",
                        ),
                    ),
                    (
                        "outcome",
                        models.CharField(choices=[("PICKED", "列为重点"), ("CLOSED", "不列为重点")], max_length=6, verbose_name="意见"),
                    ),
                    ("reason", models.CharField(max_length=300, verbose_name="理由")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="决定人",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="时间")),
                ],
                options={
                    "verbose_name": "重点考核选定",
                    "verbose_name_plural": "重点考核选定",
                    "constraints": [models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="unit_choice_says_why")],
                    "indexes": [],
                },
            ),
            migrations.CreateModel(
                name="Visit",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="visits_made",
                            to="workflow_app.unit",
                            verbose_name="机关",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="visits",
                            to="workflow_app.unit",
                            verbose_name="到访单位",
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("FLIGHT", "飞行检查"),
                                ("SURPRISE", "四不两直检查"),
                                ("QUICK", "快速核查（轻骑兵）"),
                                ("STAY", "蹲点调研"),
                                ("FIELD", "走基层调研"),
                                ("SURVEY", "干部队伍调研"),
                                ("CLOSER", "重点考核"),
                                ("FOLLOW", "巡察整改跟进"),
                                ("DUTY", "干部调整督查"),
                            ],
                            max_length=8,
                            verbose_name="种类",
                        ),
                    ),
                    ("purpose", models.CharField(max_length=300, verbose_name="工作事由")),
                    ("basis", models.CharField(max_length=160, verbose_name="依据")),
                    ("first", models.DateField(verbose_name="自")),
                    ("last", models.DateField(verbose_name="至")),
                    ("announced", models.BooleanField(verbose_name="事先通知单位")),
                    (
                        "joins",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="joined_by",
                            to="workflow_app.visit",
                            verbose_name="并入",
                        ),
                    ),
                    (
                        "leave",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="visit",
                            to="workflow_app.visitleave",
                            verbose_name="超限批准",
                        ),
                    ),
                    (
                        "proposal",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="visits",
                            to="workflow_app.unitproposal",
                            verbose_name="重点考核建议",
                        ),
                    ),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="安排人",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="安排时间")),
                ],
                options={
                    "verbose_name": "走访检查",
                    "verbose_name_plural": "走访检查",
                    "ordering": ["-first", "-id"],
                    "indexes": [models.Index(fields=["unit", "first"], name="visits_of_unit")],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("last__gte", models.F("first"))), name="visit_ends_after_it_begins"),
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("purpose", ""), _negated=True), models.Q(("basis", ""), _negated=True)),
                            name="visit_says_what_for",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("announced", False), models.Q(("kind__in", ["FLIGHT", "SURPRISE"]), _negated=True), _connector="OR"
                            ),
                            name="a_surprise_is_not_announced",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="VisitMember",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "visit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="team",
                            to="workflow_app.visit",
                            verbose_name="走访检查",
                        ),
                    ),
                    (
                        "cadre",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="visits_made",
                            to="workflow_app.cadre",
                            verbose_name="成员",
                        ),
                    ),
                    ("field", models.CharField(max_length=40, verbose_name="专业领域")),
                    ("leads", models.BooleanField(default=False, verbose_name="组长")),
                ],
                options={
                    "verbose_name": "检查组成员",
                    "verbose_name_plural": "检查组成员",
                    "ordering": ["-leads", "id"],
                    "constraints": [models.UniqueConstraint(fields=("visit", "cadre"), name="once_in_a_team")],
                    "indexes": [],
                },
            ),
            migrations.CreateModel(
                name="VisitCancelled",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "visit",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="cancelled",
                            to="workflow_app.visit",
                            verbose_name="走访检查",
                        ),
                    ),
                    ("reason", models.CharField(max_length=300, verbose_name="理由")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="取消人",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="取消时间")),
                ],
                options={
                    "verbose_name": "走访取消",
                    "verbose_name_plural": "走访取消",
                    "indexes": [],
                    "constraints": [],
                },
            ),
            migrations.CreateModel(
                name="VisitReport",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "visit",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="report",
                            to="workflow_app.visit",
                            verbose_name="走访检查",
                        ),
                    ),
                    ("first", models.DateField(verbose_name="到达日期")),
                    ("last", models.DateField(verbose_name="离开日期")),
                    ("talks", models.PositiveIntegerField(default=0, verbose_name="个别谈话人数")),
                    ("summary", models.CharField(max_length=1000, verbose_name="检查情况")),
                    ("short_why", models.CharField(blank=True, max_length=300, verbose_name="时间或者谈话不足的理由")),
                    ("late_why", models.CharField(blank=True, max_length=300, verbose_name="迟报理由")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="报告人",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="报告时间")),
                ],
                options={
                    "verbose_name": "走访检查报告",
                    "verbose_name_plural": "走访检查报告",
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("last__gte", models.F("first"))), name="report_ends_after_it_begins")
                    ],
                    "indexes": [],
                },
            ),
            migrations.CreateModel(
                name="VisitFinding",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "report",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="findings",
                            to="workflow_app.visitreport",
                            verbose_name="报告",
                        ),
                    ),
                    ("what", models.CharField(max_length=500, verbose_name="发现的问题")),
                    ("papers", models.CharField(max_length=200, verbose_name="佐证材料")),
                ],
                options={
                    "verbose_name": "走访发现",
                    "verbose_name_plural": "走访发现",
                    "ordering": ["id"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("what", ""), _negated=True), models.Q(("papers", ""), _negated=True)),
                            name="visit_finding_has_its_paper",
                        )
                    ],
                    "indexes": [],
                },
            ),
            migrations.CreateModel(
                name="VisitPaper",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "report",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="paper",
                            to="workflow_app.visitreport",
                            verbose_name="报告",
                        ),
                    ),
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
                    "verbose_name": "走访检查报告文书",
                    "verbose_name_plural": "走访检查报告文书",
                    "indexes": [],
                    "constraints": [],
                },
            ),
            migrations.CreateModel(
                name="SamplePlan",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "campaign",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="sample_plan",
                            to="workflow_app.campaign",
                            verbose_name="测评",
                        ),
                    ),
                    ("frame", models.TextField(verbose_name="抽样范围")),
                    ("frame_sha256", models.CharField(max_length=64, verbose_name="抽样范围摘要")),
                    ("each", models.TextField(blank=True, verbose_name="逐项核实")),
                    ("count", models.PositiveIntegerField(verbose_name="抽取数量")),
                    ("record_seq", models.PositiveIntegerField(verbose_name="登记簿序号")),
                    ("seed", models.CharField(max_length=128, verbose_name="种子")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="公布人",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="公布时间")),
                ],
                options={
                    "verbose_name": "核验抽样",
                    "verbose_name_plural": "核验抽样",
                    "indexes": [],
                    "constraints": [],
                },
            ),
            migrations.CreateModel(
                name="SampleCheck",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="checks",
                            to="workflow_app.campaign",
                            verbose_name="测评",
                        ),
                    ),
                    (
                        "ground",
                        models.CharField(
                            choices=[("DRAWN", "随机抽取"), ("EACH", "逐项核实"), ("OPINION", "舆情反映强烈")],
                            max_length=8,
                            verbose_name="来由",
                        ),
                    ),
                    (
                        "established",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="check_of",
                            to="workflow_app.established",
                            verbose_name="认定事项",
                        ),
                    ),
                    (
                        "measured",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="check_of",
                            to="workflow_app.measured",
                            verbose_name="定量得分",
                        ),
                    ),
                    ("why", models.CharField(blank=True, max_length=300, verbose_name="说明")),
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
                    ("begin_by", models.DateTimeField(verbose_name="应当启动的时间")),
                ],
                options={
                    "verbose_name": "核验事项",
                    "verbose_name_plural": "核验事项",
                    "ordering": ["id"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("established__isnull", True), ("measured__isnull", False)),
                                models.Q(("established__isnull", False), ("measured__isnull", True)),
                                _connector="OR",
                            ),
                            name="a_check_is_of_one_row",
                        )
                    ],
                    "indexes": [],
                },
            ),
            migrations.CreateModel(
                name="CheckBegun",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "check_of",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="begun",
                            to="workflow_app.samplecheck",
                            verbose_name="核验事项",
                        ),
                    ),
                    ("late_why", models.CharField(blank=True, max_length=300, verbose_name="逾期启动的理由")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="核验人",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="启动时间")),
                ],
                options={
                    "verbose_name": "核验启动",
                    "verbose_name_plural": "核验启动",
                    "indexes": [],
                    "constraints": [],
                },
            ),
            migrations.CreateModel(
                name="CheckPaper",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "check_of",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="papers",
                            to="workflow_app.samplecheck",
                            verbose_name="核验事项",
                        ),
                    ),
                    (
                        "way",
                        models.CharField(
                            choices=[
                                ("LEDGER", "台账"),
                                ("SPOT", "现场"),
                                ("OPINION", "舆情属实材料"),
                                ("AUDIT", "审计"),
                                ("DUTY", "督查"),
                                ("PETITION", "信访"),
                            ],
                            max_length=8,
                            verbose_name="途径",
                        ),
                    ),
                    ("paper", models.CharField(max_length=200, verbose_name="材料名称和文号")),
                    ("says", models.CharField(max_length=300, verbose_name="材料显示的情况")),
                    ("agrees", models.BooleanField(verbose_name="与登记一致")),
                    (
                        "visit",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="checks",
                            to="workflow_app.visit",
                            verbose_name="走访检查",
                        ),
                    ),
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
                    "verbose_name": "核验材料",
                    "verbose_name_plural": "核验材料",
                    "ordering": ["id"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("way", "SPOT"), _negated=True), ("visit__isnull", False), _connector="OR"),
                            name="the_spot_is_seen_on_a_visit",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("paper", ""), _negated=True), models.Q(("says", ""), _negated=True)),
                            name="check_paper_says_what",
                        ),
                    ],
                    "indexes": [],
                },
            ),
            migrations.CreateModel(
                name="CheckResult",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "check_of",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="result",
                            to="workflow_app.samplecheck",
                            verbose_name="核验事项",
                        ),
                    ),
                    ("outcome", models.CharField(choices=[("RIGHT", "属实"), ("WRONG", "不实")], max_length=5, verbose_name="结论")),
                    ("proof", models.CharField(max_length=500, verbose_name="理由")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="核验人",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="时间")),
                ],
                options={
                    "verbose_name": "核验结论",
                    "verbose_name_plural": "核验结论",
                    "constraints": [models.CheckConstraint(condition=models.Q(("proof", ""), _negated=True), name="check_result_says_why")],
                    "indexes": [],
                },
            ),
            migrations.CreateModel(
                name="Disposal",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "seen",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="disposal",
                            to="workflow_app.visitfinding",
                            verbose_name="走访发现",
                        ),
                    ),
                    (
                        "result",
                        models.OneToOneField(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="disposal",
                            to="workflow_app.checkresult",
                            verbose_name="核验结论",
                        ),
                    ),
                    (
                        "outcome",
                        models.CharField(
                            choices=[
                                ("NOTHING", "不作登记"),
                                ("FINDING", "已在“情况登记”中登记"),
                                ("ESTABLISHED", "已登记为认定事项"),
                                ("CORRECTED", "登记差错，已更正或者撤回"),
                            ],
                            max_length=11,
                            verbose_name="处理",
                        ),
                    ),
                    ("reason", models.CharField(blank=True, max_length=300, verbose_name="理由")),
                    (
                        "finding",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="found_by",
                            to="workflow_app.finding",
                            verbose_name="登记情况",
                        ),
                    ),
                    (
                        "established",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="found_by",
                            to="workflow_app.established",
                            verbose_name="认定事项",
                        ),
                    ),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="处理人",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="处理时间")),
                ],
                options={
                    "verbose_name": "发现的处理",
                    "verbose_name_plural": "发现的处理",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("result__isnull", False), ("seen__isnull", True)),
                                models.Q(("result__isnull", True), ("seen__isnull", False)),
                                _connector="OR",
                            ),
                            name="disposal_of_one_thing",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("finding__isnull", False), ("outcome", "FINDING")),
                                models.Q(("established__isnull", False), ("outcome", "ESTABLISHED")),
                                models.Q(("outcome__in", ["NOTHING", "CORRECTED"]), models.Q(("reason", ""), _negated=True)),
                                _connector="OR",
                            ),
                            name="disposal_links_or_says_why",
                        ),
                    ],
                    "indexes": [],
                },
            ),
        ),
        append_only(
            visitlimit="id",
            visitleave="id",
            unitproposal="id",
            unitchoice="id",
            visit="id",
            visitmember="id",
            visitcancelled="id",
            visitreport="id",
            visitfinding="id",
            visitpaper="id",
            sampleplan="id",
            samplecheck="id",
            checkbegun="id",
            checkpaper="id",
            checkresult="id",
            disposal="id",
        ),
        guarded(
            ("checkbegun", "INSERT", OWN),
            ("checkresult", "INSERT", ANOTHER),
            ("visit", "INSERT", OWN_LEAVE),
            ("visitreport", "INSERT", CANCELLED),
            ("visitcancelled", "INSERT", REPORTED),
            ("visitmember", "INSERT", AT_HOME),
        ),
    ]
