"""Where cadres served, and the workbooks from which the roster was taken."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from workflow_app.models.people import Cadre, Unit


class RosterImport(models.Model):
    """One workbook that was taken into the roster, with what it changed."""

    file_name = models.CharField("文件名", max_length=200)
    digest = models.CharField("文件摘要", max_length=64, unique=True)
    rows = models.PositiveIntegerField("行数")
    # {"new": {sheet: rows}, "changed": [{what, whose, before, after}], "unchanged": rows}
    changes = models.JSONField("变动")
    taken_at = models.DateTimeField("导入时间")
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="导入人")

    class Meta:
        verbose_name = verbose_name_plural = "名册导入"

    def __str__(self) -> str:
        return self.file_name


class Tenure(models.Model):
    """任职经历: who was where from when to when; the last day is empty while it lasts. What acts of cases changed stands in PostChange too."""

    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="tenures", verbose_name="干部")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    # The title as it was: posts may be renamed.
    title = models.CharField("职务名称", max_length=60, blank=True)
    rank = models.CharField("职级", max_length=30, blank=True)
    # Empty where the roster does not say since when.
    first = models.DateField("自", null=True, blank=True)
    last = models.DateField("至", null=True, blank=True)
    ground = models.CharField("依据", max_length=100, blank=True)
    batch = models.ForeignKey(RosterImport, models.PROTECT, null=True, related_name="tenures", verbose_name="导入批次")
    entered_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "任职经历"
        ordering: ClassVar = ["cadre_id", F("first").asc(nulls_first=True), "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["cadre", "unit", "title", "first"], name="one_tenure_a_beginning"),
            models.CheckConstraint(
                condition=Q(last__isnull=True) | Q(first__isnull=True) | Q(last__gte=F("first")), name="tenure_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cadre} {self.unit}{self.title}"
