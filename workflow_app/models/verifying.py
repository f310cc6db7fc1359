"""The verification sample (三查) of a closed round: drawn so that anybody can draw it again, checked by another than who entered the row."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as lazy

from workflow_app.models.campaign import Campaign
from workflow_app.models.measured import Established, Measured
from workflow_app.models.visit import Visit, VisitFinding
from workflow_app.models.watch import Finding


class SamplePlan(models.Model):
    """What may be drawn from and how many, fixed and entered in the journal. The hash of that line is the seed: nobody knew it before."""

    campaign = models.OneToOneField(Campaign, models.PROTECT, related_name="sample_plan", verbose_name="测评")
    # Names of the rows, one a line, in the order of their keys: `established:12`, `figure:30`.
    frame = models.TextField("抽样范围")
    frame_sha256 = models.CharField("抽样范围摘要", max_length=64)
    # Rows of the frame that are checked one by one and not drawn (负面清单逐项核实).
    each = models.TextField("逐项核实", blank=True)
    count = models.PositiveIntegerField("抽取数量")
    record_seq = models.PositiveIntegerField("登记簿序号")
    seed = models.CharField("种子", max_length=128)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="公布人")
    at = models.DateTimeField("公布时间")

    class Meta:
        verbose_name = verbose_name_plural = "核验抽样"

    def __str__(self) -> str:
        return f"{self.campaign}"


class SampleCheck(models.Model):
    """One row to be verified: drawn, checked because every such row is, or because opinion about it proved strong."""

    class Ground(models.TextChoices):
        DRAWN = "DRAWN", lazy("随机抽取")
        EACH = "EACH", lazy("逐项核实")
        OPINION = "OPINION", lazy("舆情反映强烈")

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="checks", verbose_name="测评")
    ground = models.CharField("来由", max_length=8, choices=Ground)
    established = models.OneToOneField(Established, models.PROTECT, null=True, related_name="check_of", verbose_name="认定事项")
    measured = models.OneToOneField(Measured, models.PROTECT, null=True, related_name="check_of", verbose_name="定量得分")
    why = models.CharField("说明", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")
    # The check must have begun by then: 48 hours, nights and rest days included.
    begin_by = models.DateTimeField("应当启动的时间")

    class Meta:
        verbose_name = verbose_name_plural = "核验事项"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(established__isnull=True, measured__isnull=False) | Q(established__isnull=False, measured__isnull=True),
                name="a_check_is_of_one_row",
            )
        ]

    def __str__(self) -> str:
        return f"{self.established or self.measured}"

    @property
    def row(self) -> Established | Measured:
        """What is verified."""
        found = self.established or self.measured
        assert found is not None
        return found


class CheckBegun(models.Model):
    """Somebody takes a check on: neither who entered the row nor whom it is about (the database holds that too)."""

    check_of = models.OneToOneField(SampleCheck, models.PROTECT, related_name="begun", verbose_name="核验事项")
    late_why = models.CharField("逾期启动的理由", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="核验人")
    at = models.DateTimeField("启动时间")

    class Meta:
        verbose_name = verbose_name_plural = "核验启动"

    def __str__(self) -> str:
        return f"{self.check_of}"


class CheckPaper(models.Model):
    """What one source says of the row: the ledger, the spot, opinion that was proven, audit, inspection, petitions. A paper, never a post."""

    class Way(models.TextChoices):
        LEDGER = "LEDGER", lazy("台账")
        SPOT = "SPOT", lazy("现场")
        OPINION = "OPINION", lazy("舆情属实材料")
        AUDIT = "AUDIT", lazy("审计")
        DUTY = "DUTY", lazy("督查")
        PETITION = "PETITION", lazy("信访")

    check_of = models.ForeignKey(SampleCheck, models.PROTECT, related_name="papers", verbose_name="核验事项")
    way = models.CharField("途径", max_length=8, choices=Way)
    paper = models.CharField("材料名称和文号", max_length=200)
    says = models.CharField("材料显示的情况", max_length=300)
    agrees = models.BooleanField("与登记一致")
    # What was seen on the spot was seen on a visit that is registered.
    visit = models.ForeignKey(Visit, models.PROTECT, null=True, blank=True, related_name="checks", verbose_name="走访检查")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "核验材料"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(way="SPOT") | Q(visit__isnull=False), name="the_spot_is_seen_on_a_visit"),
            models.CheckConstraint(condition=~Q(paper="") & ~Q(says=""), name="check_paper_says_what"),
        ]

    def __str__(self) -> str:
        return self.paper


class CheckResult(models.Model):
    """What a check comes to. Wrong is not yet false: who is to answer for it, people establish elsewhere (Disposal)."""

    class Outcome(models.TextChoices):
        RIGHT = "RIGHT", lazy("属实")
        WRONG = "WRONG", lazy("不实")

    check_of = models.OneToOneField(SampleCheck, models.PROTECT, related_name="result", verbose_name="核验事项")
    outcome = models.CharField("结论", max_length=5, choices=Outcome)
    proof = models.CharField("理由", max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="核验人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "核验结论"
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(proof=""), name="check_result_says_why")]

    def __str__(self) -> str:
        return f"{self.check_of} {self.outcome}"


class Disposal(models.Model):
    """What became of something found on a visit, or of a row found wrong: nothing, or a matter entered through its own door. A link."""

    class Outcome(models.TextChoices):
        NOTHING = "NOTHING", lazy("不作登记")
        FINDING = "FINDING", lazy("已在“情况登记”中登记")
        ESTABLISHED = "ESTABLISHED", lazy("已登记为认定事项")
        CORRECTED = "CORRECTED", lazy("登记差错，已更正或者撤回")

    seen = models.OneToOneField(VisitFinding, models.PROTECT, null=True, related_name="disposal", verbose_name="走访发现")
    result = models.OneToOneField(CheckResult, models.PROTECT, null=True, related_name="disposal", verbose_name="核验结论")
    outcome = models.CharField("处理", max_length=11, choices=Outcome)
    reason = models.CharField("理由", max_length=300, blank=True)
    finding = models.ForeignKey(Finding, models.PROTECT, null=True, blank=True, related_name="found_by", verbose_name="登记情况")
    established = models.ForeignKey(Established, models.PROTECT, null=True, blank=True, related_name="found_by", verbose_name="认定事项")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="处理人")
    at = models.DateTimeField("处理时间")

    class Meta:
        verbose_name = verbose_name_plural = "发现的处理"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(seen__isnull=True, result__isnull=False) | Q(seen__isnull=False, result__isnull=True), name="disposal_of_one_thing"
            ),
            models.CheckConstraint(
                condition=Q(outcome="FINDING", finding__isnull=False) | Q(outcome="ESTABLISHED", established__isnull=False)
                | Q(outcome__in=["NOTHING", "CORRECTED"]) & ~Q(reason=""),
                name="disposal_links_or_says_why",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.outcome}"
