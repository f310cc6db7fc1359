"""Start-up checks: path.py, case.py, steps, templates, roles and law figures must agree (E001-E007); the directory is reached securely (E008)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from viewflow.workflow.base import Node
from viewflow.workflow.nodes import End, Join

from workflow_app.law import known_rules
from workflow_app.nodes import PATHS, Branch, Human, Parallel, Path, Wait

KINDS = (Human, Branch, Parallel, Join, End)


@register()
def paths_agree(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Every declared path, checked."""
    return [message for path in PATHS.values() for message in check(path)]


@register()
def directory_is_secure(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """What the directory says about a person is believed because the line to it is secure."""
    if settings.OIDC_ISSUER and not settings.DEMO and not settings.OIDC_ISSUER.startswith("https://"):
        return [Error("OIDC_ISSUER must be an https address", id="shangxia.E008")]
    return []


def check(path: type[Path]) -> Iterator[CheckMessage]:
    """All faults of one path."""
    for node in path._nodes_by_name.values():
        if not isinstance(node, KINDS):
            yield Error(f"{path.__name__}.{node.name}: our walk executes no {type(node).__name__}", id="shangxia.E007")
        elif isinstance(node, Human) and not isinstance(node, Wait):
            yield from _check_step(path, node)
        elif isinstance(node, Branch):
            yield from _check_states(path, node)
    yield from _check_blocks(path)


def _check_step(path: type[Path], node: Human) -> Iterator[CheckMessage]:
    step, where = node.step, f"{path.__name__}.{node.name}"
    if step.name != node.name:
        yield Error(f"{where}: the step calls itself {step.name}", id="shangxia.E001")
    if type(step).__name__ != camel(step.name):
        yield Error(f"{where}: the class is called {type(step).__name__}, not {camel(step.name)}", id="shangxia.E001")
    template = f"documents/{'anywhere' if step.no == 'X' else path.folder}/{step.name}.html"
    try:
        get_template(template)
    except TemplateDoesNotExist:
        yield Error(f"{where}: no template {template}", id="shangxia.E002")
    if not hasattr(getattr(path.process_class, step.name, None), "_django_fsm"):
        yield Error(f"{where}: {path.process_class.__name__} has no transition {step.name}", id="shangxia.E003")
    for rule in (step.deadline, step.minimum, *step.starts):
        if rule and rule not in known_rules():
            yield Error(f"{where}: no rule {rule} in deadlines.csv", id="shangxia.E005")
    if step.role not in path.roles:
        yield Error(f"{where}: no role {step.role}", id="shangxia.E006")


def _check_states(path: type[Path], node: Branch) -> Iterator[CheckMessage]:
    known = {str(state) for state in path.process_class.STATES}
    for state in node.targets:
        if str(state) not in known:
            yield Error(f"{path.__name__}.{node.name}: no state {state}", id="shangxia.E004")


def _check_blocks(path: type[Path]) -> Iterator[CheckMessage]:
    """Every way out of a split reaches its join, and no jump leaves or enters a block."""
    for node in path._nodes_by_name.values():
        if not isinstance(node, Parallel):
            continue
        inside, joins, faults = _inside(node)
        if len(joins) != 1 or faults:
            yield Error(f"{path.__name__}.{node.name}: a way out of the block misses its join {sorted(faults)}", id="shangxia.E007")
        for member in inside:
            for edge in member._incoming():
                if edge.src not in inside and edge.src is not node:
                    yield Error(f"{path.__name__}.{node.name}: {edge.src.name} jumps into the block", id="shangxia.E007")


def _inside(split: Parallel) -> tuple[set[Node], set[Node], set[str]]:
    inside: set[Node] = set()
    joins: set[Node] = set()
    faults: set[str] = set()
    ahead = [edge.dst for edge in split._outgoing()]
    while ahead:
        node = ahead.pop()
        if isinstance(node, Join):
            joins.add(node)
        elif isinstance(node, End) or (isinstance(node, Human) and node.overriding):
            faults.add(node.name)
        elif node not in inside:
            inside.add(node)
            ahead += [edge.dst for edge in node._outgoing()]
    return inside, joins, faults


def camel(name: str) -> str:
    """Class name of a step's module name."""
    return re.sub(r"(?:^|_)(\w)", lambda match: match.group(1).upper(), name)
