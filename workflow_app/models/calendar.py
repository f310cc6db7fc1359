"""Days, notices and law figures."""

from typing import ClassVar

from django.db import models


class CalendarYear(models.Model):
    """The official arrangement of one year's rest days; a year without a row is unpublished."""

    year = models.PositiveSmallIntegerField("年份", unique=True)
    version = models.PositiveSmallIntegerField("版本", default=1)
    source = models.CharField("依据", max_length=200)

    class Meta:
        verbose_name = "年度放假安排"
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
        verbose_name = "特殊日期"
        ordering: ClassVar = ["date"]

    def __str__(self) -> str:
        return f"{self.date} {self.name}"


class LawEdition(models.Model):
    """All law figures as they stood at one moment; a case keeps the edition it was opened under."""

    digest = models.CharField("摘要", max_length=64, unique=True)
    figures = models.JSONField("数值")
    loaded_at = models.DateTimeField("载入时间")

    class Meta:
        verbose_name = "规则数值版本"
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return self.digest[:12]
