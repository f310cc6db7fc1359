"""Care after an adjustment: a plan of help with dated entries. What was entered stays; a correction is a new entry that names the old one."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as lazy

from workflow_app.models.case import Case
from workflow_app.models.people import Cadre, Unit


class CarePlan(models.Model):
    """帮扶计划 of somebody whose post was adjusted, on the case that adjusted it."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="care_plan", verbose_name="案件")
    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="care_plans", verbose_name="干部")
    organ = models.ForeignKey(Unit, models.PROTECT, related_name="care_plans", verbose_name="机关")
    aim = models.CharField("帮扶目标", max_length=500)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="制定人")
    opened_at = models.DateTimeField("制定时间")

    class Meta:
        verbose_name = verbose_name_plural = "帮扶计划"
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(aim=""), name="care_plan_has_an_aim")]

    def __str__(self) -> str:
        return f"{self.cadre} 帮扶计划"


class Training(models.Model):
    """A training that the plan offers: what, where, for which gap, from when to when."""

    plan = models.ForeignKey(CarePlan, models.PROTECT, related_name="trainings", verbose_name="帮扶计划")
    course = models.CharField("培训内容", max_length=120)
    place = models.CharField("地点和主办单位", max_length=120)
    gap = models.CharField("补什么短板", max_length=300)
    first = models.DateField("自")
    last = models.DateField("至")
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="corrected", verbose_name="更正")
    why = models.CharField("更正理由", max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "培训"
        ordering: ClassVar = ["first", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="training_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(corrects__isnull=True) | ~Q(why=""), name="corrected_training_says_why"),
        ]

    def __str__(self) -> str:
        return self.course


class TrainingResult(models.Model):
    """What came of a training. The newest counts; all are shown."""

    class Outcome(models.TextChoices):
        COMPLETED = "COMPLETED", lazy("完成")
        BROKEN_OFF = "BROKEN_OFF", lazy("中途结束")

    training = models.ForeignKey(Training, models.PROTECT, related_name="results", verbose_name="培训")
    outcome = models.CharField("结果", max_length=10, choices=Outcome)
    text = models.CharField("说明", max_length=300)
    ended_on = models.DateField("结束日期")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "培训结果"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.training} {self.outcome}"


class Mentor(models.Model):
    """联系帮助人: a named person asked to help, from when to when. Whether they do, they say themselves."""

    plan = models.ForeignKey(CarePlan, models.PROTECT, related_name="mentors", verbose_name="帮扶计划")
    mentor = models.ForeignKey(Cadre, models.PROTECT, related_name="mentored", verbose_name="联系帮助人")
    first = models.DateField("自")
    last = models.DateField("至")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提名人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "联系帮助人"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.CheckConstraint(condition=Q(last__gte=F("first")), name="mentoring_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"{self.plan} {self.mentor}"


class MentorWord(models.Model):
    """What was said to it: accepted or declined by the mentor, or ended before its last day. The newest counts."""

    class Word(models.TextChoices):
        ACCEPTED = "ACCEPTED", lazy("同意担任")
        DECLINED = "DECLINED", lazy("不能担任")
        ENDED = "ENDED", lazy("提前结束")

    mentor = models.ForeignKey(Mentor, models.PROTECT, related_name="words", verbose_name="联系帮助人")
    word = models.CharField("答复", max_length=8, choices=Word)
    reason = models.CharField("说明", max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="答复人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "联系帮助人答复"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(word="ENDED") | ~Q(reason=""), name="ended_mentoring_says_why")]

    def __str__(self) -> str:
        return f"{self.mentor_id} {self.word}"


class CounsellingOffer(models.Model):
    """Counselling was offered. No field here or below has room for what is spoken about: dates only."""

    plan = models.ForeignKey(CarePlan, models.PROTECT, related_name="offers", verbose_name="帮扶计划")
    offered_on = models.DateField("提供日期")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "心理咨询提议"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.plan} {self.offered_on}"


class ConsentWord(models.Model):
    """The person's own word to an offer, given in the portal by nobody else; it can be taken back. The newest counts."""

    class Word(models.TextChoices):
        CONSENT = "CONSENT", lazy("同意")
        DECLINE = "DECLINE", lazy("不需要")
        WITHDRAW = "WITHDRAW", lazy("撤回同意")

    offer = models.ForeignKey(CounsellingOffer, models.PROTECT, related_name="words", verbose_name="提议")
    word = models.CharField("本人意见", max_length=8, choices=Word)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="本人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "本人意见"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.word}"


class CounsellingDate(models.Model):
    """That counselling took place on a day, while the consent stood."""

    offer = models.ForeignKey(CounsellingOffer, models.PROTECT, related_name="dates", verbose_name="提议")
    held_on = models.DateField("日期")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "心理咨询日期"
        ordering: ClassVar = ["held_on", "id"]

    def __str__(self) -> str:
        return f"{self.offer_id} {self.held_on}"


class CareVisit(models.Model):
    """A visit beside those of the case: what the person asked for, and what was promised until when."""

    plan = models.ForeignKey(CarePlan, models.PROTECT, related_name="visits", verbose_name="帮扶计划")
    visited_on = models.DateField("回访日期")
    visitors = models.CharField("回访人", max_length=80)
    asked = models.CharField("本人提出的事项", max_length=500)
    promised = models.CharField("答应办理的事项", max_length=500, blank=True)
    due_on = models.DateField("办理期限", null=True, blank=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="corrected", verbose_name="更正")
    why = models.CharField("更正理由", max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "帮扶回访"
        ordering: ClassVar = ["visited_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(promised="") | Q(due_on__isnull=False), name="a_promise_has_a_day"),
            models.CheckConstraint(condition=Q(corrects__isnull=True) | ~Q(why=""), name="corrected_visit_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.plan} {self.visited_on}"


class PromiseKept(models.Model):
    """What was done about a promise, and when."""

    visit = models.OneToOneField(CareVisit, models.PROTECT, related_name="kept", verbose_name="帮扶回访")
    text = models.CharField("办理结果", max_length=300)
    done_on = models.DateField("办结日期")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "事项办结"

    def __str__(self) -> str:
        return f"{self.visit} {self.done_on}"


class CarePaper(models.Model):
    """A plan or a visit as a paper: its frozen content, and the PDF that follows from it."""

    class Kind(models.TextChoices):
        PLAN = "PLAN", lazy("帮扶计划")
        VISIT = "VISIT", lazy("回访记录")

    plan = models.ForeignKey(CarePlan, models.PROTECT, related_name="papers", verbose_name="帮扶计划")
    kind = models.CharField("种类", max_length=5, choices=Kind)
    visit = models.OneToOneField(CareVisit, models.PROTECT, null=True, blank=True, related_name="paper", verbose_name="帮扶回访")
    number = models.CharField("编号", max_length=60, unique=True)
    content = models.JSONField("内容")
    content_hash = models.CharField(max_length=64)
    template_version = models.CharField(max_length=64)
    issued_on = models.DateField("成文日期")
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="签发人")
    pdf = models.BinaryField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        verbose_name = verbose_name_plural = "帮扶文书"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(kind="VISIT", visit__isnull=False) | Q(kind="PLAN", visit__isnull=True), name="care_paper_of_its_kind"
            )
        ]

    def __str__(self) -> str:
        return self.number
