"""Visits that an organ makes to units: planned under a limit, made by a team, reported with findings, and what became of each finding.

Papers only: no place, no picture, no track of anybody is kept.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as lazy

from workflow_app.models.people import Cadre, Unit


class VisitLimit(models.Model):
    """How often an organ visits one unit a year (改革疲劳锁): the organ's own number, with its source. The newest of a year holds."""

    organ = models.ForeignKey(Unit, models.PROTECT, related_name="visit_limits", verbose_name="机关")
    year = models.PositiveSmallIntegerField("年度")
    most = models.PositiveSmallIntegerField("每个单位每年最多次数")
    source = models.CharField("依据", max_length=160)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="设定人")
    at = models.DateTimeField("设定时间")

    class Meta:
        verbose_name = verbose_name_plural = "走访次数上限"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(source=""), name="visit_limit_names_its_source")]

    def __str__(self) -> str:
        return f"{self.year} {self.most}"


class VisitLeave(models.Model):
    """One visit more than the limit, approved by a leader of the organ with the reason; used by one visit that another plans."""

    organ = models.ForeignKey(Unit, models.PROTECT, related_name="visit_leaves", verbose_name="机关")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    year = models.PositiveSmallIntegerField("年度")
    reason = models.CharField("理由", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="批准人")
    at = models.DateTimeField("批准时间")

    class Meta:
        verbose_name = verbose_name_plural = "超限走访批准"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(reason=""), name="visit_leave_says_why")]

    def __str__(self) -> str:
        return f"{self.unit} {self.year}"


class UnitProposal(models.Model):
    """A rule proposes to look closer at a unit (重点考核), with what it stands on. It picks nothing."""

    organ = models.ForeignKey(Unit, models.PROTECT, related_name="unit_proposals", verbose_name="机关")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    rule_id = models.CharField("规则", max_length=12)
    # Stable name of the fact behind it, so that a second run proposes nothing twice.
    origin = models.CharField(max_length=80, unique=True)
    summary = models.CharField("概要", max_length=300)
    evidence = models.JSONField("依据")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人")
    at = models.DateTimeField("提出时间")

    class Meta:
        verbose_name = verbose_name_plural = "重点考核建议"
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.rule_id} {self.unit}"


class UnitChoice(models.Model):
    """People pick a proposed unit, or close the proposal, each with a reason."""

    class Outcome(models.TextChoices):
        PICKED = "PICKED", lazy("列为重点")
        CLOSED = "CLOSED", lazy("不列为重点")

    proposal = models.OneToOneField(UnitProposal, models.PROTECT, related_name="choice", verbose_name="建议")
    outcome = models.CharField("意见", max_length=6, choices=Outcome)
    reason = models.CharField("理由", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="决定人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "重点考核选定"
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(reason=""), name="unit_choice_says_why")]

    def __str__(self) -> str:
        return f"{self.proposal} {self.outcome}"


class Visit(models.Model):
    """A visit as planned. One that joins another visit goes with it and counts with it once."""

    class Kind(models.TextChoices):
        FLIGHT = "FLIGHT", lazy("飞行检查")
        SURPRISE = "SURPRISE", lazy("四不两直检查")
        QUICK = "QUICK", lazy("快速核查（轻骑兵）")
        STAY = "STAY", lazy("蹲点调研")
        FIELD = "FIELD", lazy("走基层调研")
        SURVEY = "SURVEY", lazy("干部队伍调研")
        CLOSER = "CLOSER", lazy("重点考核")
        FOLLOW = "FOLLOW", lazy("巡察整改跟进")
        DUTY = "DUTY", lazy("干部调整督查")

    organ = models.ForeignKey(Unit, models.PROTECT, related_name="visits_made", verbose_name="机关")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="visits", verbose_name="到访单位")
    kind = models.CharField("种类", max_length=8, choices=Kind)
    purpose = models.CharField("工作事由", max_length=300)
    basis = models.CharField("依据", max_length=160)
    first = models.DateField("自")
    last = models.DateField("至")
    announced = models.BooleanField("事先通知单位")
    joins = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="joined_by", verbose_name="并入")
    leave = models.OneToOneField(VisitLeave, models.PROTECT, null=True, blank=True, related_name="visit", verbose_name="超限批准")
    proposal = models.ForeignKey(UnitProposal, models.PROTECT, null=True, blank=True, related_name="visits", verbose_name="重点考核建议")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="安排人")
    at = models.DateTimeField("安排时间")

    class Meta:
        verbose_name = verbose_name_plural = "走访检查"
        ordering: ClassVar = ["-first", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="visit_ends_after_it_begins"),
            models.CheckConstraint(condition=~Q(purpose="") & ~Q(basis=""), name="visit_says_what_for"),
            models.CheckConstraint(condition=Q(announced=False) | ~Q(kind__in=["FLIGHT", "SURPRISE"]), name="a_surprise_is_not_announced"),
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "first"], name="visits_of_unit")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.unit}"


class VisitMember(models.Model):
    """Somebody of the team, with the field that they know."""

    visit = models.ForeignKey(Visit, models.PROTECT, related_name="team", verbose_name="走访检查")
    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="visits_made", verbose_name="成员")
    field = models.CharField("专业领域", max_length=40)
    leads = models.BooleanField("组长", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "检查组成员"
        ordering: ClassVar = ["-leads", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["visit", "cadre"], name="once_in_a_team")]

    def __str__(self) -> str:
        return f"{self.cadre} {self.field}"


class VisitCancelled(models.Model):
    """A planned visit is not made, with the reason; it counts no longer."""

    visit = models.OneToOneField(Visit, models.PROTECT, related_name="cancelled", verbose_name="走访检查")
    reason = models.CharField("理由", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="取消人")
    at = models.DateTimeField("取消时间")

    class Meta:
        verbose_name = verbose_name_plural = "走访取消"

    def __str__(self) -> str:
        return f"{self.visit}"


class VisitReport(models.Model):
    """What a team reports: the days on the spot, talks held, what was looked at. Late or short of the kind's measure: with the reason."""

    visit = models.OneToOneField(Visit, models.PROTECT, related_name="report", verbose_name="走访检查")
    first = models.DateField("到达日期")
    last = models.DateField("离开日期")
    talks = models.PositiveIntegerField("个别谈话人数", default=0)
    summary = models.CharField("检查情况", max_length=1000)
    short_why = models.CharField("时间或者谈话不足的理由", max_length=300, blank=True)
    late_why = models.CharField("迟报理由", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="报告人")
    at = models.DateTimeField("报告时间")

    class Meta:
        verbose_name = verbose_name_plural = "走访检查报告"
        constraints: ClassVar = [models.CheckConstraint(condition=Q(last__gte=F("first")), name="report_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"{self.visit}"


class VisitFinding(models.Model):
    """One thing that a team found, with the paper that shows it. What it comes to, people say afterwards (Disposal)."""

    report = models.ForeignKey(VisitReport, models.PROTECT, related_name="findings", verbose_name="报告")
    what = models.CharField("发现的问题", max_length=500)
    papers = models.CharField("佐证材料", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "走访发现"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(what="") & ~Q(papers=""), name="visit_finding_has_its_paper")]

    def __str__(self) -> str:
        return self.what[:40]


class VisitPaper(models.Model):
    """The report of a visit as a paper: its frozen content, and the PDF that follows from it."""

    report = models.OneToOneField(VisitReport, models.PROTECT, related_name="paper", verbose_name="报告")
    number = models.CharField("编号", max_length=60, unique=True)
    content = models.JSONField("内容")
    content_hash = models.CharField(max_length=64)
    template_version = models.CharField(max_length=64)
    issued_on = models.DateField("成文日期")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="签发人")
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "走访检查报告文书"

    def __str__(self) -> str:
        return self.number
