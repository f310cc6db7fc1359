"""Units as they were graded, what follows for the shares of their people, their targets, and meetings of organs about a round."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from workflow_app.models.assessment import ImportBatch
from workflow_app.models.campaign import Campaign, Subject
from workflow_app.models.people import Unit
from workflow_app.models.scheme import SchemeVersion
from workflow_app.models.watch import Colour


class UnitGrade(models.TextChoices):
    """Grades of a unit's leading team (考核工作条例: 优秀、良好、一般、较差). 较差 is never a grade of a person."""

    EXCELLENT = "EXCELLENT", "优秀"
    GOOD = "GOOD", "良好"
    FAIR = "FAIR", "一般"
    POOR = "POOR", "较差"


class UnitGradeProposal(models.Model):
    """The grade that is proposed for a rated unit. A change is a new row, the newest counts. Nothing follows from it."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="unit_proposals", verbose_name="被考核单位")
    grade = models.CharField("建议等次", max_length=12, choices=UnitGrade)
    reason = models.CharField("理由", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人")
    at = models.DateTimeField("提出时间")

    class Meta:
        verbose_name = verbose_name_plural = "单位等次建议"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(grade__in=("EXCELLENT", "GOOD")) | ~Q(reason=""), name="a_low_grade_of_a_unit_says_why")
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.grade}"


class UnitResult(models.Model):
    """A unit's result of a year, settled by people. The settling (GradesSettled) names the document."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="results", verbose_name="单位")
    year = models.PositiveSmallIntegerField("年度")
    grade = models.CharField("等次", max_length=12, choices=UnitGrade)
    score = models.DecimalField("得分", max_digits=6, decimal_places=2, null=True)
    comparison_group = models.CharField("比较组", max_length=60)
    rank = models.PositiveIntegerField("名次", null=True)
    group_size = models.PositiveIntegerField("组内单位数", null=True)
    subject = models.OneToOneField(Subject, models.PROTECT, related_name="unit_result", verbose_name="考核")
    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="unit_results", verbose_name="批次")

    class Meta:
        verbose_name = verbose_name_plural = "单位考核结果"
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "year"], name="one_result_of_a_unit_a_year")]

    def __str__(self) -> str:
        return f"{self.unit} {self.year} {self.get_grade_display()}"


class LinkedShare(models.Model):
    """挂钩: the share (%) of 优秀 among the people of units with a grade; a part of a scheme's version and frozen with it."""

    version = models.ForeignKey(SchemeVersion, models.PROTECT, related_name="linked", verbose_name="方案版本")
    grade = models.CharField("单位等次", max_length=12, choices=UnitGrade)
    share = models.DecimalField("优秀比例（%）", max_digits=5, decimal_places=2)
    source = models.CharField("依据", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "等次挂钩"
        ordering: ClassVar = ["version", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["version", "grade"], name="one_share_a_grade_of_units"),
            models.CheckConstraint(condition=Q(share__gte=0, share__lte=100) & ~Q(source=""), name="linked_share_in_per_cent_with_source"),
        ]

    def __str__(self) -> str:
        return f"{self.get_grade_display()} {self.share}%"


class UnitTarget(models.Model):
    """A target of a unit for a year, stated by month or quarter. Setting it anew is a later row with its reason; the newest counts."""

    class Better(models.TextChoices):
        HIGH = "HIGH", "越高越好"
        LOW = "LOW", "越低越好"

    class Rhythm(models.TextChoices):
        MONTH = "MONTH", "按月"
        QUARTER = "QUARTER", "按季"

    organ = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="机关")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="targets", verbose_name="单位")
    year = models.PositiveSmallIntegerField("年度")
    name = models.CharField("目标", max_length=60)
    measure = models.CharField("计量单位", max_length=20)
    better = models.CharField("方向", max_length=4, choices=Better)
    rhythm = models.CharField("报告周期", max_length=7, choices=Rhythm)
    target = models.DecimalField("目标值", max_digits=14, decimal_places=2)
    source = models.CharField("依据文件", max_length=200)
    reason = models.CharField("调整理由", max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "单位目标"
        indexes: ClassVar = [models.Index(fields=["organ", "year"], name="targets_of_organ")]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(target__gt=0), name="target_above_nothing")]

    def __str__(self) -> str:
        return f"{self.unit} {self.year} {self.name}"


class UnitStatement(models.Model):
    """What a unit reached of a target in a month or quarter: sums and means only, nobody who was served. The newest counts."""

    target = models.ForeignKey(UnitTarget, models.PROTECT, related_name="statements", verbose_name="目标")
    period = models.CharField("期间", max_length=7, help_text="2026-03 或者 2026Q1")
    value = models.DecimalField("实际值", max_digits=14, decimal_places=2)
    # Where the period is held to another value than the year's target (序时进度). Null: to that of the target.
    due = models.DecimalField("本期目标值", max_digits=14, decimal_places=2, null=True)
    source = models.CharField("数据来源", max_length=200)
    reason = models.CharField("更正理由", max_length=200, blank=True)
    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="unit_statements", verbose_name="导入批次")
    row = models.PositiveIntegerField("文件行号")

    class Meta:
        verbose_name = verbose_name_plural = "单位对账单"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(value__gte=0) & (Q(due__isnull=True) | Q(due__gt=0)), name="statement_of_a_unit_not_below_nothing"
            )
        ]

    def __str__(self) -> str:
        return f"{self.target} {self.period}"


class UnitColour(models.Model):
    """What a statement came to, with everything it was computed from. Never typed in; a change is a new row, the newest counts."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="colours", verbose_name="单位")
    year = models.PositiveSmallIntegerField("年度")
    name = models.CharField("目标", max_length=60)
    period = models.CharField("期间", max_length=7)
    shade = models.CharField("颜色", max_length=6, choices=Colour.Shade)
    score = models.DecimalField("达成度", max_digits=5, decimal_places=2)
    inputs = models.JSONField("计算依据")
    computed_at = models.DateTimeField("计算时间")

    class Meta:
        verbose_name = verbose_name_plural = "单位预警颜色"
        indexes: ClassVar = [models.Index(fields=["unit", "period", "-id"], name="colours_of_unit")]

    def __str__(self) -> str:
        return f"{self.unit} {self.period} {self.name} {self.shade}"


class JointMeeting(models.Model):
    """考核联席会议: organs meet about a round, each says what it checked of whom. It proposes nothing and settles nothing."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="joint_meetings", verbose_name="测评")
    held_on = models.DateField("召开日期")
    convener = models.CharField("召集人", max_length=80)
    topic = models.CharField("议题", max_length=200)
    # Who came: [[organ, person, number of the cadre where the roster has one], ...]
    organs = models.JSONField("出席机关")
    outcome = models.CharField("会议意见", max_length=600)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "联席会议"

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.held_on}"


class JointAnswer(models.Model):
    """What one organ answered about one of the rated, asked by name: nothing known, or a matter with its document. No raw data."""

    class Answer(models.TextChoices):
        NOTHING = "NOTHING", "没有掌握需要反映的情况"
        MATTER = "MATTER", "有需要研究的情况（附文件）"

    meeting = models.ForeignKey(JointMeeting, models.PROTECT, related_name="answers", verbose_name="联席会议")
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="joint_answers", verbose_name="被考核对象")
    organ = models.CharField("机关", max_length=80)
    answer = models.CharField("答复", max_length=8, choices=Answer)
    document = models.CharField("文件", max_length=120, blank=True)
    matter = models.CharField("事由", max_length=300, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "联席会议答复"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["meeting", "subject", "organ"], name="one_answer_an_organ"),
            models.CheckConstraint(
                condition=Q(answer="NOTHING", document="", matter="") | Q(answer="MATTER") & ~Q(document="") & ~Q(matter=""),
                name="a_matter_has_its_document",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organ} {self.answer}"


class CampaignPaper(models.Model):
    """A paper about a round as it was signed: the list of settled results for the organ above, or the minutes of a joint meeting."""

    class Kind(models.TextChoices):
        REPORT = "REPORT", "考核结果报送表"
        MINUTES = "MINUTES", "考核联席会议纪要"

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="papers", verbose_name="测评")
    kind = models.CharField("种类", max_length=8, choices=Kind)
    meeting = models.OneToOneField(JointMeeting, models.PROTECT, null=True, related_name="paper", verbose_name="联席会议")
    addressee = models.CharField("送", max_length=80)
    number = models.CharField("编号", max_length=60, unique=True)
    content = models.JSONField("内容")
    content_hash = models.CharField(max_length=64)
    template_version = models.CharField(max_length=64)
    issued_on = models.DateField("成文日期")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="签发人")
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "测评文书"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="REPORT", meeting__isnull=True) | Q(kind="MINUTES", meeting__isnull=False), name="minutes_are_of_a_meeting"
            )
        ]

    def __str__(self) -> str:
        return self.number
