"""Written notices of grades, forms on paper, pools that are closed, contracts of appointed civil servants."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from workflow_app.append_only import append_only, guarded
from workflow_app.migrations._many import CreateModels


class Migration(migrations.Migration):
    dependencies = [
        ("workflow_app", "0016_learning"),
    ]

    operations = [
        migrations.AlterField(
            model_name="decision",
            name="kind",
            field=models.CharField(
                choices=[("ADJUSTMENT", "调整决定"), ("ANNUAL_GRADE", "年度考核等次")], max_length=12, verbose_name="种类"
            ),
        ),
        migrations.AlterField(
            model_name="outgoing",
            name="kind",
            field=models.CharField(
                choices=[
                    ("RENDER", "生成文书"),
                    ("RECEIPT", "生成回执"),
                    ("MAIL", "发送邮件"),
                    ("SMS", "发送短信"),
                    ("DATES", "重算期限"),
                    ("NOTICE", "生成考核结果通知书"),
                    ("SCORES", "计算考核得分"),
                ],
                max_length=10,
                verbose_name="种类",
            ),
        ),
        migrations.AlterField(
            model_name="poolleaving",
            name="ground",
            field=models.CharField(
                choices=[
                    ("APPOINTED", "已经任用"),
                    ("OWN_WISH", "本人提出"),
                    ("CHANGED", "情况变化，不再符合用途"),
                    ("MOVED", "调出或者离开"),
                    ("CLOSED", "人选库关闭"),
                ],
                max_length=10,
                verbose_name="出库情形",
            ),
        ),
        CreateModels(
            migrations.CreateModel(
                name="GradeNotice",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "grade",
                        models.CharField(
                            blank=True,
                            choices=[("EXCELLENT", "优秀"), ("COMPETENT", "称职"), ("BASIC", "基本称职"), ("INCOMPETENT", "不称职")],
                            max_length=12,
                            verbose_name="等次",
                        ),
                    ),
                    ("number", models.CharField(max_length=60, verbose_name="文号")),
                    ("content", models.JSONField(verbose_name="内容")),
                    ("content_hash", models.CharField(max_length=64)),
                    ("template_version", models.CharField(max_length=64)),
                    ("verify_code", models.CharField(max_length=26, unique=True, verbose_name="核验码")),
                    ("issued_on", models.DateField(verbose_name="成文日期")),
                    ("issued_at", models.DateTimeField(verbose_name="签发时间")),
                    (
                        "cadre",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="grade_notices",
                            to="workflow_app.cadre",
                            verbose_name="干部",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "考核结果通知书",
                    "verbose_name_plural": "考核结果通知书",
                },
            ),
            migrations.CreateModel(
                name="AppointmentContract",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("number", models.CharField(max_length=60, verbose_name="聘任合同编号")),
                    ("post_title", models.CharField(max_length=120, verbose_name="聘任职位")),
                    ("first", models.DateField(verbose_name="合同期自")),
                    ("last", models.DateField(verbose_name="合同期至")),
                    ("trial_until", models.DateField(blank=True, null=True, verbose_name="试用期至")),
                    ("document", models.CharField(max_length=120, verbose_name="依据文件")),
                    ("why", models.CharField(blank=True, max_length=300, verbose_name="更正理由")),
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
                        "cadre",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="contracts",
                            to="workflow_app.cadre",
                            verbose_name="聘任制公务员",
                        ),
                    ),
                    (
                        "corrects",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="corrected",
                            to="workflow_app.appointmentcontract",
                            verbose_name="更正",
                        ),
                    ),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="contracts",
                            to="workflow_app.unit",
                            verbose_name="机关",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "聘任合同",
                    "verbose_name_plural": "聘任合同",
                    "ordering": ["last", "id"],
                },
            ),
            migrations.CreateModel(
                name="ContractEnding",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "ground",
                        models.CharField(
                            choices=[
                                ("OVER", "合同期满，不再续聘"),
                                ("AGREED", "双方协商一致解除"),
                                ("BY_ORGAN", "机关解除"),
                                ("BY_PERSON", "本人提出解除"),
                            ],
                            max_length=9,
                            verbose_name="终止情形",
                        ),
                    ),
                    ("document", models.CharField(max_length=120, verbose_name="文书名称和文号")),
                    ("reason", models.CharField(max_length=300, verbose_name="理由")),
                    ("ended_on", models.DateField(verbose_name="终止日期")),
                    ("served_on", models.DateField(blank=True, null=True, verbose_name="送达日期")),
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
                        "contract",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="ending",
                            to="workflow_app.appointmentcontract",
                            verbose_name="聘任合同",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "聘任合同终止",
                    "verbose_name_plural": "聘任合同终止",
                },
            ),
            migrations.CreateModel(
                name="GradeCorrection",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "before",
                        models.CharField(
                            blank=True,
                            choices=[("EXCELLENT", "优秀"), ("COMPETENT", "称职"), ("BASIC", "基本称职"), ("INCOMPETENT", "不称职")],
                            max_length=12,
                            verbose_name="原等次",
                        ),
                    ),
                    (
                        "after",
                        models.CharField(
                            blank=True,
                            choices=[("EXCELLENT", "优秀"), ("COMPETENT", "称职"), ("BASIC", "基本称职"), ("INCOMPETENT", "不称职")],
                            max_length=12,
                            verbose_name="更正后等次",
                        ),
                    ),
                    ("reason", models.CharField(max_length=300, verbose_name="理由")),
                    ("document", models.CharField(max_length=120, verbose_name="依据文件")),
                    ("at", models.DateTimeField(verbose_name="更正时间")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="更正人",
                        ),
                    ),
                    (
                        "result",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="corrections",
                            to="workflow_app.assessmentresult",
                            verbose_name="考核结果",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "等次更正",
                    "verbose_name_plural": "等次更正",
                },
            ),
            migrations.CreateModel(
                name="GradeNoticePrint",
                fields=[
                    (
                        "notice",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            primary_key=True,
                            related_name="print",
                            serialize=False,
                            to="workflow_app.gradenotice",
                            verbose_name="通知书",
                        ),
                    ),
                    ("pdf", models.BinaryField()),
                    ("sha256", models.CharField(max_length=64)),
                    ("sealed_sha256", models.CharField(max_length=64)),
                    ("signer", models.CharField(blank=True, max_length=200, verbose_name="用印")),
                    ("rendered_at", models.DateTimeField()),
                ],
                options={
                    "verbose_name": "通知书文件",
                    "verbose_name_plural": "通知书文件",
                },
            ),
            migrations.AddField(
                model_name="gradenotice",
                name="correction",
                field=models.OneToOneField(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="notice",
                    to="workflow_app.gradecorrection",
                    verbose_name="更正",
                ),
            ),
            migrations.AddField(
                model_name="gradenotice",
                name="decision",
                field=models.OneToOneField(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="grade_notice",
                    to="workflow_app.decision",
                    verbose_name="决定",
                ),
            ),
            migrations.AddField(
                model_name="gradenotice",
                name="issued_by",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="签发人"
                ),
            ),
            migrations.AddField(
                model_name="gradenotice",
                name="organ",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow_app.unit", verbose_name="机关"
                ),
            ),
            migrations.AddField(
                model_name="gradenotice",
                name="replaces",
                field=models.OneToOneField(
                    blank=True,
                    null=True,
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="replaced_by",
                    to="workflow_app.gradenotice",
                    verbose_name="替代",
                ),
            ),
            migrations.AddField(
                model_name="gradenotice",
                name="result",
                field=models.ForeignKey(
                    on_delete=django.db.models.deletion.PROTECT,
                    related_name="notices",
                    to="workflow_app.assessmentresult",
                    verbose_name="考核结果",
                ),
            ),
            migrations.CreateModel(
                name="PaperEntry",
                fields=[
                    ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                    ("sealed", models.BinaryField(verbose_name="评价内容（加密）")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="录入人",
                        ),
                    ),
                    (
                        "subject",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="paper_entries",
                            to="workflow_app.subject",
                            verbose_name="被考核人",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "待复核的纸质评价",
                    "verbose_name_plural": "待复核的纸质评价",
                },
            ),
            migrations.CreateModel(
                name="PoolClosing",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    ("reason", models.CharField(max_length=300, verbose_name="理由")),
                    ("closed_on", models.DateField(verbose_name="关闭日期")),
                    ("at", models.DateTimeField(verbose_name="时间")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="办理人",
                        ),
                    ),
                    (
                        "pool",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="closing",
                            to="workflow_app.pool",
                            verbose_name="人选库",
                        ),
                    ),
                ],
                options={
                    "verbose_name": "人选库关闭",
                    "verbose_name_plural": "人选库关闭",
                },
            ),
            migrations.AddConstraint(
                model_name="appointmentcontract",
                constraint=models.CheckConstraint(
                    condition=models.Q(("last__gte", models.F("first"))), name="contract_ends_after_it_begins"
                ),
            ),
            migrations.AddConstraint(
                model_name="appointmentcontract",
                constraint=models.CheckConstraint(
                    condition=models.Q(
                        ("trial_until__isnull", True),
                        models.Q(("trial_until__gte", models.F("first")), ("trial_until__lte", models.F("last"))),
                        _connector="OR",
                    ),
                    name="trial_within_the_term",
                ),
            ),
            migrations.AddConstraint(
                model_name="appointmentcontract",
                constraint=models.CheckConstraint(
                    condition=models.Q(("corrects__isnull", True), models.Q(("why", ""), _negated=True), _connector="OR"),
                    name="corrected_contract_says_why",
                ),
            ),
            migrations.AddConstraint(
                model_name="contractending",
                constraint=models.CheckConstraint(
                    condition=models.Q(models.Q(("reason", ""), _negated=True), models.Q(("document", ""), _negated=True)),
                    name="contract_ending_says_why",
                ),
            ),
            migrations.AddConstraint(
                model_name="gradecorrection",
                constraint=models.CheckConstraint(
                    condition=models.Q(("before", models.F("after")), _negated=True), name="a_corrected_grade_is_another"
                ),
            ),
            migrations.AddConstraint(
                model_name="gradecorrection",
                constraint=models.CheckConstraint(
                    condition=models.Q(models.Q(("reason", ""), _negated=True), models.Q(("document", ""), _negated=True)),
                    name="a_corrected_grade_says_why",
                ),
            ),
            migrations.AddConstraint(
                model_name="gradenotice",
                constraint=models.UniqueConstraint(fields=("organ", "number"), name="one_grade_notice_a_number"),
            ),
            migrations.AddConstraint(
                model_name="gradenotice",
                constraint=models.UniqueConstraint(
                    condition=models.Q(("replaces__isnull", True)), fields=("result",), name="one_first_grade_notice_a_result"
                ),
            ),
            migrations.AddConstraint(
                model_name="gradenotice",
                constraint=models.CheckConstraint(
                    condition=models.Q(("replaces__isnull", True), ("correction__isnull", False), _connector="OR"),
                    name="a_notice_is_replaced_after_a_correction",
                ),
            ),
            migrations.AddConstraint(
                model_name="poolclosing",
                constraint=models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="pool_closing_says_why"),
            ),
        ),
        append_only(
            gradecorrection="id",
            gradenotice="id",
            gradenoticeprint="notice_id",
            appointmentcontract="id",
            contractending="id",
            poolclosing="id",
        ),
        # Nobody is proposed for a pool that is closed.
        guarded(("poolentry", "INSERT", "EXISTS (SELECT 1 FROM workflow_app_poolclosing c WHERE c.pool_id = NEW.pool_id)")),
    ]
