"""Days, notices and law figures."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class CalendarYear(models.Model):
    """The official arrangement of one year's rest days; a year without a row is unpublished."""

    year = models.PositiveSmallIntegerField("年份", unique=True)
    version = models.PositiveSmallIntegerField("版本", default=1)
    source = models.CharField("依据", max_length=200)

    class Meta:
        verbose_name = verbose_name_plural = "年度放假安排"
        ordering: ClassVar = ["year"]

    def __str__(self) -> str:
        return f"{self.year}（第{self.version}版）"


class CalendarDay(models.Model):
    """A day that differs from the plain week: a rest day on a weekday, or a make-up workday."""

    class Kind(models.TextChoices):
        REST = "REST", "放假"
        MAKEUP = "MAKEUP", "调休上班"

    date = models.DateField("日期", unique=True)
    kind = models.CharField("性质", max_length=6, choices=Kind)
    name = models.CharField("名称", max_length=40)

    class Meta:
        verbose_name = verbose_name_plural = "特殊日期"
        ordering: ClassVar = ["date"]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"


class LawEdition(models.Model):
    """All law figures as they stood at one moment; a case keeps the edition it was opened under."""

    digest = models.CharField("摘要", max_length=64, unique=True)
    figures = models.JSONField("数值")
    loaded_at = models.DateTimeField("载入时间")

    class Meta:
        verbose_name = verbose_name_plural = "规则数值版本"
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.digest[:12]


class CalendarChange(models.Model):
    """A change of one year's arrangement: proposed by one system administrator, decided by another. Kept for ever."""

    year = models.PositiveSmallIntegerField("年份")
    source = models.CharField("依据", max_length=200)
    # [[ISO day, name], ...]
    rest = models.JSONField("放假")
    makeup = models.JSONField("调休上班")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人")
    proposed_at = models.DateTimeField("提出时间")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="复核人")
    decided_at = models.DateTimeField("复核时间", null=True)
    taken = models.BooleanField("采用", null=True)

    class Meta:
        verbose_name = "放假安排变更"
        verbose_name_plural = "放假安排变更"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(decided_by=F("proposed_by")), name="calendar_changed_by_two"),
            # One change of a year waits at a time.
            models.UniqueConstraint(fields=["year"], condition=Q(decided_at__isnull=True), name="one_calendar_change_waits"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.source}"
