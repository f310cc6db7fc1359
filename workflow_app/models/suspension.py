"""Suspensions of a case: when, why and what stood still, for ever."""

from typing import ClassVar

from django.db import models

from workflow_app.models.case import Case


class Suspension(models.Model):
    """One suspension. `ended_on` is null while it lasts, and stays null when the case ended in it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="suspended", verbose_name="案件")
    began_on = models.DateField("中止日期")
    began_record = models.PositiveIntegerField("中止记录号")
    reason = models.TextField("中止理由")
    ended_on = models.DateField("恢复日期", null=True, blank=True)
    ended_record = models.PositiveIntegerField("恢复记录号", null=True, blank=True)
    ended_why = models.TextField("恢复理由", blank=True, default="")
    # The periods that stood still: [{"rule", "step", "before", "after"}], the last days before and after; after is "" while it lasts.
    held = models.JSONField("停止计算的期限", default=list)

    class Meta:
        verbose_name = "中止"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            # A case is suspended once at a time.
            models.UniqueConstraint(fields=["case"], condition=models.Q(ended_on__isnull=True), name="one_suspension_at_a_time"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.began_on}"
