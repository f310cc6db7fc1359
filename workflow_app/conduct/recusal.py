"""What a granted recusal takes out of a person's hands: items go back to their desks, frozen papers are unfrozen."""

from __future__ import annotations

from django.db.models import Q

from workflow_app import ledger
from workflow_app.conduct.turn import OPEN, Turn
from workflow_app.models import SigningSheet, WorkItem


def give_back(turn: Turn, people: set[int]) -> list[int]:
    """Free everything that waits for one of `people`; the desks to tell."""
    if not people:
        return []
    sheets = [sheet for sheet in SigningSheet.objects.filter(case_id=turn.case.pk) if _waits_for(sheet, people)]
    desks = [_unfreeze(turn, sheet) for sheet in sheets]
    held = WorkItem.objects.filter(Q(owner__cadre_id__in=people), process_id=turn.case.pk, status__in=OPEN)
    for item in held.exclude(pk__in=[sheet.pk for sheet in sheets]):
        _back_to(turn, item, item.desk_id)
        desks.append(item.desk_id)
    return desks


def _waits_for(sheet: SigningSheet, people: set[int]) -> bool:
    """Somebody kept out has written or signed the paper, or alone could sign it."""
    return any(one.get("cadre") in people for one in (*sheet.signed, *sheet.slots))


def _unfreeze(turn: Turn, sheet: SigningSheet) -> int:
    desk: int = sheet.slots[0]["from_desk"]
    turn.batch.add("DELETE FROM workflow_app_signingsheet WHERE item_id = %s", [sheet.pk])
    _back_to(turn, WorkItem.objects.get(pk=sheet.pk), desk)
    return desk


def _back_to(turn: Turn, item: WorkItem, desk: int) -> None:
    entry = ledger.Entry(
        kind="RELEASE", at=turn.at, actor=turn.by, step=item.step, round=turn.case.round, outcome="recused", desk_id=desk,
        state_from=str(turn.case.state), state_to=str(turn.case.state), parts={"item": {"id": item.pk}},
    )  # fmt: skip
    ledger.append(turn.batch, turn.case, entry)
    turn.batch.update(WorkItem, item.pk, desk_id=desk, owner_id=None, assigned=None, status="NEW", version=item.version + 1)
