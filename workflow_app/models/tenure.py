"""Who held which post, from when to when, on what ground. The cadre's own row is the present; these rows are how it came about."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from workflow_app.models.case import Case
from workflow_app.models.people import Cadre, Post, Unit
from workflow_app.models.roster import RosterImport


class Tenure(models.Model):
    """任职经历: one stretch. The last day is empty while it lasts.

    It begins by an act of a case or by the roster, and takes the place of the one that it follows. What an act began or
    ended is never changed (a trigger holds it); what the roster told, a later workbook may put right.
    """

    class Kind(models.TextChoices):
        """What began it."""

        ROSTER = "ROSTER", "名册登记"
        TRIAL = "TRIAL", "试任职"
        APPOINTED = "APPOINTED", "任职"
        CONFIRMED = "CONFIRMED", "试用期满，正式任职"
        TRIAL_ENDED = "TRIAL_ENDED", "试用期不合格，免去试任职务"
        REMOVED = "REMOVED", "免去职务"
        ADJUSTED = "ADJUSTED", "调整任职"
        RESTORED = "RESTORED", "纠正，恢复任职"

    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="tenures", verbose_name="干部")
    kind = models.CharField("变动", max_length=12, choices=Kind, default=Kind.ROSTER)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="单位")
    # Empty for a stretch without a post, or one whose post is registered no more.
    post = models.ForeignKey(Post, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="职务")
    # The names as they were: units and posts may be renamed.
    unit_name = models.CharField("单位名称", max_length=80, blank=True)
    title = models.CharField("职务名称", max_length=60, blank=True)
    rank = models.CharField("职级", max_length=30, blank=True)
    # Empty where the roster does not say since when.
    first = models.DateField("自", null=True, blank=True)
    last = models.DateField("至", null=True, blank=True)
    # The day from which it counts: a post held from the notice counts from the decision.
    since = models.DateField("任现职时间", null=True, blank=True)
    ground = models.CharField("依据", max_length=100, blank=True)
    batch = models.ForeignKey(RosterImport, models.PROTECT, null=True, blank=True, related_name="tenures", verbose_name="导入批次")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="tenures", verbose_name="案件")
    record_seq = models.PositiveIntegerField("记录号", null=True, blank=True)
    follows = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name="接续")
    entered_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "任职经历"
        ordering: ClassVar = ["cadre_id", F("first").asc(nulls_first=True), "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["cadre", "unit", "title", "first"], condition=Q(case__isnull=True), name="one_tenure_a_beginning"
            ),
            models.UniqueConstraint(fields=["case", "record_seq"], name="one_tenure_an_act"),
            models.CheckConstraint(
                condition=Q(last__isnull=True) | Q(first__isnull=True) | Q(last__gte=F("first")), name="tenure_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(case__isnull=True, record_seq__isnull=True) | Q(case__isnull=False, record_seq__isnull=False),
                name="a_tenure_by_an_act_names_it",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cadre} {self.place}"

    @property
    def place(self) -> str:
        """Unit and post as they were called."""
        return f"{self.unit_name}{self.title}"
