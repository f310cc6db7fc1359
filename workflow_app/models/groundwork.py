"""潜绩: work whose effect shows later, with an observation period that may outlast a term. It stays with the person over posts."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as lazy

from workflow_app.models.measured import Established
from workflow_app.models.people import Cadre, Unit


class Groundwork(models.Model):
    """A matter of the long-term account: what was done, by which document, and which effect is expected until when."""

    class Account(models.TextChoices):
        """三账."""

        VISIBLE = "VISIBLE", lazy("显绩账")
        LATENT = "LATENT", lazy("潜绩账")
        BURDEN = "BURDEN", lazy("遗留问题化解账")

    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="groundwork", verbose_name="干部")
    organ = models.ForeignKey(Unit, models.PROTECT, related_name="groundwork", verbose_name="登记机关")
    # As it was when entered; the account goes with the person, not with the post.
    post_title = models.CharField("单位职务", max_length=160)
    account = models.CharField("账目", max_length=8, choices=Account)
    title = models.CharField("项目或者事项", max_length=120)
    expected = models.CharField("预期成效", max_length=300)
    document = models.CharField("依据文件", max_length=120)
    first = models.DateField("观察期自")
    last = models.DateField("观察期至")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "长期账目"
        ordering: ClassVar = ["-first", "id"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(last__gt=F("first")), name="groundwork_is_observed_for_a_while")]

    def __str__(self) -> str:
        return self.title


class GroundworkDate(models.Model):
    """A day on which the effect is to be looked at: a reminder and nothing else."""

    groundwork = models.ForeignKey(Groundwork, models.PROTECT, related_name="dates", verbose_name="长期账目")
    due_on = models.DateField("观察日期")

    class Meta:
        verbose_name = verbose_name_plural = "观察日期"
        ordering: ClassVar = ["due_on"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["groundwork", "due_on"], name="observed_once_a_day")]

    def __str__(self) -> str:
        return f"{self.due_on}"


class Observation(models.Model):
    """What was found on a day, by which document."""

    groundwork = models.ForeignKey(Groundwork, models.PROTECT, related_name="observations", verbose_name="长期账目")
    seen_on = models.DateField("观察日期")
    found = models.CharField("观察情况", max_length=500)
    document = models.CharField("依据文件", max_length=120)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="观察人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "成效观察"
        ordering: ClassVar = ["seen_on", "id"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(found="") & ~Q(document=""), name="observation_has_its_document")]

    def __str__(self) -> str:
        return f"{self.groundwork} {self.seen_on}"


class EffectWord(models.Model):
    """Whether the effect came, said by another than who observed it last. The newest counts."""

    class Outcome(models.TextChoices):
        CONFIRMED = "CONFIRMED", lazy("成效已显现")
        NOT_SHOWN = "NOT_SHOWN", lazy("成效没有显现")
        WRONG = "WRONG", lazy("登记有误，不再计列")

    groundwork = models.ForeignKey(Groundwork, models.PROTECT, related_name="words", verbose_name="长期账目")
    outcome = models.CharField("认定", max_length=10, choices=Outcome)
    reason = models.CharField("理由", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="认定人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "成效认定"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(reason=""), name="effect_word_says_why")]

    def __str__(self) -> str:
        return f"{self.groundwork} {self.outcome}"


class GroundworkUse(models.Model):
    """A confirmed effect was entered as an established matter of a campaign: a link between the two."""

    groundwork = models.ForeignKey(Groundwork, models.PROTECT, related_name="uses", verbose_name="长期账目")
    established = models.OneToOneField(Established, models.PROTECT, related_name="groundwork_use", verbose_name="认定事项")

    class Meta:
        verbose_name = verbose_name_plural = "长期账目登入测评"

    def __str__(self) -> str:
        return f"{self.groundwork_id}"
