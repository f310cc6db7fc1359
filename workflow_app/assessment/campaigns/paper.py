"""Forms on paper: a serial number each, good once like a link; typed in by one, typed again by another, and then a sealed ballot.

A serial number is the token of a link: its hash is what is kept, and whoever holds the form may as well answer online with it.
What was typed once is encrypted like a ballot; nobody reads it, the second entry is only compared with it.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from workflow_app.assessment.campaigns import answering, links
from workflow_app.assessment.campaigns.sealed import Answered, ballot, opened
from workflow_app.models import Account, Campaign, LinkIssue, PaperEntry, Subject, Ticket
from workflow_app.refusing import Refused

RULE = "纸质评价表"
LETTERS, LENGTH, BLOCK = "ACDEFHJKLMNPQRTUVWXY34679", 12, 4  # 55 bits; no two that a hand writes alike
MOST = 50  # forms of one printing


def serial_of(text: str) -> str:
    """A serial number as it is kept, whatever was typed between its blocks."""
    return "".join(one for one in text.upper() if one.isalnum())


def shown(serial: str) -> str:
    """A serial number in blocks, as it is printed."""
    return "-".join(serial[n : n + BLOCK] for n in range(0, len(serial), BLOCK))


@transaction.atomic
def issue(subject: Subject, group: str, count: int, *, by: Account, at: datetime) -> list[str]:
    """Serial numbers for forms of a group that is not invited by name; given out once and kept nowhere. Raises Refused."""
    links.check_anonymous(subject, group, at)
    if not 1 <= count <= MOST:
        raise Refused(_("一次印制1至%(n)s份。") % {"n": MOST}, way_out=_("填写这一范围内的份数。"), rule=RULE, field="count")
    serials = ["".join(secrets.choice(LETTERS) for _n in range(LENGTH)) for _one in range(count)]
    LinkIssue.objects.create(subject=subject, group=group, count=count, by=by, at=at)
    Ticket.objects.bulk_create(Ticket(digest=links.digest_of(one), subject=subject, group=group) for one in sorted(serials))
    return serials


def sheet_of(campaign: Campaign, text: str, at: datetime) -> answering.Sheet:
    """What a form of this campaign asks for. Raises Refused when its number is unknown, used, or of another campaign."""
    serial = serial_of(text)
    sheet = answering.sheet_of(serial, at) if len(serial) == LENGTH else None
    if sheet is None or sheet.campaign.pk != campaign.pk:
        raise Refused(
            _("没有这个编号的评价表，或者它已经计入。"), way_out=_("对照表上的编号逐字核对；每个编号只计一次，测评结束后不再录入。"),
            rule=RULE, field="serial",
        )  # fmt: skip
    return sheet


def enter(
    campaign: Campaign, text: str, given: Mapping[str, str], *, anew: bool, by: Account, at: datetime
) -> tuple[answering.Sheet, bool]:
    """First entry or the second one that makes it count (True). `anew` puts a wrong first entry aside for this one. Raises Refused."""
    Campaign.objects.select_for_update(of=("self",)).get(pk=campaign.pk)
    sheet = sheet_of(campaign, text, at)
    if by.cadre_id == sheet.subject.cadre_id:
        raise Refused(_("任何人不得办理本人的事项。"), way_out=_("由其他人员录入。"), rule="SD-9")
    wrong = answering.faults(sheet, given)
    if wrong:
        raise Refused(wrong[0][1], way_out=_("漏评的表作废，不录入。"), rule=RULE, field=wrong[0][0])
    digest, scores = sheet.ticket.pk, tuple((one.key, Decimal(given[one.field])) for one in sheet.questions)
    first = PaperEntry.objects.filter(pk=digest).first()
    if first is not None and first.by_id == by.pk:
        raise Refused(_("这份表您已经录入。"), way_out=_("由另一人对照原表再录一次，两次一致才计入。"), rule=RULE, field="serial")
    if first is None or anew:
        PaperEntry.objects.filter(pk=digest).delete()
        PaperEntry.objects.create(
            digest=digest, subject=sheet.subject, by=by, sealed=ballot(Answered(scores, Decimal(answering.SCALE)), campaign.pk)
        )
        return sheet, False
    _compare(sheet, opened(bytes(first.sealed), campaign.pk), scores)
    answering.cast(serial_of(text), given, (), at=at)
    first.delete()
    return sheet, True


def _compare(sheet: answering.Sheet, first: Answered, scores: tuple[tuple[int | None, Decimal], ...]) -> None:
    before = dict(first.scores)
    other = [one for one, (key, value) in zip(sheet.questions, scores, strict=True) if before.get(key) != value]
    if other:
        names = "、".join(f"“{one.name}”" for one in other)
        raise Refused(
            _("与第一次录入不一致：%(w)s。") % {"w": names},
            way_out=_("对照原表核对；第一次录错的，勾选“第一次录入有误”，再由另一人复核。"), rule=RULE, field=other[0].field,
        )  # fmt: skip


def waiting(campaign: Campaign) -> int:
    """Forms that were typed once and wait for a second person."""
    return PaperEntry.objects.filter(subject__campaign=campaign).count()
