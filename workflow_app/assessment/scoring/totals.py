"""From indicators to the total. The order of the steps: shares, routine, multiplier, debt, points, floor; rounded last, to two decimals.

Each function makes one node of the explanation from the nodes below it and from nothing else; `sheet` says which depend on which.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from workflow_app.assessment.scoring.inputs import HUNDRED, Adjustment, Indicator, Kind, Rated, Raw, Scheme
from workflow_app.assessment.scoring.means import converted, mean, missing, weighted
from workflow_app.assessment.scoring.tree import CENT, Leaf, Node, rounded

PER_POINT = Decimal("0.02")  # of the score, for each percentage point of the debt ratio over the cap (001)


def measured(indicator: Indicator, raws: Sequence[Raw], *, falsified: bool) -> Node:
    """A measured indicator: the mean of its raw rows."""
    ordered = sorted(raws, key=lambda raw: raw.row)
    value = mean([converted(raw) for raw in ordered]) if ordered else None
    leaves = tuple(Leaf(raw.row, raw.value, raw.scale) for raw in ordered)
    node = Node("MEASURED", indicator.key, indicator.name, value, indicator.weight, (("n", str(len(ordered))),), leaves=leaves)
    return _checked(indicator, node, falsified)


def rated(indicator: Indicator, groups: Sequence[Node], *, falsified: bool) -> Node:
    """A rated indicator: its rater groups by weight; a missing group's weight goes to the others, flagged."""
    value, parts = weighted(groups)
    node = Node("GROUPS", indicator.key, indicator.name, value, indicator.weight, (), missing(groups, "RESPREAD"), parts)
    return _checked(indicator, node, falsified)


def _checked(indicator: Indicator, node: Node, falsified: bool) -> Node:
    if indicator.halved:
        node = replace(node, flags=(*node.flags, "HALVED"))
    if falsified:  # one confirmed false report: the item scores 0, and what was reported stays to be seen
        return replace(node, value=Decimal(), flags=(*node.flags, "FALSIFIED"))
    if node.value is None:
        return replace(node, flags=(*node.flags, "NO_DATA"))
    if indicator.floor is not None and node.value < indicator.floor:
        return replace(node, figures=(*node.figures, ("floor", str(indicator.floor))), flags=(*node.flags, "BELOW_FLOOR"))
    return node


def part(kind: Kind, scheme: Scheme, indicators: Sequence[Node]) -> Node:
    """All indicators of a kind by weight. Its own weight is the share of the scheme, or the sum of theirs."""
    value, parts = weighted(indicators)
    of_kind = [one.weight for one in scheme.indicators if one.kind == kind]
    share = {Kind.QUANTITATIVE: scheme.quantitative, Kind.QUALITATIVE: HUNDRED - scheme.quantitative} if scheme.quantitative else {}
    weight = share.get(kind) or sum(of_kind, Decimal())
    return Node("INDICATORS", kind.value, "", value, weight, (), missing(indicators, "INDICATOR_MISSING"), parts)


def joined(rule: str, indicators: Sequence[Node]) -> Node:
    """A figure beside the total (political quality, approval of the public), two decimals half-up."""
    value, parts = weighted(indicators)
    return Node(rule, "", "", None if value is None else rounded(value, CENT), None, (), (), parts)


def total(scheme: Scheme, person: Rated, parts: Sequence[Node], approval: Decimal | None) -> Node:
    """The total with every step that led to it."""
    value, shares = weighted(parts)
    node = Node("SHARES", "", "", value, None, (), missing(parts, "PART_MISSING"), shares)
    for step in (_routine, _multiplied, _debt, _points, _floored):
        node = step(scheme, person, node)
    value = None if node.value is None else rounded(max(node.value, Decimal()), CENT)
    flags: tuple[str, ...] = ("NO_SCORE",) if value is None else ()
    if person.vetoes:
        flags += ("VETO",)
    if value is not None and value < scheme.low and approval is not None and approval >= scheme.approving:
        flags += ("REHEAR",)  # a low score and the public approves: it is heard again (001, lock 7)
    vetoed = tuple((f"veto{n}", veto.why) for n, veto in enumerate(person.vetoes, 1))
    return Node("TOTAL", "", "", value, None, vetoed, flags, (node,))


def _routine(scheme: Scheme, person: Rated, node: Node) -> Node:
    if scheme.routine is None:
        return node
    rows = sorted(person.routine, key=lambda raw: raw.row)
    leaves = tuple(Leaf(raw.row, raw.value, raw.scale) for raw in rows)
    value = mean([converted(raw) for raw in rows]) if rows else None
    own = Node("QUARTERS", "routine", "", value, scheme.routine, (("n", str(len(rows))),), leaves=leaves)
    joint, parts = weighted((replace(node, weight=HUNDRED - scheme.routine), own))
    return Node("ROUTINE", "", "", joint, None, (), missing((own,), "ROUTINE_MISSING"), parts)


def _multiplied(scheme: Scheme, person: Rated, node: Node) -> Node:
    if scheme.multiplier_base is None or node.value is None:
        return node
    base = ("base", str(scheme.multiplier_base))
    if person.coefficient is None:
        return Node("MULTIPLIED", "", "", node.value, None, (base,), ("COEFFICIENT_MISSING",), (node,))
    value = rounded(node.value * person.coefficient / scheme.multiplier_base)
    return Node("MULTIPLIED", "", "", value, None, (base, ("coefficient", str(person.coefficient))), (), (node,))


def _debt(_scheme: Scheme, person: Rated, node: Node) -> Node:
    over = [one for one in person.adjusted if one.kind == Adjustment.DEBT]
    if not over or node.value is None:
        return node
    points = sum((one.amount for one in over), Decimal())
    value = rounded(node.value * max(1 - PER_POINT * points, Decimal()))
    leaves = tuple(Leaf(one.row, one.amount, HUNDRED) for one in over)
    return Node("DEBT", "", "", value, None, (("points", str(points)),), (), (node,), leaves)


def _points(_scheme: Scheme, person: Rated, node: Node) -> Node:
    found = sorted((one for one in person.adjusted if one.kind != Adjustment.DEBT), key=lambda one: one.row)
    if not found or node.value is None:
        return node
    signed = [(one, one.amount if one.kind == Adjustment.BONUS else -one.amount) for one in found]
    value = rounded(node.value + sum((amount for _, amount in signed), Decimal()))
    leaves = tuple(Leaf(one.row, amount, HUNDRED) for one, amount in signed)
    return Node("POINTS", "", "", value, None, tuple((one.row, one.why) for one in found), (), (node,), leaves)


def _floored(scheme: Scheme, _person: Rated, node: Node) -> Node:
    below = [one for one in node.every() if "BELOW_FLOOR" in one.flags]
    if not below or node.value is None or node.value <= scheme.floored_to:
        return node
    names = tuple((one.key, one.name) for one in below)
    return Node("FLOORED", "", "", scheme.floored_to, None, (*names, ("highest", str(scheme.floored_to))), ("FLOORED",), (node,))
