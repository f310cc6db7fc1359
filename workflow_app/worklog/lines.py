"""工作纪实: a few lines a week, written by the person, commented on by a superior, set beside the month's statement.

A week without lines has no consequence: nothing here looks for one but the reminder of who writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from workflow_app.care.rules import day, said
from workflow_app.models import Account, Cadre, Colour, MonthWord, Statement, Upload, WeekWord, WorkLine
from workflow_app.refusing import Refused
from workflow_app.worklog.rules import A_WEEK, about_self, monday, weeks_of
from workflow_app.worklog.rules import DIARY as RULE

MOST = 10  # lines of a week that stand; a project default
RECENT = 8 * A_WEEK  # who has written within it is reminded


@dataclass(frozen=True)
class Written:
    """A line as it is written."""

    week: date
    text: str
    duty: str
    upload: Upload | None = None
    file_name: str = ""


@dataclass(frozen=True)
class Week:
    """A week with its lines, the corrected ones among them, and what superiors said."""

    first: date
    lines: list[WorkLine]
    words: list[WeekWord]

    @property
    def last(self) -> date:
        """Its Sunday."""
        return self.first + A_WEEK - (A_WEEK / 7)


@dataclass(frozen=True)
class Month:
    """A month's lines beside its statement: what the scores are about."""

    month: str
    weeks: list[Week]
    statement: list[Statement]
    colour: Colour | None
    words: list[MonthWord]


def standing(cadre: Cadre, week: date) -> int:
    """How many lines of a week stand."""
    return WorkLine.objects.filter(cadre=cadre, week=week, corrected__isnull=True).count()


@transaction.atomic
def write(cadre: Cadre, one: Written, *, by: Account, at: datetime, corrects: WorkLine | None = None, why: str = "") -> WorkLine:
    """Add a line, or correct one by a new line; a week may be written late, however late. Raises Refused."""
    Cadre.objects.select_for_update().get(pk=cadre.pk)  # two lines sent at once are counted one after the other
    about_self(cadre, by, RULE)
    week = monday(one.week)
    if week > day(at):
        raise Refused(_("这一周还没有到。"), way_out=_("选择本周或者以前的一周。"), rule=RULE, field="week")
    old = _corrected(corrects, week)
    if old is None and standing(cadre, week) >= MOST:
        raise Refused(
            _("一周的纪实最多%(n)s条。") % {"n": MOST}, way_out=_("把相近的事合写一条，或者更正已有的一条。"), rule=RULE, field="text"
        )
    words = {"text": said(one.text, _("做了什么"), "text", rule=RULE), "duty": said(one.duty, _("对应职责或者目标"), "duty", 2, rule=RULE)}
    reason = said(why, _("更正理由"), "why", rule=RULE) if old else ""
    return WorkLine.objects.create(
        cadre=cadre, week=week, upload=one.upload, file_name=one.file_name, corrects=old, why=reason, by=by, at=at, **words
    )


def _corrected(old: WorkLine | None, week: date) -> WorkLine | None:
    """The line that is corrected: the newest of its chain, in its own week. Raises Refused."""
    if old is None:
        return None
    if WorkLine.objects.filter(corrects=old).exists():
        raise Refused(_("这一条已经更正过。"), way_out=_("更正最新的一条。"), rule=RULE)
    if old.week != week:
        raise Refused(_("更正不能换到另一周。"), way_out=_("保留原来的周；写错周的，在更正理由中说明。"), rule=RULE, field="week")
    return old


@transaction.atomic
def comment(cadre: Cadre, week: date, text: str, *, by: Account, at: datetime) -> WeekWord:
    """What a superior says to a week with lines. The caller has asked whether they are one. Raises Refused."""
    if by.cadre_id == cadre.pk:
        raise Refused(_("不能给本人的纪实写意见。"), way_out=_("由上级写。"), rule=RULE)
    if not standing(cadre, week):
        raise Refused(_("这一周没有纪实，不用写意见。"), way_out=_("没有写的一周不作为任何依据。"), rule=RULE, field="text")
    return WeekWord.objects.create(cadre=cadre, week=week, text=said(text, _("意见"), "text", 2, rule=RULE), by=by, at=at)


@transaction.atomic
def reconcile(cadre: Cadre, month: str, stance: str, text: str, *, by: Account, at: datetime) -> MonthWord:
    """The person's word to the month's statement. A later one counts instead. Raises Refused."""
    about_self(cadre, by, RULE)
    if stance not in MonthWord.Stance.values:
        raise Refused(_("没有选择对账意见。"), way_out=_("选择相符或者有出入。"), rule=RULE, field="stance")
    if not Statement.objects.filter(cadre=cadre, month=month).exists():
        raise Refused(_("这个月还没有岗位对账单。"), way_out=_("对账单导入以后再对账。"), rule=RULE, field="stance")
    words = said(text, _("出入在哪里"), "text", rule=RULE) if stance == MonthWord.Stance.DIFFER else text.strip()
    return MonthWord.objects.create(cadre=cadre, month=month, stance=stance, text=words, by=by, at=at)


def month(cadre: Cadre, which: str, today: date) -> Month:
    """A month as it stands today: weeks that have begun, the newest edition of each line of the statement."""
    weeks = [one for one in weeks_of(which) if one <= today]
    lines = WorkLine.objects.filter(cadre=cadre, week__in=weeks).select_related("corrected", "by").defer("upload__data")
    words = list(WeekWord.objects.filter(cadre=cadre, week__in=weeks).select_related("by__cadre"))
    found = list(lines)
    statement = {one.item: one for one in Statement.objects.filter(cadre=cadre, month=which).order_by("edition")}
    return Month(
        which,
        [Week(week, [one for one in found if one.week == week], [one for one in words if one.week == week]) for week in weeks],
        sorted(statement.values(), key=lambda one: one.row),
        Colour.objects.filter(cadre=cadre, month=which).order_by("-id").first(),
        list(MonthWord.objects.filter(cadre=cadre, month=which).order_by("-id")),
    )


def to_remind(today: date) -> list[int]:
    """Accounts of those who have written lately and not yet this week. Whoever does not write is not chased."""
    week = monday(today)
    wrote = WorkLine.objects.filter(week__gte=week - RECENT, week__lt=week).values("cadre")
    done = WorkLine.objects.filter(week=week).values("cadre")
    rows = Account.objects.filter(cadre__in=wrote, cadre__active=True, is_active=True).exclude(cadre__in=done)
    return list(rows.order_by("pk").values_list("pk", flat=True))
