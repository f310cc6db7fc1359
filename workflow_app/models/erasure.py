"""The order to erase what a case's record says, at the end of its retention. Hashes and commitments stay."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from workflow_app.models.case import Case


class Erasure(models.Model):
    """Two people ordered it; only where such a row stands does the database let a payload be emptied."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="erasure", verbose_name="案件")
    chain = models.CharField(max_length=24, unique=True)
    retention = models.CharField("保管类别", max_length=20)
    ended_on = models.DateField("保管期满")
    ordered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="复核人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "期满销毁"
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(ordered_by=F("confirmed_by")), name="erasure_by_two_people")]

    def __str__(self) -> str:
        return self.chain
