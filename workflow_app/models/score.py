"""Computed scores with their explanations."""

from typing import ClassVar

from django.db import models

from workflow_app.models.campaign import Subject


class Score(models.Model):
    """A computed score of somebody rated in a campaign, with its whole explanation. Computing again adds a row only where it differs."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="scores", verbose_name="被考核人")
    value = models.DecimalField("得分", max_digits=6, decimal_places=2, null=True)
    political = models.DecimalField("政治素质得分", max_digits=5, decimal_places=2, null=True)
    approval = models.DecimalField("群众评价得分", max_digits=5, decimal_places=2, null=True)
    rank = models.PositiveIntegerField("名次", null=True)
    group_size = models.PositiveIntegerField("组内人数")
    shared = models.BooleanField("并列", default=False)
    flags = models.JSONField("提示", default=list)
    # The trees of the total and of political quality, down to the raw rows (scoring/tree.py).
    explanation = models.JSONField("计算过程")
    computed_at = models.DateTimeField("计算时间")

    class Meta:
        verbose_name = "考核得分"
        indexes: ClassVar = [models.Index(fields=["subject", "-id"], name="scores_of_subject")]

    def __str__(self) -> str:
        return f"{self.subject} {self.value}"
