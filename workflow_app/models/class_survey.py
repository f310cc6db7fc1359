"""政策知晓与意见 of a class: anonymous, built like the ratings of a campaign. No row but the issuing list knows a person, and no row joins it.

A link keeps the hash of its token and never for whom it was made; a ballot is encrypted until closing; at closing the ballots become, in
random order, slips (closed questions) and words (the open one), which no row joins either. None of these has a moment or a running number.
"""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from workflow_app.models.learning import TrainingClass


class ClassSurvey(models.Model):
    """What the people of a class are asked, and until when. Never changed."""

    training_class = models.OneToOneField(TrainingClass, models.PROTECT, related_name="survey", verbose_name="班次")
    # Closed questions in order: [text, scale].
    questions = models.JSONField("问题")
    open_question = models.CharField("开放问题", max_length=200, blank=True)
    closes_on = models.DateField("截止日期")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="发起人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "知晓与意见调查"

    def __str__(self) -> str:
        return f"{self.training_class_id}"


class ClassSurveyClosed(models.Model):
    """A survey was closed: how many answered, by whom and when it was closed."""

    survey = models.OneToOneField(ClassSurvey, models.PROTECT, related_name="closed", verbose_name="调查")
    answers = models.PositiveIntegerField("有效答卷")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="结束人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "调查结束"

    def __str__(self) -> str:
        return f"{self.survey_id} {self.answers}"


class ClassSurveyInvitation(models.Model):
    """Issuing list: who may answer, and whether the link was fetched. Nothing of what was answered, and no moment."""

    survey = models.ForeignKey(ClassSurvey, models.PROTECT, related_name="invitations", verbose_name="调查")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="填写人")
    fetched = models.BooleanField("已领取", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "调查发放"
        constraints: ClassVar = [models.UniqueConstraint(fields=["survey", "account"], name="asked_once_a_class_survey")]

    def __str__(self) -> str:
        return f"{self.survey_id}"


class ClassSurveyTicket(models.Model):
    """A link with one use: its hash. Deleted at closing."""

    digest = models.CharField(max_length=64, primary_key=True)
    survey = models.ForeignKey(ClassSurvey, models.PROTECT, related_name="tickets", verbose_name="调查")
    used = models.BooleanField("已使用", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "调查链接"

    def __str__(self) -> str:
        return self.digest[:8]


class ClassSurveyBallot(models.Model):
    """What was answered, encrypted until closing; deleted then."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(ClassSurvey, models.PROTECT, related_name="ballots", verbose_name="调查")
    sealed = models.BinaryField("答卷（加密）")

    class Meta:
        verbose_name = verbose_name_plural = "未开启的答卷"

    def __str__(self) -> str:
        return str(self.key)


class ClassSurveySlip(models.Model):
    """Closed answers of one form after closing: the places of the options chosen, in the order of the questions."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(ClassSurvey, models.PROTECT, related_name="slips", verbose_name="调查")
    choices = models.JSONField("选择")

    class Meta:
        verbose_name = verbose_name_plural = "答卷"

    def __str__(self) -> str:
        return str(self.key)


class ClassSurveyWords(models.Model):
    """What somebody wrote to the open question, apart from what they chose."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(ClassSurvey, models.PROTECT, related_name="words", verbose_name="调查")
    text = models.CharField("意见", max_length=300)

    class Meta:
        verbose_name = verbose_name_plural = "意见"
        ordering: ClassVar = ["key"]

    def __str__(self) -> str:
        return str(self.key)
