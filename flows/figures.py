"""Lengths of periods as the case's own edition of the law figures has them: a paper never states another."""

from workflow_app.clock import UNITS, Rule
from workflow_app.law import known_rules, rules_of
from workflow_app.models import Case


def rule_of(case: Case, rule_id: str) -> Rule:
    """The rule under which the case was opened; before it is opened, the rule of the table."""
    return (rules_of(case.law_id) if case.law_id else known_rules())[rule_id]


def length(case: Case, rule_id: str) -> int:
    """The number alone, in the unit of the rule."""
    return rule_of(case, rule_id).length


def period(case: Case, rule_id: str) -> str:
    """Number and unit: 5个工作日, 30日, 6个月."""
    rule = rule_of(case, rule_id)
    return f"{rule.length}{UNITS[rule.unit]}"
