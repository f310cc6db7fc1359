"""反向考核: after a campaign, those who were rated and those who rated say what they think of the scheme itself.

The same four books as in a campaign stand apart: the issuing list knows who was asked, a link knows no one, an answer is encrypted until
closing, and what comes of it at closing has neither name nor moment.
"""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as lazy

from workflow_app.models.campaign import Campaign
from workflow_app.models.scheme import SchemeVersion


class Side(models.TextChoices):
    """From which side somebody knows the scheme."""

    RATED = "RATED", lazy("被考核人")
    RATER = "RATER", lazy("评价人")


class Survey(models.Model):
    """A scheme is rated after one of its campaigns, once."""

    campaign = models.OneToOneField(Campaign, models.PROTECT, related_name="survey", verbose_name="测评")
    closes_at = models.DateTimeField("截止时间")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="启动人")
    opened_at = models.DateTimeField("启动时间")

    class Meta:
        verbose_name = verbose_name_plural = "反向考核"
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.campaign} 反向考核"


class SurveyInvitation(models.Model):
    """Issuing list: who was asked, and whether the link was fetched. Nothing of what was answered, and no moment."""

    survey = models.ForeignKey(Survey, models.PROTECT, related_name="invitations", verbose_name="反向考核")
    side = models.CharField("身份", max_length=5, choices=Side)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="survey_invitations", verbose_name="受邀人")
    fetched = models.BooleanField("已领取", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "反向考核发放"
        constraints: ClassVar = [models.UniqueConstraint(fields=["survey", "person"], name="asked_once_about_a_scheme")]
        indexes: ClassVar = [models.Index(fields=["person"], condition=Q(fetched=False), name="surveys_to_fetch")]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.side}"


class SurveyTicket(models.Model):
    """A link with one use; only the hash of its token is kept. Deleted at closing."""

    digest = models.CharField(max_length=64, primary_key=True)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="tickets", verbose_name="反向考核")
    side = models.CharField("身份", max_length=5, choices=Side)
    used = models.BooleanField("已使用", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "反向考核链接"

    def __str__(self) -> str:
        return self.digest[:8]


class SurveyBallot(models.Model):
    """An answer, encrypted until closing; deleted then."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="ballots", verbose_name="反向考核")
    side = models.CharField("身份", max_length=5, choices=Side)
    sealed = models.BinaryField("内容（加密）")

    class Meta:
        verbose_name = verbose_name_plural = "未开启的反向考核"

    def __str__(self) -> str:
        return str(self.key)


class SurveySlip(models.Model):
    """An answer after closing: scores from 0 to 100 by question, and words. No name, no moment, no running number."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    survey = models.ForeignKey(Survey, models.PROTECT, related_name="slips", verbose_name="反向考核")
    side = models.CharField("身份", max_length=5, choices=Side)
    scores = models.JSONField("各项得分")
    words = models.CharField("意见", max_length=500, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "反向考核答卷"

    def __str__(self) -> str:
        return str(self.key)


class SurveyClosing(models.Model):
    """A survey is over: how many answered, and the result where enough did (null: fewer than five, and none is ever computed)."""

    survey = models.OneToOneField(Survey, models.PROTECT, related_name="closing", verbose_name="反向考核")
    answers = models.PositiveIntegerField("答卷份数")
    result = models.DecimalField("得分", max_digits=5, decimal_places=2, null=True, blank=True)
    # Null: closed at its time by the worker.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="结束人")
    why = models.CharField("提前结束的理由", max_length=200, blank=True)
    at = models.DateTimeField("结束时间")

    class Meta:
        verbose_name = verbose_name_plural = "反向考核结束"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(result__isnull=True) | Q(answers__gte=5), name="no_survey_result_of_fewer_than_five")
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.answers}"


class SurveyWord(models.Model):
    """What people made of a result below the line: a revised version of the scheme, or why there is none."""

    class Outcome(models.TextChoices):
        REVISED = "REVISED", lazy("已修订方案")
        KEPT = "KEPT", lazy("不修订")

    survey = models.OneToOneField(Survey, models.PROTECT, related_name="word", verbose_name="反向考核")
    outcome = models.CharField("处理", max_length=8, choices=Outcome)
    version = models.ForeignKey(SchemeVersion, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="修订后的版本")
    reason = models.CharField("理由", max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "反向考核处理"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(reason="") & (Q(outcome="REVISED", version__isnull=False) | Q(outcome="KEPT", version__isnull=True)),
                name="a_scheme_revised_or_why_not",
            )
        ]

    def __str__(self) -> str:
        return f"{self.survey_id} {self.outcome}"
