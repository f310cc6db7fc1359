"""Campaigns: who is rated by whom, and the ratings, which no row ties to a rater.

Four books stand apart. The *issuing list* (Invitation) knows who may rate whom and whether a link was fetched, and nothing of what
was answered. A *link* (Ticket) knows whom it is about and in which group, never for whom it was made; only the hash of its token is
kept, and it is deleted when the campaign closes. A *ballot* (Ballot) is what was answered, encrypted, until closing. At closing, in one
transaction, the ballots are opened in random order and become slips and ratings (Slip, Rating), which are never changed again.

None of the last three has a moment, an account, an address or a running number: their keys are random. So neither order nor timing of
rows tells who rated. What remains is the envelope: for named raters the name, encrypted to the public key of the audit role, whose
private half the system does not have.
"""

from typing import ClassVar, cast

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from workflow_app.models.people import Account, Cadre, Unit
from workflow_app.models.scheme import SchemeGroup, SchemeVersion


class Campaign(models.Model):
    """One round of rating under a published scheme, or the standing 随时评 of a half-year (no scheme)."""

    class Kind(models.TextChoices):
        ROUND = "ROUND", "集中评价"
        SPOT = "SPOT", "随时评"

    organ = models.ForeignKey(Unit, models.PROTECT, related_name="campaigns", verbose_name="机关")
    kind = models.CharField("方式", max_length=5, choices=Kind, default=Kind.ROUND)
    name = models.CharField("名称", max_length=80)
    year = models.PositiveSmallIntegerField("年度")
    # Within the year: "年度", "1季度", "下半年".
    period = models.CharField("考核期", max_length=12)
    version = models.ForeignKey(SchemeVersion, models.PROTECT, null=True, blank=True, related_name="campaigns", verbose_name="方案版本")
    closes_at = models.DateTimeField("截止时间")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="拟订人")
    created_at = models.DateTimeField("拟订时间")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="启动人")
    opened_at = models.DateTimeField("启动时间", null=True, blank=True)
    closed_at = models.DateTimeField("结束时间", null=True, blank=True)
    # Null with `closed_at` set: closed at its time by the worker.
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="结束人")
    closed_why = models.CharField("提前结束的理由", max_length=200, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "测评"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organ", "name"], name="one_campaign_of_a_name"),
            models.CheckConstraint(condition=Q(kind="SPOT") | Q(version__isnull=False), name="a_round_has_a_scheme"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(opened_at__isnull=False), name="campaign_opens_before_it_closes"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["closes_at"], condition=Q(opened_at__isnull=False, closed_at__isnull=True), name="campaigns_to_close")
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        """Whether ratings are taken."""
        return self.opened_at is not None and self.closed_at is None

    @property
    def of_units(self) -> bool:
        """Whether units are rated in it."""
        return self.version is not None and self.version.scheme.of_units


class Subject(models.Model):
    """A cadre or a unit (with its leading team) that is rated in a campaign, and the like group it is compared with."""

    campaign = models.ForeignKey(Campaign, models.PROTECT, related_name="subjects", verbose_name="测评")
    # One of the two: which it is, the scheme says.
    cadre = models.ForeignKey(Cadre, models.PROTECT, null=True, related_name="rated", verbose_name="被考核人")
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="rated", verbose_name="被考核单位")
    post_title = models.CharField("职务", max_length=120)
    comparison_group = models.CharField("比较组", max_length=60)

    class Meta:
        verbose_name = verbose_name_plural = "被考核人"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "cadre"], name="rated_once_a_campaign"),
            models.UniqueConstraint(fields=["campaign", "unit"], name="unit_rated_once_a_campaign"),
            models.CheckConstraint(
                condition=Q(cadre__isnull=False, unit__isnull=True) | Q(cadre__isnull=True, unit__isnull=False),
                name="a_cadre_or_a_unit_is_rated",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def about(self) -> Cadre | Unit:
        """Who or what is rated."""
        found = self.cadre or self.unit
        assert found is not None  # the database holds it
        return found

    @property
    def where(self) -> Unit:
        """The unit that is rated, or in which the cadre serves."""
        return self.cadre.unit if self.cadre else cast(Unit, self.about)

    @property
    def name(self) -> str:
        """Name of the cadre or the unit."""
        return self.about.name

    @property
    def number(self) -> str:
        """Number of the cadre, code of the unit."""
        return self.cadre.number if self.cadre else self.unit.code if self.unit else ""

    @property
    def key(self) -> str:
        """A stable key for scoring: never a name."""
        return f"unit:{self.unit_id}" if self.unit_id else str(self.cadre_id)

    @property
    def person(self) -> Cadre:
        """The cadre, where what is done makes sense of people alone."""
        assert self.cadre is not None
        return self.cadre

    def concerns(self, account: Account) -> bool:
        """Whether this is about somebody's own self, or the unit they serve in: they keep out of it."""
        if account.cadre is None:
            return False
        return account.cadre.unit_id == self.unit_id if self.unit_id else account.cadre_id == self.cadre_id

    def answers(self, account: Account) -> bool:
        """Whether somebody reads and answers what is fed back: the person, or a leading member of the unit."""
        if not self.concerns(account) or account.cadre is None:
            return False
        post = account.cadre.post
        return self.cadre_id is not None or (account.cadre.active and post is not None and post.is_leading_member)


class Invitation(models.Model):
    """Issuing list: who may rate whom, and whether the link was fetched. Nothing of what was answered, and no moment."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="invitations", verbose_name="被考核人")
    group = models.CharField("评价主体", max_length=12, choices=SchemeGroup.Key)
    rater = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="invitations", verbose_name="评价人")
    fetched = models.BooleanField("已领取", default=False)

    class Meta:
        verbose_name = verbose_name_plural = "评价发放"
        constraints: ClassVar = [models.UniqueConstraint(fields=["subject", "rater"], name="one_invitation_a_rater")]
        indexes: ClassVar = [models.Index(fields=["rater"], condition=Q(fetched=False), name="invitations_to_fetch")]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.group}"


class LinkIssue(models.Model):
    """So many anonymous links were made for a group and a rated person: by whom and when, not for whom."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="issues", verbose_name="被考核人")
    group = models.CharField("评价主体", max_length=12, choices=SchemeGroup.Key)
    count = models.PositiveSmallIntegerField("份数")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="制发人")
    at = models.DateTimeField("制发时间")

    class Meta:
        verbose_name = verbose_name_plural = "匿名链接制发"

    def __str__(self) -> str:
        return f"{self.subject_id} {self.group} {self.count}"


class ServiceEvent(models.Model):
    """A service that was given: its number in the service system, when, by whom. Not for whom: the served person is never kept."""

    subject = models.ForeignKey(Subject, models.PROTECT, related_name="events", verbose_name="经办干部")
    matter = models.CharField("事项编号", max_length=40)
    happened_at = models.DateTimeField("办结时间")
    sent_at = models.DateTimeField("链接发出时间")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="登记人")

    class Meta:
        verbose_name = verbose_name_plural = "服务事项"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "matter"], name="one_link_a_service"),
            models.CheckConstraint(condition=Q(sent_at__gte=F("happened_at")), name="link_after_the_service"),
        ]

    def __str__(self) -> str:
        return self.matter
