"""What is not rated but measured or established: figures of quantitative indicators, and matters that change the total."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from workflow_app.models.campaign import Subject
from workflow_app.models.scheme import SchemeIndicator


class Measured(models.Model):
    """A measured figure of a quantitative indicator. A correction is a later row with its reason."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="figures", verbose_name="被考核人")
    indicator = models.ForeignKey(SchemeIndicator, models.PROTECT, related_name="figures", verbose_name="指标")
    value = models.DecimalField("得分", max_digits=5, decimal_places=2)
    scale = models.DecimalField("满分", max_digits=5, decimal_places=2)
    source = models.CharField("依据文件", max_length=200)
    reason = models.CharField("更正理由", max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "定量得分"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(value__gte=0, scale__gt=0) & Q(value__lte=F("scale")), name="figure_within_its_scale")
        ]

    def __str__(self) -> str:
        return f"{self.value}/{self.scale}"


class Established(models.Model):
    """Something established about a rated person that changes the total: penalty, bonus, veto, false report, coefficient, routine result."""

    class Kind(models.TextChoices):
        DEBT = "DEBT", "负债率超上限（百分点）"
        BONUS = "BONUS", "加分"
        DEDUCTION = "DEDUCTION", "减分"
        VETO = "VETO", "负面清单事项"
        FALSIFIED = "FALSIFIED", "数据不实"
        COEFFICIENT = "COEFFICIENT", "乘数系数"
        ROUTINE = "ROUTINE", "平时考核得分"

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="established", verbose_name="被考核人")
    kind = models.CharField("种类", max_length=12, choices=Kind)
    amount = models.DecimalField("数值", max_digits=6, decimal_places=2, null=True)
    # The indicator of a false report.
    indicator = models.ForeignKey(SchemeIndicator, models.PROTECT, null=True, related_name="+", verbose_name="指标")
    why = models.CharField("事实", max_length=300)
    # Who established it, by which document, on which day: the pages ask for all three.
    organ = models.CharField("认定机关", max_length=80, blank=True)
    document = models.CharField("依据文件", max_length=120, blank=True)
    established_on = models.DateField("认定日期", null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "认定事项"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount or ''}"


class TakenBack(models.Model):
    """An established matter that no longer counts: it was entered wrongly, or its document was set aside. The matter itself stays."""

    established = models.OneToOneField(Established, models.PROTECT, related_name="taken_back", verbose_name="认定事项")
    why = models.CharField("撤回理由", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="撤回人")
    at = models.DateTimeField("撤回时间")

    class Meta:
        verbose_name = verbose_name_plural = "认定事项撤回"

    def __str__(self) -> str:
        return f"{self.established_id}"
