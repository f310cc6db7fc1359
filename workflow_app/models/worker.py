"""Workers that show they are alive."""

from typing import ClassVar

from django.db import models


class Beat(models.Model):
    """A worker's sign of life: when it was last seen, and what it has done since it started."""

    name = models.CharField("名称", max_length=64, primary_key=True)
    started_at = models.DateTimeField("启动时间")
    seen_at = models.DateTimeField("最近一次", db_index=True)
    fired = models.PositiveIntegerField("到期事项", default=0)
    worked = models.PositiveIntegerField("待发事项", default=0)

    class Meta:
        verbose_name = "处理进程"
        ordering: ClassVar = ["-seen_at"]

    def __str__(self) -> str:
        return self.name
