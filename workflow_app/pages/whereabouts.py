"""Where a case stands on its path: the stages in order, what is open, and what may come next."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from viewflow.workflow.nodes import End, Join

from workflow_app import drawing
from workflow_app.models import Case, WorkItem
from workflow_app.nodes import Branch, Human, Parallel, Wait
from workflow_app.pages import wording

DONE, NOW, AHEAD, PASSED = "done", "now", "ahead", "passed"


@dataclass
class Stage:
    """One stage of the path (D0, D1 ...) with its steps."""

    no: str
    steps: list[tuple[str, str]] = field(default_factory=list)  # title, standing
    standing: str = AHEAD

    @property
    def title(self) -> str:
        """What stands under the number: the step at hand, else the first one."""
        return next((title for title, standing in self.steps if standing == NOW), self.steps[0][0])

    @property
    def words(self) -> str:
        """The standing in words, so that color is not the only sign."""
        return {DONE: _("已办"), NOW: _("正在办理"), AHEAD: _("未到"), PASSED: _("未经过")}[self.standing]


def standings(items: Iterable[WorkItem]) -> dict[str, str]:
    """Steps that were done or are at hand; a step that is at hand again counts as that."""
    done = {item.step: DONE for item in items if item.status == "DONE"}
    now = {item.step: NOW for item in items if item.status in ("NEW", "ASSIGNED", "SCHEDULED") and str(item.token) != "aside"}
    return done | now


def drawn(case: Case, stands: Mapping[str, str]) -> SafeString:
    """The path as a drawing with the steps done and at hand."""
    now = "、".join(wording.title_of(case, name) for name, standing in stands.items() if standing == NOW) or wording.state_of(case)
    title = _("%(path)s路径图，现在：%(now)s。文字见“全部环节”。") % {"path": wording.path_title(case.flow_class), "now": now}
    drawn_safely = drawing.svg(case.flow_class, title=title, standing=stands)  # it escapes what it writes
    return mark_safe(drawn_safely)  # nosec


def stages(case: Case, stands: Mapping[str, str]) -> list[Stage]:
    """The stages of the case's path in the order of their numbers."""
    found: dict[str, Stage] = {}
    for node in case.flow_class.humans():
        step = node.step
        if step.no != "X":
            found.setdefault(step.no, Stage(step.no)).steps.append((wording.said(step.title), stands.get(step.name, AHEAD)))
    ordered = sorted(found.values(), key=lambda stage: _order(stage.no))
    last = max((n for n, stage in enumerate(ordered) if any(s != AHEAD for _, s in stage.steps)), default=-1)
    for n, stage in enumerate(ordered):
        kinds = {standing for _, standing in stage.steps}
        stage.standing = NOW if NOW in kinds else DONE if DONE in kinds else PASSED if n < last or case.finished else AHEAD
    return ordered


def _order(no: str) -> tuple[str, int, str]:
    found = re.match(r"([A-Z]+)(\d+)(.*)", no)
    return (found[1], int(found[2]), found[3]) if found else (no, 0, "")


@dataclass(frozen=True)
class Ahead:
    """A step that may come next, in which state, and who will have it."""

    title: str
    when: str
    who: str = ""


def ahead(case: Case, node: Human) -> list[Ahead]:
    """Steps that may follow `node`; a branch asks the state the act will lead to."""
    found: list[Ahead] = []
    if node._next is not None:
        _walk(case, node._next, "", found, set())
    return list(dict.fromkeys(found))


def _walk(case: Case, node: Any, when: str, found: list[Ahead], seen: set[Any]) -> None:
    if node is None or (node, when) in seen:
        return
    seen.add((node, when))
    if isinstance(node, Human):
        title = (
            _("%(step)s（到期前开启）") % {"step": wording.said(node.step.title)}
            if isinstance(node, Wait)
            else wording.said(node.step.title)
        )
        if node.skippable and not node.step.wanted(case):
            _walk(case, node._next, when, found, seen)
        else:
            found.append(Ahead(title, when, wording.role_of(case, str(node.step.role))))
    elif isinstance(node, Branch):
        for state, target in node.targets.items():
            _walk(case, target, wording.state_of(case, state), found, seen)
    elif isinstance(node, Parallel):
        for target, *_rest in node._branches:
            _walk(case, target, when, found, seen)
    elif isinstance(node, Join):
        _walk(case, node._next, when or _("并行事项全部办结后"), found, seen)
    elif isinstance(node, End):
        found.append(Ahead(_("办结"), when))
