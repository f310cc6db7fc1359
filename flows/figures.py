"""Lengths of periods as the case's own edition of the law figures has them: a paper never states another."""

from dataclasses import replace
from datetime import date

from workflow_app.because import on_paper
from workflow_app.clock import UNITS, Rule, calendar_from_db, last_day
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


def years(case: Case, rule_id: str) -> str:
    """As `period`, but whole years in words, as the texts of the law have them: 一年."""
    rule = rule_of(case, rule_id)
    whole = rule.length // 12 if rule.unit == "month" and not rule.length % 12 else 0
    return f"{'一两三四五六七八九十'[whole - 1]}年" if 0 < whole <= 10 else period(case, rule_id)


def reckoned(case: Case, rule_id: str, start: date, *, lasting: int | None = None, counts_start: bool = False) -> str:
    """Why the last day is what it is, for a paper: basis, first day, what was moved. `lasting`: set by the act, instead of the figure."""
    rule = rule_of(case, rule_id)
    answer = last_day(
        rule=replace(rule, length=lasting) if lasting else rule, start=start, calendar=calendar_from_db(), counts_start=counts_start
    )
    return on_paper(answer.explanation)
