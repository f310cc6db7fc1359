"""The organ's own set of rules, how they stand to each other and to the rules that this system follows, and their reviews."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as lazy

from workflow_app.models.campaign import Campaign
from workflow_app.models.case import Case
from workflow_app.models.people import Unit
from workflow_app.models.record import Upload


class Ruling(models.Model):
    """A rule that the organ follows: its text, who issued it, and from when to when it is in force."""

    organ = models.ForeignKey(Unit, models.PROTECT, related_name="rulings", verbose_name="机关")
    title = models.CharField("名称", max_length=120)
    issuer = models.CharField("制定机关", max_length=80)
    number = models.CharField("文号", max_length=60, blank=True)
    first = models.DateField("施行日期")
    document = models.ForeignKey(Upload, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="文本")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "制度"
        ordering: ClassVar = ["organ", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["organ", "title", "first"], name="one_ruling_of_a_title_and_day")]

    def __str__(self) -> str:
        return self.title


class RulingEnd(models.Model):
    """A rule is no longer in force from a day on."""

    ruling = models.OneToOneField(Ruling, models.PROTECT, related_name="ended", verbose_name="制度")
    last = models.DateField("有效至")
    reason = models.CharField("依据", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "制度废止"

    def __str__(self) -> str:
        return f"{self.ruling} {self.last}"


class RulingLink(models.Model):
    """How a rule stands to another, or to a rule of this system (by its id in flows/law)."""

    class Kind(models.TextChoices):
        BASED_ON = "BASED_ON", lazy("依据")
        AMENDS = "AMENDS", lazy("修改")
        CONFLICTS = "CONFLICTS", lazy("冲突")
        SILENT = "SILENT", lazy("未作规定")

    ruling = models.ForeignKey(Ruling, models.PROTECT, related_name="links", verbose_name="制度")
    other = models.ForeignKey(Ruling, models.PROTECT, null=True, blank=True, related_name="linked_by", verbose_name="另一制度")
    product_rule = models.CharField("系统规则", max_length=24, blank=True)
    kind = models.CharField("关系", max_length=10, choices=Kind)
    note = models.CharField("条款和说明", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "制度关系"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(other__isnull=False, product_rule="") | Q(other__isnull=True) & ~Q(product_rule=""),
                name="a_link_has_one_other_end",
            ),
            models.CheckConstraint(condition=Q(other__isnull=True) | ~Q(other=F("ruling")), name="no_ruling_is_linked_to_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.ruling} {self.kind}"


class RulingLinkEnd(models.Model):
    """A link no longer holds: mended, or entered wrongly."""

    link = models.OneToOneField(RulingLink, models.PROTECT, related_name="ended", verbose_name="制度关系")
    reason = models.CharField("理由", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "制度关系解除"

    def __str__(self) -> str:
        return str(self.link)


class RulingReview(models.Model):
    """A review of a rule: what was found, in words. The next one is due two years later."""

    class Finding(models.TextChoices):
        AGREE = "AGREE", lazy("协调一致")
        GAP = "GAP", lazy("存在空白")
        CONFLICT = "CONFLICT", lazy("存在冲突")

    ruling = models.ForeignKey(Ruling, models.PROTECT, related_name="reviews", verbose_name="制度")
    held_on = models.DateField("评估日期")
    finding = models.CharField("结论", max_length=8, choices=Finding)
    text = models.CharField("评估情况和建议", max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "制度评估"
        ordering: ClassVar = ["held_on", "id"]

    def __str__(self) -> str:
        return f"{self.ruling} {self.held_on}"


class RuleLesson(models.Model):
    """A lesson from a closed case or a closed campaign, and what should be written into which rule. People write it."""

    organ = models.ForeignKey(Unit, models.PROTECT, related_name="rule_lessons", verbose_name="机关")
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="rule_lessons", verbose_name="案件")
    campaign = models.ForeignKey(Campaign, models.PROTECT, null=True, blank=True, related_name="rule_lessons", verbose_name="测评")
    ruling = models.ForeignKey(Ruling, models.PROTECT, null=True, blank=True, related_name="lessons", verbose_name="涉及的制度")
    lesson = models.CharField("经验教训", max_length=600)
    proposal = models.CharField("立改废建议", max_length=600)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人")
    at = models.DateTimeField("提出时间")

    class Meta:
        verbose_name = verbose_name_plural = "制度建议"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(case__isnull=False, campaign__isnull=True) | Q(case__isnull=True, campaign__isnull=False),
                name="a_lesson_comes_from_one_place",
            )
        ]

    def __str__(self) -> str:
        return self.proposal[:20]


class RuleLessonWord(models.Model):
    """What became of a proposal; decided by another than who made it."""

    class Outcome(models.TextChoices):
        TAKEN = "TAKEN", lazy("采纳")
        NOT_TAKEN = "NOT_TAKEN", lazy("不采纳")

    lesson = models.OneToOneField(RuleLesson, models.PROTECT, related_name="word", verbose_name="制度建议")
    outcome = models.CharField("处理", max_length=10, choices=Outcome)
    reason = models.CharField("理由", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "制度建议处理"

    def __str__(self) -> str:
        return f"{self.lesson_id} {self.outcome}"
