"""The workbooks from which the roster was taken."""

from django.conf import settings
from django.db import models


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
