"""Signatures and notes: what a paper and a record say of who did something."""

from __future__ import annotations

from typing import Any

from workflow_app import ledger
from workflow_app.clock import TZ
from workflow_app.conduct.turn import Turn

AUTHOR = "办理人"


def signature(turn: Turn, title: str = AUTHOR, *, desk: int | None = None) -> dict[str, Any]:
    """What a paper and a record say of a signature: both names when somebody stands in; expiry signs as the system."""
    cover = turn.present.cover(desk) if desk is not None else turn.cover
    by, more = turn.by, {}
    name = by.display_name if by else "系统（期限届满）"
    if turn.is_own:
        title = "本人" if title == AUTHOR else title
    elif (stand := turn.stand) is not None:
        title, name = stand.title, f"{stand.name}（代{turn.case.cadre.name}）"
        more = {"for": turn.case.cadre.name, "authority": stand.id}
    elif cover is not None and turn.node.step.role != "subject":
        name, more = f"{name}（代{cover.name}）", {"for": cover.name, "for_account": cover.account, "for_cadre": cover.cadre}
    elif title == AUTHOR and turn.item is not None and turn.item.pk and turn.enters_paper:
        title, more = "经办人（录入本人书面材料）", {"for": turn.case.cadre.name}
    return {
        "title": title, "name": name, "cadre": by.cadre_id if by else None, "account": by.pk if by else None, "at": turn.at.isoformat(),
        "time": f"{turn.at.astimezone(TZ):%Y-%m-%d %H:%M}", **more,
    }  # fmt: skip


def note(turn: Turn, kind: str, parts: dict[str, Any], outcome: str = "") -> int:
    """A record of another kind than an act; it has no paper. Returns its number."""
    assert turn.item is not None
    if turn.cover is not None:
        parts = {**parts, "for": {"account": turn.cover.account, "name": turn.cover.name}}
    entry = ledger.Entry(
        kind=kind, at=turn.at, actor=turn.by, step=turn.item.step, round=turn.case.round, outcome=outcome, desk_id=turn.item.desk_id,
        state_from=str(turn.case.state), state_to=str(turn.case.state), key=turn.key, parts=parts,
    )  # fmt: skip
    return ledger.append(turn.batch, turn.case, entry)
