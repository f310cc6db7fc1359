"""What a remedy comes to: uphold, change, revoke, remand. SD-18: never heavier than what was decided."""

from __future__ import annotations

from typing import Any

from django.forms import Form

from flows import fields
from flows.law import GRADES
from flows.remedy.matter import filed, in_words, standing
from flows.rules.remedy import gets_heavier
from workflow_app.steps import Facts, RuleBroken, Situation, type_facts

CHANGE, REVOKE, REMAND = "change", "revoke", "remand"
BACK_TO = [("D3", "重新核实认定"), ("D7", "重新提出调整建议")]


class ResultFacts(Facts):
    """The result of a change: an adjustment in place of an adjustment, a grade in place of a grade; asked after the outcome."""

    AFTER = ("kind", "months", "rank_steps", "pay_cut", "grade")

    kind = fields.kind("变更为", required=False)
    months = fields.number("影响期（月）", 0, 36, required=False)
    rank_steps = fields.number("降低的职务层次", 0, 3, required=False)
    pay_cut = fields.number("降低的工资比例（%）", 0, 100, required=False)
    grade = fields.choice("变更后的等次", [("", "——"), *((g.code, g.title) for g in GRADES.values())], required=False)

    def arrange(self, situation: Situation) -> None:
        """Ask only for what fits the decision."""
        graded = is_grade(situation)
        for name in ("kind", "months", "rank_steps", "pay_cut") if graded else ("grade",):
            self.fields.pop(name, None)


def drop(form: Form, *names: str) -> None:
    """Leave out questions that do not arise."""
    for name in names:
        form.fields.pop(name, None)


def is_grade(situation: Situation) -> bool:
    """Whether the decision is an annual grade."""
    return str(filed(situation)["measure"]["kind"]) in GRADES


def result_of(situation: Situation, facts: type_facts) -> dict[str, Any] | None:
    """The measure or grade that a change puts in place."""
    if facts["outcome"] != CHANGE:
        return None
    if is_grade(situation):
        return {"kind": facts.get("grade") or "", "year": filed(situation)["measure"].get("year")}
    return {"kind": facts.get("kind") or "", **{name: int(facts.get(name) or 0) for name in ("months", "rank_steps", "pay_cut")}}


def check_result(situation: Situation, facts: type_facts) -> None:
    """A change names something else, and nothing heavier than what holds now: what a review made lighter stays so."""
    after = result_of(situation, facts)
    if after is None:
        return
    before = standing(situation.case)
    field = "grade" if is_grade(situation) else "kind"
    if not after["kind"]:
        raise RuleBroken("变更须写明变更后的处理。", way_out="选择变更后的方式或等次。", rule="R-CHANGE", field=field)
    if gets_heavier(before, after):
        raise RuleBroken(
            f"变更后的处理重于现行处理（{in_words(before)}）。不得因申请复核、提出申诉而加重处理。",
            way_out="选择不重于现行处理的方式，或者维持。", rule="SD-18", field=field,
        )  # fmt: skip
    if not gets_heavier(after, before):
        raise RuleBroken("变更后的处理与现行处理相同。", way_out="处理不变的，选择维持。", rule="R-CHANGE", field=field)


def overturning_of(situation: Situation, facts: type_facts) -> dict[str, Any] | None:
    """What the door does to the decision's own case."""
    if facts["outcome"] not in (CHANGE, REVOKE, REMAND):
        return None
    return {"outcome": facts["outcome"], "measure": result_of(situation, facts), "back_to": facts.get("back_to") or ""}


def outcome_in_words(situation: Situation, facts: type_facts, label: str) -> str:
    """The result in one line."""
    after = result_of(situation, facts)
    return f"{label}：{in_words(after)}" if after else label
