"""Three administrators, none of whom can do the work of another (三员分立, GB/T 22239-2019 8.1.10), and seats given by two people."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from workflow_app.models.people import Desk, Seat


class Grant(models.Model):
    """A seat that one security administrator asks for and another gives."""

    desk = models.ForeignKey(Desk, models.PROTECT, related_name="grants", verbose_name="岗位")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="grants", verbose_name="账号")
    valid_from = models.DateField("自")
    valid_to = models.DateField("至", null=True, blank=True)
    reason = models.CharField("事由", max_length=200)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="提出人")
    asked_at = models.DateTimeField("提出时间")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="复核人")
    decided_at = models.DateTimeField("复核时间", null=True, blank=True)
    # Set when it was given; a grant decided without a seat was refused.
    seat = models.OneToOneField(Seat, models.PROTECT, null=True, blank=True, related_name="grant", verbose_name="席位")

    class Meta:
        verbose_name = verbose_name_plural = "席位授予"
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("asked_by")), name="grant_by_two_people"),
            models.CheckConstraint(condition=~Q(asked_by=F("account")), name="nobody_asks_for_their_own_seat"),
            models.CheckConstraint(
                condition=Q(seat__isnull=True) | Q(decided_by__isnull=False, decided_at__isnull=False), name="seat_only_when_decided"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} · {self.desk}"


class SeatToken(models.Model):
    """Lets a program act at one seat until a day. Only its hash is kept; the token is shown once."""

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="tokens", verbose_name="席位")
    digest = models.CharField(max_length=64, unique=True)
    purpose = models.CharField("用途", max_length=100)
    made_at = models.DateTimeField("生成时间")
    expires_at = models.DateTimeField("失效时间")
    ended_at = models.DateTimeField("注销时间", null=True, blank=True)

    class Meta:
        verbose_name = verbose_name_plural = "接口令牌"
        constraints: ClassVar = [models.CheckConstraint(condition=Q(expires_at__gt=F("made_at")), name="token_ends_after_it_begins")]

    def __str__(self) -> str:
        return f"{self.seat}·{self.purpose}"
