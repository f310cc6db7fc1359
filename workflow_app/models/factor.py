"""Second factors that two persons take away, and what the entrance remembers for a while."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q


class FactorReset(models.Model):
    """Somebody lost the device: one security administrator asks that the second factor be taken away, another decides."""

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="factor_resets", verbose_name="账号")
    reason = models.CharField("事由", max_length=200, help_text="写明谁在什么时间当面或者书面申请、怎样核对了身份。")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人")
    asked_at = models.DateTimeField("提出时间")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="复核人")
    decided_at = models.DateTimeField("复核时间", null=True, blank=True)
    done = models.BooleanField("已重置", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "第二步核验重置"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")), name="reset_by_two_people"),
            models.CheckConstraint(
                condition=~Q(asked_by=F("account")) & (Q(decided_by__isnull=True) | ~Q(decided_by=F("account"))),
                name="nobody_resets_oneself",
            ),
            models.CheckConstraint(
                condition=Q(done=False) | Q(decided_by__isnull=False, decided_at__isnull=False), name="reset_only_when_decided"
            ),
            models.UniqueConstraint(fields=["account"], condition=Q(decided_at__isnull=True), name="one_open_reset_an_account"),
        ]

    def __str__(self) -> str:
        return f"{self.account}"


class Remembered(models.Model):
    """The table behind Django's cache: codes that were used, tries that were counted. Rows end by themselves."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)
