"""A remedy reaches the case of the decision it attacks: change, revocation, remand. Called by the door only.

The case of the decision is locked first, then the remedy, everywhere: so no two acts wait for each other.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from workflow_app import ledger, periods
from workflow_app.conduct import carry
from workflow_app.conduct.founding import found_case
from workflow_app.conduct.turn import Turn
from workflow_app.conduct.verdict import Verdict
from workflow_app.hands import Present
from workflow_app.models import Account, Case, Hand, WorkItem
from workflow_app.nodes import Plan, Planned, plan
from workflow_app.ties import tied

CHANGE, REVOKE, REMAND = "change", "revoke", "remand"


def carry_through(turn: Turn, verdict: Verdict, *, signed: list[dict[str, Any]]) -> int:
    """Carry out an act, and what it means for the decision. Returns the number of the act's record."""
    seq = carry.carry_out(turn, verdict, signed=signed)
    what = verdict.extra.get("overturn")
    if what and turn.elder is not None:
        _overturn(turn.elder, what, remedy=turn.case)
    return seq


def _overturn(elder: Turn, what: dict[str, Any], *, remedy: Case) -> None:
    """The decision's own case: its transition, its record, its open work, its periods."""
    case, before = elder.case, str(elder.case.state)
    case.overturned_on, case.suspended_on = elder.situation.today, None
    case.settled = {**case.settled, "overturn": {**what, "remedy": remedy.number, "on": elder.situation.today.isoformat()}}
    case.overturn(what["outcome"])  # type: ignore[attr-defined]
    seq = _note(elder, what, remedy, before)
    desks = [] if what["outcome"] == CHANGE else _withdraw_everything(elder, seq)
    _bars(elder, what)
    following = _following(elder, what["outcome"])
    if following:
        case.status, case.finished = "NEW", None
    desks += carry.open_items(elder, following, opened_by=seq)
    carry.announce(elder, *desks)
    carry.announce_case(elder)
    carry.settle(elder)
    if what["outcome"] == REMAND:
        _redo(elder, what, by=elder.by, at=elder.at)


def _note(turn: Turn, what: dict[str, Any], remedy: Case | None, before: str) -> int:
    parts = {"overturn": {**what, "remedy": remedy.number if remedy else ""}}
    entry = ledger.Entry(
        kind="OVERTURN", at=turn.at, actor=turn.by, step="", round=turn.case.round, outcome=what["outcome"], desk_id=None,
        state_from=before, state_to=str(turn.case.state), parts=parts,
    )  # fmt: skip
    return ledger.append(turn.batch, turn.case, entry)


def _withdraw_everything(turn: Turn, seq: int) -> list[int]:
    """Revoked or remanded, nothing of the decision is carried out any more."""
    turn.batch.add("DELETE FROM workflow_app_signingsheet WHERE case_id = %s", [turn.case.pk])
    for number, _step, _token, _desk in turn.present.items:
        turn.batch.update(WorkItem, number, status="CANCELED", finished=turn.at, closed_by=seq)
    turn.batch.add(
        "UPDATE workflow_app_deadline SET closed_at = %s, fires_at = NULL WHERE case_id = %s AND closed_at IS NULL", [turn.at, turn.case.pk]
    )
    return [desk for *_, desk in turn.present.items]


def _bars(turn: Turn, what: dict[str, Any]) -> None:
    """A changed decision bars as long as it says now, from the same day."""
    if what["outcome"] != CHANGE:
        return
    bars: dict[str, int] = turn.case.bars  # type: ignore[attr-defined]
    periods.close_rules(turn.batch, turn.case, list(bars), turn.at)
    lasting = {rule: months for rule, months in bars.items() if months}
    periods.open_for_case(turn.batch, turn.case, list(lasting), turn.situation.today, lengths=lasting)


def _following(turn: Turn, outcome: str) -> list[Planned]:
    """What the decision's case has still to do: clear the name, or close the file."""
    node = {REVOKE: "clear_name", REMAND: "archive"}.get(outcome)
    if node is None or str(turn.case.state) in {str(state) for state in turn.case.FINAL}:
        return []
    return [Planned(turn.path.node_of(node), "start")]


def _redo(elder: Turn, what: dict[str, Any], *, by: Account | None, at: datetime) -> None:
    """A linked case that starts where the remand sends it, with what was found before, and no heavier end."""
    old = elder.case
    start = old.restart(what["back_to"])  # type: ignore[attr-defined]
    # Every reader of the old case's row holds it: the new one is stored only after the old one was written.
    case = found_case(old.flow_class, old.cadre, old.organ, at, state=start.state, parent=old, marks=start.marks, settled=start.settled)
    turn = Turn(case, None, Present(), at, by, None)
    turn.meet()
    _hands_on(turn, elder)
    seq = _note(turn, {"outcome": "redo", "of": old.number, "back_to": what["back_to"]}, None, "")
    planned: Plan = plan(case, turn.path.node_of(start.after), token="start", serial=0, subject={}, open_tokens=[])
    desks = carry.open_items(turn, planned.opened, opened_by=seq)
    carry.announce(turn, *desks)
    carry.settle(turn)


def _hands_on(turn: Turn, elder: Turn) -> None:
    """What somebody did in the case that is done again keeps them out of the duties that it excludes (SD-2, SD-3, SD-8)."""
    kin = tied(elder.present.hands, [turn.case.cadre_id, *turn.case.concerned()])  # kept out in any case
    rows = [
        {"case_id": turn.case.pk, "cadre_id": cadre, "duty": duty, "record": turn.case.records_count + 1}
        for cadre, duties in elder.present.hands.items() if cadre not in kin for duty in sorted(duties)
    ]  # fmt: skip
    turn.batch.insert(Hand, *rows)
