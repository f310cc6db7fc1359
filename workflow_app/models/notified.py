"""Written notices of annual grades (公务员法 38), and corrections of a grade. Nothing here is changed: a correction is a new notice."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from workflow_app.models.assessment import AssessmentResult
from workflow_app.models.decision import Decision
from workflow_app.models.people import Cadre, Unit


class GradeCorrection(models.Model):
    """A settled grade was put right: what it was, what it is, and on which document. The result of the year says the new one."""

    result = models.ForeignKey(AssessmentResult, models.PROTECT, related_name="corrections", verbose_name="考核结果")
    before = models.CharField("原等次", max_length=12, choices=AssessmentResult.Grade, blank=True)
    after = models.CharField("更正后等次", max_length=12, choices=AssessmentResult.Grade, blank=True)
    reason = models.CharField("理由", max_length=300)
    document = models.CharField("依据文件", max_length=120)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="更正人")
    at = models.DateTimeField("更正时间")

    class Meta:
        verbose_name = verbose_name_plural = "等次更正"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(before=F("after")), name="a_corrected_grade_is_another"),
            models.CheckConstraint(condition=~Q(reason="") & ~Q(document=""), name="a_corrected_grade_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.result_id} {self.before}→{self.after}"


class GradeNotice(models.Model):
    """年度考核结果通知书 of one person: frozen with its number. Its decision is what is served, and what a remedy attacks."""

    result = models.ForeignKey(AssessmentResult, models.PROTECT, related_name="notices", verbose_name="考核结果")
    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="grade_notices", verbose_name="干部")
    organ = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="机关")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="grade_notice", verbose_name="决定")
    grade = models.CharField("等次", max_length=12, choices=AssessmentResult.Grade, blank=True)
    number = models.CharField("文号", max_length=60)
    content = models.JSONField("内容")
    content_hash = models.CharField(max_length=64)
    template_version = models.CharField(max_length=64)
    verify_code = models.CharField("核验码", max_length=26, unique=True)
    issued_on = models.DateField("成文日期")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="签发人")
    issued_at = models.DateTimeField("签发时间")
    # A notice after a correction names the one that it takes the place of.
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="替代")
    correction = models.OneToOneField(GradeCorrection, models.PROTECT, null=True, blank=True, related_name="notice", verbose_name="更正")

    class Meta:
        verbose_name = verbose_name_plural = "考核结果通知书"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organ", "number"], name="one_grade_notice_a_number"),
            models.UniqueConstraint(fields=["result"], condition=Q(replaces__isnull=True), name="one_first_grade_notice_a_result"),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | Q(correction__isnull=False), name="a_notice_is_replaced_after_a_correction"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class GradeNoticePrint(models.Model):
    """The PDF that follows from a notice: `sha256` is that of the unsigned bytes, with which the sealed file begins."""

    notice = models.OneToOneField(GradeNotice, models.PROTECT, primary_key=True, related_name="print", verbose_name="通知书")
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    sealed_sha256 = models.CharField(max_length=64)
    signer = models.CharField("用印", max_length=200, blank=True)
    rendered_at = models.DateTimeField()

    class Meta:
        verbose_name = verbose_name_plural = "通知书文件"

    def __str__(self) -> str:
        return str(self.notice_id)
