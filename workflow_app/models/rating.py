"""What is answered: links and sealed answers while a campaign runs, slips and ratings once it is closed; forms on paper, and the audit key."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from workflow_app.models.campaign import Campaign, Subject
from workflow_app.models.scheme import SchemeGroup, SchemeIndicator


class Ticket(models.Model):
    """A link with one use. The token itself is known to who holds it; here is its hash. Deleted at closing."""

    digest = models.CharField(max_length=64, primary_key=True)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="tickets", verbose_name="被考核人")
    group = models.CharField("评价主体", max_length=12, choices=SchemeGroup.Key)
    used = models.BooleanField("已使用", default=False)
    # The rater's name, encrypted to the audit role; empty for anonymous links, or where no audit key is set.
    envelope = models.BinaryField("封存的评价人", default=b"")

    class Meta:
        verbose_name = verbose_name_plural = "评价链接"

    def __str__(self) -> str:
        return self.digest[:8]


class Ballot(models.Model):
    """What was answered, encrypted until closing. Never changed; deleted at closing, when it has become a slip."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="ballots", verbose_name="被考核人")
    group = models.CharField("评价主体", max_length=12, choices=SchemeGroup.Key)
    sealed = models.BinaryField("评价内容（加密）")

    class Meta:
        verbose_name = verbose_name_plural = "未开启的评价"

    def __str__(self) -> str:
        return str(self.key)


class PaperEntry(models.Model):
    """A form on paper, typed in once and encrypted until somebody else types the same (`digest` is that of its serial number).

    Gone when it has become a ballot, or when the campaign closes without a second entry.
    """

    digest = models.CharField(max_length=64, primary_key=True)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="paper_entries", verbose_name="被考核人")
    sealed = models.BinaryField("评价内容（加密）")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="录入人")

    class Meta:
        verbose_name = verbose_name_plural = "待复核的纸质评价"

    def __str__(self) -> str:
        return self.digest[:8]


class Slip(models.Model):
    """One answered form after closing, without a rater: a random key, the rated person, the group, the tags."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="slips", verbose_name="被考核人")
    group = models.CharField("评价主体", max_length=12, choices=SchemeGroup.Key)
    tags = models.JSONField("标签", default=list)
    envelope = models.BinaryField("封存的评价人", default=b"")

    class Meta:
        verbose_name = verbose_name_plural = "评价表"

    def __str__(self) -> str:
        return str(self.key)


class Rating(models.Model):
    """A raw score, with the scale on which it was given. Kept for ever; means and trims are views of it."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slip = models.ForeignKey(Slip, models.PROTECT, related_name="ratings", verbose_name="评价表")
    # Null: 随时评, which rates the service as a whole.
    indicator = models.ForeignKey(SchemeIndicator, models.PROTECT, null=True, related_name="ratings", verbose_name="指标")
    value = models.DecimalField("分数", max_digits=5, decimal_places=2)
    scale = models.DecimalField("满分", max_digits=5, decimal_places=2)

    class Meta:
        verbose_name = verbose_name_plural = "原始评分"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["slip", "indicator"], name="one_score_an_indicator"),
            models.CheckConstraint(condition=Q(value__gte=0, scale__gt=0) & Q(value__lte=F("scale")), name="score_within_its_scale"),
        ]

    def __str__(self) -> str:
        return f"{self.value}/{self.scale}"


class CampaignReminder(models.Model):
    """Those who had not fetched their link were reminded: when, how many, by whom (null: the worker)."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="reminders", verbose_name="测评")
    count = models.PositiveIntegerField("人数")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="催办人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "测评催办"

    def __str__(self) -> str:
        return f"{self.campaign_id} {self.count}"


class AuditKey(models.Model):
    """Public half of the key to which raters' names are sealed. The private half is kept by the audit role, outside the system."""

    public = models.BinaryField("公钥")
    fingerprint = models.CharField("指纹", max_length=64, unique=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="登记人")
    added_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "审计公钥"

    def __str__(self) -> str:
        return self.fingerprint[:16]
