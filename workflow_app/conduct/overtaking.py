"""A further remedy is filed while the organ of the one before is late: both run, and nobody has to withdraw anything."""

from __future__ import annotations

from datetime import datetime

from workflow_app import ledger
from workflow_app.conduct import carry
from workflow_app.conduct.turn import Stale, locked
from workflow_app.models import Account, Case


def overtake(late: Case, *, by: Account, at: datetime) -> None:
    """Mark the late remedy and record it there; raises Stale when it was decided or overtaken by a moment before."""
    with locked(late.pk, at=at, by=by, key=None) as turn:
        case = turn.case
        if case.finished or case.overtaken_on or case.state != late.state:
            raise Stale("前一程序刚刚有了结果，或者已经另行申诉。", way_out="刷新页面，看现在可以提出什么。")
        case.overtaken_on = turn.situation.today
        entry = ledger.Entry(
            kind="OVERTAKEN", at=at, actor=by, step="", round=case.round, outcome="", desk_id=None, state_from=str(case.state),
            state_to=str(case.state), parts={"overtaken": {"on": case.overtaken_on.isoformat()}},
        )  # fmt: skip
        ledger.append(turn.batch, case, entry)
        carry.announce_case(turn)
        carry.announce(turn, *(desk for *_rest, desk in turn.present.items))
        carry.settle(turn)
