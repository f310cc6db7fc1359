"""Monthly statements and the colours computed from them; findings that were entered; bars that follow."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from workflow_app.models.assessment import ImportBatch, Lead
from workflow_app.models.people import Cadre, Unit


class Statement(models.Model):
    """One line of a cadre's monthly statement (岗位对账单). A correction is a new line with its reason; the newest counts."""

    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="statements", verbose_name="干部")
    month = models.CharField("月份", max_length=7, help_text="2026-03")
    item = models.CharField("项目", max_length=60)
    score = models.DecimalField("得分", max_digits=5, decimal_places=2)
    falsified = models.BooleanField("经查实弄虚作假", default=False)
    edition = models.PositiveSmallIntegerField("版次", default=1)
    reason = models.CharField("更正理由", max_length=200, blank=True)
    batch = models.ForeignKey(ImportBatch, models.PROTECT, related_name="statements", verbose_name="导入批次")
    row = models.PositiveIntegerField("文件行号")

    class Meta:
        verbose_name = "岗位对账单"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cadre", "month", "item", "edition"], name="one_line_an_edition"),
            models.CheckConstraint(condition=Q(score__gte=0, score__lte=100), name="statement_from_0_to_100"),
            models.CheckConstraint(condition=Q(edition=1) | ~Q(reason=""), name="a_correction_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.cadre} {self.month} {self.item}"


class Colour(models.Model):
    """What a month's statement came to, with everything it was computed from. Never typed in; a change is a new row, the newest counts."""

    class Shade(models.TextChoices):
        GREEN = "GREEN", "绿色"
        YELLOW = "YELLOW", "黄色"
        RED = "RED", "红色"

    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="colours", verbose_name="干部")
    month = models.CharField("月份", max_length=7)
    shade = models.CharField("颜色", max_length=6, choices=Shade)
    score = models.DecimalField("月度得分", max_digits=5, decimal_places=2)
    inputs = models.JSONField("计算依据")
    computed_at = models.DateTimeField("计算时间")

    class Meta:
        verbose_name = "预警颜色"
        indexes: ClassVar = [models.Index(fields=["cadre", "month", "-id"], name="colours_of_cadre")]

    def __str__(self) -> str:
        return f"{self.cadre} {self.month} {self.shade}"


class Finding(models.Model):
    """A matter that somebody checked and entered, with its source: what a rule asks before it raises a lead. It decides nothing."""

    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="findings", verbose_name="干部")
    rule_id = models.CharField("触发规则", max_length=12)
    facts = models.JSONField("情况")
    source = models.CharField("来源", max_length=200)
    found_on = models.DateField("认定日期")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    entered_at = models.DateTimeField("登记时间")
    # What came of it: a lead, a bar, or only this note, with the words that were shown.
    lead = models.ForeignKey(Lead, models.PROTECT, null=True, blank=True, related_name="findings", verbose_name="线索来源")
    outcome = models.CharField("结果", max_length=300)

    class Meta:
        verbose_name = "登记情况"

    def __str__(self) -> str:
        return f"{self.rule_id} {self.cadre}"


class Retrospect(models.Model):
    """复盘说明: what the person writes about a matter that asks for it (T-06). Further words are a further row."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="retrospects", verbose_name="登记情况")
    causes = models.CharField("情况和原因", max_length=1000)
    measures = models.CharField("今后措施", max_length=1000)
    wants = models.CharField("需要的支持", max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="本人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "复盘说明"

    def __str__(self) -> str:
        return f"{self.finding_id} {self.at:%Y-%m-%d}"


class Bar(models.Model):
    """A span in which somebody is not put forward for promotion (T-15). It takes nothing away and opens no case."""

    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="bars", verbose_name="干部")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    rule_id = models.CharField("规则", max_length=12)
    reason = models.CharField("事由", max_length=300)
    first_day = models.DateField("自")
    last_day = models.DateField("至")
    finding = models.OneToOneField(Finding, models.PROTECT, null=True, blank=True, related_name="bar", verbose_name="登记情况")
    # Lifted before its end, with a reason.
    lifted_on = models.DateField("解除日期", null=True, blank=True)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="解除人")
    lifting_reason = models.CharField("解除理由", max_length=300, blank=True)

    class Meta:
        verbose_name = "暂不提拔"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="bar_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(lifted_on__isnull=True) | ~Q(lifting_reason=""), name="lifting_a_bar_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} {self.cadre} {self.last_day}"
