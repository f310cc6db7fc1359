"""Feedback: the three lists (成绩、问题、整改) for a person, what the person answers, and whether what was to be mended is mended."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from workflow_app.models.campaign import Subject
from workflow_app.models.people import Cadre, Unit
from workflow_app.models.record import Upload


class Feedback(models.Model):
    """The three lists of one rated person or unit: drafted by one, signed by another, then served and frozen."""

    subject = models.OneToOneField(Subject, models.PROTECT, related_name="feedback", verbose_name="被考核人")
    # Null: the lists are for the unit that was rated, and its leading members answer them.
    cadre = models.ForeignKey(Cadre, models.PROTECT, null=True, related_name="feedbacks", verbose_name="干部")
    organ = models.ForeignKey(Unit, models.PROTECT, related_name="feedbacks", verbose_name="机关")
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="拟订人")
    drafted_at = models.DateTimeField("拟订时间")
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签发人")
    signed_at = models.DateTimeField("签发时间", null=True, blank=True)
    # When the person confirmed in the portal that they have the lists.
    received_at = models.DateTimeField("签收时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "考核反馈"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(signed_by__isnull=True) | ~Q(signed_by=F("drafted_by")), name="feedback_signed_by_another"),
            models.CheckConstraint(
                condition=Q(received_at__isnull=True) | Q(signed_at__isnull=False), name="feedback_received_after_signing"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject.name} 三单"


class Point(models.Model):
    """One line of a list. A line of the list to mend has measure, deadline and responsible person."""

    class List(models.TextChoices):
        RESULT = "RESULT", "成绩清单"
        PROBLEM = "PROBLEM", "问题清单"
        MEND = "MEND", "整改清单"

    feedback = models.ForeignKey(Feedback, models.PROTECT, related_name="points", verbose_name="反馈")
    list = models.CharField("清单", max_length=8, choices=List)
    number = models.PositiveSmallIntegerField("序号")
    text = models.CharField("内容", max_length=500)
    measure = models.CharField("整改措施", max_length=500, blank=True)
    due_on = models.DateField("整改期限", null=True, blank=True)
    responsible = models.CharField("责任人", max_length=80, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "清单事项"
        ordering: ClassVar = ["feedback", "list", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["feedback", "list", "number"], name="one_point_of_a_number"),
            models.CheckConstraint(
                condition=~Q(list="MEND") | Q(due_on__isnull=False) & ~Q(measure="") & ~Q(responsible=""),
                name="mending_says_how_when_and_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_list_display()}{self.number}"


class FeedbackPaper(models.Model):
    """A list as a paper: its frozen content, and the PDF that follows from it."""

    feedback = models.ForeignKey(Feedback, models.PROTECT, related_name="papers", verbose_name="反馈")
    list = models.CharField("清单", max_length=8, choices=Point.List)
    number = models.CharField("编号", max_length=60, unique=True)
    content = models.JSONField("内容")
    content_hash = models.CharField(max_length=64)
    template_version = models.CharField(max_length=64)
    issued_on = models.DateField("成文日期")
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "清单文书"
        constraints: ClassVar = [models.UniqueConstraint(fields=["feedback", "list"], name="one_paper_a_list")]

    def __str__(self) -> str:
        return self.number


class PointAnswer(models.Model):
    """What the person says to a point. Further words are a further row."""

    class Stance(models.TextChoices):
        AGREE = "AGREE", "认可"
        EXPLAIN = "EXPLAIN", "作出说明"
        DISAGREE = "DISAGREE", "有不同意见"

    point = models.ForeignKey(Point, models.PROTECT, related_name="answers", verbose_name="清单事项")
    stance = models.CharField("态度", max_length=8, choices=Stance)
    text = models.CharField("说明", max_length=1000, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="本人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "本人答复"
        constraints: ClassVar = [models.CheckConstraint(condition=Q(stance="AGREE") | ~Q(text=""), name="disagreement_says_why")]

    def __str__(self) -> str:
        return f"{self.point_id} {self.stance}"


class MendingProof(models.Model):
    """What was done about a point, with a file where there is one."""

    point = models.ForeignKey(Point, models.PROTECT, related_name="proofs", verbose_name="整改事项")
    text = models.CharField("整改情况", max_length=1000)
    upload = models.ForeignKey(Upload, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="佐证材料")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提交人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "整改佐证"

    def __str__(self) -> str:
        return f"{self.point_id} {self.at:%Y-%m-%d}"


class LookBack(models.Model):
    """回头看: whether a point is mended, looked at by somebody else than the person. Not mended is what T-09 reads."""

    class Result(models.TextChoices):
        MENDED = "MENDED", "已到位"
        PARTLY = "PARTLY", "部分到位，继续整改"
        NOT_MENDED = "NOT_MENDED", "未到位"

    point = models.ForeignKey(Point, models.PROTECT, related_name="checks", verbose_name="整改事项")
    result = models.CharField("结论", max_length=10, choices=Result)
    findings = models.CharField("查看情况", max_length=500)
    # When the rest is to be done; only with PARTLY.
    next_on = models.DateField("下次查看", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="查看人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "回头看"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(result="PARTLY") | Q(next_on__isnull=False), name="partly_mended_is_looked_at_again")
        ]

    def __str__(self) -> str:
        return f"{self.point_id} {self.result}"
