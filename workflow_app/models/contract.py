"""Contracts of appointed civil servants (聘任制): term, trial, written contract, and how one ended. No pay and no terms of work."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as lazy

from workflow_app.models.people import Cadre, Unit


class AppointmentContract(models.Model):
    """A written contract as its paper states it. A correction is a new row that names the old one and says why."""

    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="contracts", verbose_name="聘任制公务员")
    organ = models.ForeignKey(Unit, models.PROTECT, related_name="contracts", verbose_name="机关")
    number = models.CharField("聘任合同编号", max_length=60)
    post_title = models.CharField("聘任职位", max_length=120)
    first = models.DateField("合同期自")
    last = models.DateField("合同期至")
    trial_until = models.DateField("试用期至", null=True, blank=True)
    document = models.CharField("依据文件", max_length=120)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="corrected", verbose_name="更正")
    why = models.CharField("更正理由", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "聘任合同"
        ordering: ClassVar = ["last", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="contract_ends_after_it_begins"),
            models.CheckConstraint(
                condition=Q(trial_until__isnull=True) | Q(trial_until__gte=F("first"), trial_until__lte=F("last")),
                name="trial_within_the_term",
            ),
            models.CheckConstraint(condition=Q(corrects__isnull=True) | ~Q(why=""), name="corrected_contract_says_why"),
        ]

    def __str__(self) -> str:
        return self.number


class ContractEnding(models.Model):
    """A contract ended, by people and on a document outside of this system. It is noted here; nothing here ends one."""

    class Ground(models.TextChoices):
        OVER = "OVER", lazy("合同期满，不再续聘")
        AGREED = "AGREED", lazy("双方协商一致解除")
        BY_ORGAN = "BY_ORGAN", lazy("机关解除")
        BY_PERSON = "BY_PERSON", lazy("本人提出解除")

    contract = models.OneToOneField(AppointmentContract, models.PROTECT, related_name="ending", verbose_name="聘任合同")
    ground = models.CharField("终止情形", max_length=9, choices=Ground)
    document = models.CharField("文书名称和文号", max_length=120)
    reason = models.CharField("理由", max_length=300)
    ended_on = models.DateField("终止日期")
    # When the person got the document; the day from which a dispute is counted is the person's to say.
    served_on = models.DateField("送达日期", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "聘任合同终止"
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(reason="") & ~Q(document=""), name="contract_ending_says_why")]

    def __str__(self) -> str:
        return f"{self.contract} {self.ended_on}"
