"""年度述职: drawn from the year's lines as a first text, then edited by the person, edition by edition."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import override

from workflow_app.care.rules import day, said
from workflow_app.models import Account, Cadre, DutySummary, WorkLine
from workflow_app.refusing import Refused
from workflow_app.worklog.rules import DIARY as RULE
from workflow_app.worklog.rules import about_self, month_of, weeks_of

MOST = 8000


def drawn(cadre: Cadre, year: int) -> str:
    """The year's standing lines under their duties, in the order of time. Nothing is added, weighed or left out but what was corrected."""
    first, last = weeks_of(f"{year}-01")[0], weeks_of(f"{year}-12")[-1]
    found: dict[str, list[WorkLine]] = {}
    for one in WorkLine.objects.filter(cadre=cadre, week__range=(first, last), corrected__isnull=True).order_by("week", "id"):
        found.setdefault(one.duty, []).append(one)
    parts = []
    with override("zh-hans"):
        for duty, lines in found.items():
            parts.append("\n".join([f"【{duty}】", *(f"{month_of(one.week)[5:].lstrip('0')}月：{one.text}" for one in lines)]))
    return "\n\n".join(parts)[:MOST]


def newest(cadre: Cadre, year: int) -> DutySummary | None:
    """The last edition, handed in or not."""
    return DutySummary.objects.filter(cadre=cadre, year=year).order_by("-edition").first()


def handed_in(cadre: Cadre) -> list[DutySummary]:
    """Of every year the last edition that was handed in."""
    found: dict[int, DutySummary] = {}
    for one in DutySummary.objects.filter(cadre=cadre, handed_in=True).order_by("edition"):
        found[one.year] = one
    return [found[year] for year in sorted(found, reverse=True)]


@transaction.atomic
def save(cadre: Cadre, year: int, text: str, *, hand_in: bool, by: Account, at: datetime) -> DutySummary:
    """Keep an edition; handed in, it can be read at the office. Raises Refused."""
    Cadre.objects.select_for_update().get(pk=cadre.pk)
    about_self(cadre, by, RULE)
    if not 2000 <= year <= day(at).year:
        raise Refused(_("没有这个年度。"), way_out=_("选择今年或者以前的年度。"), rule=RULE)
    words = said(text, _("述职"), "text", 20 if hand_in else 1, rule=RULE)
    if len(words) > MOST:
        raise Refused(_("述职最多%(n)s个字。") % {"n": MOST}, way_out=_("删减后再保存。"), rule=RULE, field="text")
    before = newest(cadre, year)
    edition = before.edition + 1 if before else 1
    return DutySummary.objects.create(cadre=cadre, year=year, edition=edition, text=words, handed_in=hand_in, by=by, at=at)


def years(cadre: Cadre, today: date) -> list[int]:
    """Years in which there are lines or editions, and this one."""
    wrote = {week.year for week in WorkLine.objects.filter(cadre=cadre).values_list("week", flat=True).distinct()}
    return sorted({*wrote, *DutySummary.objects.filter(cadre=cadre).values_list("year", flat=True), today.year}, reverse=True)
