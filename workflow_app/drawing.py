"""A path as a drawing: one column a stage, one box a step, and the ways between them, straight from the path's graph.

Ways that pass over columns run in lanes, forward ones above the boxes and returns below; all ways into one step share a lane.
The drawing carries classes and no style of its own, so that a page under a strict content policy can show it; a file gets the
style with it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from viewflow.workflow.nodes import Join

from workflow_app.nodes import Branch, Human, Parallel, Path, Wait

BOX, HIGH, GAP, PITCH, ROW = 116, 30, 44, 160, 44
LANE, HEAD, EDGE = 9, 26, 14
ANYTIME = "X"  # number of the steps of any stage
STYLE = """.way{stroke-width:1.2}.way.back{stroke:#b4121b;stroke-dasharray:4 3}.tip{fill:#7b8794}.tip.back{fill:#b4121b}
.box rect{fill:#fff;stroke:#0f4c9c}.box.free rect{stroke-dasharray:4 3}.box text,.stage-no{font:12px "Noto Sans CJK SC","Noto Sans SC",sans-serif;fill:#1b1f23;text-anchor:middle}
.stage-no{font-weight:600;fill:#0f4c9c}.box.done rect{fill:#e7f2ec;stroke:#146c43}.box.now rect{fill:#0f4c9c}.box.now text{fill:#fff;font-weight:600}"""


@dataclass(frozen=True)
class Box:
    """A step in its place."""

    node: Human
    column: int
    row: int

    @property
    def left(self) -> int:
        """Its left edge."""
        return EDGE + GAP // 2 + self.column * PITCH

    @property
    def right(self) -> int:
        """Its right edge."""
        return self.left + BOX


@dataclass(frozen=True)
class Way:
    """From one step to another, on the conditions named."""

    source: str
    target: str
    when: tuple[str, ...]


@dataclass
class Plan:
    """Boxes by name, ways, and the lanes: (target, backward) -> number of the lane."""

    stages: list[str]
    boxes: dict[str, Box]
    ways: list[Way]
    lanes: dict[tuple[str, bool], int] = field(default_factory=dict)

    @property
    def rows(self) -> int:
        """Rows of the highest column."""
        return max(box.row for box in self.boxes.values()) + 1

    def height(self, back: bool) -> int:
        """Room of the lanes above (or, for returns, below) the boxes."""
        return LANE * (max((n + 1 for (_, b), n in self.lanes.items() if b == back), default=0) + 1)

    def top(self, box: Box) -> int:
        """Upper edge of a box."""
        return HEAD + self.height(False) + box.row * ROW

    def middle(self, box: Box) -> int:
        """Where ways meet it."""
        return self.top(box) + HIGH // 2

    def lane(self, target: str, back: bool) -> int:
        """Height of a lane."""
        number = self.lanes[target, back]
        floor = HEAD + self.height(False) + self.rows * ROW - (ROW - HIGH)
        return floor + LANE * (number + 1) if back else HEAD + self.height(False) - LANE * (number + 1)


def ways(path: type[Path]) -> list[Way]:
    """Every way from step to step; a step that may be passed over is not walked past."""
    found: dict[tuple[str, str], list[str]] = {}
    words = {str(state): str(state.label) for state in getattr(path.process_class, "STATES", ())}
    for node in path.humans():
        for target, state in _follow(node._next, ""):
            if target is not node:
                found.setdefault((node.step.name, target.step.name), []).extend([words.get(state, state)] if state else [])
    return [Way(source, target, tuple(dict.fromkeys(when))) for (source, target), when in found.items()]


def _follow(node: Any, state: str) -> Iterator[tuple[Human, str]]:
    if isinstance(node, Wait):
        yield from _follow(node._next, state)
    elif isinstance(node, Human):
        yield node, state
    elif isinstance(node, Branch):
        for one, target in node.targets.items():
            yield from _follow(target, str(one))
    elif isinstance(node, Parallel):
        for target, *_rest in node._branches:
            yield from _follow(target, state)
    elif isinstance(node, Join):
        yield from _follow(node._next, state)


def _order(no: str) -> tuple[bool, str, int, str]:
    found = re.match(r"([A-Z]+)(\d+)(.*)", no)
    return (no == ANYTIME, found[1], int(found[2]), found[3]) if found else (no == ANYTIME, no, 0, "")


def lay_out(path: type[Path]) -> Plan:
    """Columns by stage, rows in the order in which a case first gets there; steps that nothing leads to stand below."""
    along = ways(path)
    met = _met(path.first, along)
    nodes = {node.step.name: node for node in path.humans()}
    shown = {name: node for name, node in nodes.items() if node.step.no != ANYTIME or any(name in (w.source, w.target) for w in along)}
    stages = sorted({node.step.no for node in shown.values()}, key=_order)
    boxes: dict[str, Box] = {}
    for column, no in enumerate(stages):
        here = sorted((n for n, node in shown.items() if node.step.no == no), key=lambda name: (met.get(name, 999), name))
        boxes |= {name: Box(shown[name], column, row) for row, name in enumerate(here)}
    plan = Plan(stages, boxes, [way for way in along if way.source in boxes and way.target in boxes])
    plan.lanes = _lanes(plan)
    return plan


def _met(first: str, along: list[Way]) -> dict[str, int]:
    """Steps in the order of a walk that keeps straight on as long as it can."""
    found: dict[str, int] = {}
    left = [first]
    while left:
        name = left.pop()
        if name not in found:
            found[name] = len(found)
            left += reversed([way.target for way in along if way.source == name])
    return found


def is_long(plan: Plan, way: Way) -> bool:
    """Whether a way passes over columns, or goes back."""
    source, target = plan.boxes[way.source], plan.boxes[way.target]
    return target.column - source.column not in (0, 1)


def _lanes(plan: Plan) -> dict[tuple[str, bool], int]:
    spans: dict[tuple[str, bool], tuple[int, int]] = {}
    for way in plan.ways:
        if is_long(plan, way):
            source, target = plan.boxes[way.source].column, plan.boxes[way.target].column
            low, high = spans.get((way.target, target < source), (target, target))
            spans[way.target, target < source] = (min(low, source), max(high, source))
    found: dict[tuple[str, bool], int] = {}
    for key, (low, high) in sorted(spans.items(), key=lambda pair: pair[1][1] - pair[1][0]):
        taken = {n for other, n in found.items() if other[1] == key[1] and spans[other][0] <= high and low <= spans[other][1]}
        found[key] = next(n for n in range(len(spans) + 1) if n not in taken)
    return found


def _line(plan: Plan, way: Way) -> tuple[list[tuple[int, int]], bool]:
    """Corners of a way, and whether it goes back."""
    source, target = plan.boxes[way.source], plan.boxes[way.target]
    start, end = (source.right, plan.middle(source)), (target.left, plan.middle(target))
    if is_long(plan, way):
        back = target.column < source.column
        lane, bend = plan.lane(way.target, back), 4 + 3 * (plan.lanes[way.target, back] % 6)
        out, into = source.right + bend, target.left - bend
        return [start, (out, start[1]), (out, lane), (into, lane), (into, end[1]), end], back
    if target.column == source.column:
        if target.row == source.row + 1:
            middle = source.left + BOX // 2
            return [(middle, plan.top(source) + HIGH), (middle, plan.top(target))], False
        out = source.right + 6 + 3 * (target.row % 4)
        return [start, (out, start[1]), (out, end[1]), (target.right, end[1])], target.row < source.row
    half = source.right + (target.left - source.right) // 2
    return [start, (half, start[1]), (half, end[1]), end], False


def _tip(corners: list[tuple[int, int]]) -> str:
    (x0, y0), (x, y) = corners[-2:]
    if x0 == x:
        return f"{x},{y} {x - 4},{y - 7} {x + 4},{y - 7}" if y > y0 else f"{x},{y} {x - 4},{y + 7} {x + 4},{y + 7}"
    return f"{x},{y} {x - 7},{y - 4} {x - 7},{y + 4}" if x > x0 else f"{x},{y} {x + 7},{y - 4} {x + 7},{y + 4}"


def svg(path: type[Path], *, title: str, standing: Mapping[str, str] | None = None, style: str = "") -> str:
    """The drawing. `standing`: name of a step -> done or now; `style`: for a file that stands alone."""
    plan, stands = lay_out(path), standing or {}
    wide = EDGE * 2 + len(plan.stages) * PITCH
    high = HEAD + plan.height(False) + plan.rows * ROW + plan.height(True)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" class="path-map" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" role="img" aria-label={quoteattr(title)}>'
    ]
    parts += [f"<title>{escape(title)}</title>", *([f"<style>{style}</style>"] if style else [])]
    for way in plan.ways:
        corners, back = _line(plan, way)
        kind = " back" if back else ""
        points = " ".join(f"{x},{y}" for x, y in corners)
        said = f"{plan.boxes[way.source].node.step.title} → {plan.boxes[way.target].node.step.title}{'：' if way.when else ''}{'、'.join(way.when)}"
        parts.append(
            f'<g><title>{escape(said)}</title><polyline class="way{kind}" fill="none" stroke="#7b8794" points="{points}"/><polygon class="tip{kind}" points="{_tip(corners)}"/></g>'
        )
    parts += [f'<text class="stage-no" x="{EDGE + PITCH * n + PITCH // 2}" y="16">{escape(no)}</text>' for n, no in enumerate(plan.stages)]
    parts += [_box(plan, box, stands.get(name, "")) for name, box in plan.boxes.items()]
    return "\n".join([*parts, "</svg>"])


def _box(plan: Plan, box: Box, standing: str) -> str:
    free = " free" if box.node.skippable or box.node.anytime or box.node.overriding else ""
    top, mark = plan.top(box), {"done": "✓ "}.get(standing, "")
    return (
        f'<g class="box{free}{f" {standing}" if standing else ""}"><rect x="{box.left}" y="{top}" width="{BOX}" height="{HIGH}" rx="3" fill="#fff" stroke="#7b8794"/>'
        f'<text x="{box.left + BOX // 2}" y="{top + 20}">{mark}{escape(str(box.node.step.title))}</text></g>'
    )
