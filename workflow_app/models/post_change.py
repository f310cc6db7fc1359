"""Which post a cadre got, kept or lost by which act. The cadre's own row is the present; these rows are how it came about."""

from typing import ClassVar

from django.db import models

from workflow_app.models.case import Case
from workflow_app.models.people import Cadre, Post, Unit


class PostChange(models.Model):
    """职务变动: one act's effect on the post of the person concerned. Written by the door only, never changed."""

    class Kind(models.TextChoices):
        """What happened."""

        TRIAL = "TRIAL", "试任职"
        APPOINTED = "APPOINTED", "任职"
        CONFIRMED = "CONFIRMED", "试用期满，正式任职"
        TRIAL_ENDED = "TRIAL_ENDED", "试用期不合格，免去试任职务"

    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="post_changes", verbose_name="干部")
    kind = models.CharField("变动", max_length=12, choices=Kind)
    # The names are kept as they were: posts and units may be renamed.
    before = models.CharField("变动前", max_length=160)
    after = models.CharField("变动后", max_length=160)
    unit_before = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="变动前单位")
    unit_after = models.ForeignKey(Unit, models.PROTECT, related_name="+", verbose_name="变动后单位")
    post_before = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", verbose_name="变动前职务")
    post_after = models.ForeignKey(Post, models.PROTECT, null=True, related_name="+", verbose_name="变动后职务")
    rank_before = models.CharField("变动前职级", max_length=30, blank=True)
    rank_after = models.CharField("变动后职级", max_length=30, blank=True)
    since_before = models.DateField("变动前任现职时间", null=True)
    since_after = models.DateField("变动后任现职时间", null=True)
    effective_on = models.DateField("自")
    case = models.ForeignKey(Case, models.PROTECT, related_name="post_changes", verbose_name="案件")
    record_seq = models.PositiveIntegerField("记录号")
    entered_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "职务变动"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["case", "record_seq"], name="one_post_change_an_act")]

    def __str__(self) -> str:
        return f"{self.effective_on} {self.cadre}：{self.before}→{self.after}"
