"""Names of steps, states, outcomes and records in words. A name that is no longer known is shown as it is."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from workflow_app.law import rules_of
from workflow_app.models import Case, Record
from workflow_app.nodes import Human
from workflow_app.plain_words import UNKNOWN, Told
from workflow_app.steps import Step

CERTAINTY = {"a": lazy("有正式文本依据"), "b": lazy("一般知识，未核到原文"), "P": lazy("项目默认")}
KINDS = {
    "CLAIM": lazy("领取"), "RELEASE": lazy("退回待办"), "ASSIGN": lazy("改派"), "BEGIN": lazy("发起"), "DROP": lazy("撤销发起"),
    "SIGN": lazy("会签"), "DECLINE": lazy("退回会签"), "TIMER": lazy("到期"), "ESCALATE": lazy("逾期上报"), "PAPER": lazy("文书生成"),
    "REPORT": lazy("收到反映"),
}  # fmt: skip


def said(text: Any) -> str:
    """Wording that the procedure declares (titles, labels, choices, refusals), in the reader's language. Papers never use this."""
    return _(str(text)) if text else ""


def labels(choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, str]]:
    """What is chosen on a page, in the reader's language."""
    return [(value, said(label)) for value, label in choices]


def later(choices: Iterable[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
    """The same for a form that is declared before anybody reads it."""
    return [(value, lazy(str(label)) if label else label) for value, label in choices]


def as_path(case: Case) -> Case:
    """The case as the proxy that carries its path's transitions and states."""
    case.__class__ = case.flow_class.process_class
    return case


def node_of(case: Case, name: str) -> Human | None:
    """The human node called `name`, or None when the path no longer has it."""
    node = case.flow_class._nodes_by_name.get(name)
    return node if isinstance(node, Human) else None


def step_of(case: Case, name: str) -> Step | None:
    """The step called `name`."""
    node = node_of(case, name)
    return node.step if node else None


def title_of(case: Case, name: str) -> str:
    """Title of a step."""
    step = step_of(case, name)
    return said(step.title) if step else name


def period_of(case: Case, rule_id: str) -> str:
    """What a period of the case itself is for: its rule's step and identifier."""
    rule = rules_of(case.law_id).get(rule_id)
    return f"{rule.step}（{rule_id}）" if rule else rule_id


def state_of(case: Case, state: str | None = None) -> str:
    """A state in words."""
    wanted = str(case.state if state is None else state)
    known = {str(one): one.label for one in getattr(case.flow_class.process_class, "STATES", ())}
    return said(known.get(wanted, wanted))


def told_of(case: Case, state: str | None = None) -> Told:
    """A state in words for the person concerned; a path that has none for it says only that the case is being handled."""
    told: Told = case.flow_class.told.get(str(case.state if state is None else state), UNKNOWN)
    return Told(said(told.title), said(told.now), said(told.next))


def outcome_of(step: Step | None, outcome: str) -> str:
    """An outcome in words; empty for a step that has only one."""
    if step is None or len(step.outcomes.values) < 2:
        return ""
    return said(dict(step.outcomes.choices).get(outcome, outcome))


def certainty_of(step: Step) -> str:
    """How sure the basis of a step is."""
    return str(CERTAINTY.get(step.certainty.split("/")[0], step.certainty))


def role_of(case: Case, role: Any) -> str:
    """A role in words."""
    return said(case.flow_class.roles.get(role, role))


def path_title(path: Any) -> str:
    """Title of a path: the first line of its docstring."""
    return said((path.__doc__ or path.__name__).strip().splitlines()[0])


def act_of(kind: str, title: str) -> str:
    """What a record that is not an act says."""
    word = str(KINDS.get(kind) or said(dict(Record.Kind.choices).get(kind, kind)))
    return f"{word}{_('：')}{title}" if title else word
