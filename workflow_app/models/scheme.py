"""Schemes: how an assessment is made up. A published version and its parts never change (the database holds it)."""

from decimal import Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from workflow_app.models.library import IndicatorVersion, Library
from workflow_app.models.people import Post, Unit


class Scheme(models.Model):
    """What is assessed, of whom: kind, level, region type and post."""

    class Kind(models.TextChoices):
        ROUTINE = "ROUTINE", "平时考核"
        ANNUAL = "ANNUAL", "年度考核"
        SPECIAL = "SPECIAL", "专项考核"
        TERM = "TERM", "任期考核"

    class About(models.TextChoices):
        PEOPLE = "PEOPLE", "干部"
        UNITS = "UNITS", "单位（领导班子）"

    organ = models.ForeignKey(Unit, models.PROTECT, related_name="schemes", verbose_name="机关")
    library = models.ForeignKey(Library, models.PROTECT, related_name="schemes", verbose_name="指标库")
    name = models.CharField("名称", max_length=80)
    kind = models.CharField("种类", max_length=8, choices=Kind)
    about = models.CharField("考核对象", max_length=6, choices=About, default=About.PEOPLE)
    # Empty: every level, region type or post.
    level = models.CharField("职务层次", max_length=16, choices=Post.Level, blank=True)
    region_type = models.CharField("区域类型", max_length=20, blank=True)
    post_title = models.CharField("岗位", max_length=60, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "考核方案"
        constraints: ClassVar = [models.UniqueConstraint(fields=["organ", "name"], name="one_scheme_of_a_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def of_units(self) -> bool:
        """Whether units are rated under it."""
        return self.about == self.About.UNITS


class SchemeVersion(models.Model):
    """A version of a scheme: a draft until it is published, frozen from then on. Shares and floors are percentages and points."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="versions", verbose_name="方案")
    number = models.PositiveSmallIntegerField("版本")
    quantitative = models.DecimalField("定量占比（%）", max_digits=5, decimal_places=2, null=True, blank=True)
    routine = models.DecimalField("平时考核占比（%）", max_digits=5, decimal_places=2, null=True, blank=True)
    multiplier_base = models.DecimalField("乘数基准", max_digits=6, decimal_places=2, null=True, blank=True)
    floored_to = models.DecimalField("触及底线时总分上限", max_digits=5, decimal_places=2, default=Decimal("59.99"))
    # Whether an established matter of the negative list rules 优秀 and promotion out.
    veto = models.BooleanField("一票否决", default=True)
    sources = models.JSONField("数值来源", default=list)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="拟订人")
    drafted_at = models.DateTimeField("拟订时间")
    # Weights that did not make 100 % were brought to it: who chose it, why, and what the weights were before.
    normalised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="折算人"
    )
    normalised_at = models.DateTimeField("折算时间", null=True, blank=True)
    normalised_why = models.CharField("折算理由", max_length=200, blank=True)
    weights_before = models.JSONField("折算前权重", default=dict)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="发布人"
    )
    published_at = models.DateTimeField("发布时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "方案版本"
        ordering: ClassVar = ["scheme", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["scheme", "number"], name="one_scheme_version_of_a_number"),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("drafted_by")), name="scheme_published_by_another"
            ),
            models.CheckConstraint(
                condition=Q(normalised_by__isnull=True) | Q(normalised_at__isnull=False) & ~Q(normalised_why=""),
                name="normalised_with_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme}（第{self.number}版）"


class SchemeGroup(models.Model):
    """A rater group and its weight (%). With fewer valid ratings than `least` it counts as missing."""

    class Key(models.TextChoices):
        SUPERIOR = "SUPERIOR", "上级分管领导"
        ORGANIZATION = "ORGANIZATION", "组织部门"
        PEERS = "PEERS", "同级班子成员"
        STAFF = "STAFF", "下级干部"
        PUBLIC = "PUBLIC", "群众与服务对象"
        THIRD = "THIRD", "第三方"
        OPINION = "OPINION", "舆论监督"

    version = models.ForeignKey(SchemeVersion, models.PROTECT, related_name="groups", verbose_name="方案版本")
    key = models.CharField("评价主体", max_length=12, choices=Key)
    weight = models.DecimalField("权重（%）", max_digits=5, decimal_places=2)
    trimmed = models.BooleanField("去除最高最低各5%", default=False)
    least = models.PositiveSmallIntegerField("最少有效评价", default=1)

    class Meta:
        verbose_name = verbose_name_plural = "方案评价主体"
        ordering: ClassVar = ["version", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["version", "key"], name="one_group_of_a_scheme")]

    def __str__(self) -> str:
        return self.get_key_display()

    @property
    def named(self) -> bool:
        """Whether its raters are invited by name; the others get anonymous links."""
        return self.key not in (self.Key.PUBLIC, self.Key.THIRD, self.Key.OPINION)


class SchemeIndicator(models.Model):
    """An indicator of a scheme, in the version it had then, with its weight (%)."""

    version = models.ForeignKey(SchemeVersion, models.PROTECT, related_name="indicators", verbose_name="方案版本")
    indicator = models.ForeignKey(IndicatorVersion, models.PROTECT, related_name="+", verbose_name="指标版本")
    weight = models.DecimalField("权重（%）", max_digits=5, decimal_places=2)
    # Below this the total is not above `SchemeVersion.floored_to`.
    floor = models.DecimalField("底线分", max_digits=5, decimal_places=2, null=True, blank=True)
    # Keys of the rater groups that rate it; empty: all of the scheme.
    groups = models.JSONField("评价主体", default=list, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "方案指标"
        ordering: ClassVar = ["version", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["version", "indicator"], name="one_indicator_of_a_scheme")]

    def __str__(self) -> str:
        return f"{self.indicator.name} {self.weight}%"
