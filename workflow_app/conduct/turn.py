"""The start of every act: lock the case, then look; who, whose turn, and on which version."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from workflow_app.hands import Present, look
from workflow_app.models import Account, Cadre, Case, WorkItem
from workflow_app.nodes import Human, Path
from workflow_app.rows import Batch, table
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
    def situation(self) -> Situation:
        """What the step may know."""
        return Situation(self.case, self.by, self.at, self.item.subject if self.item else {})

    def meet(self) -> None:
        """Load the people that the paper names: the person concerned and the actor."""
        wanted = {self.case.cadre_id, self.by.cadre_id if self.by else None} - {None}
        self.people = {c.pk: c for c in Cadre.objects.select_related("unit", "post__unit").filter(pk__in=wanted)}
        self.case.cadre = self.people[self.case.cadre_id]
        if self.by is not None and self.by.cadre_id:
            self.by.cadre = self.people[self.by.cadre_id]


def _as_path(case: Case) -> Case:
    case.__class__ = case.flow_class.process_class  # the proxy that carries the transitions
    return case


@contextmanager
def taken(item_id: int, *, at: datetime, by: Account | None, key: str | None) -> Iterator[Turn]:
    """Lock the case of an item. The lock's own row of the item is used only for what never changes."""
    cases, items = table(Case), table(WorkItem)
    lock = " FOR UPDATE OF c" if connection.vendor == "postgresql" else ""
    text = (
        f"SELECT {cases.columns('c')}, {items.columns('i')} FROM {items.name} i"
        f" JOIN {cases.name} c ON c.id = i.process_id WHERE i.id = %s{lock}"
    )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(text, [item_id])
        row = cursor.fetchone()
        if row is None:
            raise Stale("没有这一事项。", way_out="返回待办列表。")
        split = len(cases.names)
        case, item = _as_path(cases.read(row[:split])), items.read(row[split:])
        item.process = case
        present = look(case, by, on=Situation(case, by, at, {}).today, key=key, item=item_id)
        yield Turn(case, item, present, at, by, key)


@contextmanager
def locked(case_id: int, *, at: datetime, by: Account | None, key: str | None) -> Iterator[Turn]:
    """Lock a case for an act that has no item yet."""
    with transaction.atomic():
        case = _as_path(Case.objects.select_for_update().get(pk=case_id))
        present = look(case, by, on=Situation(case, by, at, {}).today, key=key)
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
        "finished": case.finished,
    }  # fmt: skip
