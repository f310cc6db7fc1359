"""揭榜破难: hard tasks that the office posts, who bids, who was chosen and why, what came of it, and the link into a campaign."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as lazy

from workflow_app.models.measured import Established
from workflow_app.models.people import Cadre, Unit


class Challenge(models.Model):
    """A hard task with the criteria by which it is done, and the special points that it may bring."""

    organ = models.ForeignKey(Unit, models.PROTECT, related_name="challenges", verbose_name="机关")
    title = models.CharField("榜题", max_length=120)
    criteria = models.CharField("完成标准", max_length=600)
    points = models.DecimalField("专项加分", max_digits=4, decimal_places=2)
    bids_until = models.DateField("揭榜截止")
    due_on = models.DateField("完成期限")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="张榜人")
    at = models.DateTimeField("张榜时间")

    class Meta:
        verbose_name = verbose_name_plural = "揭榜任务"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(due_on__gte=F("bids_until")), name="challenge_is_due_after_bids"),
            models.CheckConstraint(condition=Q(points__gt=0, points__lte=10), name="special_points_up_to_ten"),
        ]

    def __str__(self) -> str:
        return self.title


class ChallengeBid(models.Model):
    """Somebody bids, for themself or for the unit that they lead, with a plan."""

    challenge = models.ForeignKey(Challenge, models.PROTECT, related_name="bids", verbose_name="揭榜任务")
    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="bids", verbose_name="揭榜人")
    for_unit = models.BooleanField("代表本单位", default=False)
    plan = models.CharField("办法和步骤", max_length=600)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="本人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "揭榜申请"
        ordering: ClassVar = ["cadre__number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["challenge", "cadre"], name="one_bid_a_challenge")]

    def __str__(self) -> str:
        return f"{self.cadre} {self.challenge}"


class ChallengeChoice(models.Model):
    """Whom a leader chose, and why."""

    challenge = models.OneToOneField(Challenge, models.PROTECT, related_name="choice", verbose_name="揭榜任务")
    bid = models.OneToOneField(ChallengeBid, models.PROTECT, related_name="choice", verbose_name="揭榜申请")
    reason = models.CharField("理由", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="选定人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "选定揭榜人"

    def __str__(self) -> str:
        return f"{self.bid}"


class ChallengeResult(models.Model):
    """Whether the criteria were met, verified by another than who chose."""

    class Outcome(models.TextChoices):
        MET = "MET", lazy("达到完成标准")
        NOT_MET = "NOT_MET", lazy("没有达到完成标准")

    challenge = models.OneToOneField(Challenge, models.PROTECT, related_name="result", verbose_name="揭榜任务")
    outcome = models.CharField("核验结论", max_length=8, choices=Outcome)
    found = models.CharField("核验情况", max_length=500)
    document = models.CharField("依据文件", max_length=120)
    verified_on = models.DateField("核验日期")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="核验人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "揭榜核验"
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(found="") & ~Q(document=""), name="challenge_result_has_its_document")]

    def __str__(self) -> str:
        return f"{self.challenge} {self.outcome}"


class ChallengeUse(models.Model):
    """Special points of a met challenge were entered as an established matter of a campaign: a link between the two."""

    result = models.OneToOneField(ChallengeResult, models.PROTECT, related_name="used", verbose_name="揭榜核验")
    established = models.OneToOneField(Established, models.PROTECT, related_name="challenge_use", verbose_name="认定事项")

    class Meta:
        verbose_name = verbose_name_plural = "揭榜加分登入测评"

    def __str__(self) -> str:
        return f"{self.result_id}"
