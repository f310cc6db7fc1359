"""Pilots: a scheme's version tried in named units for a while; and weights that a round showed to tell nothing apart."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as lazy

from workflow_app.models.campaign import Campaign
from workflow_app.models.people import Unit
from workflow_app.models.scheme import SchemeVersion


class Pilot(models.Model):
    """A version of a scheme is tried from a day to a day."""

    organ = models.ForeignKey(Unit, models.PROTECT, related_name="pilots", verbose_name="机关")
    version = models.ForeignKey(SchemeVersion, models.PROTECT, related_name="pilots", verbose_name="方案版本")
    name = models.CharField("名称", max_length=80)
    purpose = models.CharField("试什么", max_length=500)
    first = models.DateField("自")
    last = models.DateField("至")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "试点"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organ", "name"], name="one_pilot_of_a_name"),
            models.CheckConstraint(condition=Q(last__gt=F("first")), name="a_pilot_lasts"),
        ]

    def __str__(self) -> str:
        return self.name


class PilotUnit(models.Model):
    """A unit in which it is tried."""

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="places", verbose_name="试点")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="试点单位")

    class Meta:
        verbose_name = verbose_name_plural = "试点单位"
        constraints: ClassVar = [models.UniqueConstraint(fields=["pilot", "unit"], name="a_unit_once_a_pilot")]

    def __str__(self) -> str:
        return str(self.unit)


class Milestone(models.Model):
    """What is to be done by a day. The colour of a pilot is computed from these days alone."""

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="milestones", verbose_name="试点")
    title = models.CharField("节点", max_length=120)
    due_on = models.DateField("完成期限")

    class Meta:
        verbose_name = verbose_name_plural = "试点节点"
        ordering: ClassVar = ["pilot", "due_on", "id"]

    def __str__(self) -> str:
        return self.title


class MilestoneDone(models.Model):
    """A milestone was reached, with what shows it."""

    milestone = models.OneToOneField(Milestone, models.PROTECT, related_name="done", verbose_name="节点")
    done_on = models.DateField("完成日期")
    proof = models.CharField("完成情况", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "节点完成"

    def __str__(self) -> str:
        return str(self.milestone)


class PilotNote(models.Model):
    """Monthly watch, quarterly evaluation, yearly summary, or a 复盘会 with what was learnt and what to beware of."""

    class Kind(models.TextChoices):
        MONTH = "MONTH", lazy("月度监测")
        QUARTER = "QUARTER", lazy("季度评估")
        YEAR = "YEAR", lazy("年度总结")
        RETRO = "RETRO", lazy("复盘会")

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="notes", verbose_name="试点")
    kind = models.CharField("种类", max_length=7, choices=Kind)
    # "2026-03", "2026-Q1", "2026"; of a 复盘会 its day.
    period = models.CharField("时期", max_length=10)
    text = models.CharField("情况", max_length=1000)
    lessons = models.CharField("经验", max_length=600, blank=True)
    warnings = models.CharField("警示", max_length=600, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "试点记录"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["pilot", "kind", "period"], name="one_pilot_note_a_period")]

    def __str__(self) -> str:
        return f"{self.pilot_id} {self.period}"


class PilotEnd(models.Model):
    """What people made of it."""

    class Outcome(models.TextChoices):
        ADOPT = "ADOPT", lazy("推广")
        CHANGE = "CHANGE", lazy("修改后再定")
        DROP = "DROP", lazy("不再实行")

    pilot = models.OneToOneField(Pilot, models.PROTECT, related_name="end", verbose_name="试点")
    outcome = models.CharField("结论", max_length=6, choices=Outcome)
    reason = models.CharField("理由", max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="决定人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "试点结论"

    def __str__(self) -> str:
        return f"{self.pilot_id} {self.outcome}"


class SpreadWord(models.Model):
    """Scores that lie too close together: whether the weight is halved in the next year's round of the scheme. A person says so."""

    class Part(models.TextChoices):
        INDICATOR = "INDICATOR", lazy("指标")
        GROUP = "GROUP", lazy("评价主体")

    class Outcome(models.TextChoices):
        HALVED = "HALVED", lazy("下一年权重减半")
        KEPT = "KEPT", lazy("权重不变")

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="spread_words", verbose_name="测评")
    part = models.CharField("对象", max_length=9, choices=Part)
    # Code of the indicator in the library, or key of the rater group.
    key = models.CharField("编号", max_length=12)
    name = models.CharField("名称", max_length=40)
    spread = models.DecimalField("分差（%）", max_digits=5, decimal_places=2)
    outcome = models.CharField("意见", max_length=6, choices=Outcome)
    reason = models.CharField("理由", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="确认人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "分差意见"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["campaign", "part", "key"], name="one_word_on_a_spread")]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.key}"
