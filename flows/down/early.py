"""D1 early measures: the day of a talk, a letter or an admonition starts periods, so it is a fact and lies in the case's own time."""

from datetime import date

from workflow_app.clock import TZ
from workflow_app.steps import RuleBroken, Situation


def check_day(situation: Situation, day: date, *, field: str, title: str) -> None:
    """Not in the future; and not before the clue was registered, which would shorten the person's periods."""
    if day > situation.today:
        raise RuleBroken(f"{title}不能晚于今天。", way_out="办理后再登记。", rule="D1-DATE", field=field)
    opened = situation.case.created
    if opened and day < opened.astimezone(TZ).date():
        raise RuleBroken(f"{title}不能早于线索登记之日。", way_out="按实际日期填写。", rule="D1-DATE", field=field)
