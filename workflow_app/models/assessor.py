"""Register of assessors (专职、兼职、专家): who is in it for which fields until when, how they were chosen, and what they said."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as lazy

from workflow_app.models.library import IndicatorVersion, Library
from workflow_app.models.people import Cadre, Unit
from workflow_app.models.record import Upload
from workflow_app.models.scheme import SchemeVersion


class AssessorField(models.Model):
    """A field of knowledge on the organ's own list."""

    organ = models.ForeignKey(Unit, models.PROTECT, related_name="assessor_fields", verbose_name="机关")
    name = models.CharField("领域", max_length=40)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "考核领域"
        ordering: ClassVar = ["organ", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["organ", "name"], name="one_assessor_field_of_a_name")]

    def __str__(self) -> str:
        return self.name


class Assessor(models.Model):
    """Somebody in the register from a day to a day. A longer term is a new entry."""

    class Kind(models.TextChoices):
        FULL = "FULL", lazy("专职")
        PART = "PART", lazy("兼职")
        EXPERT = "EXPERT", lazy("专家")

    organ = models.ForeignKey(Unit, models.PROTECT, related_name="assessors", verbose_name="机关")
    kind = models.CharField("类别", max_length=6, choices=Kind)
    name = models.CharField("姓名", max_length=40)
    # Where they work; for somebody of the system their unit at that moment.
    workplace = models.CharField("工作单位和职务", max_length=160)
    cadre = models.ForeignKey(Cadre, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="干部")
    # Who has one answers on a page of their own; who has none answers by letter.
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="assessor_entries", verbose_name="账号"
    )
    first = models.DateField("聘期自")
    last = models.DateField("聘期至")
    why = models.CharField("入册理由", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "考核人员名册"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(last__gte=models.F("first")) & ~Q(why=""), name="assessor_has_a_term_and_a_reason")
        ]

    def __str__(self) -> str:
        return self.name


class AssessorSpecialty(models.Model):
    """A field in which somebody of the register is asked."""

    assessor = models.ForeignKey(Assessor, models.PROTECT, related_name="specialties", verbose_name="考核人员")
    field = models.ForeignKey(AssessorField, models.PROTECT, related_name="specialties", verbose_name="领域")

    class Meta:
        verbose_name = verbose_name_plural = "考核人员的领域"
        constraints: ClassVar = [models.UniqueConstraint(fields=["assessor", "field"], name="a_field_once_an_assessor")]

    def __str__(self) -> str:
        return f"{self.assessor} {self.field}"


class AssessorRecusal(models.Model):
    """Somebody of the register stays out of what a person drafted; beside the ties that cadres declare (Tie)."""

    assessor = models.ForeignKey(Assessor, models.PROTECT, related_name="recusals", verbose_name="考核人员")
    cadre = models.ForeignKey(Cadre, models.PROTECT, related_name="+", verbose_name="回避对象")
    reason = models.CharField("理由", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("登记时间")

    class Meta:
        verbose_name = verbose_name_plural = "考核人员回避"
        constraints: ClassVar = [models.UniqueConstraint(fields=["assessor", "cadre"], name="one_recusal_an_assessor_and_person")]

    def __str__(self) -> str:
        return f"{self.assessor} {self.cadre_id}"


class AssessorEnd(models.Model):
    """Somebody leaves the register before the term is over."""

    assessor = models.OneToOneField(Assessor, models.PROTECT, related_name="ended", verbose_name="考核人员")
    reason = models.CharField("理由", max_length=300)
    on = models.DateField("日期")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "考核人员出册"

    def __str__(self) -> str:
        return f"{self.assessor} {self.on}"


class Consultation(models.Model):
    """A question to experts about one thing: a version of an indicator, a library as a whole, or a version of a scheme."""

    organ = models.ForeignKey(Unit, models.PROTECT, related_name="consultations", verbose_name="机关")
    indicator = models.ForeignKey(
        IndicatorVersion, models.PROTECT, null=True, blank=True, related_name="consultations", verbose_name="指标版本"
    )
    library = models.ForeignKey(Library, models.PROTECT, null=True, blank=True, related_name="consultations", verbose_name="指标库")
    version = models.ForeignKey(SchemeVersion, models.PROTECT, null=True, blank=True, related_name="consultations", verbose_name="方案版本")
    field = models.ForeignKey(AssessorField, models.PROTECT, related_name="consultations", verbose_name="领域")
    question = models.CharField("征求意见的问题", max_length=500)
    due_on = models.DateField("答复期限")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人")
    at = models.DateTimeField("提出时间")

    class Meta:
        verbose_name = verbose_name_plural = "专家征求意见"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(indicator__isnull=False, library__isnull=True, version__isnull=True)
                | Q(indicator__isnull=True, library__isnull=False, version__isnull=True)
                | Q(indicator__isnull=True, library__isnull=True, version__isnull=False),
                name="experts_are_asked_about_one_thing",
            )
        ]

    def __str__(self) -> str:
        return str(self.matter)

    @property
    def matter(self) -> IndicatorVersion | Library | SchemeVersion:
        """What is asked about."""
        found = self.indicator or self.library or self.version
        assert found is not None
        return found


class ExpertDraw(models.Model):
    """A draw that was announced: among whom, how many, and the hash of a seed that nobody sees before the draw."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="draws", verbose_name="征求意见")
    count = models.PositiveSmallIntegerField("人数")
    among = models.JSONField("抽取范围")
    commitment = models.CharField("种子的散列值", max_length=64)
    sealed = models.BinaryField("封存的种子")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="公布人")
    at = models.DateTimeField("公布时间")

    class Meta:
        verbose_name = verbose_name_plural = "抽取公布"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.commitment[:8]}"


class ExpertDrawn(models.Model):
    """The draw itself: the seed, opened, and who was drawn. Anybody can compute it again."""

    draw = models.OneToOneField(ExpertDraw, models.PROTECT, related_name="drawn", verbose_name="抽取公布")
    seed = models.CharField("种子", max_length=64)
    chosen = models.JSONField("抽中")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="抽取人")
    at = models.DateTimeField("抽取时间")

    class Meta:
        verbose_name = verbose_name_plural = "抽取结果"

    def __str__(self) -> str:
        return f"{self.draw_id}"


class ExpertInvitation(models.Model):
    """Somebody of the register is asked: drawn, or by name with the reason."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="invitations", verbose_name="征求意见")
    assessor = models.ForeignKey(Assessor, models.PROTECT, related_name="invitations", verbose_name="专家")
    draw = models.ForeignKey(ExpertDraw, models.PROTECT, null=True, blank=True, related_name="invitations", verbose_name="抽取")
    reason = models.CharField("点名邀请的理由", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="邀请人")
    at = models.DateTimeField("邀请时间")

    class Meta:
        verbose_name = verbose_name_plural = "专家邀请"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consultation", "assessor"], name="asked_once_a_consultation"),
            models.CheckConstraint(condition=Q(draw__isnull=False) | ~Q(reason=""), name="drawn_or_named_with_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.assessor}"


class ExpertWord(models.Model):
    """Whether the invitation is taken. Somebody without an account says so by letter, entered by the office with the letter."""

    class Word(models.TextChoices):
        ACCEPTED = "ACCEPTED", lazy("接受")
        DECLINED = "DECLINED", lazy("谢绝")
        RECUSED = "RECUSED", lazy("回避")

    invitation = models.OneToOneField(ExpertInvitation, models.PROTECT, related_name="word", verbose_name="邀请")
    word = models.CharField("答复", max_length=8, choices=Word)
    reason = models.CharField("理由", max_length=300, blank=True)
    letter = models.ForeignKey(Upload, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="来函")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "专家答复"
        constraints: ClassVar = [models.CheckConstraint(condition=Q(word="ACCEPTED") | ~Q(reason=""), name="who_stays_out_says_why")]

    def __str__(self) -> str:
        return f"{self.invitation_id} {self.word}"


class ExpertOpinion(models.Model):
    """What an expert says. It stands beside what it is about and changes nothing."""

    class View(models.TextChoices):
        AGREE = "AGREE", lazy("赞成")
        AMEND = "AMEND", lazy("建议修改")
        OBJECT = "OBJECT", lazy("不赞成")

    invitation = models.OneToOneField(ExpertInvitation, models.PROTECT, related_name="opinion", verbose_name="邀请")
    view = models.CharField("意见", max_length=6, choices=View)
    text = models.CharField("具体意见", max_length=2000)
    letter = models.ForeignKey(Upload, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="来函")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = verbose_name_plural = "专家意见"
        constraints: ClassVar = [models.CheckConstraint(condition=~Q(text=""), name="an_opinion_says_something")]

    def __str__(self) -> str:
        return f"{self.invitation_id} {self.view}"
