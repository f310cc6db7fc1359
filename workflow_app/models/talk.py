"""Planned talks: with whom, why, by whom, until when; that they were held, what both agreed to keep, and the person's own word to it."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as lazy

from workflow_app.models.campaign import Campaign
from workflow_app.models.feedback import Feedback
from workflow_app.models.people import Cadre, Unit


class TalkGroup(models.Model):
    """A group of people who must be talked to in a round of assessment, as the organ has set it (四必谈)."""

    organ = models.ForeignKey(Unit, models.PROTECT, related_name="talk_groups", verbose_name="机关")
    name = models.CharField("名称", max_length=60)
    basis = models.CharField("依据", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="设立人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "必谈人员类别"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.name


class TalkGroupEnded(models.Model):
    """A group that is no longer used, with the reason; what was planned in it stays."""

    group = models.OneToOneField(TalkGroup, models.PROTECT, related_name="ended", verbose_name="类别")
    reason = models.CharField("理由", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "必谈人员类别停用"

    def __str__(self) -> str:
        return f"{self.group_id}"


class Talk(models.Model):
    """A talk that is planned. What it is about stands in the class of person and the reason; what is said is not collected."""

    class Kind(models.TextChoices):
        """Why this person."""

        ADJUSTED = "ADJUSTED", lazy("新近调整职务")
        FELL = "FELL", lazy("考核等次下降")
        RETURNED = "RETURNED", lazy("重新使用")
        ASKED = "ASKED", lazy("本人要求")
        FEEDBACK = "FEEDBACK", lazy("考核结果面对面反馈")
        MUST = "MUST", lazy("考核中必谈")

    organ = models.ForeignKey(Unit, models.PROTECT, related_name="talks", verbose_name="机关")
    kind = models.CharField("类别", max_length=8, choices=Kind)
    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="talks", verbose_name="干部")
    # As it was when planned.
    post_title = models.CharField("单位职务", max_length=160)
    reason = models.CharField("谈话事由", max_length=300)
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, blank=True, related_name="talks", verbose_name="测评")
    group = models.ForeignKey(TalkGroup, models.PROTECT, null=True, blank=True, related_name="talks", verbose_name="必谈类别")
    feedback = models.ForeignKey(Feedback, models.PROTECT, null=True, blank=True, related_name="talks", verbose_name="考核反馈")
    wish = models.OneToOneField("TalkWish", models.PROTECT, null=True, blank=True, related_name="talk", verbose_name="谈话请求")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="计划人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "谈话"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(reason=""), name="talk_says_why"),
            models.CheckConstraint(
                condition=Q(kind="MUST", group__isnull=False, campaign__isnull=False) | ~Q(kind="MUST") & Q(group__isnull=True),
                name="must_talk_has_group_and_round",
            ),
            models.CheckConstraint(
                condition=Q(kind="FEEDBACK", feedback__isnull=False) | ~Q(kind="FEEDBACK") & Q(feedback__isnull=True),
                name="feedback_talk_has_its_lists",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cadre} {self.get_kind_display()}"


class TalkSet(models.Model):
    """Who talks and until when. The newest counts; a change says why."""

    talk = models.ForeignKey(Talk, models.PROTECT, related_name="arrangements", verbose_name="谈话")
    talker = models.ForeignKey(Cadre, models.PROTECT, related_name="talking", verbose_name="谈话人")
    due_on = models.DateField("谈话期限")
    why = models.CharField("更改理由", max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "谈话安排"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.talk_id} {self.due_on}"


class TalkDropped(models.Model):
    """A talk that is not held any more, with the reason."""

    talk = models.OneToOneField(Talk, models.PROTECT, related_name="dropped", verbose_name="谈话")
    reason = models.CharField("理由", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "谈话取消"
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(reason=""), name="talk_dropped_says_why")]

    def __str__(self) -> str:
        return f"{self.talk_id}"


class TalkHeld(models.Model):
    """That a talk was held, by whom, and what both agreed to keep. There is no column for what else was said. The newest counts."""

    talk = models.ForeignKey(Talk, models.PROTECT, related_name="held", verbose_name="谈话")
    held_on = models.DateField("谈话日期")
    talker = models.ForeignKey(Cadre, models.PROTECT, related_name="+", verbose_name="谈话人")
    # Only what both agree to keep: what is done next, by whom, until when.
    agreed = models.CharField("双方商定的后续事项", max_length=500, blank=True)
    # Why an earlier entry is corrected; empty in the first.
    why = models.CharField("更正理由", max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "谈话情况"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.talk_id} {self.held_on}"


class TalkWord(models.Model):
    """The person's own word to what was entered: it is so, or what should be corrected. The newest counts."""

    class Word(models.TextChoices):
        """The word."""

        AGREE = "AGREE", lazy("属实，签收")
        CORRECT = "CORRECT", lazy("有不同意见")

    held = models.ForeignKey(TalkHeld, models.PROTECT, related_name="words", verbose_name="谈话")
    word = models.CharField("本人意见", max_length=7, choices=Word)
    text = models.CharField("不同意见", max_length=500, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="本人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "本人意见"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(word="AGREE") | ~Q(text=""), name="correction_of_a_talk_says_what")]

    def __str__(self) -> str:
        return f"{self.held_id} {self.word}"


class TalkWish(models.Model):
    """Somebody asks for a talk: that they ask, not what about."""

    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="talk_wishes", verbose_name="干部")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="本人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "谈话请求"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.cadre_id} {self.at:%Y-%m-%d}"
