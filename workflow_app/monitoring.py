"""Acts about targets of units: a file taken in is recorded, yellow reminds who leads the unit, red also the leaders of the department.

A colour decides nothing, makes no lead about anybody and no order of units.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import IO

from django.db import transaction
from django.urls import reverse

from workflow_app import absences, clock, ledger
from workflow_app.assessment.units import statements
from workflow_app.models import Account, Colour, Desk, Unit, UnitColour
from workflow_app.telling.assessed import leading
from workflow_app.telling.messages import Told, tell

LEADER = "org_leader"


@transaction.atomic
def take_in(organ: Unit, name: str, source: IO[bytes], *, by: Account, at: datetime) -> statements.Taken:
    """A workbook of targets and statements. Raises BadSheet; then nothing is kept."""
    taken = statements.take_in(organ, name, source, at.astimezone(clock.TZ).date(), by=by, at=at)
    facts = {"file": name, "targets": len(taken.targets), "statements": len(taken.statements), "changed": len(taken.colours)}
    ledger.journal(organ, ledger.Entry(kind="IMPORT", at=at, actor=by, outcome="unit_statements", parts={"facts": facts}))
    tell(list(_reminders(organ, taken.colours, at)), at)
    return taken


def _reminders(organ: Unit, changed: list[UnitColour], at: datetime) -> Iterator[Told]:
    units = Unit.objects.in_bulk({one.unit_id for one in changed})
    desk = Desk.objects.filter(role=LEADER, unit=organ).first()
    above = [one.pk for one in absences.present_at(desk, at.astimezone(clock.TZ).date())] if desk else []
    for one in changed:
        if one.shade == Colour.Shade.GREEN:
            continue
        red = one.shade == Colour.Shade.RED
        words = f"{'红色' if red else '黄色'}提醒：{units[one.unit_id].name}{one.period}“{one.name}”达成度{one.score}%"
        for account in leading(one.unit_id):
            yield Told(account, f"unit:{one.pk}", "WARN", f"{words}，请查找原因、抓紧推进", reverse("portal_assessment"))
        for account in above if red else []:
            yield Told(account, f"unit:{one.pk}:red", "WARN", f"{words}，请研究督促", reverse("unit_targets"))
