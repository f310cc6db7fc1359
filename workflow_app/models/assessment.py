"""Imported results and the leads they raise."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from workflow_app.models.people import Cadre, Desk, Unit


class ImportBatch(models.Model):
    """One accepted file of results."""

    file_name = models.CharField("文件名", max_length=200)
    digest = models.CharField("文件摘要", max_length=64, unique=True)
    rows = models.PositiveIntegerField("行数")
    imported_at = models.DateTimeField("导入时间")
    imported_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="导入人")

    class Meta:
        verbose_name = "导入批次"

    def __str__(self) -> str:
        return self.file_name


class AssessmentResult(models.Model):
    """One cadre's annual result; grade is empty for a year without a grade."""

    class Grade(models.TextChoices):
        EXCELLENT = "EXCELLENT", "优秀"
        COMPETENT = "COMPETENT", "称职"
        BASIC = "BASIC", "基本称职"
        INCOMPETENT = "INCOMPETENT", "不称职"

    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="results", verbose_name="干部")
    year = models.PositiveSmallIntegerField("年度")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    post_title = models.CharField("职务", max_length=80)
    post_level = models.CharField("职务层次", max_length=16)
    comparison_group = models.CharField("比较组", max_length=60)
    grade = models.CharField("等次", max_length=12, choices=Grade, blank=True)
    score = models.DecimalField("得分", max_digits=5, decimal_places=2, null=True)
    satisfaction = models.DecimalField("群众满意度", max_digits=5, decimal_places=2, null=True)
    valid_answers = models.PositiveIntegerField("有效答卷", null=True)
    rank = models.PositiveIntegerField("名次", null=True)
    group_size = models.PositiveIntegerField("组内人数", null=True)
    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="results", verbose_name="导入批次")
    row = models.PositiveIntegerField("文件行号")

    class Meta:
        verbose_name = "考核结果"
        constraints: ClassVar = [models.UniqueConstraint(fields=["cadre", "year"], name="one_result_a_year")]
        indexes: ClassVar = [models.Index(fields=["year", "comparison_group"], name="result_by_group")]

    def __str__(self) -> str:
        return f"{self.cadre} {self.year}"


class Lead(models.Model):
    """A source of a clue (线索来源). It suggests; a handler opens a case from it or closes it with a reason."""

    class Suggests(models.TextChoices):
        CASE = "CASE", "启动核实"
        REMINDER = "REMINDER", "谈话提醒"
        RETURN = "RETURN", "重新使用"
        STUDY = "STUDY", "专题研究"
        PROMOTE = "PROMOTE", "优先晋升"

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="leads", verbose_name="岗位")
    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="leads", verbose_name="干部")
    rule_id = models.CharField("触发规则", max_length=12)
    suggests = models.CharField("建议", max_length=10, choices=Suggests, default=Suggests.CASE)
    # Stable name of the fact behind it, so that a second run makes no second lead.
    origin = models.CharField(max_length=80, unique=True)
    summary = models.CharField("概要", max_length=300)
    evidence = models.JSONField("依据")
    created_at = models.DateTimeField("产生时间")
    due_on = models.DateField("处理期限")
    closed_at = models.DateTimeField("处理时间", null=True, blank=True)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="处理人")
    closing_reason = models.CharField("不予立项的理由", max_length=500, blank=True)
    case = models.ForeignKey("workflow_app.Case", models.PROTECT, null=True, blank=True, related_name="leads", verbose_name="案件")

    class Meta:
        verbose_name = "线索来源"
        indexes: ClassVar = [models.Index(fields=["desk", "due_on", "id"], condition=Q(closed_at__isnull=True), name="open_leads")]

    def __str__(self) -> str:
        return f"{self.rule_id} {self.cadre}"
