"""The indicator library of an organ: indicators in versions, positive and negative lists, lists of grounds. Rows are only added."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from workflow_app.models.people import Unit


class Library(models.Model):
    """One organ's indicators. `review_months`: 6 (half-yearly) or 24 (every two years), both local practice."""

    organ = models.ForeignKey(Unit, models.PROTECT, related_name="libraries", verbose_name="机关")
    name = models.CharField("名称", max_length=80)
    review_months = models.PositiveSmallIntegerField("评审周期（月）", default=24)
    source = models.CharField("依据", max_length=200)
    opened_on = models.DateField("启用日期")

    class Meta:
        verbose_name = verbose_name_plural = "指标库"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organ", "name"], name="one_library_of_a_name"),
            models.CheckConstraint(condition=Q(review_months__in=(6, 12, 24)), name="library_review_period"),
        ]

    def __str__(self) -> str:
        return self.name


class LibraryReview(models.Model):
    """A review of the library that was held, and what came of it. The next one is counted from its day."""

    library = models.ForeignKey(Library, models.PROTECT, related_name="reviews", verbose_name="指标库")
    held_on = models.DateField("评审日期")
    findings = models.CharField("评审意见", max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "指标库评审"

    def __str__(self) -> str:
        return f"{self.library} {self.held_on}"


class Indicator(models.Model):
    """An indicator by its code; what it says stands in its versions."""

    library = models.ForeignKey(Library, models.PROTECT, related_name="indicators", verbose_name="指标库")
    code = models.CharField("编号", max_length=12)

    class Meta:
        verbose_name = verbose_name_plural = "指标"
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["library", "code"], name="one_indicator_of_a_code")]

    def __str__(self) -> str:
        return self.code


class IndicatorVersion(models.Model):
    """What an indicator means from a day on, until the next version. A finished assessment keeps the version it used."""

    class Aspect(models.TextChoices):
        """The five heads of 公务员法 35, and the satisfaction of the public."""

        MORALS = "MORALS", "德（政治素质）"
        ABILITY = "ABILITY", "能（专业能力）"
        DILIGENCE = "DILIGENCE", "勤（履职作风）"
        RESULTS = "RESULTS", "绩（工作实绩）"
        INTEGRITY = "INTEGRITY", "廉（廉洁自律）"
        SATISFACTION = "SATISFACTION", "群众满意度"

    class Family(models.TextChoices):
        BASIC = "BASIC", "基本指标"
        REGIONAL = "REGIONAL", "区域指标"
        POST = "POST", "岗位指标"

    class Measure(models.TextChoices):
        QUANTITATIVE = "QUANTITATIVE", "定量"
        QUALITATIVE = "QUALITATIVE", "定性"

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="versions", verbose_name="指标")
    number = models.PositiveSmallIntegerField("版本")
    name = models.CharField("名称", max_length=40)
    aspect = models.CharField("类别", max_length=12, choices=Aspect)
    family = models.CharField("层次", max_length=8, choices=Family)
    measure = models.CharField("计量方式", max_length=12, choices=Measure)
    definition = models.CharField("定义和评分口径", max_length=500)
    data_source = models.CharField("数据来源", max_length=120)
    core = models.BooleanField("核心指标", default=True)
    valid_from = models.DateField("启用日期")
    # A last version that says: no longer used from this day on.
    retired = models.BooleanField("停用", default=False)
    reason = models.CharField("变更理由", max_length=200)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "指标版本"
        ordering: ClassVar = ["indicator", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["indicator", "number"], name="one_indicator_version_of_a_number")]

    def __str__(self) -> str:
        return f"{self.name}（第{self.number}版）"


class GroundList(models.Model):
    """An edition of a list: positive, negative, or grounds. A change is a new edition of the same name."""

    class Kind(models.TextChoices):
        POSITIVE = "POSITIVE", "正面清单"
        NEGATIVE = "NEGATIVE", "负面清单"
        GROUNDS = "GROUNDS", "情形清单"

    library = models.ForeignKey(Library, models.PROTECT, related_name="lists", verbose_name="指标库")
    kind = models.CharField("种类", max_length=8, choices=Kind)
    name = models.CharField("名称", max_length=80)
    edition = models.PositiveSmallIntegerField("版次")
    source = models.CharField("依据", max_length=200)
    valid_from = models.DateField("启用日期")
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "清单"
        constraints: ClassVar = [models.UniqueConstraint(fields=["library", "name", "edition"], name="one_list_of_an_edition")]

    def __str__(self) -> str:
        return f"{self.name}（第{self.edition}版）"


class GroundEntry(models.Model):
    """One line of a list. `situation` maps it to one of the fifteen situations (UPD 5, S01 to S15)."""

    list = models.ForeignKey(GroundList, models.PROTECT, related_name="entries", verbose_name="清单")
    number = models.PositiveSmallIntegerField("序号")
    text = models.CharField("内容", max_length=200)
    situation = models.CharField("对应情形", max_length=4, blank=True)
    veto = models.BooleanField("一票否决", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "清单条目"
        ordering: ClassVar = ["list", "number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["list", "number"], name="one_entry_of_a_number")]

    def __str__(self) -> str:
        return f"{self.number}.{self.text}"
