"""Candidate pools (人选库): who was proposed for which purpose and why, who confirmed it, until when it holds, and what came of it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as lazy

from workflow_app.models.assessment import Lead
from workflow_app.models.case import Case
from workflow_app.models.people import Cadre, Unit


class Pool(models.Model):
    """A pool of an organ with its purpose. No ranks and no wanted number: it lists people, it does not order them."""

    organ = models.ForeignKey(Unit, models.PROTECT, related_name="pools", verbose_name="机关")
    name = models.CharField("名称", max_length=60)
    purpose = models.CharField("用途", max_length=300)
    # Whether the people in it see their own entry in the portal; said when the pool is set up and never changed.
    told = models.BooleanField("入库情况告知本人", default=True)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="设立人")
    opened_at = models.DateTimeField("设立时间")

    class Meta:
        verbose_name = verbose_name_plural = "人选库"
        ordering: ClassVar = ["organ", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["organ", "name"], name="one_pool_of_a_name")]

    def __str__(self) -> str:
        return self.name


class PoolEntry(models.Model):
    """A proposal to take somebody into a pool, with its ground. It holds only once another has confirmed it."""

    class Ground(models.TextChoices):
        """Why."""

        EXCELLENT = "EXCELLENT", lazy("连续三年年度考核优秀")
        RESTORED = "RESTORED", lazy("调整后影响期已满，表现良好")
        TESTED = "TESTED", lazy("重点任务、艰苦岗位中表现突出")
        SKILLED = "SKILLED", lazy("专业能力为岗位所需")

    pool = models.ForeignKey(Pool, models.PROTECT, related_name="entries", verbose_name="人选库")
    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="pool_entries", verbose_name="干部")
    # As it was when proposed.
    post_title = models.CharField("单位职务", max_length=160)
    ground = models.CharField("入库依据", max_length=10, choices=Ground)
    reasons = models.CharField("理由", max_length=600)
    evidence = models.CharField("佐证", max_length=300)
    # What stands behind it in this system: the proposal after three years 优秀, or the case after which somebody came back.
    lead = models.ForeignKey(Lead, models.PROTECT, null=True, blank=True, related_name="pool_entries", verbose_name="线索来源")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="pool_entries", verbose_name="案件")
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人")
    proposed_at = models.DateTimeField("提出时间")

    class Meta:
        verbose_name = verbose_name_plural = "入库人选"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reasons="") & ~Q(evidence=""), name="pool_entry_says_why"),
            models.CheckConstraint(condition=~Q(ground="EXCELLENT") | Q(lead__isnull=False), name="excellence_stands_on_its_proposal"),
            models.CheckConstraint(condition=~Q(ground="RESTORED") | Q(case__isnull=False), name="restoration_stands_on_its_case"),
        ]

    def __str__(self) -> str:
        return f"{self.pool} {self.cadre}"


class PoolDecision(models.Model):
    """Confirmed until a day, or not, by another than who proposed it (the database holds that too)."""

    class Outcome(models.TextChoices):
        CONFIRMED = "CONFIRMED", lazy("同意入库")
        REFUSED = "REFUSED", lazy("不同意入库")

    entry = models.OneToOneField(PoolEntry, models.PROTECT, related_name="decision", verbose_name="入库人选")
    outcome = models.CharField("意见", max_length=10, choices=Outcome)
    reason = models.CharField("理由", max_length=300)
    expires_on = models.DateField("有效期至", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="审定人")
    at = models.DateTimeField("审定时间")

    class Meta:
        verbose_name = verbose_name_plural = "入库审定"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="pool_decision_says_why"),
            models.CheckConstraint(
                condition=Q(outcome="CONFIRMED", expires_on__isnull=False) | Q(outcome="REFUSED", expires_on__isnull=True),
                name="what_is_confirmed_expires",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry} {self.outcome}"


class PoolReview(models.Model):
    """A live entry was looked at again and goes on until a new day."""

    entry = models.ForeignKey(PoolEntry, models.PROTECT, related_name="reviews", verbose_name="入库人选")
    findings = models.CharField("复核情况", max_length=500)
    reviewed_on = models.DateField("复核日期")
    expires_on = models.DateField("有效期至")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="复核人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "入库复核"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(findings=""), name="pool_review_says_what")]

    def __str__(self) -> str:
        return f"{self.entry} {self.expires_on}"


class PoolLeaving(models.Model):
    """Somebody leaves a pool before the entry expires, with the reason."""

    class Ground(models.TextChoices):
        APPOINTED = "APPOINTED", lazy("已经任用")
        OWN_WISH = "OWN_WISH", lazy("本人提出")
        CHANGED = "CHANGED", lazy("情况变化，不再符合用途")
        MOVED = "MOVED", lazy("调出或者离开")
        CLOSED = "CLOSED", lazy("人选库关闭")

    entry = models.OneToOneField(PoolEntry, models.PROTECT, related_name="leaving", verbose_name="入库人选")
    ground = models.CharField("出库情形", max_length=10, choices=Ground)
    reason = models.CharField("理由", max_length=300)
    left_on = models.DateField("出库日期")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "出库"
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(reason=""), name="pool_leaving_says_why")]

    def __str__(self) -> str:
        return f"{self.entry} {self.left_on}"


class PoolClosing(models.Model):
    """A pool was closed, with the reason. Its entries end with it, and nobody is proposed for it any more."""

    pool = models.OneToOneField(Pool, models.PROTECT, related_name="closing", verbose_name="人选库")
    reason = models.CharField("理由", max_length=300)
    closed_on = models.DateField("关闭日期")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "人选库关闭"
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(reason=""), name="pool_closing_says_why")]

    def __str__(self) -> str:
        return f"{self.pool} {self.closed_on}"


class PoolUse(models.Model):
    """A case that was opened from a live entry: the link between the two."""

    entry = models.ForeignKey(PoolEntry, models.PROTECT, related_name="uses", verbose_name="入库人选")
    case = models.OneToOneField(Case, models.PROTECT, related_name="pool_use", verbose_name="案件")
    used_on = models.DateField("日期")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "由人选库引出的案件"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.entry} {self.case}"
