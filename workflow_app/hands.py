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
from workflow_app.rows import ask
from workflow_app.steps import Refused
from workflow_app.ties import names_of_tied, tied

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
    FOR_SUBJECT = "SD-11", "代当事人办理的人员不得再办理同一案件"
    OUT = "SD-14", "回避决定作出前和准予回避后，不得办理本案"


@dataclass(frozen=True)
class Conflict:
    """A broken separation rule, in words."""

    rule: str
    reason: str
    way_out: str


EARLIER = "earlier:"  # before a duty that somebody had in the case under remedy or in an earlier remedy
# Given by flows: (duties the person already has in this case or, marked, in an earlier one, new duty) -> the broken rule, or None.
_conflicts: list[Callable[[Iterable[str], str], Conflict | None]] = []


def register(conflicts: Callable[[Iterable[str], str], Conflict | None]) -> None:
    """Name the separation rules; called once by the procedure."""
    _conflicts[:] = [conflicts]


@dataclass(frozen=True)
class Stand:
    """By what somebody acts for the person concerned."""

    id: int
    name: str
    ground: str
    may_withdraw: bool

    @property
    def title(self) -> str:
        """As a paper names the signer."""
        return "委托代理人" if self.ground == "MANDATE" else "近亲属"


@dataclass(frozen=True)
class Cover:
    """Somebody absent for whom the actor stands in at a desk."""

    desk: int
    account: int
    name: str
    cadre: int | None


@dataclass
class Present:
    """What the second read found: the actor's seats and ties, the case's hands and open items."""

    # The actor in the cadre records; 0 for nobody.
    who: int = 0
    desks: set[int] = field(default_factory=set)
    covers: list[Cover] = field(default_factory=list)
    hands: dict[int, set[str]] = field(default_factory=dict)
    # Hands in the cases that this one is a remedy of, or a further remedy after.
    elders: dict[int, set[str]] = field(default_factory=dict)
    ties: list[Any] = field(default_factory=list)
    stands: list[Stand] = field(default_factory=list)
    items: list[tuple[int, str, str, int]] = field(default_factory=list)  # id, step, token, desk
    # Periods of the case that are over and were not fired yet, the earliest first.
    over: list[int] = field(default_factory=list)
    # Version, status and owner of the item in question, read after the lock.
    version: int = 0
    status: str = ""
    owner: int | None = None
    replay: int | None = None

    def sits(self, desk: int) -> bool:
        """Whether the actor works at a desk, by a seat or as a deputy."""
        return desk in self.desks or self.cover(desk) is not None

    def cover(self, desk: int | None) -> Cover | None:
        """For whom the actor stands in at a desk; None where the actor has a seat."""
        return None if desk in self.desks else next((one for one in self.covers if one.desk == desk), None)


SITUATION = """
SELECT 'item', i.id, i.step, i.token, i.desk_id FROM workflow_app_workitem i WHERE i.process_id = %s AND i.status IN ('NEW','ASSIGNED','SCHEDULED')
UNION ALL SELECT 'hand', h.cadre_id, h.duty, '', h.record FROM workflow_app_hand h WHERE h.case_id = %s
UNION ALL SELECT 'seat', s.desk_id, '', '', 0 FROM workflow_app_seat s WHERE s.account_id = %s AND s.valid_from <= %s AND (s.valid_to IS NULL OR s.valid_to >= %s)
UNION ALL SELECT 'for', s.desk_id, CAST(s.account_id AS VARCHAR(20)), COALESCE(c.name, h.username), h.cadre_id FROM workflow_app_absence a
 JOIN workflow_app_seat s ON s.id = a.seat_id JOIN workflow_app_account h ON h.id = s.account_id LEFT JOIN workflow_app_cadre c ON c.id = h.cadre_id
 LEFT JOIN workflow_app_absence b ON b.id = a.covers_id
 WHERE a.deputy_id = %s AND a.ended_at IS NULL AND a.valid_from <= %s AND a.valid_to >= %s
 AND s.valid_from <= %s AND (s.valid_to IS NULL OR s.valid_to >= %s)
 AND (a.covers_id IS NULL OR (b.ended_at IS NULL AND b.valid_from <= %s AND b.valid_to >= %s))
UNION ALL SELECT 'tie', 0, t.kind, '', 0 FROM workflow_app_tie t WHERE (t.one_id = %s AND t.other_id = %s) OR (t.one_id = %s AND t.other_id = %s)
UNION ALL SELECT 'turn', v.version, v.status, '', v.owner_id FROM workflow_app_workitem v WHERE v.id = %s
UNION ALL SELECT 'stand', p.id, p.name, p.ground, CASE WHEN p.may_withdraw THEN 1 ELSE 0 END FROM workflow_app_representation p
 WHERE p.account_id = %s AND p.principal_id = %s AND p.standing = 'VALID' AND (p.case_id IS NULL OR p.case_id = %s
 OR p.case_id = (SELECT m.case_id FROM workflow_app_decision m WHERE m.id = %s))
 AND p.valid_from <= %s AND (p.valid_to IS NULL OR p.valid_to >= %s)
UNION ALL SELECT 'over', d.id, '', '', 0 FROM (SELECT id FROM workflow_app_deadline
 WHERE case_id = %s AND fires_at IS NOT NULL AND fires_at <= %s ORDER BY fires_at, id) d
UNION ALL SELECT 'elder', e.cadre_id, e.duty, '', 0 FROM workflow_app_hand e JOIN workflow_app_case f ON f.id = e.case_id
 WHERE f.id <> %s AND (f.decision_id = %s OR f.id = (SELECT d.case_id FROM workflow_app_decision d WHERE d.id = %s))
UNION ALL SELECT 'key', r.seq, r.chain, '', 0 FROM workflow_app_record r WHERE r.key = %s
"""


def look(case: Case, actor: Account | None, *, on: date, key: str | None, item: int = 0, at: datetime | None = None) -> Present:
    """The second read, after the lock: what the lock's own statement would show is from before the wait.

    With `at` it also finds the periods that are over at that moment.
    """
    account, cadre = (actor.pk, actor.cadre_id) if actor else (0, 0)
    found = Present(who=cadre or 0, ties=[*tied(case.concerned(), [cadre] if cadre else [])])
    values = [
        case.pk, case.pk, account, on, on, account, *[on] * 6, cadre or 0, case.cadre_id, case.cadre_id, cadre or 0, item, account,
        case.cadre_id, case.pk, case.decision_id or 0, on, on, case.pk, connection.ops.adapt_datetimefield_value(at), case.pk, case.decision_id or 0,
        case.decision_id or 0, key or "",
    ]  # fmt: skip
    for what, number, text, more, other in ask(SITUATION, values):
        if what == "item":
            found.items.append((number, text, more, other))
        elif what in ("hand", "elder"):
            (found.hands if what == "hand" else found.elders).setdefault(number, set()).add(text)
        elif what == "seat":
            found.desks.add(number)
        elif what == "for":
            found.covers.append(Cover(number, int(text), more, other))
        elif what == "tie":
            found.ties.append(text)
        elif what == "over":
            found.over.append(number)
        elif what == "stand":
            found.stands.append(Stand(number, text, more, bool(other)))
        elif what == "turn":
            found.version, found.status, found.owner = number, text, other
        elif text != f"C{case.pk}":
            raise Refused("这次提交的标识已用于另一案件。", way_out="请重新打开页面后再提交。", rule="重复提交")
        else:
            found.replay = number
    return found


def check_free(case: Case, cadre: int | None) -> None:
    """Nobody works on a case while their recusal is asked for, or after it was granted."""
    if cadre is None or str(cadre) not in case.kept_out:
        return
    if case.kept_out[str(cadre)] == "pending":
        raise Separated(
            "对您的回避申请尚未决定，决定作出前您须暂停办理本案。", way_out="等待回避决定，或由同一岗位的其他人员办理。", rule=Rule.OUT
        )
    raise Separated("您已被决定回避，不得再办理本案。", way_out="由接替人员或同一岗位的其他人员办理。", rule=Rule.OUT)


def check_seat(case: Case, present: Present, actor: Account | None, *, desk_id: int, role: str) -> None:
    """The actor sits at the desk, or is (or stands for) the person concerned where that is the role; nobody acts in the own case otherwise."""
    if actor is None:
        return
    own = actor.cadre_id is not None and actor.cadre_id == case.cadre_id
    if role == "subject":
        if not own and not present.stands:
            _check_paper(case, present, actor)
        return
    if role == "concerned" and (own or present.desks or present.stands):
        return
    if role == "applicant" and actor.cadre_id is not None:
        return
    if present.stands:
        raise Separated(f"{Rule.FOR_SUBJECT.label}。", way_out="由同一岗位的其他人员办理。", rule=Rule.FOR_SUBJECT)
    if own:
        raise Separated(f"{Rule.SELF.label}。", way_out="由同一岗位的其他人员办理。", rule=Rule.SELF)
    check_free(case, actor.cadre_id)
    at_desk = bool(present.desks) if role == "author" else present.sits(desk_id)
    if not at_desk:
        raise NotYours("您今天没有这个岗位的席位。", way_out="请岗位上的人员办理，或由管理员授予席位。")
    check_cover(case, present.cover(desk_id))
    if present.ties:
        raise Separated(f"{Rule.KIN.label}。", way_out="由同一岗位的其他人员办理。", rule=Rule.KIN)


def check_cover(case: Case, cover: Cover | None) -> None:
    """A deputy may do nothing that the absent person could not do (the deputy's own bars are asked besides)."""
    if cover is None or cover.cadre is None:
        return
    way_out = "由同一岗位的其他人员办理。"
    if cover.cadre == case.cadre_id:
        raise Separated(f"您代理的{cover.name}是本案当事人。{Rule.SELF.label}。", way_out=way_out, rule=Rule.SELF)
    if str(cover.cadre) in case.kept_out:
        raise Separated(f"您代理的{cover.name}正等待回避决定或已经回避，不能代其办理。", way_out=way_out, rule=Rule.OUT)
    if tied([cover.cadre], [case.cadre_id, *case.concerned()]):
        raise Separated(f"您代理的{cover.name}与当事人有回避关系。{Rule.KIN.label}。", way_out=way_out, rule=Rule.KIN)


def on_paper(case: Case) -> bool:
    """Whether the person concerned has no account: then what they write comes on paper, and the organ's handlers enter it (P)."""
    return not Account.objects.filter(cadre_id=case.cadre_id, is_active=True).exists()


def paper_desk(case: Case) -> int:
    """The handlers' desk at which what comes on paper is entered."""
    return desk_for("case_handler", list(reversed(case.organ.ancestor_ids)))


def _check_paper(case: Case, present: Present, actor: Account) -> None:
    """Only a handler of the organ enters what came on paper; a second one signs it as well."""
    desk = paper_desk(case)
    if not present.sits(desk) or not on_paper(case):
        raise NotYours(
            "这一环节只能由本人或者有授权的代理人办理；本人没有账号的，由承办机关经办人录入书面材料。",
            way_out="由本人登录后办理，或先办理书面委托。",
        )
    check_free(case, actor.cadre_id)
    check_cover(case, present.cover(desk))
    if present.ties:
        raise Separated(f"{Rule.KIN.label}。", way_out="由同一岗位的其他人员办理。", rule=Rule.KIN)


def check_power(case: Case, present: Present, actor: Account | None, *, withdraws: bool) -> None:
    """Somebody who stands for the person concerned withdraws only what the authority lets them withdraw."""
    own = actor is None or actor.cadre_id == case.cadre_id
    if withdraws and not own and present.stands and not any(stand.may_withdraw for stand in present.stands):
        raise NotYours(
            "授权中没有“代为撤回”一项，不能代为撤回。", way_out="由本人登录后撤回，或由本人重新出具写明可以代为撤回的授权委托书。", rule="代理权限"
        )  # fmt: skip


def check_duties(case: Case, present: Present, new: type_hands) -> None:
    """No new hand conflicts with a hand the same person has in this case, or is of somebody with a tie (the actor's were asked before)."""
    new = list(new)
    if kin := names_of_tied({cadre for cadre, _ in new} - {present.who}, [case.cadre_id, *case.concerned()]):
        raise Separated(f"{kin}与当事人有回避关系，应当回避。", way_out="更换该人员，或记为回避。", rule=Rule.KIN)
    for cadre, duty in new:
        if cadre == case.cadre_id:
            raise Separated(f"{Rule.SELF.label}。", way_out="改由他人担任。", rule=Rule.SELF)
        if str(cadre) in case.kept_out:
            raise Separated("所列人员中有正在等待回避决定或已经回避的人员。", way_out="更换该人员，或记为回避。", rule=Rule.OUT)
        for conflicts in _conflicts:
            had = {*present.hands.get(cadre, set()), *(EARLIER + earlier for earlier in present.elders.get(cadre, set()))}
            broken = conflicts(had, duty)
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
