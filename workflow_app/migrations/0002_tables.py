"""Every other table, and what the database itself holds to: append-only rows, frozen parts, seats and offices, search words.

Made in the order in which they name each other, after the tables of other applications: a new database then takes seconds.
"""

import uuid
from decimal import Decimal

import django.db.models.deletion
import django.utils.timezone
import django_fsm
import viewflow.workflow.fields
import viewflow.workflow.token
from django.conf import settings
from django.db import migrations, models

import workflow_app.models.record
from workflow_app.append_only import append_only, emptied_only_by_order
from workflow_app.migrations import _case_words, _frozen, _offices
from workflow_app.migrations._many import CreateModels

REFUSE = """
CREATE FUNCTION shangxia_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'append-only: % on % is refused', TG_OP, TG_TABLE_NAME; END $$;
"""


def _refuse(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(REFUSE, params=None)


class Migration(migrations.Migration):
    replaces = [
        ("workflow_app", "0002_append_only"),
        ("workflow_app", "0003_case_words"),
        ("workflow_app", "0004_portal"),
        ("workflow_app", "0005_portal_append_only"),
        ("workflow_app", "0006_seals"),
        ("workflow_app", "0007_upload_scanned"),
        ("workflow_app", "0008_recused"),
        ("workflow_app", "0009_carried"),
        ("workflow_app", "0010_case_words_by_key"),
        ("workflow_app", "0011_worker"),
        ("workflow_app", "0012_plurals"),
        ("workflow_app", "0013_mandate_records"),
        ("workflow_app", "0014_paper_templates"),
        ("workflow_app", "0015_suspension"),
        ("workflow_app", "0016_posting"),
        ("workflow_app", "0017_decision"),
        ("workflow_app", "0018_offices"),
        ("workflow_app", "0019_offices_without_seats"),
        ("workflow_app", "0020_read_reason"),
        ("workflow_app", "0021_kinds_without_migrations"),
        ("workflow_app", "0022_seat_tokens"),
        ("workflow_app", "0023_erasure"),
        ("workflow_app", "0024_erasure_only_by_order"),
        ("workflow_app", "0025_paper_that_leaves"),
        ("workflow_app", "0026_absence"),
        ("workflow_app", "0027_messages"),
        ("workflow_app", "0028_calendar_change"),
        ("workflow_app", "0029_papers_emptied_only_by_order"),
        ("workflow_app", "0030_assessment_rooms"),
        ("workflow_app", "0031_assessment_frozen"),
        ("workflow_app", "0032_post_change"),
        ("workflow_app", "0033_second_factor"),
        ("workflow_app", "0034_monthly_statements"),
        ("workflow_app", "0035_scores"),
        ("workflow_app", "0036_overtaken_on"),
        ("workflow_app", "0037_roster"),
    ]

    initial = True

    dependencies = [
        ("account", "0009_emailaddress_unique_primary_email"),
        ("admin", "0003_logentry_add_action_flag_choices"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("axes", "0010_accessattemptexpiration"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("sessions", "0001_initial"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
        ("viewflow", "0015_task_scheduled"),
        ("workflow_app", "0001_people"),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="Beat",
                fields=[
                    ("name", models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name="名称")),
                    ("started_at", models.DateTimeField(verbose_name="启动时间")),
                    ("seen_at", models.DateTimeField(db_index=True, verbose_name="最近一次")),
                    ("fired", models.PositiveIntegerField(default=0, verbose_name="到期事项")),
                    ("worked", models.PositiveIntegerField(default=0, verbose_name="待发事项")),
                ],
                options={
                    "verbose_name": "处理进程",
                    "ordering": ["-seen_at"],
                },
            ),
            migrations.CreateModel(
                name="CalendarDay",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("date", models.DateField(unique=True, verbose_name="日期")),
                    ("kind", models.CharField(choices=[("REST", "放假"), ("MAKEUP", "调休上班")], max_length=6, verbose_name="性质")),
                    ("name", models.CharField(max_length=40, verbose_name="名称")),
                ],
                options={
                    "verbose_name": "特殊日期",
                    "verbose_name_plural": "特殊日期",
                    "ordering": ["date"],
                },
            ),
            migrations.CreateModel(
                name="CalendarYear",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("year", models.PositiveSmallIntegerField(unique=True, verbose_name="年份")),
                    ("version", models.PositiveSmallIntegerField(default=1, verbose_name="版本")),
                    ("source", models.CharField(max_length=200, verbose_name="依据")),
                ],
                options={
                    "verbose_name": "年度放假安排",
                    "verbose_name_plural": "年度放假安排",
                    "ordering": ["year"],
                },
            ),
            migrations.CreateModel(
                name="Event",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("topic", models.CharField(max_length=40)),
                    ("ref", models.BigIntegerField()),
                    ("xid", models.BigIntegerField(default=0)),
                    ("at", models.DateTimeField()),
                ],
                options={
                    "verbose_name": "事件",
                    "indexes": [models.Index(fields=["xid", "id"], name="events_in_order")],
                },
            ),
            migrations.CreateModel(
                name="LawEdition",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("digest", models.CharField(max_length=64, unique=True, verbose_name="摘要")),
                    ("figures", models.JSONField(verbose_name="数值")),
                    ("loaded_at", models.DateTimeField(verbose_name="载入时间")),
                ],
                options={
                    "verbose_name": "规则数值版本",
                    "verbose_name_plural": "规则数值版本",
                    "ordering": ["-id"],
                },
            ),
            migrations.CreateModel(
                name="LeafBlock",
                fields=[
                    ("index", models.BigIntegerField(primary_key=True, serialize=False)),
                    ("hash", models.CharField(max_length=64)),
                ],
                options={
                    "verbose_name": "封存块",
                },
            ),
            migrations.CreateModel(
                name="Mark",
                fields=[
                    ("name", models.CharField(max_length=20, primary_key=True, serialize=False)),
                    ("xid", models.BigIntegerField(default=0)),
                    ("event", models.BigIntegerField(default=0)),
                    ("day", models.DateField(null=True)),
                ],
                options={
                    "verbose_name": "进度",
                    "verbose_name_plural": "进度",
                },
            ),
            migrations.CreateModel(
                name="PaperTemplate",
                fields=[
                    ("version", models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name="版本")),
                    ("name", models.CharField(db_index=True, max_length=80, verbose_name="模板")),
                    ("sources", models.JSONField(verbose_name="模板文本")),
                    ("kept_at", models.DateTimeField(verbose_name="启用时间")),
                ],
                options={
                    "verbose_name": "文书模板",
                    "verbose_name_plural": "文书模板",
                },
            ),
            migrations.CreateModel(
                name="RecordPart",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("chain", models.CharField(max_length=24)),
                    ("seq", models.PositiveIntegerField()),
                    ("name", models.CharField(max_length=20)),
                    ("salt", models.CharField(max_length=32)),
                    ("value", models.TextField()),
                ],
                options={
                    "verbose_name": "记录内容",
                    "constraints": [models.UniqueConstraint(fields=("chain", "seq", "name"), name="one_part_of_a_name")],
                },
            ),
            migrations.CreateModel(
                name="Remembered",
                fields=[
                    ("cache_key", models.CharField(max_length=255, primary_key=True, serialize=False)),
                    ("value", models.TextField()),
                    ("expires", models.DateTimeField(db_index=True)),
                ],
            ),
            migrations.CreateModel(
                name="Seal",
                fields=[
                    ("size", models.BigIntegerField(primary_key=True, serialize=False, verbose_name="项数")),
                    ("root", models.CharField(max_length=64, verbose_name="根")),
                    ("at", models.DateTimeField(verbose_name="时间")),
                    ("note", models.TextField(verbose_name="签名文本")),
                ],
                options={
                    "verbose_name": "封存",
                },
            ),
            migrations.CreateModel(
                name="Desk",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("role", models.CharField(max_length=30, verbose_name="角色")),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="desks", to="workflow_app.unit", verbose_name="单位"
                        ),
                    ),
                    ("name", models.CharField(max_length=80, verbose_name="名称")),
                ],
                options={
                    "verbose_name": "岗位",
                    "verbose_name_plural": "岗位",
                    "constraints": [models.UniqueConstraint(fields=("role", "unit"), name="one_desk_a_role_and_unit")],
                },
            ),
            migrations.CreateModel(
                name="Journal",
                fields=[
                    (
                        "unit",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            primary_key=True,
                            related_name="journal",
                            serialize=False,
                            to="workflow_app.unit",
                            verbose_name="单位",
                        ),
                    ),
                    ("records_count", models.PositiveIntegerField(default=0)),
                    ("head", models.CharField(default="", max_length=64)),
                ],
                options={
                    "verbose_name": "登记簿",
                },
            ),
            migrations.CreateModel(
                name="Library",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="libraries",
                            to="workflow_app.unit",
                            verbose_name="机关",
                        ),
                    ),
                    ("name", models.CharField(max_length=80, verbose_name="名称")),
                    ("review_months", models.PositiveSmallIntegerField(default=24, verbose_name="评审周期（月）")),
                    ("source", models.CharField(max_length=200, verbose_name="依据")),
                    ("opened_on", models.DateField(verbose_name="启用日期")),
                ],
                options={
                    "verbose_name": "指标库",
                    "verbose_name_plural": "指标库",
                    "constraints": [
                        models.UniqueConstraint(fields=("organ", "name"), name="one_library_of_a_name"),
                        models.CheckConstraint(condition=models.Q(("review_months__in", (6, 12, 24))), name="library_review_period"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="NumberSeries",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow_app.unit", verbose_name="机关"
                        ),
                    ),
                    ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                    ("kind", models.CharField(max_length=12, verbose_name="种类")),
                    ("last", models.PositiveIntegerField(verbose_name="末号")),
                ],
                options={
                    "verbose_name": "编号",
                    "constraints": [models.UniqueConstraint(fields=("organ", "year", "kind"), name="one_series")],
                },
            ),
            migrations.CreateModel(
                name="Indicator",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "library",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="indicators",
                            to="workflow_app.library",
                            verbose_name="指标库",
                        ),
                    ),
                    ("code", models.CharField(max_length=12, verbose_name="编号")),
                ],
                options={
                    "verbose_name": "指标",
                    "verbose_name_plural": "指标",
                    "ordering": ["code"],
                    "constraints": [models.UniqueConstraint(fields=("library", "code"), name="one_indicator_of_a_code")],
                },
            ),
            migrations.CreateModel(
                name="Scheme",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="schemes", to="workflow_app.unit", verbose_name="机关"
                        ),
                    ),
                    (
                        "library",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="schemes",
                            to="workflow_app.library",
                            verbose_name="指标库",
                        ),
                    ),
                    ("name", models.CharField(max_length=80, verbose_name="名称")),
                    (
                        "kind",
                        models.CharField(
                            choices=[("ROUTINE", "平时考核"), ("ANNUAL", "年度考核"), ("SPECIAL", "专项考核"), ("TERM", "任期考核")],
                            max_length=8,
                            verbose_name="种类",
                        ),
                    ),
                    (
                        "level",
                        models.CharField(
                            blank=True,
                            choices=[
                                ("COUNTY_HEAD", "县处级正职"),
                                ("COUNTY_DEPUTY", "县处级副职"),
                                ("TOWN_HEAD", "乡科级正职"),
                                ("TOWN_DEPUTY", "乡科级副职"),
                                ("STAFF", "科员级"),
                            ],
                            max_length=16,
                            verbose_name="职务层次",
                        ),
                    ),
                    ("region_type", models.CharField(blank=True, max_length=20, verbose_name="区域类型")),
                    ("post_title", models.CharField(blank=True, max_length=60, verbose_name="岗位")),
                ],
                options={
                    "verbose_name": "考核方案",
                    "verbose_name_plural": "考核方案",
                    "constraints": [models.UniqueConstraint(fields=("organ", "name"), name="one_scheme_of_a_name")],
                },
            ),
            migrations.CreateModel(
                name="Case",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("flow_class", viewflow.workflow.fields.FlowReferenceField(max_length=250, verbose_name="Flow")),
                    (
                        "status",
                        models.CharField(
                            choices=[("CANCELED", "Canceled"), ("DONE", "Done"), ("NEW", "New")],
                            default="NEW",
                            max_length=50,
                            verbose_name="Status",
                        ),
                    ),
                    ("created", models.DateTimeField(default=django.utils.timezone.now, verbose_name="Created")),
                    ("finished", models.DateTimeField(blank=True, null=True, verbose_name="Finished")),
                    ("number", models.CharField(max_length=30, unique=True, verbose_name="案号")),
                    (
                        "cadre",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="cases", to="workflow_app.cadre", verbose_name="干部"
                        ),
                    ),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="cases",
                            to="workflow_app.unit",
                            verbose_name="承办机关",
                        ),
                    ),
                    ("state", django_fsm.FSMField(max_length=30, protected=True, verbose_name="状态")),
                    ("marks", models.JSONField(default=list, verbose_name="标记")),
                    ("settled", models.JSONField(default=dict, verbose_name="认定")),
                    ("anchors", models.JSONField(default=dict, verbose_name="期限起点")),
                    ("switches", models.JSONField(default=dict, verbose_name="开关")),
                    ("round", models.PositiveSmallIntegerField(default=1, verbose_name="轮次")),
                    ("awaited", models.PositiveSmallIntegerField(default=0, verbose_name="待答复")),
                    ("recused", models.JSONField(blank=True, null=True, verbose_name="回避人员")),
                    ("path_version", models.CharField(max_length=20, verbose_name="路径版本")),
                    (
                        "law",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="workflow_app.lawedition",
                            verbose_name="规则数值版本",
                        ),
                    ),
                    ("suspended_on", models.DateField(blank=True, null=True, verbose_name="中止日期")),
                    (
                        "parent",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="linked",
                            to="workflow_app.case",
                            verbose_name="关联案件",
                        ),
                    ),
                    ("overturned_on", models.DateField(blank=True, null=True, verbose_name="被纠正日期")),
                    ("overtaken_on", models.DateField(blank=True, null=True, verbose_name="逾期后另行申诉日期")),
                    ("records_count", models.PositiveIntegerField(default=0)),
                    ("items_count", models.PositiveIntegerField(default=0)),
                    ("papers_count", models.PositiveIntegerField(default=0)),
                    ("head", models.CharField(default="", max_length=64)),
                ],
                options={
                    "verbose_name": "案件",
                },
                bases=(django_fsm.FSMModelMixin, models.Model),
            ),
            migrations.CreateModel(
                name="Colour",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "cadre",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="colours",
                            to="workflow_app.cadre",
                            verbose_name="干部",
                        ),
                    ),
                    ("month", models.CharField(max_length=7, verbose_name="月份")),
                    (
                        "shade",
                        models.CharField(
                            choices=[("GREEN", "绿色"), ("YELLOW", "黄色"), ("RED", "红色")], max_length=6, verbose_name="颜色"
                        ),
                    ),
                    ("score", models.DecimalField(decimal_places=2, max_digits=5, verbose_name="月度得分")),
                    ("inputs", models.JSONField(verbose_name="计算依据")),
                    ("computed_at", models.DateTimeField(verbose_name="计算时间")),
                ],
                options={
                    "verbose_name": "预警颜色",
                    "indexes": [models.Index(fields=["cadre", "month", "-id"], name="colours_of_cadre")],
                },
            ),
            migrations.CreateModel(
                name="AuditKey",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("public", models.BinaryField(verbose_name="公钥")),
                    ("fingerprint", models.CharField(max_length=64, unique=True, verbose_name="指纹")),
                    (
                        "added_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                    ("added_at", models.DateTimeField(verbose_name="登记时间")),
                ],
                options={
                    "verbose_name": "审计公钥",
                    "verbose_name_plural": "审计公钥",
                },
            ),
            migrations.CreateModel(
                name="CalendarChange",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("year", models.PositiveSmallIntegerField(verbose_name="年份")),
                    ("source", models.CharField(max_length=200, verbose_name="依据")),
                    ("rest", models.JSONField(verbose_name="放假")),
                    ("makeup", models.JSONField(verbose_name="调休上班")),
                    (
                        "proposed_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="提出人",
                        ),
                    ),
                    ("proposed_at", models.DateTimeField(verbose_name="提出时间")),
                    (
                        "decided_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="复核人",
                        ),
                    ),
                    ("decided_at", models.DateTimeField(null=True, verbose_name="复核时间")),
                    ("taken", models.BooleanField(null=True, verbose_name="采用")),
                ],
                options={
                    "verbose_name": "放假安排变更",
                    "verbose_name_plural": "放假安排变更",
                    "ordering": ["-id"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("decided_by", models.F("proposed_by")), _negated=True), name="calendar_changed_by_two"
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("decided_at__isnull", True)), fields=("year",), name="one_calendar_change_waits"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Carried",
                fields=[
                    (
                        "case",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            primary_key=True,
                            related_name="carried",
                            serialize=False,
                            to="workflow_app.case",
                            verbose_name="案件",
                        ),
                    ),
                    ("seals", models.TextField(verbose_name="原系统封存证明")),
                    ("parent", models.CharField(blank=True, default="", max_length=30, verbose_name="关联案件")),
                    ("brought_at", models.DateTimeField(verbose_name="导入时间")),
                ],
                options={
                    "verbose_name": "移入案件",
                    "verbose_name_plural": "移入案件",
                },
            ),
            migrations.CreateModel(
                name="Document",
                fields=[
                    ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="documents",
                            to="workflow_app.case",
                            verbose_name="案件",
                        ),
                    ),
                    ("record_seq", models.PositiveIntegerField(verbose_name="记录号")),
                    ("code", models.CharField(max_length=12, verbose_name="文书代码")),
                    ("title", models.CharField(max_length=120, verbose_name="标题")),
                    ("number", models.CharField(max_length=60, verbose_name="文号")),
                    ("formal", models.BooleanField(default=False, verbose_name="公文")),
                    ("step", models.CharField(max_length=40, verbose_name="环节")),
                    ("template", models.CharField(max_length=80)),
                    ("template_version", models.CharField(max_length=64)),
                    ("issued_on", models.DateField(verbose_name="成文日期")),
                    ("content", models.JSONField(verbose_name="内容")),
                    ("content_hash", models.CharField(max_length=64)),
                    ("open_to_subject", models.BooleanField(default=False)),
                    ("verify_code", models.CharField(max_length=26, null=True, verbose_name="核验码")),
                ],
                options={
                    "verbose_name": "文书",
                    "constraints": [
                        models.UniqueConstraint(fields=("case", "number"), name="one_paper_a_number"),
                        models.UniqueConstraint(
                            condition=models.Q(("verify_code__isnull", False)), fields=("verify_code",), name="one_paper_a_code"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Erasure",
                fields=[
                    (
                        "case",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            primary_key=True,
                            related_name="erasure",
                            serialize=False,
                            to="workflow_app.case",
                            verbose_name="案件",
                        ),
                    ),
                    ("chain", models.CharField(max_length=24, unique=True)),
                    ("retention", models.CharField(max_length=20, verbose_name="保管类别")),
                    ("ended_on", models.DateField(verbose_name="保管期满")),
                    (
                        "ordered_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="提出人",
                        ),
                    ),
                    (
                        "confirmed_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="复核人",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="时间")),
                ],
                options={
                    "verbose_name": "期满销毁",
                    "verbose_name_plural": "期满销毁",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("ordered_by", models.F("confirmed_by")), _negated=True), name="erasure_by_two_people"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="FactorReset",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "account",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="factor_resets",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="账号",
                        ),
                    ),
                    (
                        "reason",
                        models.CharField(
                            help_text="写明谁在什么时间当面或者书面申请、怎样核对了身份。", max_length=200, verbose_name="事由"
                        ),
                    ),
                    (
                        "asked_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="提出人",
                        ),
                    ),
                    ("asked_at", models.DateTimeField(verbose_name="提出时间")),
                    (
                        "decided_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="复核人",
                        ),
                    ),
                    ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="复核时间")),
                    ("done", models.BooleanField(default=False, verbose_name="已重置")),
                ],
                options={
                    "verbose_name": "第二步核验重置",
                    "verbose_name_plural": "第二步核验重置",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("decided_by__isnull", True), models.Q(("decided_by", models.F("asked_by")), _negated=True), _connector="OR"
                            ),
                            name="reset_by_two_people",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("asked_by", models.F("account")), _negated=True),
                                models.Q(
                                    ("decided_by__isnull", True),
                                    models.Q(("decided_by", models.F("account")), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            name="nobody_resets_oneself",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("done", False), models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)), _connector="OR"
                            ),
                            name="reset_only_when_decided",
                        ),
                        models.UniqueConstraint(
                            condition=models.Q(("decided_at__isnull", True)), fields=("account",), name="one_open_reset_an_account"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="GroundList",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "library",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="lists",
                            to="workflow_app.library",
                            verbose_name="指标库",
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[("POSITIVE", "正面清单"), ("NEGATIVE", "负面清单"), ("GROUNDS", "情形清单")],
                            max_length=8,
                            verbose_name="种类",
                        ),
                    ),
                    ("name", models.CharField(max_length=80, verbose_name="名称")),
                    ("edition", models.PositiveSmallIntegerField(verbose_name="版次")),
                    ("source", models.CharField(max_length=200, verbose_name="依据")),
                    ("valid_from", models.DateField(verbose_name="启用日期")),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                    ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                ],
                options={
                    "verbose_name": "清单",
                    "verbose_name_plural": "清单",
                    "constraints": [models.UniqueConstraint(fields=("library", "name", "edition"), name="one_list_of_an_edition")],
                },
            ),
            migrations.CreateModel(
                name="Hand",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="hands", to="workflow_app.case", verbose_name="案件"
                        ),
                    ),
                    (
                        "cadre",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="hands", to="workflow_app.cadre", verbose_name="人员"
                        ),
                    ),
                    ("duty", models.CharField(max_length=24, verbose_name="职责")),
                    ("record", models.PositiveIntegerField(verbose_name="记录号")),
                ],
                options={
                    "verbose_name": "经手",
                    "constraints": [models.UniqueConstraint(fields=("case", "cadre", "duty"), name="one_hand_a_duty")],
                },
            ),
            migrations.CreateModel(
                name="ImportBatch",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("file_name", models.CharField(max_length=200, verbose_name="文件名")),
                    ("digest", models.CharField(max_length=64, unique=True, verbose_name="文件摘要")),
                    ("rows", models.PositiveIntegerField(verbose_name="行数")),
                    ("imported_at", models.DateTimeField(verbose_name="导入时间")),
                    (
                        "imported_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="导入人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "导入批次",
                },
            ),
            migrations.CreateModel(
                name="IndicatorVersion",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "indicator",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="versions",
                            to="workflow_app.indicator",
                            verbose_name="指标",
                        ),
                    ),
                    ("number", models.PositiveSmallIntegerField(verbose_name="版本")),
                    ("name", models.CharField(max_length=40, verbose_name="名称")),
                    (
                        "aspect",
                        models.CharField(
                            choices=[
                                ("MORALS", "德（政治素质）"),
                                ("ABILITY", "能（专业能力）"),
                                ("DILIGENCE", "勤（履职作风）"),
                                ("RESULTS", "绩（工作实绩）"),
                                ("INTEGRITY", "廉（廉洁自律）"),
                                ("SATISFACTION", "群众满意度"),
                            ],
                            max_length=12,
                            verbose_name="类别",
                        ),
                    ),
                    (
                        "family",
                        models.CharField(
                            choices=[("BASIC", "基本指标"), ("REGIONAL", "区域指标"), ("POST", "岗位指标")],
                            max_length=8,
                            verbose_name="层次",
                        ),
                    ),
                    (
                        "measure",
                        models.CharField(
                            choices=[("QUANTITATIVE", "定量"), ("QUALITATIVE", "定性")], max_length=12, verbose_name="计量方式"
                        ),
                    ),
                    ("definition", models.CharField(max_length=500, verbose_name="定义和评分口径")),
                    ("data_source", models.CharField(max_length=120, verbose_name="数据来源")),
                    ("core", models.BooleanField(default=True, verbose_name="核心指标")),
                    ("valid_from", models.DateField(verbose_name="启用日期")),
                    ("retired", models.BooleanField(default=False, verbose_name="停用")),
                    ("reason", models.CharField(max_length=200, verbose_name="变更理由")),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                    ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                ],
                options={
                    "verbose_name": "指标版本",
                    "verbose_name_plural": "指标版本",
                    "ordering": ["indicator", "number"],
                    "constraints": [models.UniqueConstraint(fields=("indicator", "number"), name="one_indicator_version_of_a_number")],
                },
            ),
            migrations.CreateModel(
                name="Lead",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "desk",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="leads", to="workflow_app.desk", verbose_name="岗位"
                        ),
                    ),
                    (
                        "cadre",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="leads", to="workflow_app.cadre", verbose_name="干部"
                        ),
                    ),
                    ("rule_id", models.CharField(max_length=12, verbose_name="触发规则")),
                    (
                        "suggests",
                        models.CharField(
                            choices=[
                                ("CASE", "启动核实"),
                                ("REMINDER", "谈话提醒"),
                                ("RETURN", "重新使用"),
                                ("STUDY", "专题研究"),
                                ("PROMOTE", "优先晋升"),
                            ],
                            default="CASE",
                            max_length=10,
                            verbose_name="建议",
                        ),
                    ),
                    ("origin", models.CharField(max_length=80, unique=True)),
                    ("summary", models.CharField(max_length=300, verbose_name="概要")),
                    ("evidence", models.JSONField(verbose_name="依据")),
                    ("created_at", models.DateTimeField(verbose_name="产生时间")),
                    ("due_on", models.DateField(verbose_name="处理期限")),
                    ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="处理时间")),
                    (
                        "closed_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="处理人",
                        ),
                    ),
                    ("closing_reason", models.CharField(blank=True, max_length=500, verbose_name="不予立项的理由")),
                    (
                        "case",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="leads",
                            to="workflow_app.case",
                            verbose_name="案件",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "线索来源",
                    "indexes": [
                        models.Index(condition=models.Q(("closed_at__isnull", True)), fields=["desk", "due_on", "id"], name="open_leads")
                    ],
                },
            ),
            migrations.CreateModel(
                name="LibraryReview",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "library",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="reviews",
                            to="workflow_app.library",
                            verbose_name="指标库",
                        ),
                    ),
                    ("held_on", models.DateField(verbose_name="评审日期")),
                    ("findings", models.CharField(max_length=500, verbose_name="评审意见")),
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
                    "verbose_name": "指标库评审",
                    "verbose_name_plural": "指标库评审",
                },
            ),
            migrations.CreateModel(
                name="Message",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "account",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="messages",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="账号",
                        ),
                    ),
                    ("key", models.CharField(max_length=80)),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("ITEM", "待办"),
                                ("PAPER", "文书"),
                                ("LATE", "逾期"),
                                ("CHASE", "催办"),
                                ("NOBODY", "无人在岗"),
                                ("DATES", "期限变动"),
                                ("WARN", "预警提醒"),
                            ],
                            max_length=8,
                            verbose_name="种类",
                        ),
                    ),
                    ("title", models.CharField(max_length=200, verbose_name="内容")),
                    ("url", models.CharField(max_length=120, verbose_name="页面")),
                    (
                        "case",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="messages",
                            to="workflow_app.case",
                            verbose_name="案件",
                        ),
                    ),
                    ("created_at", models.DateTimeField(verbose_name="时间")),
                    ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="已读")),
                ],
                options={
                    "verbose_name": "消息",
                    "verbose_name_plural": "消息",
                    "ordering": ["-id"],
                    "indexes": [
                        models.Index(fields=["account", "-id"], name="messages_of_account"),
                        models.Index(condition=models.Q(("read_at__isnull", True)), fields=["account"], name="unread_messages"),
                    ],
                    "constraints": [models.UniqueConstraint(fields=("account", "key"), name="told_once")],
                },
            ),
            migrations.CreateModel(
                name="Notice",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("token", models.CharField(max_length=32, unique=True)),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="notices", to="workflow_app.case", verbose_name="案件"
                        ),
                    ),
                    ("record_seq", models.PositiveIntegerField(verbose_name="记录号")),
                    (
                        "kind",
                        models.CharField(
                            choices=[("PUBLIC", "任职前公示"), ("COMPETITION", "竞争上岗公告")], max_length=12, verbose_name="种类"
                        ),
                    ),
                    ("title", models.CharField(max_length=120, verbose_name="标题")),
                    ("issuer", models.CharField(max_length=80, verbose_name="发布机关")),
                    ("first_day", models.DateField(verbose_name="起始日")),
                    ("last_day", models.DateField(verbose_name="截止日")),
                    ("lines", models.JSONField(verbose_name="项目")),
                    ("paragraphs", models.JSONField(verbose_name="正文")),
                    ("reports_to", models.CharField(blank=True, max_length=40)),
                ],
                options={
                    "verbose_name": "公示公告",
                    "indexes": [models.Index(fields=["kind", "last_day"], name="notices_by_day")],
                },
            ),
            migrations.CreateModel(
                name="OrganSeal",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="seals", to="workflow_app.unit", verbose_name="机关"
                        ),
                    ),
                    ("image", models.BinaryField(verbose_name="印章图样")),
                    (
                        "mime",
                        models.CharField(choices=[("image/svg+xml", "SVG"), ("image/png", "PNG")], max_length=20, verbose_name="格式"),
                    ),
                    ("valid_from", models.DateField(verbose_name="启用日期")),
                    (
                        "added_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                    ("added_at", models.DateTimeField(verbose_name="登记时间")),
                ],
                options={
                    "verbose_name": "机关印章",
                    "verbose_name_plural": "机关印章",
                    "ordering": ["unit", "-valid_from", "-id"],
                },
            ),
            migrations.CreateModel(
                name="Outgoing",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("RENDER", "生成文书"),
                                ("RECEIPT", "生成回执"),
                                ("MAIL", "发送邮件"),
                                ("SMS", "发送短信"),
                                ("DATES", "重算期限"),
                            ],
                            max_length=10,
                            verbose_name="种类",
                        ),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="outgoing",
                            to="workflow_app.case",
                            verbose_name="案件",
                        ),
                    ),
                    ("target", models.BigIntegerField()),
                    ("payload", models.JSONField(default=dict)),
                    ("created_at", models.DateTimeField()),
                    ("next_at", models.DateTimeField(null=True)),
                    ("owner", models.CharField(blank=True, default="", max_length=64)),
                    ("attempts", models.PositiveSmallIntegerField(default=0)),
                    ("done_at", models.DateTimeField(null=True)),
                    ("dead_at", models.DateTimeField(null=True)),
                    ("error", models.TextField(blank=True, default="")),
                    ("key", models.CharField(max_length=80, null=True, unique=True)),
                    ("closed_at", models.DateTimeField(null=True)),
                ],
                options={
                    "verbose_name": "待发事项",
                    "indexes": [
                        models.Index(condition=models.Q(("next_at__isnull", False)), fields=["next_at", "id"], name="outgoing_due"),
                        models.Index(condition=models.Q(("dead_at__isnull", False)), fields=["dead_at"], name="outgoing_dead"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="PostChange",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "cadre",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="post_changes",
                            to="workflow_app.cadre",
                            verbose_name="干部",
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("TRIAL", "试任职"),
                                ("APPOINTED", "任职"),
                                ("CONFIRMED", "试用期满，正式任职"),
                                ("TRIAL_ENDED", "试用期不合格，免去试任职务"),
                            ],
                            max_length=12,
                            verbose_name="变动",
                        ),
                    ),
                    ("before", models.CharField(max_length=160, verbose_name="变动前")),
                    ("after", models.CharField(max_length=160, verbose_name="变动后")),
                    (
                        "unit_before",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow_app.unit", verbose_name="变动前单位"
                        ),
                    ),
                    (
                        "unit_after",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow_app.unit", verbose_name="变动后单位"
                        ),
                    ),
                    (
                        "post_before",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="workflow_app.post",
                            verbose_name="变动前职务",
                        ),
                    ),
                    (
                        "post_after",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="workflow_app.post",
                            verbose_name="变动后职务",
                        ),
                    ),
                    ("rank_before", models.CharField(blank=True, max_length=30, verbose_name="变动前职级")),
                    ("rank_after", models.CharField(blank=True, max_length=30, verbose_name="变动后职级")),
                    ("since_before", models.DateField(null=True, verbose_name="变动前任现职时间")),
                    ("since_after", models.DateField(null=True, verbose_name="变动后任现职时间")),
                    ("effective_on", models.DateField(verbose_name="自")),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="post_changes",
                            to="workflow_app.case",
                            verbose_name="案件",
                        ),
                    ),
                    ("record_seq", models.PositiveIntegerField(verbose_name="记录号")),
                    ("entered_at", models.DateTimeField(verbose_name="登记时间")),
                ],
                options={
                    "verbose_name": "职务变动",
                    "verbose_name_plural": "职务变动",
                    "ordering": ["-id"],
                    "constraints": [models.UniqueConstraint(fields=("case", "record_seq"), name="one_post_change_an_act")],
                },
            ),
            migrations.CreateModel(
                name="Read",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "account",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="阅读人",
                        ),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="reads",
                            to="workflow_app.case",
                            verbose_name="案件",
                        ),
                    ),
                    ("what", models.CharField(max_length=20, verbose_name="内容")),
                    ("ref", models.BigIntegerField()),
                    ("step", models.CharField(blank=True, max_length=40, verbose_name="当时环节")),
                    (
                        "desk",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="workflow_app.desk",
                            verbose_name="岗位",
                        ),
                    ),
                    ("at", models.DateTimeField(db_index=True, verbose_name="时间")),
                    ("reason", models.CharField(blank=True, max_length=200, null=True, verbose_name="查阅事由")),
                    ("salt", models.CharField(blank=True, default="", max_length=32)),
                ],
                options={
                    "verbose_name": "阅读记录",
                },
            ),
            migrations.CreateModel(
                name="Record",
                fields=[
                    ("id", models.BigAutoField(primary_key=True, serialize=False)),
                    ("chain", models.CharField(max_length=24)),
                    ("seq", models.PositiveIntegerField(verbose_name="序号")),
                    (
                        "case",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="records",
                            to="workflow_app.case",
                            verbose_name="案件",
                        ),
                    ),
                    ("kind", models.CharField(choices=workflow_app.models.record.record_kinds, max_length=10, verbose_name="种类")),
                    ("step", models.CharField(blank=True, max_length=40, verbose_name="环节")),
                    ("round", models.PositiveSmallIntegerField(default=1, verbose_name="轮次")),
                    ("outcome", models.CharField(blank=True, max_length=30, verbose_name="结果")),
                    (
                        "actor",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="办理人",
                        ),
                    ),
                    (
                        "desk",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="workflow_app.desk",
                            verbose_name="岗位",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="时间")),
                    ("state_from", models.CharField(blank=True, max_length=30, verbose_name="原状态")),
                    ("state_to", models.CharField(blank=True, max_length=30, verbose_name="新状态")),
                    ("body", models.TextField()),
                    ("previous", models.CharField(max_length=64)),
                    ("hash", models.CharField(max_length=64)),
                    ("key", models.CharField(blank=True, max_length=64, null=True, unique=True)),
                ],
                options={
                    "verbose_name": "记录",
                    "indexes": [models.Index(fields=["case", "kind"], name="records_of_case")],
                    "constraints": [models.UniqueConstraint(fields=("chain", "seq"), name="one_record_a_place")],
                },
            ),
            migrations.CreateModel(
                name="RosterImport",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("file_name", models.CharField(max_length=200, verbose_name="文件名")),
                    ("digest", models.CharField(max_length=64, unique=True, verbose_name="文件摘要")),
                    ("rows", models.PositiveIntegerField(verbose_name="行数")),
                    ("changes", models.JSONField(verbose_name="变动")),
                    ("taken_at", models.DateTimeField(verbose_name="导入时间")),
                    (
                        "taken_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="导入人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "名册导入",
                    "verbose_name_plural": "名册导入",
                },
            ),
            migrations.CreateModel(
                name="SchemeVersion",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "scheme",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="versions",
                            to="workflow_app.scheme",
                            verbose_name="方案",
                        ),
                    ),
                    ("number", models.PositiveSmallIntegerField(verbose_name="版本")),
                    (
                        "quantitative",
                        models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="定量占比（%）"),
                    ),
                    (
                        "routine",
                        models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="平时考核占比（%）"),
                    ),
                    (
                        "multiplier_base",
                        models.DecimalField(blank=True, decimal_places=2, max_digits=6, null=True, verbose_name="乘数基准"),
                    ),
                    (
                        "floored_to",
                        models.DecimalField(decimal_places=2, default=Decimal("59.99"), max_digits=5, verbose_name="触及底线时总分上限"),
                    ),
                    ("veto", models.BooleanField(default=True, verbose_name="一票否决")),
                    ("sources", models.JSONField(default=list, verbose_name="数值来源")),
                    (
                        "drafted_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="拟订人",
                        ),
                    ),
                    ("drafted_at", models.DateTimeField(verbose_name="拟订时间")),
                    (
                        "normalised_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="折算人",
                        ),
                    ),
                    ("normalised_at", models.DateTimeField(blank=True, null=True, verbose_name="折算时间")),
                    ("normalised_why", models.CharField(blank=True, max_length=200, verbose_name="折算理由")),
                    ("weights_before", models.JSONField(default=dict, verbose_name="折算前权重")),
                    (
                        "published_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="发布人",
                        ),
                    ),
                    ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="发布时间")),
                ],
                options={
                    "verbose_name": "方案版本",
                    "verbose_name_plural": "方案版本",
                    "ordering": ["scheme", "number"],
                    "constraints": [
                        models.UniqueConstraint(fields=("scheme", "number"), name="one_scheme_version_of_a_number"),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("published_by__isnull", True),
                                models.Q(("published_by", models.F("drafted_by")), _negated=True),
                                _connector="OR",
                            ),
                            name="scheme_published_by_another",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("normalised_by__isnull", True),
                                models.Q(("normalised_at__isnull", False), models.Q(("normalised_why", ""), _negated=True)),
                                _connector="OR",
                            ),
                            name="normalised_with_a_reason",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Seat",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "desk",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="seats", to="workflow_app.desk", verbose_name="岗位"
                        ),
                    ),
                    (
                        "account",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="seats",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="账号",
                        ),
                    ),
                    ("valid_from", models.DateField(verbose_name="自")),
                    ("valid_to", models.DateField(blank=True, null=True, verbose_name="至")),
                    (
                        "granted_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="授予人",
                        ),
                    ),
                    ("granted_at", models.DateTimeField(verbose_name="授予时间")),
                ],
                options={
                    "verbose_name": "任职席位",
                    "verbose_name_plural": "任职席位",
                    "indexes": [models.Index(fields=["account", "desk"], name="seat_by_account")],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"),
                            name="seat_ends_after_it_begins",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Suspension",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="suspended",
                            to="workflow_app.case",
                            verbose_name="案件",
                        ),
                    ),
                    ("began_on", models.DateField(verbose_name="中止日期")),
                    ("began_record", models.PositiveIntegerField(verbose_name="中止记录号")),
                    ("reason", models.TextField(verbose_name="中止理由")),
                    ("ended_on", models.DateField(blank=True, null=True, verbose_name="恢复日期")),
                    ("ended_record", models.PositiveIntegerField(blank=True, null=True, verbose_name="恢复记录号")),
                    ("ended_why", models.TextField(blank=True, default="", verbose_name="恢复理由")),
                    ("held", models.JSONField(default=list, verbose_name="停止计算的期限")),
                ],
                options={
                    "verbose_name": "中止",
                    "ordering": ["id"],
                    "constraints": [
                        models.UniqueConstraint(
                            condition=models.Q(("ended_on__isnull", True)), fields=("case",), name="one_suspension_at_a_time"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Tie",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "one",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="ties", to="workflow_app.cadre", verbose_name="甲"
                        ),
                    ),
                    (
                        "other",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow_app.cadre", verbose_name="乙"
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("SPOUSE", "夫妻关系"),
                                ("DIRECT", "直系血亲"),
                                ("COLLATERAL", "三代以内旁系血亲"),
                                ("IN_LAW", "近姻亲"),
                                ("OTHER", "其他可能影响公正的关系"),
                            ],
                            max_length=12,
                            verbose_name="关系",
                        ),
                    ),
                    (
                        "declared_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="申报人",
                        ),
                    ),
                    ("declared_at", models.DateTimeField(verbose_name="申报时间")),
                ],
                options={
                    "verbose_name": "回避关系",
                    "verbose_name_plural": "回避关系",
                    "constraints": [
                        models.UniqueConstraint(fields=("one", "other", "kind"), name="one_tie_of_a_kind"),
                        models.CheckConstraint(
                            condition=models.Q(("one", models.F("other")), _negated=True), name="nobody_is_tied_to_themself"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Upload",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("sha256", models.CharField(max_length=64, unique=True, verbose_name="摘要")),
                    ("name", models.CharField(max_length=120, verbose_name="文件名")),
                    ("mime", models.CharField(max_length=80, verbose_name="类型")),
                    ("size", models.PositiveIntegerField(verbose_name="大小")),
                    ("data", models.BinaryField()),
                    (
                        "uploaded_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="上传人",
                        ),
                    ),
                    ("uploaded_at", models.DateTimeField(verbose_name="上传时间")),
                    ("scanned_at", models.DateTimeField(blank=True, null=True, verbose_name="病毒扫描时间")),
                ],
                options={
                    "verbose_name": "附件",
                },
            ),
            migrations.CreateModel(
                name="Wish",
                fields=[
                    (
                        "account",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            primary_key=True,
                            related_name="wish",
                            serialize=False,
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="账号",
                        ),
                    ),
                    ("address", models.EmailField(blank=True, default="", max_length=254, verbose_name="电子邮箱")),
                    (
                        "mail",
                        models.CharField(
                            choices=[("NEVER", "不发"), ("EACH", "有新事项即发"), ("DAILY", "每日汇总一次")],
                            default="NEVER",
                            max_length=5,
                            verbose_name="邮件",
                        ),
                    ),
                    ("phone", models.CharField(blank=True, default="", max_length=20, verbose_name="手机号码")),
                    ("texts", models.BooleanField(default=False, verbose_name="短信")),
                ],
                options={
                    "verbose_name": "通知方式",
                    "verbose_name_plural": "通知方式",
                },
            ),
            migrations.CreateModel(
                name="WorkItem",
                fields=[
                    ("flow_task", viewflow.workflow.fields.TaskReferenceField(max_length=255, verbose_name="Task")),
                    ("flow_task_type", models.CharField(max_length=50, verbose_name="Type")),
                    (
                        "status",
                        models.CharField(
                            choices=[
                                ("ASSIGNED", "Assigned"),
                                ("CANCELED", "Canceled"),
                                ("DONE", "Done"),
                                ("ERROR", "Error"),
                                ("NEW", "New"),
                                ("REVIVED", "Revived"),
                                ("SCHEDULED", "Scheduled"),
                                ("STARTED", "Started"),
                            ],
                            db_index=True,
                            default="NEW",
                            max_length=50,
                            verbose_name="Status",
                        ),
                    ),
                    ("created", models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name="Created")),
                    ("assigned", models.DateTimeField(blank=True, null=True, verbose_name="Assigned")),
                    ("started", models.DateTimeField(blank=True, null=True, verbose_name="Started")),
                    ("finished", models.DateTimeField(blank=True, null=True, verbose_name="Finished")),
                    ("scheduled", models.DateTimeField(blank=True, db_index=True, null=True, verbose_name="Scheduled")),
                    (
                        "token",
                        viewflow.workflow.fields.TokenField(
                            default=viewflow.workflow.token.Token("start"), max_length=150, verbose_name="Token"
                        ),
                    ),
                    (
                        "owner_permission_content_type",
                        models.ForeignKey(
                            blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, to="contenttypes.contenttype"
                        ),
                    ),
                    ("owner_permission_obj_pk", models.CharField(blank=True, max_length=255, null=True)),
                    ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                    (
                        "process",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="task_set",
                            to="workflow_app.case",
                            verbose_name="案件",
                        ),
                    ),
                    (
                        "owner",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="items",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="办理人",
                        ),
                    ),
                    (
                        "desk",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="items", to="workflow_app.desk", verbose_name="岗位"
                        ),
                    ),
                    ("step", models.CharField(max_length=40, verbose_name="环节")),
                    ("round", models.PositiveSmallIntegerField(default=1, verbose_name="轮次")),
                    ("subject", models.JSONField(default=dict)),
                    ("version", models.PositiveIntegerField(default=0)),
                    ("due_on", models.DateField(blank=True, null=True, verbose_name="办理期限")),
                    ("due_at", models.DateTimeField(blank=True, default=None, null=True)),
                    ("escalated_at", models.DateTimeField(blank=True, null=True)),
                    ("opened_by", models.PositiveIntegerField()),
                    ("closed_by", models.PositiveIntegerField(blank=True, null=True)),
                ],
                options={
                    "verbose_name": "待办事项",
                    "indexes": [
                        models.Index(
                            condition=models.Q(("status__in", ["NEW", "ASSIGNED"])), fields=["desk", "due_at", "id"], name="open_items"
                        ),
                        models.Index(fields=["process", "status"], name="items_of_case"),
                        models.Index(fields=["desk", "process"], name="cases_of_desk"),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Absence",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "seat",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="absences",
                            to="workflow_app.seat",
                            verbose_name="席位",
                        ),
                    ),
                    (
                        "holder",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="absences",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="缺席人",
                        ),
                    ),
                    (
                        "covers",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="handed_on",
                            to="workflow_app.absence",
                            verbose_name="转代理",
                        ),
                    ),
                    (
                        "deputy",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="deputed",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="代理人",
                        ),
                    ),
                    ("valid_from", models.DateField(verbose_name="自")),
                    ("valid_to", models.DateField(verbose_name="至")),
                    ("reason", models.CharField(max_length=200, verbose_name="事由")),
                    (
                        "recorded_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                    ("recorded_at", models.DateTimeField(verbose_name="登记时间")),
                    ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="结束时间")),
                ],
                options={
                    "verbose_name": "缺席与代理",
                    "verbose_name_plural": "缺席与代理",
                    "ordering": ["-id"],
                    "indexes": [models.Index(fields=["deputy", "valid_to"], name="absences_of_deputy")],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("valid_to__gte", models.F("valid_from"))), name="absence_ends_after_it_begins"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("deputy__isnull", True), models.Q(("deputy", models.F("holder")), _negated=True), _connector="OR"
                            ),
                            name="nobody_is_their_own_deputy",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="AssessmentResult",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "cadre",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="results",
                            to="workflow_app.cadre",
                            verbose_name="干部",
                        ),
                    ),
                    ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow_app.unit", verbose_name="单位"
                        ),
                    ),
                    ("post_title", models.CharField(max_length=80, verbose_name="职务")),
                    ("post_level", models.CharField(max_length=16, verbose_name="职务层次")),
                    ("comparison_group", models.CharField(max_length=60, verbose_name="比较组")),
                    (
                        "grade",
                        models.CharField(
                            blank=True,
                            choices=[("EXCELLENT", "优秀"), ("COMPETENT", "称职"), ("BASIC", "基本称职"), ("INCOMPETENT", "不称职")],
                            max_length=12,
                            verbose_name="等次",
                        ),
                    ),
                    ("score", models.DecimalField(decimal_places=2, max_digits=5, null=True, verbose_name="得分")),
                    ("satisfaction", models.DecimalField(decimal_places=2, max_digits=5, null=True, verbose_name="群众满意度")),
                    ("valid_answers", models.PositiveIntegerField(null=True, verbose_name="有效答卷")),
                    ("rank", models.PositiveIntegerField(null=True, verbose_name="名次")),
                    ("group_size", models.PositiveIntegerField(null=True, verbose_name="组内人数")),
                    (
                        "batch",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="results",
                            to="workflow_app.importbatch",
                            verbose_name="导入批次",
                        ),
                    ),
                    ("row", models.PositiveIntegerField(verbose_name="文件行号")),
                ],
                options={
                    "verbose_name": "考核结果",
                    "indexes": [models.Index(fields=["year", "comparison_group"], name="result_by_group")],
                    "constraints": [models.UniqueConstraint(fields=("cadre", "year"), name="one_result_a_year")],
                },
            ),
            migrations.CreateModel(
                name="Attachment",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="attachments",
                            to="workflow_app.case",
                            verbose_name="案件",
                        ),
                    ),
                    ("record_seq", models.PositiveIntegerField(verbose_name="记录号")),
                    (
                        "upload",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow_app.upload", verbose_name="附件"
                        ),
                    ),
                    ("name", models.CharField(max_length=120, verbose_name="文件名")),
                ],
                options={
                    "verbose_name": "随文附件",
                    "constraints": [models.UniqueConstraint(fields=("case", "record_seq", "upload"), name="one_attachment_an_act")],
                },
            ),
            migrations.CreateModel(
                name="Campaign",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="campaigns",
                            to="workflow_app.unit",
                            verbose_name="机关",
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[("ROUND", "集中评价"), ("SPOT", "随时评")], default="ROUND", max_length=5, verbose_name="方式"
                        ),
                    ),
                    ("name", models.CharField(max_length=80, verbose_name="名称")),
                    ("year", models.PositiveSmallIntegerField(verbose_name="年度")),
                    ("period", models.CharField(max_length=12, verbose_name="考核期")),
                    (
                        "version",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="campaigns",
                            to="workflow_app.schemeversion",
                            verbose_name="方案版本",
                        ),
                    ),
                    ("closes_at", models.DateTimeField(verbose_name="截止时间")),
                    (
                        "created_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="拟订人",
                        ),
                    ),
                    ("created_at", models.DateTimeField(verbose_name="拟订时间")),
                    (
                        "opened_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="启动人",
                        ),
                    ),
                    ("opened_at", models.DateTimeField(blank=True, null=True, verbose_name="启动时间")),
                    ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="结束时间")),
                    (
                        "closed_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="结束人",
                        ),
                    ),
                    ("closed_why", models.CharField(blank=True, max_length=200, verbose_name="提前结束的理由")),
                ],
                options={
                    "verbose_name": "测评",
                    "verbose_name_plural": "测评",
                    "ordering": ["-id"],
                    "indexes": [
                        models.Index(
                            condition=models.Q(("closed_at__isnull", True), ("opened_at__isnull", False)),
                            fields=["closes_at"],
                            name="campaigns_to_close",
                        )
                    ],
                    "constraints": [
                        models.UniqueConstraint(fields=("organ", "name"), name="one_campaign_of_a_name"),
                        models.CheckConstraint(
                            condition=models.Q(("kind", "SPOT"), ("version__isnull", False), _connector="OR"), name="a_round_has_a_scheme"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("closed_at__isnull", True), ("opened_at__isnull", False), _connector="OR"),
                            name="campaign_opens_before_it_closes",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Deadline",
                fields=[
                    ("id", models.BigIntegerField(primary_key=True, serialize=False)),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="deadlines",
                            to="workflow_app.case",
                            verbose_name="案件",
                        ),
                    ),
                    (
                        "item",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="deadlines",
                            to="workflow_app.workitem",
                            verbose_name="待办事项",
                        ),
                    ),
                    ("rule_id", models.CharField(max_length=20, verbose_name="规则")),
                    ("starts_on", models.DateField(verbose_name="起算日")),
                    ("extended_by", models.PositiveSmallIntegerField(default=0, verbose_name="延长")),
                    ("extensions", models.PositiveSmallIntegerField(default=0, verbose_name="延长次数")),
                    ("suspensions", models.JSONField(default=list, verbose_name="中止期间")),
                    ("last_day", models.DateField(verbose_name="届满日")),
                    ("provisional", models.BooleanField(default=False, verbose_name="暂定")),
                    ("explanation", models.JSONField(verbose_name="说明")),
                    ("fires_at", models.DateTimeField(blank=True, null=True)),
                    ("fired_at", models.DateTimeField(blank=True, null=True)),
                    ("closed_at", models.DateTimeField(blank=True, null=True)),
                    ("tries", models.PositiveSmallIntegerField(default=0)),
                    ("fault", models.TextField(blank=True, default="")),
                    ("retry_at", models.DateTimeField(blank=True, null=True)),
                ],
                options={
                    "verbose_name": "期限",
                    "indexes": [models.Index(condition=models.Q(("fires_at__isnull", False)), fields=["fires_at"], name="due_deadlines")],
                },
            ),
            migrations.CreateModel(
                name="Draft",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("token", models.CharField(max_length=32, unique=True)),
                    (
                        "account",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="drafts",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="填写人",
                        ),
                    ),
                    (
                        "cadre",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow_app.cadre", verbose_name="当事人"
                        ),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="workflow_app.case",
                            verbose_name="案件",
                        ),
                    ),
                    (
                        "item",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="workflow_app.workitem",
                            verbose_name="待办事项",
                        ),
                    ),
                    ("path", models.CharField(max_length=60, verbose_name="程序")),
                    ("step", models.CharField(max_length=40, verbose_name="环节")),
                    ("about", models.CharField(blank=True, default="", max_length=40)),
                    ("slot", models.CharField(max_length=200)),
                    ("typed", models.BinaryField(verbose_name="所填内容（加密）")),
                    ("created_at", models.DateTimeField(verbose_name="开始时间")),
                    ("changed_at", models.DateTimeField(verbose_name="保存时间")),
                ],
                options={
                    "verbose_name": "草稿",
                    "constraints": [models.UniqueConstraint(fields=("account", "slot"), name="one_draft_a_form")],
                },
            ),
            migrations.CreateModel(
                name="Finding",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "cadre",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="findings",
                            to="workflow_app.cadre",
                            verbose_name="干部",
                        ),
                    ),
                    ("rule_id", models.CharField(max_length=12, verbose_name="触发规则")),
                    ("facts", models.JSONField(verbose_name="情况")),
                    ("source", models.CharField(max_length=200, verbose_name="来源")),
                    ("found_on", models.DateField(verbose_name="认定日期")),
                    (
                        "entered_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                    ("entered_at", models.DateTimeField(verbose_name="登记时间")),
                    (
                        "lead",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="findings",
                            to="workflow_app.lead",
                            verbose_name="线索来源",
                        ),
                    ),
                    ("outcome", models.CharField(max_length=300, verbose_name="结果")),
                ],
                options={
                    "verbose_name": "登记情况",
                },
            ),
            migrations.CreateModel(
                name="Grant",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "desk",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="grants", to="workflow_app.desk", verbose_name="岗位"
                        ),
                    ),
                    (
                        "account",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="grants",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="账号",
                        ),
                    ),
                    ("valid_from", models.DateField(verbose_name="自")),
                    ("valid_to", models.DateField(blank=True, null=True, verbose_name="至")),
                    ("reason", models.CharField(max_length=200, verbose_name="事由")),
                    (
                        "asked_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="提出人",
                        ),
                    ),
                    ("asked_at", models.DateTimeField(verbose_name="提出时间")),
                    (
                        "decided_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="复核人",
                        ),
                    ),
                    ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="复核时间")),
                    (
                        "seat",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="grant",
                            to="workflow_app.seat",
                            verbose_name="席位",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "席位授予",
                    "verbose_name_plural": "席位授予",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("decided_by__isnull", True), models.Q(("decided_by", models.F("asked_by")), _negated=True), _connector="OR"
                            ),
                            name="grant_by_two_people",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("asked_by", models.F("account")), _negated=True), name="nobody_asks_for_their_own_seat"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("seat__isnull", True),
                                models.Q(("decided_at__isnull", False), ("decided_by__isnull", False)),
                                _connector="OR",
                            ),
                            name="seat_only_when_decided",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="GroundEntry",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "list",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="entries",
                            to="workflow_app.groundlist",
                            verbose_name="清单",
                        ),
                    ),
                    ("number", models.PositiveSmallIntegerField(verbose_name="序号")),
                    ("text", models.CharField(max_length=200, verbose_name="内容")),
                    ("situation", models.CharField(blank=True, max_length=4, verbose_name="对应情形")),
                    ("veto", models.BooleanField(default=False, verbose_name="一票否决")),
                ],
                options={
                    "verbose_name": "清单条目",
                    "verbose_name_plural": "清单条目",
                    "ordering": ["list", "number"],
                    "constraints": [models.UniqueConstraint(fields=("list", "number"), name="one_entry_of_a_number")],
                },
            ),
            migrations.CreateModel(
                name="Holder",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "upload",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="holders",
                            to="workflow_app.upload",
                            verbose_name="附件",
                        ),
                    ),
                    (
                        "account",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="held_files",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="上传人",
                        ),
                    ),
                    ("name", models.CharField(max_length=120, verbose_name="文件名")),
                    ("at", models.DateTimeField(verbose_name="上传时间")),
                ],
                options={
                    "verbose_name": "附件持有",
                    "constraints": [models.UniqueConstraint(fields=("account", "upload"), name="one_holding_of_a_file")],
                },
            ),
            migrations.CreateModel(
                name="Leaf",
                fields=[
                    ("index", models.BigIntegerField(primary_key=True, serialize=False)),
                    (
                        "record",
                        models.OneToOneField(
                            db_constraint=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="leaf",
                            to="workflow_app.record",
                        ),
                    ),
                    (
                        "read",
                        models.OneToOneField(
                            db_constraint=False,
                            null=True,
                            on_delete=django.db.models.deletion.DO_NOTHING,
                            related_name="leaf",
                            to="workflow_app.read",
                        ),
                    ),
                    ("hash", models.CharField(max_length=64)),
                ],
                options={
                    "verbose_name": "封存项",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("record__isnull", False), ("read__isnull", False), _connector="XOR"),
                            name="leaf_of_one_thing",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Receipt",
                fields=[
                    (
                        "document",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            primary_key=True,
                            related_name="receipt",
                            serialize=False,
                            to="workflow_app.document",
                            verbose_name="所发文书",
                        ),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="receipts",
                            to="workflow_app.case",
                            verbose_name="案件",
                        ),
                    ),
                    ("record_seq", models.PositiveIntegerField(verbose_name="记录号")),
                    (
                        "account",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="receipts",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="发送人",
                        ),
                    ),
                    ("sender", models.CharField(max_length=120, verbose_name="发送人姓名")),
                    ("sent_at", models.DateTimeField(verbose_name="发送时间")),
                    ("sent_sha256", models.CharField(max_length=64, verbose_name="所发内容摘要")),
                    ("key", models.CharField(max_length=64, unique=True)),
                ],
                options={
                    "verbose_name": "回执",
                    "indexes": [models.Index(fields=["case", "record_seq"], name="receipts_of_case")],
                },
            ),
            migrations.CreateModel(
                name="Rendering",
                fields=[
                    (
                        "document",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            primary_key=True,
                            related_name="rendering",
                            serialize=False,
                            to="workflow_app.document",
                            verbose_name="文书",
                        ),
                    ),
                    ("pdf", models.BinaryField()),
                    ("sha256", models.CharField(max_length=64)),
                    ("pages", models.PositiveSmallIntegerField(verbose_name="页数")),
                    ("font_set", models.CharField(max_length=64)),
                    ("rendered_at", models.DateTimeField(verbose_name="生成时间")),
                ],
                options={
                    "verbose_name": "文书文件",
                },
            ),
            migrations.CreateModel(
                name="Report",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "notice",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="reports",
                            to="workflow_app.notice",
                            verbose_name="公示",
                        ),
                    ),
                    ("token", models.CharField(max_length=16, unique=True, verbose_name="受理编号")),
                    ("text", models.TextField(verbose_name="反映的问题")),
                    ("sender", models.BinaryField(default=b"", verbose_name="反映人（加密）")),
                    (
                        "upload",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="workflow_app.upload",
                            verbose_name="附件",
                        ),
                    ),
                    ("received_at", models.DateTimeField(verbose_name="收到时间")),
                    ("key", models.CharField(max_length=64, unique=True)),
                ],
                options={
                    "verbose_name": "公示期间的反映",
                },
            ),
            migrations.CreateModel(
                name="Representation",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "principal",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="represented_by",
                            to="workflow_app.cadre",
                            verbose_name="当事人",
                        ),
                    ),
                    (
                        "account",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="represents",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="代为办理人账号",
                        ),
                    ),
                    ("name", models.CharField(max_length=40, verbose_name="代为办理人姓名")),
                    ("relation", models.CharField(max_length=40, verbose_name="与当事人的关系")),
                    (
                        "ground",
                        models.CharField(
                            choices=[
                                ("MANDATE", "委托代理"),
                                ("INCAPACITY", "本人丧失行为能力，由近亲属代为办理"),
                                ("DEATH", "本人死亡，由近亲属代为办理"),
                            ],
                            max_length=10,
                            verbose_name="依据",
                        ),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="workflow_app.case",
                            verbose_name="案件",
                        ),
                    ),
                    ("may_withdraw", models.BooleanField(default=False, verbose_name="可以代为撤回")),
                    (
                        "proof",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="workflow_app.upload",
                            verbose_name="授权委托书或证明",
                        ),
                    ),
                    ("valid_from", models.DateField(verbose_name="自")),
                    ("valid_to", models.DateField(blank=True, null=True, verbose_name="至")),
                    (
                        "standing",
                        models.CharField(
                            choices=[("ASKED", "待核验"), ("VALID", "有效"), ("REFUSED", "未通过"), ("ENDED", "已终止")],
                            max_length=8,
                            verbose_name="状态",
                        ),
                    ),
                    ("asked_at", models.DateTimeField(verbose_name="提出时间")),
                    ("decided_at", models.DateTimeField(blank=True, null=True, verbose_name="核验时间")),
                    (
                        "decided_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="核验人",
                        ),
                    ),
                    ("reason", models.CharField(blank=True, max_length=500, verbose_name="说明")),
                ],
                options={
                    "verbose_name": "代为办理",
                    "indexes": [models.Index(fields=["account", "principal"], name="representation_by_account")],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("valid_to__isnull", True), ("valid_to__gte", models.F("valid_from")), _connector="OR"),
                            name="representation_ends_after_it_begins",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="SchemeGroup",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "version",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="groups",
                            to="workflow_app.schemeversion",
                            verbose_name="方案版本",
                        ),
                    ),
                    (
                        "key",
                        models.CharField(
                            choices=[
                                ("SUPERIOR", "上级分管领导"),
                                ("ORGANIZATION", "组织部门"),
                                ("PEERS", "同级班子成员"),
                                ("STAFF", "下级干部"),
                                ("PUBLIC", "群众与服务对象"),
                                ("THIRD", "第三方"),
                                ("OPINION", "舆论监督"),
                            ],
                            max_length=12,
                            verbose_name="评价主体",
                        ),
                    ),
                    ("weight", models.DecimalField(decimal_places=2, max_digits=5, verbose_name="权重（%）")),
                    ("trimmed", models.BooleanField(default=False, verbose_name="去除最高最低各5%")),
                    ("least", models.PositiveSmallIntegerField(default=1, verbose_name="最少有效评价")),
                ],
                options={
                    "verbose_name": "方案评价主体",
                    "verbose_name_plural": "方案评价主体",
                    "ordering": ["version", "id"],
                    "constraints": [models.UniqueConstraint(fields=("version", "key"), name="one_group_of_a_scheme")],
                },
            ),
            migrations.CreateModel(
                name="SchemeIndicator",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "version",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="indicators",
                            to="workflow_app.schemeversion",
                            verbose_name="方案版本",
                        ),
                    ),
                    (
                        "indicator",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="workflow_app.indicatorversion",
                            verbose_name="指标版本",
                        ),
                    ),
                    ("weight", models.DecimalField(decimal_places=2, max_digits=5, verbose_name="权重（%）")),
                    ("floor", models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True, verbose_name="底线分")),
                    ("groups", models.JSONField(blank=True, default=list, verbose_name="评价主体")),
                ],
                options={
                    "verbose_name": "方案指标",
                    "verbose_name_plural": "方案指标",
                    "ordering": ["version", "id"],
                    "constraints": [models.UniqueConstraint(fields=("version", "indicator"), name="one_indicator_of_a_scheme")],
                },
            ),
            migrations.CreateModel(
                name="SeatToken",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "seat",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="tokens", to="workflow_app.seat", verbose_name="席位"
                        ),
                    ),
                    ("digest", models.CharField(max_length=64, unique=True)),
                    ("purpose", models.CharField(max_length=100, verbose_name="用途")),
                    ("made_at", models.DateTimeField(verbose_name="生成时间")),
                    ("expires_at", models.DateTimeField(verbose_name="失效时间")),
                    ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="注销时间")),
                ],
                options={
                    "verbose_name": "接口令牌",
                    "verbose_name_plural": "接口令牌",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("expires_at__gt", models.F("made_at"))), name="token_ends_after_it_begins"
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="SignedPaper",
                fields=[
                    (
                        "document",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            primary_key=True,
                            related_name="signed",
                            serialize=False,
                            to="workflow_app.document",
                            verbose_name="文书",
                        ),
                    ),
                    ("addition", models.BinaryField()),
                    ("sha256", models.CharField(max_length=64)),
                    ("level", models.CharField(max_length=10, verbose_name="签名级别")),
                    ("signer", models.CharField(max_length=200, verbose_name="签名证书")),
                    ("certificate", models.CharField(max_length=64, verbose_name="证书指纹")),
                    ("signed_at", models.DateTimeField(verbose_name="签名时间")),
                ],
                options={
                    "verbose_name": "用印签名",
                    "verbose_name_plural": "用印签名",
                },
            ),
            migrations.CreateModel(
                name="SigningSheet",
                fields=[
                    (
                        "item",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            primary_key=True,
                            related_name="sheet",
                            serialize=False,
                            to="workflow_app.workitem",
                            verbose_name="待办事项",
                        ),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow_app.case", verbose_name="案件"
                        ),
                    ),
                    ("facts", models.JSONField(verbose_name="事实")),
                    ("content", models.JSONField(verbose_name="内容")),
                    ("content_hash", models.CharField(max_length=64)),
                    ("slots", models.JSONField(verbose_name="应签")),
                    ("signed", models.JSONField(verbose_name="已签")),
                ],
                options={
                    "verbose_name": "会签单",
                },
            ),
            migrations.CreateModel(
                name="Statement",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "cadre",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="statements",
                            to="workflow_app.cadre",
                            verbose_name="干部",
                        ),
                    ),
                    ("month", models.CharField(help_text="2026-03", max_length=7, verbose_name="月份")),
                    ("item", models.CharField(max_length=60, verbose_name="项目")),
                    ("score", models.DecimalField(decimal_places=2, max_digits=5, verbose_name="得分")),
                    ("falsified", models.BooleanField(default=False, verbose_name="经查实弄虚作假")),
                    ("edition", models.PositiveSmallIntegerField(default=1, verbose_name="版次")),
                    ("reason", models.CharField(blank=True, max_length=200, verbose_name="更正理由")),
                    (
                        "batch",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="statements",
                            to="workflow_app.importbatch",
                            verbose_name="导入批次",
                        ),
                    ),
                    ("row", models.PositiveIntegerField(verbose_name="文件行号")),
                ],
                options={
                    "verbose_name": "岗位对账单",
                    "constraints": [
                        models.UniqueConstraint(fields=("cadre", "month", "item", "edition"), name="one_line_an_edition"),
                        models.CheckConstraint(condition=models.Q(("score__gte", 0), ("score__lte", 100)), name="statement_from_0_to_100"),
                        models.CheckConstraint(
                            condition=models.Q(("edition", 1), models.Q(("reason", ""), _negated=True), _connector="OR"),
                            name="a_correction_has_a_reason",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Tenure",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "cadre",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="tenures",
                            to="workflow_app.cadre",
                            verbose_name="干部",
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow_app.unit", verbose_name="单位"
                        ),
                    ),
                    ("title", models.CharField(blank=True, max_length=60, verbose_name="职务名称")),
                    ("rank", models.CharField(blank=True, max_length=30, verbose_name="职级")),
                    ("first", models.DateField(blank=True, null=True, verbose_name="自")),
                    ("last", models.DateField(blank=True, null=True, verbose_name="至")),
                    ("ground", models.CharField(blank=True, max_length=100, verbose_name="依据")),
                    (
                        "batch",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="tenures",
                            to="workflow_app.rosterimport",
                            verbose_name="导入批次",
                        ),
                    ),
                    ("entered_at", models.DateTimeField(verbose_name="登记时间")),
                ],
                options={
                    "verbose_name": "任职经历",
                    "verbose_name_plural": "任职经历",
                    "ordering": ["cadre_id", models.OrderBy(models.F("first"), nulls_first=True), "id"],
                    "constraints": [
                        models.UniqueConstraint(fields=("cadre", "unit", "title", "first"), name="one_tenure_a_beginning"),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("last__isnull", True), ("first__isnull", True), ("last__gte", models.F("first")), _connector="OR"
                            ),
                            name="tenure_ends_after_it_begins",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Bar",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "cadre",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="bars", to="workflow_app.cadre", verbose_name="干部"
                        ),
                    ),
                    (
                        "unit",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow_app.unit", verbose_name="单位"
                        ),
                    ),
                    ("rule_id", models.CharField(max_length=12, verbose_name="规则")),
                    ("reason", models.CharField(max_length=300, verbose_name="事由")),
                    ("first_day", models.DateField(verbose_name="自")),
                    ("last_day", models.DateField(verbose_name="至")),
                    (
                        "finding",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="bar",
                            to="workflow_app.finding",
                            verbose_name="登记情况",
                        ),
                    ),
                    ("lifted_on", models.DateField(blank=True, null=True, verbose_name="解除日期")),
                    (
                        "lifted_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="解除人",
                        ),
                    ),
                    ("lifting_reason", models.CharField(blank=True, max_length=300, verbose_name="解除理由")),
                ],
                options={
                    "verbose_name": "暂不提拔",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("last_day__gte", models.F("first_day"))), name="bar_ends_after_it_begins"
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                ("lifted_on__isnull", True), models.Q(("lifting_reason", ""), _negated=True), _connector="OR"
                            ),
                            name="lifting_a_bar_has_a_reason",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="CampaignReminder",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="reminders",
                            to="workflow_app.campaign",
                            verbose_name="测评",
                        ),
                    ),
                    ("count", models.PositiveIntegerField(verbose_name="人数")),
                    (
                        "by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="催办人",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="时间")),
                ],
                options={
                    "verbose_name": "测评催办",
                    "verbose_name_plural": "测评催办",
                },
            ),
            migrations.CreateModel(
                name="Decision",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "cadre",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="decisions",
                            to="workflow_app.cadre",
                            verbose_name="干部",
                        ),
                    ),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow_app.unit", verbose_name="作出机关"
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[("ADJUSTMENT", "调整决定"), ("ANNUAL_GRADE", "年度考核定为不称职")], max_length=12, verbose_name="种类"
                        ),
                    ),
                    ("title", models.CharField(max_length=120, verbose_name="名称")),
                    ("number", models.CharField(max_length=60, verbose_name="文号")),
                    ("decided_on", models.DateField(verbose_name="作出日期")),
                    ("measure", models.JSONField(verbose_name="处理内容")),
                    (
                        "case",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="decisions",
                            to="workflow_app.case",
                            verbose_name="案件",
                        ),
                    ),
                    (
                        "document",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="decision",
                            to="workflow_app.document",
                            verbose_name="文书",
                        ),
                    ),
                    (
                        "result",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="decision",
                            to="workflow_app.assessmentresult",
                            verbose_name="考核结果",
                        ),
                    ),
                    (
                        "entered_by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                    ("entered_at", models.DateTimeField(verbose_name="登记时间")),
                ],
                options={
                    "verbose_name": "决定",
                    "indexes": [models.Index(fields=["cadre", "id"], name="decisions_of_cadre")],
                },
            ),
            migrations.CreateModel(
                name="ReceiptPrint",
                fields=[
                    (
                        "receipt",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            primary_key=True,
                            related_name="print",
                            serialize=False,
                            to="workflow_app.receipt",
                            verbose_name="回执",
                        ),
                    ),
                    ("pdf", models.BinaryField()),
                    ("sha256", models.CharField(max_length=64)),
                    ("pages", models.PositiveSmallIntegerField(verbose_name="页数")),
                    ("rendered_at", models.DateTimeField(verbose_name="生成时间")),
                ],
                options={
                    "verbose_name": "回执文件",
                },
            ),
            migrations.CreateModel(
                name="Subject",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "campaign",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="subjects",
                            to="workflow_app.campaign",
                            verbose_name="测评",
                        ),
                    ),
                    (
                        "cadre",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="rated",
                            to="workflow_app.cadre",
                            verbose_name="被考核人",
                        ),
                    ),
                    ("post_title", models.CharField(max_length=120, verbose_name="职务")),
                    ("comparison_group", models.CharField(max_length=60, verbose_name="比较组")),
                ],
                options={
                    "verbose_name": "被考核人",
                    "verbose_name_plural": "被考核人",
                    "ordering": ["id"],
                    "constraints": [models.UniqueConstraint(fields=("campaign", "cadre"), name="rated_once_a_campaign")],
                },
            ),
            migrations.CreateModel(
                name="Ballot",
                fields=[
                    ("key", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    (
                        "subject",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="ballots",
                            to="workflow_app.subject",
                            verbose_name="被考核人",
                        ),
                    ),
                    (
                        "group",
                        models.CharField(
                            choices=[
                                ("SUPERIOR", "上级分管领导"),
                                ("ORGANIZATION", "组织部门"),
                                ("PEERS", "同级班子成员"),
                                ("STAFF", "下级干部"),
                                ("PUBLIC", "群众与服务对象"),
                                ("THIRD", "第三方"),
                                ("OPINION", "舆论监督"),
                            ],
                            max_length=12,
                            verbose_name="评价主体",
                        ),
                    ),
                    ("sealed", models.BinaryField(verbose_name="评价内容（加密）")),
                ],
                options={
                    "verbose_name": "未开启的评价",
                    "verbose_name_plural": "未开启的评价",
                },
            ),
            migrations.CreateModel(
                name="Established",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "subject",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="established",
                            to="workflow_app.subject",
                            verbose_name="被考核人",
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("DEBT", "负债率超上限（百分点）"),
                                ("BONUS", "加分"),
                                ("DEDUCTION", "减分"),
                                ("VETO", "负面清单事项"),
                                ("FALSIFIED", "数据不实"),
                                ("COEFFICIENT", "乘数系数"),
                                ("ROUTINE", "平时考核得分"),
                            ],
                            max_length=12,
                            verbose_name="种类",
                        ),
                    ),
                    ("amount", models.DecimalField(decimal_places=2, max_digits=6, null=True, verbose_name="数值")),
                    (
                        "indicator",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="workflow_app.schemeindicator",
                            verbose_name="指标",
                        ),
                    ),
                    ("why", models.CharField(max_length=300, verbose_name="事实和依据")),
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
                    "verbose_name": "认定事项",
                    "verbose_name_plural": "认定事项",
                },
            ),
            migrations.CreateModel(
                name="Feedback",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "subject",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="feedback",
                            to="workflow_app.subject",
                            verbose_name="被考核人",
                        ),
                    ),
                    (
                        "cadre",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="feedbacks",
                            to="workflow_app.cadre",
                            verbose_name="干部",
                        ),
                    ),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="feedbacks",
                            to="workflow_app.unit",
                            verbose_name="机关",
                        ),
                    ),
                    (
                        "drafted_by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="拟订人",
                        ),
                    ),
                    ("drafted_at", models.DateTimeField(verbose_name="拟订时间")),
                    (
                        "signed_by",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="签发人",
                        ),
                    ),
                    ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="签发时间")),
                    ("received_at", models.DateTimeField(blank=True, null=True, verbose_name="签收时间")),
                ],
                options={
                    "verbose_name": "考核反馈",
                    "verbose_name_plural": "考核反馈",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                ("signed_by__isnull", True), models.Q(("signed_by", models.F("drafted_by")), _negated=True), _connector="OR"
                            ),
                            name="feedback_signed_by_another",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(("received_at__isnull", True), ("signed_at__isnull", False), _connector="OR"),
                            name="feedback_received_after_signing",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Invitation",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "subject",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="invitations",
                            to="workflow_app.subject",
                            verbose_name="被考核人",
                        ),
                    ),
                    (
                        "group",
                        models.CharField(
                            choices=[
                                ("SUPERIOR", "上级分管领导"),
                                ("ORGANIZATION", "组织部门"),
                                ("PEERS", "同级班子成员"),
                                ("STAFF", "下级干部"),
                                ("PUBLIC", "群众与服务对象"),
                                ("THIRD", "第三方"),
                                ("OPINION", "舆论监督"),
                            ],
                            max_length=12,
                            verbose_name="评价主体",
                        ),
                    ),
                    (
                        "rater",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="invitations",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="评价人",
                        ),
                    ),
                    ("fetched", models.BooleanField(default=False, verbose_name="已领取")),
                ],
                options={
                    "verbose_name": "评价发放",
                    "verbose_name_plural": "评价发放",
                    "indexes": [models.Index(condition=models.Q(("fetched", False)), fields=["rater"], name="invitations_to_fetch")],
                    "constraints": [models.UniqueConstraint(fields=("subject", "rater"), name="one_invitation_a_rater")],
                },
            ),
            migrations.CreateModel(
                name="LinkIssue",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "subject",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="issues",
                            to="workflow_app.subject",
                            verbose_name="被考核人",
                        ),
                    ),
                    (
                        "group",
                        models.CharField(
                            choices=[
                                ("SUPERIOR", "上级分管领导"),
                                ("ORGANIZATION", "组织部门"),
                                ("PEERS", "同级班子成员"),
                                ("STAFF", "下级干部"),
                                ("PUBLIC", "群众与服务对象"),
                                ("THIRD", "第三方"),
                                ("OPINION", "舆论监督"),
                            ],
                            max_length=12,
                            verbose_name="评价主体",
                        ),
                    ),
                    ("count", models.PositiveSmallIntegerField(verbose_name="份数")),
                    (
                        "by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="制发人",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="制发时间")),
                ],
                options={
                    "verbose_name": "匿名链接制发",
                    "verbose_name_plural": "匿名链接制发",
                },
            ),
            migrations.CreateModel(
                name="Measured",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "subject",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="figures",
                            to="workflow_app.subject",
                            verbose_name="被考核人",
                        ),
                    ),
                    (
                        "indicator",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="figures",
                            to="workflow_app.schemeindicator",
                            verbose_name="指标",
                        ),
                    ),
                    ("value", models.DecimalField(decimal_places=2, max_digits=5, verbose_name="得分")),
                    ("scale", models.DecimalField(decimal_places=2, max_digits=5, verbose_name="满分")),
                    ("source", models.CharField(max_length=200, verbose_name="出处")),
                    ("reason", models.CharField(blank=True, max_length=200, verbose_name="更正理由")),
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
                    "verbose_name": "定量得分",
                    "verbose_name_plural": "定量得分",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("scale__gt", 0), ("value__gte", 0), ("value__lte", models.F("scale"))),
                            name="figure_within_its_scale",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="Score",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "subject",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="scores",
                            to="workflow_app.subject",
                            verbose_name="被考核人",
                        ),
                    ),
                    ("value", models.DecimalField(decimal_places=2, max_digits=6, null=True, verbose_name="得分")),
                    ("political", models.DecimalField(decimal_places=2, max_digits=5, null=True, verbose_name="政治素质得分")),
                    ("approval", models.DecimalField(decimal_places=2, max_digits=5, null=True, verbose_name="群众评价得分")),
                    ("rank", models.PositiveIntegerField(null=True, verbose_name="名次")),
                    ("group_size", models.PositiveIntegerField(verbose_name="组内人数")),
                    ("shared", models.BooleanField(default=False, verbose_name="并列")),
                    ("flags", models.JSONField(default=list, verbose_name="提示")),
                    ("explanation", models.JSONField(verbose_name="计算过程")),
                    ("computed_at", models.DateTimeField(verbose_name="计算时间")),
                ],
                options={
                    "verbose_name": "考核得分",
                    "indexes": [models.Index(fields=["subject", "-id"], name="scores_of_subject")],
                },
            ),
            migrations.CreateModel(
                name="Service",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "cadre",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="services",
                            to="workflow_app.cadre",
                            verbose_name="受送达人",
                        ),
                    ),
                    ("title", models.CharField(max_length=120, verbose_name="送达文书")),
                    (
                        "document",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="services",
                            to="workflow_app.document",
                            verbose_name="文书",
                        ),
                    ),
                    (
                        "decision",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="services",
                            to="workflow_app.decision",
                            verbose_name="决定",
                        ),
                    ),
                    (
                        "case",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="services",
                            to="workflow_app.case",
                            verbose_name="案件",
                        ),
                    ),
                    ("record_seq", models.PositiveIntegerField(blank=True, null=True, verbose_name="记录号")),
                    ("mode", models.CharField(max_length=12, verbose_name="送达方式")),
                    ("served_on", models.DateField(verbose_name="送达日期")),
                    ("receiver", models.CharField(blank=True, max_length=40, verbose_name="签收人")),
                    ("relation", models.CharField(blank=True, max_length=40, verbose_name="与本人关系")),
                    ("refusal", models.CharField(blank=True, max_length=200, verbose_name="拒收情况")),
                    ("witnesses", models.CharField(blank=True, max_length=60, verbose_name="见证人")),
                    ("announced_on", models.DateField(blank=True, null=True, verbose_name="公告日期")),
                    ("consent", models.BooleanField(default=False, verbose_name="本人同意电子送达")),
                    ("delivered_by", models.JSONField(default=list, verbose_name="送达人")),
                    ("entered_at", models.DateTimeField(verbose_name="登记时间")),
                ],
                options={
                    "verbose_name": "送达",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("document__isnull", False), ("decision__isnull", False), _connector="OR"),
                            name="service_of_something",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="ServiceEvent",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "subject",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="events",
                            to="workflow_app.subject",
                            verbose_name="经办干部",
                        ),
                    ),
                    ("matter", models.CharField(max_length=40, verbose_name="事项编号")),
                    ("happened_at", models.DateTimeField(verbose_name="办结时间")),
                    ("sent_at", models.DateTimeField(verbose_name="链接发出时间")),
                    (
                        "by",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "服务事项",
                    "verbose_name_plural": "服务事项",
                    "constraints": [
                        models.UniqueConstraint(fields=("subject", "matter"), name="one_link_a_service"),
                        models.CheckConstraint(
                            condition=models.Q(("sent_at__gte", models.F("happened_at"))), name="link_after_the_service"
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Slip",
                fields=[
                    ("key", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    (
                        "subject",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="slips",
                            to="workflow_app.subject",
                            verbose_name="被考核人",
                        ),
                    ),
                    (
                        "group",
                        models.CharField(
                            choices=[
                                ("SUPERIOR", "上级分管领导"),
                                ("ORGANIZATION", "组织部门"),
                                ("PEERS", "同级班子成员"),
                                ("STAFF", "下级干部"),
                                ("PUBLIC", "群众与服务对象"),
                                ("THIRD", "第三方"),
                                ("OPINION", "舆论监督"),
                            ],
                            max_length=12,
                            verbose_name="评价主体",
                        ),
                    ),
                    ("tags", models.JSONField(default=list, verbose_name="标签")),
                    ("envelope", models.BinaryField(default=b"", verbose_name="封存的评价人")),
                ],
                options={
                    "verbose_name": "评价表",
                    "verbose_name_plural": "评价表",
                },
            ),
            migrations.CreateModel(
                name="Ticket",
                fields=[
                    ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                    (
                        "subject",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="tickets",
                            to="workflow_app.subject",
                            verbose_name="被考核人",
                        ),
                    ),
                    (
                        "group",
                        models.CharField(
                            choices=[
                                ("SUPERIOR", "上级分管领导"),
                                ("ORGANIZATION", "组织部门"),
                                ("PEERS", "同级班子成员"),
                                ("STAFF", "下级干部"),
                                ("PUBLIC", "群众与服务对象"),
                                ("THIRD", "第三方"),
                                ("OPINION", "舆论监督"),
                            ],
                            max_length=12,
                            verbose_name="评价主体",
                        ),
                    ),
                    ("used", models.BooleanField(default=False, verbose_name="已使用")),
                    ("envelope", models.BinaryField(default=b"", verbose_name="封存的评价人")),
                ],
                options={
                    "verbose_name": "评价链接",
                    "verbose_name_plural": "评价链接",
                },
            ),
            migrations.CreateModel(
                name="FeedbackPaper",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "feedback",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="papers",
                            to="workflow_app.feedback",
                            verbose_name="反馈",
                        ),
                    ),
                    (
                        "list",
                        models.CharField(
                            choices=[("RESULT", "成绩清单"), ("PROBLEM", "问题清单"), ("MEND", "整改清单")],
                            max_length=8,
                            verbose_name="清单",
                        ),
                    ),
                    ("number", models.CharField(max_length=60, unique=True, verbose_name="编号")),
                    ("content", models.JSONField(verbose_name="内容")),
                    ("content_hash", models.CharField(max_length=64)),
                    ("template_version", models.CharField(max_length=64)),
                    ("issued_on", models.DateField(verbose_name="成文日期")),
                    ("pdf", models.BinaryField()),
                    ("sha256", models.CharField(max_length=64)),
                ],
                options={
                    "verbose_name": "清单文书",
                    "verbose_name_plural": "清单文书",
                    "constraints": [models.UniqueConstraint(fields=("feedback", "list"), name="one_paper_a_list")],
                },
            ),
            migrations.CreateModel(
                name="Point",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "feedback",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="points",
                            to="workflow_app.feedback",
                            verbose_name="反馈",
                        ),
                    ),
                    (
                        "list",
                        models.CharField(
                            choices=[("RESULT", "成绩清单"), ("PROBLEM", "问题清单"), ("MEND", "整改清单")],
                            max_length=8,
                            verbose_name="清单",
                        ),
                    ),
                    ("number", models.PositiveSmallIntegerField(verbose_name="序号")),
                    ("text", models.CharField(max_length=500, verbose_name="内容")),
                    ("measure", models.CharField(blank=True, max_length=500, verbose_name="整改措施")),
                    ("due_on", models.DateField(blank=True, null=True, verbose_name="整改期限")),
                    ("responsible", models.CharField(blank=True, max_length=80, verbose_name="责任人")),
                ],
                options={
                    "verbose_name": "清单事项",
                    "verbose_name_plural": "清单事项",
                    "ordering": ["feedback", "list", "number"],
                    "constraints": [
                        models.UniqueConstraint(fields=("feedback", "list", "number"), name="one_point_of_a_number"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("list", "MEND"), _negated=True),
                                models.Q(
                                    ("due_on__isnull", False),
                                    models.Q(("measure", ""), _negated=True),
                                    models.Q(("responsible", ""), _negated=True),
                                ),
                                _connector="OR",
                            ),
                            name="mending_says_how_when_and_who",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="Rating",
                fields=[
                    ("key", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    (
                        "slip",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="ratings",
                            to="workflow_app.slip",
                            verbose_name="评价表",
                        ),
                    ),
                    (
                        "indicator",
                        models.ForeignKey(
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="ratings",
                            to="workflow_app.schemeindicator",
                            verbose_name="指标",
                        ),
                    ),
                    ("value", models.DecimalField(decimal_places=2, max_digits=5, verbose_name="分数")),
                    ("scale", models.DecimalField(decimal_places=2, max_digits=5, verbose_name="满分")),
                ],
                options={
                    "verbose_name": "原始评分",
                    "verbose_name_plural": "原始评分",
                    "constraints": [
                        models.UniqueConstraint(fields=("slip", "indicator"), name="one_score_an_indicator"),
                        models.CheckConstraint(
                            condition=models.Q(("scale__gt", 0), ("value__gte", 0), ("value__lte", models.F("scale"))),
                            name="score_within_its_scale",
                        ),
                    ],
                },
            ),
            migrations.CreateModel(
                name="LookBack",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "point",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="checks",
                            to="workflow_app.point",
                            verbose_name="整改事项",
                        ),
                    ),
                    (
                        "result",
                        models.CharField(
                            choices=[("MENDED", "已到位"), ("PARTLY", "部分到位，继续整改"), ("NOT_MENDED", "未到位")],
                            max_length=10,
                            verbose_name="结论",
                        ),
                    ),
                    ("findings", models.CharField(max_length=500, verbose_name="查看情况")),
                    ("next_on", models.DateField(blank=True, null=True, verbose_name="下次查看")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="查看人",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="时间")),
                ],
                options={
                    "verbose_name": "回头看",
                    "verbose_name_plural": "回头看",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(models.Q(("result", "PARTLY"), _negated=True), ("next_on__isnull", False), _connector="OR"),
                            name="partly_mended_is_looked_at_again",
                        )
                    ],
                },
            ),
            migrations.CreateModel(
                name="MendingProof",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "point",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="proofs",
                            to="workflow_app.point",
                            verbose_name="整改事项",
                        ),
                    ),
                    ("text", models.CharField(max_length=1000, verbose_name="整改情况")),
                    (
                        "upload",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="workflow_app.upload",
                            verbose_name="佐证材料",
                        ),
                    ),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="提交人",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="时间")),
                ],
                options={
                    "verbose_name": "整改佐证",
                    "verbose_name_plural": "整改佐证",
                },
            ),
            migrations.CreateModel(
                name="PointAnswer",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "point",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="answers",
                            to="workflow_app.point",
                            verbose_name="清单事项",
                        ),
                    ),
                    (
                        "stance",
                        models.CharField(
                            choices=[("AGREE", "认可"), ("EXPLAIN", "作出说明"), ("DISAGREE", "有不同意见")],
                            max_length=8,
                            verbose_name="态度",
                        ),
                    ),
                    ("text", models.CharField(blank=True, max_length=1000, verbose_name="说明")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="本人"
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="时间")),
                ],
                options={
                    "verbose_name": "本人答复",
                    "verbose_name_plural": "本人答复",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("stance", "AGREE"), models.Q(("text", ""), _negated=True), _connector="OR"),
                            name="disagreement_says_why",
                        )
                    ],
                },
            ),
        ),
        migrations.AddField(
            model_name="case",
            name="decision",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="remedies",
                to="workflow_app.decision",
                verbose_name="所针对的决定",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decision__isnull", True), ("finished__isnull", True), ("overturned_on__isnull", True)),
                fields=("cadre", "flow_class"),
                name="one_open_case",
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(("decision__isnull", False), ("finished__isnull", True), ("overtaken_on__isnull", True)),
                fields=("decision",),
                name="one_open_remedy",
            ),
        ),
        migrations.RunPython(_refuse, migrations.RunPython.noop),
        append_only(
            record="id",
            recordpart="id",
            document="id",
            rendering="document_id",
            receipt="document_id",
            receiptprint="receipt_id",
            attachment="id",
            read="id",
            hand="id",
            upload="id",
            leaf="index",
            erasure="case_id",
            leafblock="index",
            seal="size",
            papertemplate="version",
            notice="id",
            report="id",
            decision="id",
            service="id",
            postchange="id",
            statement="id",
            colour="id",
            finding="id",
            score="id",
            signedpaper="document_id",
            organseal="id",
            libraryreview="id",
            indicatorversion="id",
            groundlist="id",
            groundentry="id",
            linkissue="id",
            serviceevent="id",
            slip="key",
            rating="key",
            measured="id",
            established="id",
            campaignreminder="id",
            auditkey="id",
            feedbackpaper="id",
            pointanswer="id",
            mendingproof="id",
            lookback="id",
        ),
        emptied_only_by_order(),
        _frozen.freeze,
        migrations.RunPython(_offices.install, migrations.RunPython.noop),
        migrations.RunPython(_case_words.install, migrations.RunPython.noop),
    ]
