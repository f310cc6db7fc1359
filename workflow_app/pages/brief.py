"""What has been established, beside the form: a reviewer should not have to open thirteen papers to find the weak point."""

from __future__ import annotations

from django.utils.translation import gettext as _

from workflow_app import clock
from workflow_app.models import Deadline
from workflow_app.pages import wording
from workflow_app.pages.holding import Held
from workflow_app.plain_words import Line

# Whoever sits at another organ answers one question and needs no more than the letter that asks it.
OUTSIDE = "opinion_organ"


def lines_of(work: Held) -> list[Line]:
    """What the case has established, and which periods were not kept; nothing for another organ and for the person concerned."""
    if work.as_subject or work.step.role == OUTSIDE:
        return []
    return [*work.case.flow_class.brief(work.case), *_periods(work)]


def _periods(work: Held) -> list[Line]:
    """Periods of items other than this one that are over; a minimum is no period to be late in."""
    found = Deadline.objects.filter(case=work.case, item__isnull=False).exclude(item=work.item).select_related("item").order_by("id")
    over = [one for one in found if (one.closed_at or one.last_day < work.place.today) and not _is_minimum(work, one)]
    late = [_late(work, one) for one in over if one.closed_at is None or one.closed_at > clock.end_of(one.last_day)]
    if not over:
        return []
    return [Line(_("期限遵守"), "\n".join(late) or _("已过的%(n)s个期限都在期内办结。") % {"n": len(over)})]


def _is_minimum(work: Held, period: Deadline) -> bool:
    assert period.item is not None
    step = wording.step_of(work.case, period.item.step)
    return step is not None and step.minimum == period.rule_id


def _late(work: Held, period: Deadline) -> str:
    assert period.item is not None
    told = {"title": wording.title_of(work.case, period.item.step), "day": period.last_day}
    if period.closed_at is None:
        return _("%(title)s：届满日%(day)s，尚未办结") % told
    return _("%(title)s：届满日%(day)s，%(done)s办结") % {**told, "done": period.closed_at.astimezone(clock.TZ).date()}
