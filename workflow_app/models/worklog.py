"""The record of work (工作纪实): what a cadre wrote week by week, what superiors said to it, the month's word, the year's summary.

Everything stays as it was written; a correction is a new row that names the old one.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as lazy

from workflow_app.models.people import Cadre, Unit
from workflow_app.models.record import Upload


class WorkLine(models.Model):
    """One line of a week: what was done, for which duty or target. No place, no hour, nothing of private life."""

    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="work_lines", verbose_name="干部")
    week = models.DateField("所在周", help_text="该周的星期一")
    text = models.CharField("做了什么", max_length=300)
    duty = models.CharField("对应职责或者目标", max_length=120)
    upload = models.ForeignKey(Upload, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="佐证材料")
    file_name = models.CharField("文件名", max_length=120, blank=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="corrected", verbose_name="更正")
    why = models.CharField("更正理由", max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="本人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "工作纪实"
        ordering: ClassVar = ["week", "id"]
        indexes: ClassVar = [models.Index(fields=["cadre", "week"], name="work_lines_of_cadre")]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text="") & ~Q(duty=""), name="work_line_says_what_and_for_what"),
            models.CheckConstraint(condition=Q(corrects__isnull=True) | ~Q(why=""), name="corrected_work_line_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.cadre} {self.week}"


class WeekWord(models.Model):
    """What a superior of the same unit says to a week. It is no rating."""

    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="week_words", verbose_name="干部")
    week = models.DateField("所在周")
    text = models.CharField("意见", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上级")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "上级意见"
        ordering: ClassVar = ["week", "id"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(text=""), name="week_word_says_something")]

    def __str__(self) -> str:
        return f"{self.cadre} {self.week}"


class MonthWord(models.Model):
    """月对账: the person's word to a month's statement beside the own lines. The newest counts; saying nothing means nothing."""

    class Stance(models.TextChoices):
        AGREE = "AGREE", lazy("与纪实相符")
        DIFFER = "DIFFER", lazy("有出入")

    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="month_words", verbose_name="干部")
    month = models.CharField("月份", max_length=7)
    stance = models.CharField("对账意见", max_length=6, choices=Stance)
    text = models.CharField("说明", max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="本人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "月对账"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(stance="AGREE") | ~Q(text=""), name="a_month_that_differs_says_how")]

    def __str__(self) -> str:
        return f"{self.cadre} {self.month} {self.stance}"


class DutySummary(models.Model):
    """述职: an edition of the person's own account of a year. Drafts are the person's alone; what is handed in is read by the office."""

    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="duty_summaries", verbose_name="干部")
    year = models.PositiveSmallIntegerField("年度")
    edition = models.PositiveSmallIntegerField("版次")
    text = models.TextField("述职", max_length=8000)
    handed_in = models.BooleanField("已提交", default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="本人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "年度述职"
        ordering: ClassVar = ["-year", "-edition"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["cadre", "year", "edition"], name="one_summary_an_edition")]

    def __str__(self) -> str:
        return f"{self.cadre} {self.year}"


class ArchivePaper(models.Model):
    """考核情况表: what the archive of assessment held on a day, printed and frozen."""

    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="archive_papers", verbose_name="干部")
    organ = models.ForeignKey(Unit, models.PROTECT, related_name="archive_papers", verbose_name="机关")
    number = models.CharField("编号", max_length=60, unique=True)
    purpose = models.CharField("用途", max_length=200)
    content = models.JSONField("内容")
    content_hash = models.CharField(max_length=64)
    template_version = models.CharField(max_length=64)
    issued_on = models.DateField("成文日期")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="签发人")
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "考核情况表"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.number
