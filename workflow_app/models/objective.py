"""Objectives of a post with their key results, progress entered by the person with proof, and checked by another."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from workflow_app.models.measured import Measured
from workflow_app.models.people import Cadre, Unit
from workflow_app.models.record import Upload


class Objective(models.Model):
    """An objective of somebody's post for a period. It is never changed; one that no longer holds is ended with the reason."""

    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="objectives", verbose_name="干部")
    organ = models.ForeignKey(Unit, models.PROTECT, related_name="objectives", verbose_name="机关")
    post_title = models.CharField("单位职务", max_length=160)
    title = models.CharField("目标", max_length=200)
    first = models.DateField("自")
    last = models.DateField("至")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="设定人")
    at = models.DateTimeField("设定时间")

    class Meta:
        verbose_name = verbose_name_plural = "岗位目标"
        ordering: ClassVar = ["-first", "id"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(last__gte=F("first")), name="objective_ends_after_it_begins")]

    def __str__(self) -> str:
        return self.title


class ObjectiveEnd(models.Model):
    """An objective no longer holds, with the reason; what was entered under it stays."""

    objective = models.OneToOneField(Objective, models.PROTECT, related_name="ended", verbose_name="岗位目标")
    reason = models.CharField("理由", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "目标终止"

    def __str__(self) -> str:
        return f"{self.objective}"


class KeyResult(models.Model):
    """A key result: what is measured, how, up to which figure, and how much of the objective it is."""

    objective = models.ForeignKey(Objective, models.PROTECT, related_name="results", verbose_name="岗位目标")
    text = models.CharField("关键结果", max_length=200)
    measure = models.CharField("怎样计量", max_length=120)
    target = models.DecimalField("目标值", max_digits=10, decimal_places=2)
    weight = models.PositiveSmallIntegerField("权重（%）")
    due_on = models.DateField("完成期限")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="设定人")
    at = models.DateTimeField("设定时间")

    class Meta:
        verbose_name = verbose_name_plural = "关键结果"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(target__gt=0, weight__gte=1, weight__lte=100), name="key_result_in_bounds")
        ]

    def __str__(self) -> str:
        return self.text


class KeyProgress(models.Model):
    """How far a key result has come, entered by the person with what proves it. The newest that was checked counts."""

    key_result = models.ForeignKey(KeyResult, models.PROTECT, related_name="progress", verbose_name="关键结果")
    value = models.DecimalField("完成值", max_digits=10, decimal_places=2)
    reached_on = models.DateField("截至日期")
    proof = models.CharField("佐证说明", max_length=300)
    upload = models.ForeignKey(Upload, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="佐证材料")
    file_name = models.CharField("文件名", max_length=120, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="本人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "目标进度"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(value__gte=0) & ~Q(proof=""), name="progress_has_its_proof")]

    def __str__(self) -> str:
        return f"{self.key_result_id} {self.value}"


class ProgressCheck(models.Model):
    """Whether a progress holds, said by another than the person."""

    progress = models.OneToOneField(KeyProgress, models.PROTECT, related_name="check_made", verbose_name="目标进度")
    holds = models.BooleanField("属实")
    reason = models.CharField("核对情况", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="核对人")
    at = models.DateTimeField("核对时间")

    class Meta:
        verbose_name = verbose_name_plural = "进度核对"

    def __str__(self) -> str:
        return f"{self.progress_id} {self.holds}"


class KeyUse(models.Model):
    """A checked progress was entered as a measured figure of a campaign: a link between the two, no second score."""

    progress = models.ForeignKey(KeyProgress, models.PROTECT, related_name="uses", verbose_name="目标进度")
    measured = models.OneToOneField(Measured, models.PROTECT, related_name="key_use", verbose_name="定量得分")

    class Meta:
        verbose_name = verbose_name_plural = "目标进度登入测评"

    def __str__(self) -> str:
        return f"{self.progress_id}"
