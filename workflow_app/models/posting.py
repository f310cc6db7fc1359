"""What is put up for people outside a case, and what they report about it."""

from typing import ClassVar

from django.db import models

from workflow_app.models.case import Case
from workflow_app.models.record import Upload


class Notice(models.Model):
    """Something posted from a first to a last day. It shows what stands in this row and nothing else of its case."""

    class Kind(models.TextChoices):
        PUBLIC = "PUBLIC", "任职前公示"
        COMPETITION = "COMPETITION", "竞争上岗公告"

    # Its address; a running number or the key of the case would tell outsiders something.
    token = models.CharField(max_length=32, unique=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="notices", verbose_name="案件")
    record_seq = models.PositiveIntegerField("记录号")
    kind = models.CharField("种类", max_length=12, choices=Kind)
    title = models.CharField("标题", max_length=120)
    issuer = models.CharField("发布机关", max_length=80)
    first_day = models.DateField("起始日")
    last_day = models.DateField("截止日")
    lines = models.JSONField("项目")
    paragraphs = models.JSONField("正文")
    # Step whose items take the reports; empty: none are taken.
    reports_to = models.CharField(max_length=40, blank=True)

    class Meta:
        verbose_name = "公示公告"
        indexes: ClassVar = [models.Index(fields=["kind", "last_day"], name="notices_by_day")]

    def __str__(self) -> str:
        return self.title


class Report(models.Model):
    """What somebody reported during a notice, named or not. Read at the desk that verifies it and nowhere else."""

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="reports", verbose_name="公示")
    token = models.CharField("受理编号", max_length=16, unique=True)
    text = models.TextField("反映的问题")
    # Name and contact, encrypted together; empty: anonymous.
    sender = models.BinaryField("反映人（加密）", default=b"")
    upload = models.ForeignKey(Upload, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="附件")
    received_at = models.DateTimeField("收到时间")
    # Sending the same form twice comes back to this report.
    key = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = "公示期间的反映"

    def __str__(self) -> str:
        return self.token
