"""Who is away from which seat, and who acts there meanwhile (代理)."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from workflow_app.models.people import Account, Seat


class AbsenceQuerySet(models.QuerySet["Absence"]):
    """Absences on a day."""

    def lasting(self, on: date) -> "AbsenceQuerySet":
        """Those that last on that day; one inside another only while the other lasts too."""
        today = Q(ended_at__isnull=True, valid_from__lte=on, valid_to__gte=on)
        above = Q(covers__ended_at__isnull=True, covers__valid_from__lte=on, covers__valid_to__gte=on)
        seated = Q(seat__valid_from__lte=on) & (Q(seat__valid_to__isnull=True) | Q(seat__valid_to__gte=on))
        return self.filter(today & seated & (Q(covers__isnull=True) | above))

    def deputed_to(self, account: Account, on: date) -> "AbsenceQuerySet":
        """Those in which `account` acts on that day."""
        return self.lasting(on).filter(deputy=account)


class Absence(models.Model):
    """Somebody is away from a seat from a day to a day (both included); `deputy` acts there meanwhile, or nobody does.

    A deputy who is away in turn may hand on once: that absence names the one it `covers`. The chain ends there.
    """

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="absences", verbose_name="席位")
    # The one who is away: the holder of the seat, or the deputy of the absence that this one covers.
    holder = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="absences", verbose_name="缺席人")
    covers = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="handed_on", verbose_name="转代理")
    deputy = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="deputed", verbose_name="代理人"
    )
    valid_from = models.DateField("自")
    valid_to = models.DateField("至")
    reason = models.CharField("事由", max_length=200)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")
    recorded_at = models.DateTimeField("登记时间")
    # Back earlier than planned.
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)

    objects: ClassVar = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = "缺席与代理"
        verbose_name_plural = "缺席与代理"
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="absence_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(deputy__isnull=True) | ~Q(deputy=F("holder")), name="nobody_is_their_own_deputy"),
        ]
        indexes: ClassVar = [models.Index(fields=["deputy", "valid_to"], name="absences_of_deputy")]

    def __str__(self) -> str:
        return f"{self.seat} {self.valid_from}–{self.valid_to}"
