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
    leader: bool = False
    order: int = 0
    view: str = ""
    vote: str = ""


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


def tally(members: Sequence[Member]) -> Tally:
    """Count a vote."""
    voting = [m for m in members if m.present and not m.recused]
    count = [sum(1 for m in voting if m.vote == view) for view in View]
    return Tally(len(members), sum(m.present for m in members), sum(m.recused for m in members), *count)


def broken(members: Sequence[Member]) -> Broken | None:
    """The first rule that the meeting breaks."""
    voting = sorted((m for m in members if m.present and not m.recused), key=lambda m: m.order)
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
    leaders = [m for m in voting if m.leader]
    if leaders and voting[-1] not in leaders:
        return Broken("M-3", "主要负责人应当最后表态。", "按实际发言顺序更正；未遵守的，会议应重新表态。")
    return None
