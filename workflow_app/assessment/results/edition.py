"""Editions of an explanation: figures of five ratings up, none of a single rater, none by subtraction. The audit role alone reads all."""

from __future__ import annotations

from dataclasses import replace

from workflow_app.assessment.scoring.tree import Node

LEAST = 5  # ratings of a group from which its figure is shown to the person rated (P)
RATED = ("MEAN", "TRIMMED")


def for_person(node: Node) -> Node:
    """The same tree without raw ratings. A group of fewer than five is not shown alone; a measured figure is shown with its rows."""
    return _edition(node, raw=False)


def for_office(node: Node) -> Node:
    """For who manages the cadre: the same, with the raw ratings of groups that are shown. They carry no rater."""
    return _edition(node, raw=True)


def _edition(node: Node, *, raw: bool) -> Node:
    if node.rule in RATED:
        return node if raw else replace(node, leaves=())
    parts = tuple(_edition(one, raw=raw) for one in node.parts)
    if node.rule == "GROUPS":
        parts, hidden = _sealed(parts)
        return replace(node, parts=parts, value=None if hidden else node.value, flags=(*node.flags, "SEALED") if hidden else node.flags)
    return replace(node, parts=parts)


def _sealed(groups: tuple[Node, ...]) -> tuple[tuple[Node, ...], bool]:
    """Groups with the small ones hidden, and whether the indicator itself would tell a single group's figure."""
    present = [one for one in groups if one.value is not None]
    small = {one.key for one in present if _answers(one) < LEAST}
    if len(small) == 1 and len(present) > 1:  # the other groups would tell it by subtraction
        small.add(min((one for one in present if one.key not in small), key=lambda one: (_answers(one), one.key)).key)
    shown = tuple(
        replace(one, value=None, figures=(), leaves=(), flags=(*one.flags, "SEALED")) if one.key in small else one for one in groups
    )
    return shown, len(present) == 1 and bool(small)


def _answers(node: Node) -> int:
    return int(dict(node.figures).get("n", "0"))
