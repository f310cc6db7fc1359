"""The start of every act: lock the case, then look; who, whose turn, and on which version."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any, NamedTuple

from django.db import transaction

from workflow_app.hands import Cover, Present, Stand, look
from workflow_app.models import Account, Cadre, Case, Decision, Post, Unit, WorkItem
from workflow_app.nodes import Human, Path
from workflow_app.rows import Batch, ask, table, vendor
from workflow_app.steps import Refused, Situation

OPEN = ("NEW", "ASSIGNED")


class OutOfTurn(Refused):
    """The case is not in a state that admits this step."""

    rule = "办理顺序"


class Stale(Refused):
    """Somebody was quicker."""

    rule = "并发"


@dataclass
class Turn:
    """One act in the making: what was locked and seen, and what will be written."""

    case: Case
    item: WorkItem | None
    present: Present
    at: datetime
    by: Account | None
    key: str | None
    batch: Batch = field(default_factory=Batch)
    people: dict[int, Cadre] = field(default_factory=dict)
    # Lengths that the act sets for periods it opens: rule id -> length.
    lengths: Mapping[str, int] = field(default_factory=dict)
    # The case of the decision that a remedy attacks, when the act may overturn it.
    elder: Turn | None = None

    def __post_init__(self) -> None:
        self.about = self.case.cadre_id

    @property
    def path(self) -> type[Path]:
        """The path of the case."""
        path: type[Path] = self.case.flow_class
        return path

    @property
    def node(self) -> Human:
        """The node of the item."""
        assert self.item is not None
        node: Human = self.item.flow_task
        return node

    @property
    def is_own(self) -> bool:
        """Whether the person concerned acts."""
        return self.by is not None and self.by.cadre_id is not None and self.by.cadre_id == self.case.cadre_id

    @property
    def stand(self) -> Stand | None:
        """By what the actor acts for the person concerned, or None."""
        if self.by is None or self.is_own:
            return None
        return next(iter(sorted(self.present.stands, key=lambda stand: not stand.may_withdraw)), None)

    @property
    def cover(self) -> Cover | None:
        """For whom the actor stands in at the desk of the item, or None."""
        return self.present.cover(self.item.desk_id) if self.by is not None and self.item is not None else None

    def actors(self, desk: int | None = None) -> list[int]:
        """Whose hands an act at a desk brings into the case: the actor's, and those of the person stood in for."""
        cover = self.present.cover(desk) if desk is not None else self.cover
        own = self.by.cadre_id if self.by is not None else None
        return [cadre for cadre in (own, cover.cadre if cover else None) if cadre is not None]

    def holds(self) -> bool:
        """Whether the item is nobody's, the actor's, or of the person stood in for."""
        owner, by = self.present.owner, self.by
        return owner is None or (by is not None and owner == by.pk) or (self.cover is not None and owner == self.cover.account)

    @property
    def enters_paper(self) -> bool:
        """Whether a handler enters what the person concerned wrote on paper."""
        return self.by is not None and not self.is_own and self.stand is None and self.node.step.role == "subject"

    @property
    def situation(self) -> Situation:
        """What the step may know."""
        return Situation(self.case, self.by, self.at, self.item.subject if self.item else {})

    def meet(self) -> None:
        """Load those whom the paper names: the person concerned and the actor, with unit and post, and the organ."""
        own = self.by.cadre_id if self.by else None
        cadres, units, posts = table(Cadre), table(Unit), table(Post)
        a, b, c, d = (len(part.names) for part in (cadres, units, posts, units))
        for row in ask(_people(vendor()), [self.case.organ_id, self.case.cadre_id, own or 0]):
            cadre, cadre.unit = cadres.read(row[:a]), units.read(row[a : a + b])
            if cadre.post_id:
                cadre.post = posts.read(row[a + b : a + b + c])
                cadre.post.unit = units.read(row[a + b + c : a + b + c + d])
            self.people[cadre.pk], self.case.organ = cadre, units.read(row[a + b + c + d :])
        self.case.cadre = self.people[self.case.cadre_id]
        if self.by is not None and own:
            self.by.cadre = self.people[own]


def _as_path(case: Case) -> Case:
    case.__class__ = case.flow_class.process_class  # the proxy that carries the transitions
    return case


@lru_cache(maxsize=2)
def _lock(vendor: str) -> str:
    cases, items = table(Case), table(WorkItem)
    lock = " FOR UPDATE OF c" if vendor == "postgresql" else ""
    return (
        f"SELECT {cases.columns('c')}, {items.columns('i')} FROM {items.name} i"
        f" JOIN {cases.name} c ON c.id = i.process_id WHERE i.id = %s{lock}"
    )


@lru_cache(maxsize=2)
def _people(vendor: str) -> str:
    cadres, units, posts = table(Cadre), table(Unit), table(Post)
    return (
        f"SELECT {cadres.columns('c')}, {units.columns('u')}, {posts.columns('p')}, {units.columns('pu')}, {units.columns('o')}"
        f" FROM {cadres.name} c JOIN {units.name} u ON u.id = c.unit_id JOIN {units.name} o ON o.id = %s"
        f" LEFT JOIN {posts.name} p ON p.id = c.post_id LEFT JOIN {units.name} pu ON pu.id = p.unit_id WHERE c.id IN (%s, %s)"
    )


@contextmanager
def taken(item_id: int, *, at: datetime, by: Account | None, key: str | None, attacked: Attacked | None = None) -> Iterator[Turn]:
    """Lock the case of an item. The lock's own row of the item is used only for what never changes.

    `attacked`: the decision that the item's case attacks; its case, if it has one, and itself are locked first, here and everywhere.
    """
    with transaction.atomic():
        first = _elder(attacked, at, by) if attacked else None
        found = ask(_lock(vendor()), [item_id])
        if not found:
            raise Stale("没有这一事项。", way_out="返回待办列表。")
        cases, items = table(Case), table(WorkItem)
        split = len(cases.names)
        case, item = _as_path(cases.read(found[0][:split])), items.read(found[0][split:])
        item.process = case
        present = look(case, by, on=Situation(case, by, at, {}).today, key=key, item=item_id, at=at)
        yield Turn(case, item, present, at, by, key, elder=first)


class Attacked(NamedTuple):
    """The decision that a remedy attacks: its key, and the case that ended with it. Neither ever changes."""

    decision: int
    case: int | None


def attacked_by(item: WorkItem) -> Attacked | None:
    """The attacked decision, when what this step may do depends on how it stands: two remedies may run beside each other."""
    step = item.flow_task.step
    if not (step.overturns or step.takes_up):
        return None
    found = Decision.objects.filter(remedies=item.process_id).values_list("pk", "case_id").first()
    return Attacked(*found) if found else None


def _elder(attacked: Attacked, at: datetime, by: Account | None) -> Turn | None:
    case = _as_path(Case.objects.select_for_update().get(pk=attacked.case)) if attacked.case else None
    # Filings, which point at the decision, need not wait: its key stays.
    Decision.objects.select_for_update(no_key=True).only("pk").get(pk=attacked.decision)
    if case is None:
        return None
    return Turn(case, None, look(case, None, on=Situation(case, None, at, {}).today, key=None, at=at), at, by, None)


@contextmanager
def locked(case_id: int, *, at: datetime, by: Account | None, key: str | None) -> Iterator[Turn]:
    """Lock a case for an act that has no item yet."""
    with transaction.atomic():
        case = _as_path(Case.objects.select_for_update().get(pk=case_id))
        present = look(case, by, on=Situation(case, by, at, {}).today, key=key, at=at)
        yield Turn(case, None, present, at, by, key)


def check_open(turn: Turn, version: int | None = None) -> None:
    """The item is still open, and is what the actor last saw."""
    present = turn.present
    if present.status not in OPEN:
        raise Stale("这一事项已经办结或撤回。", way_out="返回待办列表，查看案件的最新进展。")
    if version is not None and version != present.version:
        raise Stale("这一事项在您打开之后已有变化。", way_out="请刷新页面；填写的内容已保留。")


def check_running(turn: Turn) -> None:
    """A suspended case admits only the person's own acts and what ends the suspension."""
    case, step = turn.case, turn.node.step
    if case.suspended_on and step.role != "subject" and not (turn.node.anytime or turn.node.overriding):
        raise OutOfTurn(f"案件自{case.suspended_on}起中止办理。", way_out="办理“恢复”后继续。")


def turn_values(turn: Turn) -> dict[str, Any]:
    """Columns of the case that every act writes."""
    case = turn.case
    return {
        "state": case.state, "marks": case.marks, "settled": case.settled, "anchors": case.anchors, "round": case.round,
        "awaited": case.awaited, "suspended_on": case.suspended_on, "records_count": case.records_count,
        "items_count": case.items_count, "papers_count": case.papers_count, "head": case.head, "status": case.status,
        "finished": case.finished, "recused": case.recused, "overturned_on": case.overturned_on,
        "overtaken_on": case.overtaken_on,
        # Only when the act has chosen another person: naming the column has the database spread the case's search words anew.
        **({} if case.cadre_id == turn.about else {"cadre_id": case.cadre_id}),
    }  # fmt: skip
