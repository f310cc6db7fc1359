"""Decisions that a person may attack, and the ledger of how papers reached the person."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from workflow_app.models.assessment import AssessmentResult
from workflow_app.models.case import Case
from workflow_app.models.people import Cadre, Unit
from workflow_app.models.record import Document


class Decision(models.Model):
    """A decision about a cadre: an adjustment that a case ended with, or an annual grade that was entered or imported."""

    class Kind(models.TextChoices):
        ADJUSTMENT = "ADJUSTMENT", "调整决定"
        ANNUAL_GRADE = "ANNUAL_GRADE", "年度考核等次"

    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="decisions", verbose_name="干部")
    organ = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="作出机关")
    kind = models.CharField("种类", max_length=12, choices=Kind)
    title = models.CharField("名称", max_length=120)
    number = models.CharField("文号", max_length=60)
    decided_on = models.DateField("作出日期")
    # {kind, months, rank_steps, pay_cut} of an adjustment, {kind: a grade or NONE, year} of an annual grade.
    measure = models.JSONField("处理内容")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="decisions", verbose_name="案件")
    document = models.OneToOneField(Document, models.PROTECT, null=True, blank=True, related_name="decision", verbose_name="文书")
    result = models.OneToOneField(AssessmentResult, models.PROTECT, null=True, blank=True, related_name="decision", verbose_name="考核结果")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="登记人")
    entered_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "决定"
        indexes: ClassVar = [models.Index(fields=["cadre", "id"], name="decisions_of_cadre")]

    def __str__(self) -> str:
        return f"{self.number}《{self.title}》"

    @property
    def served_on(self) -> date | None:
        """The day on which service is proven; None while it is not, and then no remedy period runs."""
        return Service.first_day(Q(decision=self) | Q(document__isnull=False, document=self.document_id))


class Service(models.Model):
    """送达: one proven service of a paper. What was only looked at in the portal is a read, never a service."""

    class Mode(models.TextChoices):
        """Modes of service (APL08 art. 32; online only with recorded consent, P)."""

        IN_PERSON = "in_person", "直接送达本人"
        RELATIVE = "relative", "由同住成年家属签收"
        LEFT = "left", "留置送达（见证人签名）"
        POST = "post", "邮寄送达（以回执日期为准）"
        ANNOUNCE = "announce", "公告送达（期满视为送达）"
        ONLINE = "online", "电子送达（须本人事先同意）"

    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="services", verbose_name="受送达人")
    title = models.CharField("送达文书", max_length=120)
    document = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="services", verbose_name="文书")
    decision = models.ForeignKey(Decision, models.PROTECT, null=True, blank=True, related_name="services", verbose_name="决定")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="services", verbose_name="案件")
    record_seq = models.PositiveIntegerField("记录号", null=True, blank=True)
    mode = models.CharField("送达方式", max_length=12)
    served_on = models.DateField("送达日期")
    receiver = models.CharField("签收人", max_length=40, blank=True)
    relation = models.CharField("与本人关系", max_length=40, blank=True)
    refusal = models.CharField("拒收情况", max_length=200, blank=True)
    witnesses = models.CharField("见证人", max_length=60, blank=True)
    announced_on = models.DateField("公告日期", null=True, blank=True)
    consent = models.BooleanField("本人同意电子送达", default=False)
    delivered_by = models.JSONField("送达人", default=list)
    entered_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = "送达"
        constraints: ClassVar = [
            # A service without the thing served proves nothing.
            models.CheckConstraint(condition=Q(document__isnull=False) | Q(decision__isnull=False), name="service_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.served_on}"

    @property
    def mode_title(self) -> str:
        """The mode in words."""
        return str(Service.Mode(self.mode).label)

    @classmethod
    def first_day(cls, which: Q) -> date | None:
        """The earliest proven day among the services that `which` selects."""
        return cls.objects.filter(which).order_by("served_on", "id").values_list("served_on", flat=True).first()
