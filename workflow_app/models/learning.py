"""Classes for many people: what was taught, who was called for which gap, who came, and with which result. Rows stay; the newest counts."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as lazy

from workflow_app.models.care import Training
from workflow_app.models.feedback import Point
from workflow_app.models.people import Cadre, Unit
from workflow_app.models.score import Score


class TrainingClass(models.Model):
    """班次 of an organ. What it is about and when stands in its newest terms."""

    class Kind(models.TextChoices):
        """What kind of class."""

        SPECIAL = "SPECIAL", lazy("专题班")
        STEPS = "STEPS", lazy("递进培养班")
        CASES = "CASES", lazy("案例宣讲")
        LECTURE = "LECTURE", lazy("专题党课")
        ASSESSORS = "ASSESSORS", lazy("考核专员培训")

    organ = models.ForeignKey(Unit, models.PROTECT, related_name="classes", verbose_name="机关")
    kind = models.CharField("类别", max_length=9, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "培训班次"
        ordering: ClassVar = ["-id"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}{self.pk}"


class ClassTerms(models.Model):
    """What a class is about, by whom, where, when and how long. Changed terms are a further row that says why."""

    training_class = models.ForeignKey(TrainingClass, models.PROTECT, related_name="terms", verbose_name="班次")
    topic = models.CharField("主题", max_length=120)
    purpose = models.CharField("目的", max_length=300)
    organizer = models.CharField("主办单位", max_length=120)
    place = models.CharField("地点", max_length=120)
    first = models.DateField("自")
    last = models.DateField("至")
    hours = models.DecimalField("学时", max_digits=5, decimal_places=1)
    # Why it was changed; empty in the first row.
    why = models.CharField("更改理由", max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "班次安排"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(last__gte=F("first")), name="class_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(hours__gt=0), name="class_has_hours"),
        ]

    def __str__(self) -> str:
        return self.topic


class ClassCalledOff(models.Model):
    """A class that does not take place, with the reason."""

    training_class = models.OneToOneField(TrainingClass, models.PROTECT, related_name="called_off", verbose_name="班次")
    reason = models.CharField("理由", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "班次取消"
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(reason=""), name="class_called_off_says_why")]

    def __str__(self) -> str:
        return f"{self.training_class_id}"


class Participant(models.Model):
    """Somebody called to a class by name, with the reason; and the gap it is for, where there is one, with where it was found."""

    training_class = models.ForeignKey(TrainingClass, models.PROTECT, related_name="participants", verbose_name="班次")
    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="classes", verbose_name="干部")
    # As it was when called.
    post_title = models.CharField("单位职务", max_length=160)
    reason = models.CharField("调训理由", max_length=300)
    gap = models.CharField("补什么短板", max_length=300, blank=True)
    # Where the gap was found: one of a score, a point of the lists, a training that a plan of help wants.
    score = models.ForeignKey(Score, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="考核得分")
    point = models.ForeignKey(Point, models.PROTECT, null=True, blank=True, related_name="classes", verbose_name="清单事项")
    training = models.OneToOneField(Training, models.PROTECT, null=True, blank=True, related_name="carried_by", verbose_name="帮扶计划培训")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "参训人员"
        ordering: ClassVar = ["cadre__number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["training_class", "cadre"], name="called_once_a_class"),
            models.CheckConstraint(condition=~Q(reason=""), name="participant_says_why"),
            models.CheckConstraint(
                condition=Q(gap="", score__isnull=True, point__isnull=True, training__isnull=True)
                | ~Q(gap="")
                & (
                    Q(score__isnull=False, point__isnull=True, training__isnull=True)
                    | Q(score__isnull=True, point__isnull=False, training__isnull=True)
                    | Q(score__isnull=True, point__isnull=True, training__isnull=False)
                ),
                name="gap_has_one_source",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.training_class_id} {self.cadre_id}"


class ParticipantWord(models.Model):
    """What the person called says: comes, or asks to be excused and why. The newest counts; nobody else says it."""

    class Word(models.TextChoices):
        """The answer."""

        COMING = "COMING", lazy("参加")
        EXCUSE = "EXCUSE", lazy("申请请假")

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="words", verbose_name="参训人员")
    word = models.CharField("本人答复", max_length=6, choices=Word)
    reason = models.CharField("请假理由", max_length=200, blank=True, help_text="只写工作上的安排；因私请假写“因私”即可。")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="本人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "参训答复"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(word="EXCUSE") | ~Q(reason=""), name="excuse_says_why")]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.word}"


class ExcuseDecision(models.Model):
    """Whether somebody who asked is excused, decided by another."""

    word = models.OneToOneField(ParticipantWord, models.PROTECT, related_name="decision", verbose_name="请假申请")
    granted = models.BooleanField("同意")
    reason = models.CharField("理由", max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="审批人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "请假审批"
        constraints: ClassVar = [models.CheckConstraint(condition=Q(granted=True) | ~Q(reason=""), name="refused_excuse_says_why")]

    def __str__(self) -> str:
        return f"{self.word_id} {self.granted}"


class ClassResult(models.Model):
    """What came of it for one participant: hours, and the result in words. It is no score and feeds no trigger. The newest counts."""

    class Outcome(models.TextChoices):
        """Whether somebody was there."""

        COMPLETED = "COMPLETED", lazy("完成")
        PARTLY = "PARTLY", lazy("部分参加")
        ABSENT = "ABSENT", lazy("未参加")

    participant = models.ForeignKey(Participant, models.PROTECT, related_name="results", verbose_name="参训人员")
    outcome = models.CharField("参训情况", max_length=9, choices=Outcome)
    hours = models.DecimalField("学时", max_digits=5, decimal_places=1)
    text = models.CharField("结业情况", max_length=300)
    why = models.CharField("更正理由", max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "参训结果"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(text=""), name="class_result_is_in_words"),
            models.CheckConstraint(
                condition=Q(outcome="ABSENT", hours=0) | ~Q(outcome="ABSENT") & Q(hours__gt=0), name="hours_of_who_was_there"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.participant_id} {self.outcome}"
