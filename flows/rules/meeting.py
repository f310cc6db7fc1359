"""M-1 to M-7: how a committee lawfully votes on a matter (SEL, procedure §2.2). Arithmetic on values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class View(StrEnum):
    """What a member says, and how a member votes."""

    AGREE = "agree"
    DISAGREE = "disagree"
    POSTPONE = "postpone"


VIEWS = [("", "——"), (View.AGREE, "同意"), (View.DISAGREE, "不同意"), (View.POSTPONE, "缓议")]


@dataclass(frozen=True)
class Member:
    """One member who should attend."""

    cadre: int
    name: str
    present: bool
    recused: bool = False
    leader: bool = False  # the principal leader of the committee
    order: int = 0
    view: str = ""
    vote: str = ""
    stand_in: bool = False  # chairs in the leader's absence, as recorded


@dataclass(frozen=True)
class Tally:
    """The count. `due` stays unchanged by recusal: the stricter reading of M-2 (P)."""

    due: int
    present: int
    recused: int
    agree: int
    disagree: int
    postpone: int

    @property
    def quorum(self) -> bool:
        """M-1: two thirds of the members due attend."""
        return self.present * 3 >= self.due * 2

    @property
    def adopted(self) -> bool:
        """M-2: more than half of the members due agree."""
        return self.agree * 2 > self.due

    @property
    def divided(self) -> bool:
        """M-4: large disagreement (P): neither side has more than half of the members due."""
        return not self.adopted and (self.disagree + self.postpone) * 2 <= self.due

    @property
    def against(self) -> bool:
        """More than half of the members due do not agree: they disagree or want it postponed."""
        return (self.disagree + self.postpone) * 2 > self.due

    @property
    def result(self) -> str:
        """adopt, postpone or reject."""
        if self.adopted:
            return "adopt"
        return "reject" if self.disagree * 2 > self.due else "postpone"


@dataclass(frozen=True)
class Broken:
    """A broken meeting rule."""

    rule: str
    reason: str
    way_out: str


def may_reconsider(consenting: int, due: int) -> bool:
    """M-5: a matter that was decided is taken up again only with the consent of more than half of the members due."""
    return consenting * 2 > due


def tally(members: Sequence[Member]) -> Tally:
    """Count a vote."""
    voting = taking_part(members)
    count = [sum(1 for m in voting if m.vote == view) for view in View]
    return Tally(len(members), len(voting), sum(m.recused for m in members), *count)


def taking_part(members: Sequence[Member]) -> list[Member]:
    """Members present for the matter, in order of speaking: whoever is recused has left (M-6), whatever is ticked."""
    return sorted((m for m in members if m.present and not m.recused), key=lambda m: m.order)


def chair(members: Sequence[Member]) -> Member | None:
    """The principal leader when taking part, else the recorded stand-in; None unless there is exactly one."""
    here = taking_part(members)
    chairing = [m for m in here if m.leader] or [m for m in here if m.stand_in]
    return chairing[0] if len(chairing) == 1 else None


def broken(members: Sequence[Member]) -> Broken | None:
    """The first rule that the meeting breaks."""
    voting = taking_part(members)
    if not tally(members).quorum:
        return Broken("M-1", "到会成员不足应到会成员的三分之二，表决无效。", "待到会人数符合规定后另行召开会议。")
    for member in members:
        if member.recused and (member.view or member.vote):
            return Broken("M-6", f"{member.name}应当回避，不得发表意见或者表决。", "删除其意见和表决。")
    for member in members:
        if not member.present and (member.view or member.vote):
            return Broken("M-7", f"{member.name}没有到会，不得以传阅、会前征求等方式代替到会表决。", "删除其意见和表决，或者更正到会情况。")
    for member in voting:
        if not member.view or not member.vote:
            return Broken("M-3", f"{member.name}没有逐项表态或者表决。", "补记该成员的意见和表决。")
    if len({m.order for m in voting}) != len(voting):
        return Broken("M-3", "发言顺序有重复。", "按实际顺序逐一编号。")
    return _chaired(members, voting)


def _chaired(members: Sequence[Member], voting: Sequence[Member]) -> Broken | None:
    if sum(m.leader for m in members) != 1:
        return Broken("M-3", "应到会成员中须列明且只列明一名主要负责人。", "勾选主要负责人一人。")
    if any(m.leader for m in voting) and any(m.stand_in for m in members):
        return Broken("M-3", "主要负责人到会的，不由他人代为主持。", "取消“代为主持”。")
    first = chair(members)
    if first is None:
        return Broken("M-3", "主要负责人缺席或者回避的，须记明一名到会成员代为主持。", "勾选代为主持的成员一人。")
    if voting[-1] != first:
        return Broken("M-3", "主要负责人（代为主持的成员）应当最后表态。", "按实际发言顺序更正；未遵守的，会议应重新表态。")
    return None
