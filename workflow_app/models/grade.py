"""Grades proposed after an annual round, and the share of 优秀 that they must stay within."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from workflow_app.models.assessment import AssessmentResult, ImportBatch
from workflow_app.models.campaign import Campaign, Subject


class ExcellentShare(models.Model):
    """The share (%) of 优秀 of a round where it is not the usual one, with the document that allows it. The newest counts."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="shares", verbose_name="测评")
    share = models.DecimalField("优秀比例（%）", max_digits=5, decimal_places=2)
    document = models.CharField("批准文件", max_length=120)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "优秀比例"
        constraints: ClassVar = [models.CheckConstraint(condition=Q(share__gt=0, share__lte=100), name="share_of_excellent_in_per_cent")]

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.share}%"


class GradeProposal(models.Model):
    """The grade that is proposed for a rated person, with its reason. A change is a new row, the newest counts. Nothing follows from it."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="proposals", verbose_name="被考核人")
    grade = models.CharField("建议等次", max_length=12, choices=AssessmentResult.Grade, blank=True)
    reason = models.CharField("理由", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人")
    at = models.DateTimeField("提出时间")

    class Meta:
        verbose_name = verbose_name_plural = "等次建议"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(grade__in=("EXCELLENT", "COMPETENT")) | ~Q(reason=""), name="a_low_grade_or_none_says_why")
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.grade}"


class GradesSettled(models.Model):
    """The proposals of a round were settled by the head, as results of the year."""

    campaign = models.OneToOneField(Campaign, models.PROTECT, related_name="settled", verbose_name="测评")
    batch = models.OneToOneField(ImportBatch, models.PROTECT, related_name="settled", verbose_name="结果")
    document = models.CharField("审定文件", max_length=120)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="审定人")
    at = models.DateTimeField("审定时间")

    class Meta:
        verbose_name = verbose_name_plural = "等次审定"

    def __str__(self) -> str:
        return f"{self.campaign_id}"
