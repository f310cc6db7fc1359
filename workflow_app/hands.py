"""Who may act: seats at desks, the person concerned, ties, and duties that exclude each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from django.db import connection
from django.db.models import TextChoices

from workflow_app.clock import TZ
from workflow_app.models import Account, Case, Desk
from workflow_app.steps import Refused

type_hands = Iterable[tuple[int, str]]


class NotYours(Refused):
    """The actor has no seat at the desk."""

    rule = "席位"


class Separated(Refused):
    """A separation rule keeps the actor out."""


class Rule(TextChoices):
    """Rules that the machinery itself knows."""

    SELF = "SD-9", "任何人不得办理本人的案件"
    KIN = "SD-10", "与本人有回避关系的人员应当回避"


@dataclass(frozen=True)
class Conflict:
    """A broken separation rule, in words."""

    rule: str
    reason: str
    way_out: str


# Given by flows: (duties the person already has in this case, new duty) -> the broken rule, or None.
_conflicts: list[Callable[[Iterable[str], str], Conflict | None]] = []


def register(conflicts: Callable[[Iterable[str], str], Conflict | None]) -> None:
    """Name the separation rules; called once by the procedure."""
    _conflicts[:] = [conflicts]


@dataclass
class Present:
    """What the second read found: the actor's seats and ties, the case's hands and open items."""

    desks: set[int] = field(default_factory=set)
    hands: dict[int, set[str]] = field(default_factory=dict)
    ties: list[str] = field(default_factory=list)
    items: list[tuple[int, str, str, int]] = field(default_factory=list)  # id, step, token, desk
    # Version, status and owner of the item in question, read after the lock.
    version: int = 0
    status: str = ""
    owner: int | None = None
    replay: int | None = None


SITUATION = """
SELECT 'item', i.id, i.step, i.token, i.desk_id FROM workflow_app_workitem i WHERE i.process_id = %s AND i.status IN ('NEW','ASSIGNED','SCHEDULED')
UNION ALL SELECT 'hand', h.cadre_id, h.duty, '', h.record FROM workflow_app_hand h WHERE h.case_id = %s
UNION ALL SELECT 'seat', s.desk_id, '', '', 0 FROM workflow_app_seat s WHERE s.account_id = %s AND s.valid_from <= %s AND (s.valid_to IS NULL OR s.valid_to >= %s)
UNION ALL SELECT 'tie', 0, t.kind, '', 0 FROM workflow_app_tie t WHERE (t.one_id = %s AND t.other_id = %s) OR (t.one_id = %s AND t.other_id = %s)
UNION ALL SELECT 'turn', v.version, v.status, '', v.owner_id FROM workflow_app_workitem v WHERE v.id = %s
UNION ALL SELECT 'key', r.seq, r.chain, '', 0 FROM workflow_app_record r WHERE r.key = %s
"""


def look(case: Case, actor: Account | None, *, on: date, key: str | None, item: int = 0) -> Present:
    """The second read, after the lock: what the lock's own statement would show is from before the wait."""
    account, cadre = (actor.pk, actor.cadre_id) if actor else (0, 0)
    found = Present()
    with connection.cursor() as cursor:
        cursor.execute(
            SITUATION,
            [case.pk, case.pk, account, on, on, cadre or 0, case.cadre_id, case.cadre_id, cadre or 0, item, key or ""],
        )
        for what, number, text, more, other in cursor.fetchall():
            if what == "item":
                found.items.append((number, text, more, other))
            elif what == "hand":
                found.hands.setdefault(number, set()).add(text)
            elif what == "seat":
                found.desks.add(number)
            elif what == "tie":
                found.ties.append(text)
            elif what == "turn":
                found.version, found.status, found.owner = number, text, other
            elif text != f"C{case.pk}":
                raise Refused("这次提交的标识已用于另一案件。", way_out="请重新打开页面后再提交。", rule="重复提交")
            else:
                found.replay = number
    return found


def check_seat(case: Case, present: Present, actor: Account | None, *, desk_id: int, role: str) -> None:
    """The actor sits at the desk, or is the person concerned where that is the role; nobody acts in the own case otherwise."""
    if actor is None:
        return
    own = actor.cadre_id is not None and actor.cadre_id == case.cadre_id
    if role == "subject":
        if not own:
            raise NotYours("这一环节只能由本人办理。", way_out="由本人登录后办理。")
        return
    if role == "concerned" and (own or present.desks):
        return
    if own:
        raise Separated(f"{Rule.SELF.label}。", way_out="由同一岗位的其他人员办理。", rule=Rule.SELF)
    if desk_id not in present.desks:
        raise NotYours("您今天没有这个岗位的席位。", way_out="请岗位上的人员办理，或由管理员授予席位。")
    if present.ties:
        raise Separated(f"{Rule.KIN.label}。", way_out="由同一岗位的其他人员办理。", rule=Rule.KIN)


def check_duties(case: Case, present: Present, new: type_hands) -> None:
    """No new hand conflicts with a hand the same person already has in this case."""
    for cadre, duty in new:
        if cadre == case.cadre_id:
            raise Separated(f"{Rule.SELF.label}。", way_out="改由他人担任。", rule=Rule.SELF)
        for conflicts in _conflicts:
            broken = conflicts(present.hands.get(cadre, set()), duty)
            if broken:
                raise Separated(broken.reason, way_out=broken.way_out, rule=broken.rule)


_desks: dict[tuple[str, int], int] = {}


def desk_for(role: str, unit_ids: Iterable[int]) -> int:
    """The desk of `role` at the first of the units that has one. Desks are never renamed, so the answer is kept."""
    for unit in unit_ids:
        if (role, unit) not in _desks:
            found = Desk.objects.filter(role=role, unit=unit).values_list("pk", flat=True).first()
            if found is None:
                continue
            _desks[role, unit] = found
        return _desks[role, unit]
    raise Refused(f"没有设立办理这一环节的岗位（{role}）。", way_out="由管理员在承办机关设立岗位。", rule="岗位")


def forget_desks() -> None:
    """Forget kept desks (a new database in tests, a desk added by an administrator)."""
    _desks.clear()


def midnight(day: date) -> datetime:
    """The first moment of a local day."""
    return datetime.combine(day, time(), tzinfo=TZ)


def names(value: Any) -> list[int]:
    """Ids out of plain settled data."""
    return [int(one) for one in value or []]
