"""Classes of many people, planned talks, and what people of a class know and think of a policy."""

import uuid

import django.db.models.deletion
import django.db.models.fields
from django.conf import settings
from django.db import migrations, models

from workflow_app.append_only import append_only, guarded
from workflow_app.migrations._many import CreateModels

# Nobody but the person called answers, and nobody decides about their own absence.
NOT_CALLED = (
    "NOT EXISTS (SELECT 1 FROM workflow_app_participant p JOIN workflow_app_account a ON a.cadre_id = p.cadre_id"
    " WHERE p.id = NEW.participant_id AND a.id = NEW.by_id)"
)
OWN_EXCUSE = "EXISTS (SELECT 1 FROM workflow_app_participantword w WHERE w.id = NEW.word_id AND w.by_id = NEW.by_id)"
# Nobody but the person talked to says whether it is so.
NOT_TALKED_TO = (
    "NOT EXISTS (SELECT 1 FROM workflow_app_talkheld h JOIN workflow_app_talk t ON t.id = h.talk_id"
    " JOIN workflow_app_account a ON a.cadre_id = t.cadre_id WHERE h.id = NEW.held_id AND a.id = NEW.by_id)"
)
# A survey's ballots and links go only at its closing, and come only before; a list of links is crossed off once.
SHUT = "EXISTS (SELECT 1 FROM workflow_app_classsurveyclosed c WHERE c.survey_id = {row}.survey_id)"
GUARDS = guarded(
    ("classsurveyballot", "INSERT", SHUT.format(row="NEW")),
    ("classsurveyballot", "UPDATE", "1 = 1"),
    ("classsurveyballot", "DELETE", f"NOT {SHUT.format(row='OLD')}"),
    ("classsurveyticket", "INSERT", SHUT.format(row="NEW")),
    ("classsurveyticket", "UPDATE", "OLD.used OR OLD.digest <> NEW.digest OR OLD.survey_id <> NEW.survey_id"),
    ("classsurveyticket", "DELETE", f"NOT {SHUT.format(row='OLD')}"),
    ("classsurveyinvitation", "UPDATE", "OLD.fetched OR OLD.account_id <> NEW.account_id OR OLD.survey_id <> NEW.survey_id"),
    ("classsurveyinvitation", "DELETE", "1 = 1"),
    ("participantword", "INSERT", NOT_CALLED),
    ("excusedecision", "INSERT", OWN_EXCUSE),
    ("talkword", "INSERT", NOT_TALKED_TO),
)


class Migration(migrations.Migration):
    dependencies = [
        ("workflow_app", "0015_worklog"),
    ]

    operations = [
        CreateModels(
            migrations.CreateModel(
                name="TrainingClass",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="classes", to="workflow_app.unit", verbose_name="机关"
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("SPECIAL", "专题班"),
                                ("STEPS", "递进培养班"),
                                ("CASES", "案例宣讲"),
                                ("LECTURE", "专题党课"),
                                ("ASSESSORS", "考核专员培训"),
                            ],
                            max_length=9,
                            verbose_name="类别",
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
                    ("at", models.DateTimeField(verbose_name="时间")),
                ],
                options={
                    "verbose_name": "培训班次",
                    "verbose_name_plural": "培训班次",
                    "ordering": ["-id"],
                    "indexes": [],
                    "constraints": [],
                },
            ),
            migrations.CreateModel(
                name="ClassTerms",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "training_class",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="terms",
                            to="workflow_app.trainingclass",
                            verbose_name="班次",
                        ),
                    ),
                    ("topic", models.CharField(max_length=120, verbose_name="主题")),
                    ("purpose", models.CharField(max_length=300, verbose_name="目的")),
                    ("organizer", models.CharField(max_length=120, verbose_name="主办单位")),
                    ("place", models.CharField(max_length=120, verbose_name="地点")),
                    ("first", models.DateField(verbose_name="自")),
                    ("last", models.DateField(verbose_name="至")),
                    ("hours", models.DecimalField(decimal_places=1, max_digits=5, verbose_name="学时")),
                    ("why", models.CharField(blank=True, max_length=200, verbose_name="更改理由")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="时间")),
                ],
                options={
                    "verbose_name": "班次安排",
                    "verbose_name_plural": "班次安排",
                    "ordering": ["id"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("last__gte", models.F("first"))), name="class_ends_after_it_begins"),
                        models.CheckConstraint(condition=models.Q(("hours__gt", 0)), name="class_has_hours"),
                    ],
                    "indexes": [],
                },
            ),
            migrations.CreateModel(
                name="ClassCalledOff",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "training_class",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="called_off",
                            to="workflow_app.trainingclass",
                            verbose_name="班次",
                        ),
                    ),
                    ("reason", models.CharField(max_length=300, verbose_name="理由")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="办理人",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="时间")),
                ],
                options={
                    "verbose_name": "班次取消",
                    "verbose_name_plural": "班次取消",
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="class_called_off_says_why")
                    ],
                    "indexes": [],
                },
            ),
            migrations.CreateModel(
                name="Participant",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "training_class",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="participants",
                            to="workflow_app.trainingclass",
                            verbose_name="班次",
                        ),
                    ),
                    (
                        "cadre",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="classes",
                            to="workflow_app.cadre",
                            verbose_name="干部",
                        ),
                    ),
                    ("post_title", models.CharField(max_length=160, verbose_name="单位职务")),
                    ("reason", models.CharField(max_length=300, verbose_name="调训理由")),
                    ("gap", models.CharField(blank=True, max_length=300, verbose_name="补什么短板")),
                    (
                        "score",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to="workflow_app.score",
                            verbose_name="考核得分",
                        ),
                    ),
                    (
                        "point",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="classes",
                            to="workflow_app.point",
                            verbose_name="清单事项",
                        ),
                    ),
                    (
                        "training",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="carried_by",
                            to="workflow_app.training",
                            verbose_name="帮扶计划培训",
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
                    ("at", models.DateTimeField(verbose_name="时间")),
                ],
                options={
                    "verbose_name": "参训人员",
                    "verbose_name_plural": "参训人员",
                    "ordering": ["cadre__number"],
                    "constraints": [
                        models.UniqueConstraint(fields=("training_class", "cadre"), name="called_once_a_class"),
                        models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="participant_says_why"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("gap", ""), ("point__isnull", True), ("score__isnull", True), ("training__isnull", True)),
                                models.Q(
                                    models.Q(("gap", ""), _negated=True),
                                    models.Q(
                                        models.Q(("point__isnull", True), ("score__isnull", False), ("training__isnull", True)),
                                        models.Q(("point__isnull", False), ("score__isnull", True), ("training__isnull", True)),
                                        models.Q(("point__isnull", True), ("score__isnull", True), ("training__isnull", False)),
                                        _connector="OR",
                                    ),
                                ),
                                _connector="OR",
                            ),
                            name="gap_has_one_source",
                        ),
                    ],
                    "indexes": [],
                },
            ),
            migrations.CreateModel(
                name="ParticipantWord",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "participant",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="words",
                            to="workflow_app.participant",
                            verbose_name="参训人员",
                        ),
                    ),
                    ("word", models.CharField(choices=[("COMING", "参加"), ("EXCUSE", "申请请假")], max_length=6, verbose_name="本人答复")),
                    (
                        "reason",
                        models.CharField(
                            blank=True, help_text="只写工作上的安排；因私请假写“因私”即可。", max_length=200, verbose_name="请假理由"
                        ),
                    ),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="本人"
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="时间")),
                ],
                options={
                    "verbose_name": "参训答复",
                    "verbose_name_plural": "参训答复",
                    "ordering": ["id"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("word", "EXCUSE"), _negated=True), models.Q(("reason", ""), _negated=True), _connector="OR"
                            ),
                            name="excuse_says_why",
                        )
                    ],
                    "indexes": [],
                },
            ),
            migrations.CreateModel(
                name="ExcuseDecision",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "word",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="decision",
                            to="workflow_app.participantword",
                            verbose_name="请假申请",
                        ),
                    ),
                    ("granted", models.BooleanField(verbose_name="同意")),
                    ("reason", models.CharField(blank=True, max_length=200, verbose_name="理由")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="审批人",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="时间")),
                ],
                options={
                    "verbose_name": "请假审批",
                    "verbose_name_plural": "请假审批",
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("granted", True), models.Q(("reason", ""), _negated=True), _connector="OR"),
                            name="refused_excuse_says_why",
                        )
                    ],
                    "indexes": [],
                },
            ),
            migrations.CreateModel(
                name="ClassResult",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "participant",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="results",
                            to="workflow_app.participant",
                            verbose_name="参训人员",
                        ),
                    ),
                    (
                        "outcome",
                        models.CharField(
                            choices=[("COMPLETED", "完成"), ("PARTLY", "部分参加"), ("ABSENT", "未参加")],
                            max_length=9,
                            verbose_name="参训情况",
                        ),
                    ),
                    ("hours", models.DecimalField(decimal_places=1, max_digits=5, verbose_name="学时")),
                    ("text", models.CharField(max_length=300, verbose_name="结业情况")),
                    ("why", models.CharField(blank=True, max_length=200, verbose_name="更正理由")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="时间")),
                ],
                options={
                    "verbose_name": "参训结果",
                    "verbose_name_plural": "参训结果",
                    "ordering": ["id"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("text", ""), _negated=True), name="class_result_is_in_words"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("hours", 0), ("outcome", "ABSENT")),
                                models.Q(models.Q(("outcome", "ABSENT"), _negated=True), ("hours__gt", 0)),
                                _connector="OR",
                            ),
                            name="hours_of_who_was_there",
                        ),
                    ],
                    "indexes": [],
                },
            ),
            migrations.CreateModel(
                name="TalkGroup",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="talk_groups",
                            to="workflow_app.unit",
                            verbose_name="机关",
                        ),
                    ),
                    ("name", models.CharField(max_length=60, verbose_name="名称")),
                    ("basis", models.CharField(max_length=200, verbose_name="依据")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="设立人",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="时间")),
                ],
                options={
                    "verbose_name": "必谈人员类别",
                    "verbose_name_plural": "必谈人员类别",
                    "ordering": ["id"],
                    "indexes": [],
                    "constraints": [],
                },
            ),
            migrations.CreateModel(
                name="TalkGroupEnded",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "group",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="ended",
                            to="workflow_app.talkgroup",
                            verbose_name="类别",
                        ),
                    ),
                    ("reason", models.CharField(max_length=200, verbose_name="理由")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="办理人",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="时间")),
                ],
                options={
                    "verbose_name": "必谈人员类别停用",
                    "verbose_name_plural": "必谈人员类别停用",
                    "indexes": [],
                    "constraints": [],
                },
            ),
            migrations.CreateModel(
                name="TalkWish",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "cadre",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="talk_wishes",
                            to="workflow_app.cadre",
                            verbose_name="干部",
                        ),
                    ),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="本人"
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="时间")),
                ],
                options={
                    "verbose_name": "谈话请求",
                    "verbose_name_plural": "谈话请求",
                    "ordering": ["id"],
                    "indexes": [],
                    "constraints": [],
                },
            ),
            migrations.CreateModel(
                name="Talk",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "organ",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="talks", to="workflow_app.unit", verbose_name="机关"
                        ),
                    ),
                    (
                        "kind",
                        models.CharField(
                            choices=[
                                ("ADJUSTED", "新近调整职务"),
                                ("FELL", "考核等次下降"),
                                ("RETURNED", "重新使用"),
                                ("ASKED", "本人要求"),
                                ("FEEDBACK", "考核结果面对面反馈"),
                                ("MUST", "考核中必谈"),
                            ],
                            max_length=8,
                            verbose_name="类别",
                        ),
                    ),
                    (
                        "cadre",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="talks", to="workflow_app.cadre", verbose_name="干部"
                        ),
                    ),
                    ("post_title", models.CharField(max_length=160, verbose_name="单位职务")),
                    ("reason", models.CharField(max_length=300, verbose_name="谈话事由")),
                    (
                        "campaign",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="talks",
                            to="workflow_app.campaign",
                            verbose_name="测评",
                        ),
                    ),
                    (
                        "group",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="talks",
                            to="workflow_app.talkgroup",
                            verbose_name="必谈类别",
                        ),
                    ),
                    (
                        "feedback",
                        models.ForeignKey(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="talks",
                            to="workflow_app.feedback",
                            verbose_name="考核反馈",
                        ),
                    ),
                    (
                        "wish",
                        models.OneToOneField(
                            blank=True,
                            null=True,
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="talk",
                            to="workflow_app.talkwish",
                            verbose_name="谈话请求",
                        ),
                    ),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="计划人",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="时间")),
                ],
                options={
                    "verbose_name": "谈话",
                    "verbose_name_plural": "谈话",
                    "ordering": ["id"],
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="talk_says_why"),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("campaign__isnull", False), ("group__isnull", False), ("kind", "MUST")),
                                models.Q(models.Q(("kind", "MUST"), _negated=True), ("group__isnull", True)),
                                _connector="OR",
                            ),
                            name="must_talk_has_group_and_round",
                        ),
                        models.CheckConstraint(
                            condition=models.Q(
                                models.Q(("feedback__isnull", False), ("kind", "FEEDBACK")),
                                models.Q(models.Q(("kind", "FEEDBACK"), _negated=True), ("feedback__isnull", True)),
                                _connector="OR",
                            ),
                            name="feedback_talk_has_its_lists",
                        ),
                    ],
                    "indexes": [],
                },
            ),
            migrations.CreateModel(
                name="TalkSet",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "talk",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="arrangements",
                            to="workflow_app.talk",
                            verbose_name="谈话",
                        ),
                    ),
                    (
                        "talker",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="talking",
                            to="workflow_app.cadre",
                            verbose_name="谈话人",
                        ),
                    ),
                    ("due_on", models.DateField(verbose_name="谈话期限")),
                    ("why", models.CharField(blank=True, max_length=200, verbose_name="更改理由")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="办理人",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="时间")),
                ],
                options={
                    "verbose_name": "谈话安排",
                    "verbose_name_plural": "谈话安排",
                    "ordering": ["id"],
                    "indexes": [],
                    "constraints": [],
                },
            ),
            migrations.CreateModel(
                name="TalkDropped",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "talk",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT, related_name="dropped", to="workflow_app.talk", verbose_name="谈话"
                        ),
                    ),
                    ("reason", models.CharField(max_length=200, verbose_name="理由")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="办理人",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="时间")),
                ],
                options={
                    "verbose_name": "谈话取消",
                    "verbose_name_plural": "谈话取消",
                    "constraints": [
                        models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="talk_dropped_says_why")
                    ],
                    "indexes": [],
                },
            ),
            migrations.CreateModel(
                name="TalkHeld",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "talk",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="held", to="workflow_app.talk", verbose_name="谈话"
                        ),
                    ),
                    ("held_on", models.DateField(verbose_name="谈话日期")),
                    (
                        "talker",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to="workflow_app.cadre", verbose_name="谈话人"
                        ),
                    ),
                    ("agreed", models.CharField(blank=True, max_length=500, verbose_name="双方商定的后续事项")),
                    ("why", models.CharField(blank=True, max_length=200, verbose_name="更正理由")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="登记人",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="时间")),
                ],
                options={
                    "verbose_name": "谈话情况",
                    "verbose_name_plural": "谈话情况",
                    "ordering": ["id"],
                    "indexes": [],
                    "constraints": [],
                },
            ),
            migrations.CreateModel(
                name="TalkWord",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "held",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="words",
                            to="workflow_app.talkheld",
                            verbose_name="谈话",
                        ),
                    ),
                    (
                        "word",
                        models.CharField(
                            choices=[("AGREE", "属实，签收"), ("CORRECT", "有不同意见")], max_length=7, verbose_name="本人意见"
                        ),
                    ),
                    ("text", models.CharField(blank=True, max_length=500, verbose_name="不同意见")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, verbose_name="本人"
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="时间")),
                ],
                options={
                    "verbose_name": "本人意见",
                    "verbose_name_plural": "本人意见",
                    "ordering": ["id"],
                    "constraints": [
                        models.CheckConstraint(
                            condition=models.Q(("word", "AGREE"), models.Q(("text", ""), _negated=True), _connector="OR"),
                            name="correction_of_a_talk_says_what",
                        )
                    ],
                    "indexes": [],
                },
            ),
            migrations.CreateModel(
                name="ClassSurvey",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "training_class",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="survey",
                            to="workflow_app.trainingclass",
                            verbose_name="班次",
                        ),
                    ),
                    ("questions", models.JSONField(verbose_name="问题")),
                    ("open_question", models.CharField(blank=True, max_length=200, verbose_name="开放问题")),
                    ("closes_on", models.DateField(verbose_name="截止日期")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="发起人",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="时间")),
                ],
                options={
                    "verbose_name": "知晓与意见调查",
                    "verbose_name_plural": "知晓与意见调查",
                    "indexes": [],
                    "constraints": [],
                },
            ),
            migrations.CreateModel(
                name="ClassSurveyClosed",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "survey",
                        models.OneToOneField(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="closed",
                            to="workflow_app.classsurvey",
                            verbose_name="调查",
                        ),
                    ),
                    ("answers", models.PositiveIntegerField(verbose_name="有效答卷")),
                    (
                        "by",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="结束人",
                        ),
                    ),
                    ("at", models.DateTimeField(verbose_name="时间")),
                ],
                options={
                    "verbose_name": "调查结束",
                    "verbose_name_plural": "调查结束",
                    "indexes": [],
                    "constraints": [],
                },
            ),
            migrations.CreateModel(
                name="ClassSurveyInvitation",
                fields=[
                    ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                    (
                        "survey",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="invitations",
                            to="workflow_app.classsurvey",
                            verbose_name="调查",
                        ),
                    ),
                    (
                        "account",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="+",
                            to=settings.AUTH_USER_MODEL,
                            verbose_name="填写人",
                        ),
                    ),
                    ("fetched", models.BooleanField(default=False, verbose_name="已领取")),
                ],
                options={
                    "verbose_name": "调查发放",
                    "verbose_name_plural": "调查发放",
                    "constraints": [models.UniqueConstraint(fields=("survey", "account"), name="asked_once_a_class_survey")],
                    "indexes": [],
                },
            ),
            migrations.CreateModel(
                name="ClassSurveyTicket",
                fields=[
                    ("digest", models.CharField(max_length=64, primary_key=True, serialize=False)),
                    (
                        "survey",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="tickets",
                            to="workflow_app.classsurvey",
                            verbose_name="调查",
                        ),
                    ),
                    ("used", models.BooleanField(default=False, verbose_name="已使用")),
                ],
                options={
                    "verbose_name": "调查链接",
                    "verbose_name_plural": "调查链接",
                    "indexes": [],
                    "constraints": [],
                },
            ),
            migrations.CreateModel(
                name="ClassSurveyBallot",
                fields=[
                    ("key", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    (
                        "survey",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="ballots",
                            to="workflow_app.classsurvey",
                            verbose_name="调查",
                        ),
                    ),
                    ("sealed", models.BinaryField(verbose_name="答卷（加密）")),
                ],
                options={
                    "verbose_name": "未开启的答卷",
                    "verbose_name_plural": "未开启的答卷",
                    "indexes": [],
                    "constraints": [],
                },
            ),
            migrations.CreateModel(
                name="ClassSurveySlip",
                fields=[
                    ("key", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    (
                        "survey",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="slips",
                            to="workflow_app.classsurvey",
                            verbose_name="调查",
                        ),
                    ),
                    ("choices", models.JSONField(verbose_name="选择")),
                ],
                options={
                    "verbose_name": "答卷",
                    "verbose_name_plural": "答卷",
                    "indexes": [],
                    "constraints": [],
                },
            ),
            migrations.CreateModel(
                name="ClassSurveyWords",
                fields=[
                    ("key", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                    (
                        "survey",
                        models.ForeignKey(
                            on_delete=django.db.models.deletion.PROTECT,
                            related_name="words",
                            to="workflow_app.classsurvey",
                            verbose_name="调查",
                        ),
                    ),
                    ("text", models.CharField(max_length=300, verbose_name="意见")),
                ],
                options={
                    "verbose_name": "意见",
                    "verbose_name_plural": "意见",
                    "ordering": ["key"],
                    "indexes": [],
                    "constraints": [],
                },
            ),
        ),
        append_only(
            trainingclass="id",
            classterms="id",
            classcalledoff="id",
            participant="id",
            participantword="id",
            excusedecision="id",
            classresult="id",
            talkgroup="id",
            talkgroupended="id",
            talkwish="id",
            talk="id",
            talkset="id",
            talkdropped="id",
            talkheld="id",
            talkword="id",
            classsurvey="id",
            classsurveyclosed="id",
            classsurveyslip="key",
            classsurveywords="key",
        ),
        GUARDS,
    ]
