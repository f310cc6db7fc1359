"""Awards (嘉奖、记功) as they were given, proposals of them, and for what a year's result was used. No amounts: pay is kept elsewhere."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as lazy

from workflow_app.models.assessment import AssessmentResult, Lead
from workflow_app.models.people import Cadre, Unit


class AwardKind(models.TextChoices):
    """Kinds of awards (Civil Servants Law 53), and the reward of routine assessment, of which only the fact is kept."""

    COMMENDATION = "COMMENDATION", lazy("嘉奖")
    MERIT3 = "MERIT3", lazy("记三等功")
    MERIT2 = "MERIT2", lazy("记二等功")
    MERIT1 = "MERIT1", lazy("记一等功")
    TITLE = "TITLE", lazy("授予称号")
    QUARTER = "QUARTER", lazy("平时考核奖（只登记事实，不记金额）")


class AwardProposal(models.Model):
    """Somebody proposes an award, with the reason. It gives nothing until another has agreed and the award was made."""

    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="award_proposals", verbose_name="干部")
    organ = models.ForeignKey(Unit, models.PROTECT, related_name="award_proposals", verbose_name="机关")
    kind = models.CharField("奖励种类", max_length=12, choices=AwardKind)
    year = models.PositiveSmallIntegerField("依据年度")
    reason = models.CharField("理由", max_length=300)
    # What the three-years rule has put on the desk; it suggests and decides nothing.
    lead = models.ForeignKey(Lead, models.PROTECT, null=True, blank=True, related_name="award_proposals", verbose_name="线索来源")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人")
    at = models.DateTimeField("提出时间")

    class Meta:
        verbose_name = verbose_name_plural = "奖励建议"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(reason=""), name="award_proposal_says_why")]

    def __str__(self) -> str:
        return f"{self.cadre} {self.get_kind_display()}"


class AwardAnswer(models.Model):
    """What a leader other than the proposer said to a proposal."""

    class Outcome(models.TextChoices):
        AGREED = "AGREED", lazy("同意报批")
        NOT_AGREED = "NOT_AGREED", lazy("不同意")

    proposal = models.OneToOneField(AwardProposal, models.PROTECT, related_name="answer", verbose_name="奖励建议")
    outcome = models.CharField("意见", max_length=10, choices=Outcome)
    reason = models.CharField("理由", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="审定人")
    at = models.DateTimeField("审定时间")

    class Meta:
        verbose_name = verbose_name_plural = "奖励建议审定"
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(reason=""), name="award_answer_says_why")]

    def __str__(self) -> str:
        return f"{self.proposal} {self.outcome}"


class Award(models.Model):
    """An award that was made, by the document that made it."""

    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="awards", verbose_name="干部")
    organ = models.ForeignKey(Unit, models.PROTECT, related_name="awards", verbose_name="登记机关")
    kind = models.CharField("奖励种类", max_length=12, choices=AwardKind)
    year = models.PositiveSmallIntegerField("依据年度")
    basis = models.CharField("奖励依据", max_length=300)
    issuer = models.CharField("批准机关", max_length=80)
    document = models.CharField("文件名称", max_length=120)
    number = models.CharField("文号", max_length=60)
    awarded_on = models.DateField("批准日期")
    proposal = models.ForeignKey(AwardProposal, models.PROTECT, null=True, blank=True, related_name="awards", verbose_name="奖励建议")
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="corrected", verbose_name="更正")
    why = models.CharField("更正理由", max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "奖励"
        ordering: ClassVar = ["awarded_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(document="") & ~Q(number="") & ~Q(basis=""), name="award_has_its_document"),
            models.CheckConstraint(condition=Q(corrects__isnull=True) | ~Q(why=""), name="corrected_award_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.cadre} {self.get_kind_display()}"


class ResultUse(models.Model):
    """For what a year's result was used (六挂钩), by which document. Of pay only that the result was sent to who settles it."""

    class Use(models.TextChoices):
        PROMOTION = "PROMOTION", lazy("选拔任用、晋升职级")
        ADJUSTMENT = "ADJUSTMENT", lazy("调整职务")
        AWARD = "AWARD", lazy("表彰奖励")
        TRAINING = "TRAINING", lazy("教育培训")
        REMINDER = "REMINDER", lazy("谈话提醒、组织处理")
        PAY_OFFICE = "PAY_OFFICE", lazy("送有关部门确定待遇（不记金额）")

    result = models.ForeignKey(AssessmentResult, models.PROTECT, related_name="uses", verbose_name="考核结果")
    use = models.CharField("运用方式", max_length=10, choices=Use)
    note = models.CharField("情况", max_length=200)
    document = models.CharField("依据文件", max_length=120)
    used_on = models.DateField("日期")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "考核结果运用"
        ordering: ClassVar = ["used_on", "id"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(note="") & ~Q(document=""), name="use_of_a_result_has_its_document")]

    def __str__(self) -> str:
        return f"{self.result} {self.use}"
