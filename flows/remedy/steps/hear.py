"""R5 审理: the committee looks at six heads and votes; every member signs."""

from typing import Any

from django import forms
from django.db.models import TextChoices

from flows import fields
from flows.paper import Section, Sheet, Table, lines
from flows.people import CadreField, names_of, offer
from flows.remedy.matter import filed, in_words, members
from flows.remedy.result import BACK_TO, ResultFacts, check_result, outcome_in_words, result_of
from flows.roles import Duty, Role
from flows.rules.remedy import opinion_fault
from workflow_app.models import Case
from workflow_app.steps import RuleBroken, Situation, Slot, Step, type_facts


class Heard(TextChoices):
    """The opinion."""

    UPHOLD = "uphold", "维持"
    CHANGE = "change", "变更"
    REVOKE = "revoke", "撤销"
    REMAND = "remand", "责令原处理机关重新处理"


HEADS = {
    "facts_head": "事实和证据", "rule_head": "适用规定", "procedure_head": "程序", "fairness_head": "是否显失公正",
    "power_head": "是否超越或者滥用职权", "review_head": "复核决定（经复核的）",
}  # fmt: skip


class Vote(forms.Form):
    """One member's vote."""

    cadre = CadreField(label="成员")
    vote = forms.ChoiceField(label="表决", choices=Heard.choices)
    view = fields.short_text("意见", required=False)


class HearFacts(ResultFacts):
    """Six heads, votes, opinion."""

    rows = {"votes": Vote}
    min_rows = {"votes": 3}
    row_titles = {"votes": "成员表决"}
    field_order = (*HEADS, "outcome", *ResultFacts.AFTER)
    facts_head = fields.long_text(HEADS["facts_head"])
    rule_head = fields.long_text(HEADS["rule_head"])
    procedure_head = fields.long_text(HEADS["procedure_head"])
    fairness_head = fields.long_text(HEADS["fairness_head"])
    power_head = fields.long_text(HEADS["power_head"])
    review_head = fields.long_text(HEADS["review_head"], required=False)
    outcome = fields.choice("审理意见", Heard.choices, "由多数成员的表决得出；不得重于原决定。")
    back_to = fields.choice("重新处理从哪一环节开始", [("", "——"), *BACK_TO], required=False)
    opinion = fields.long_text("审理意见的理由")

    @staticmethod
    def arrange_row(row: forms.Form, situation: Situation) -> None:
        """The members."""
        people = situation.once("committee", lambda: members(situation))
        names = situation.once("committee names", lambda: names_of(people))
        offer(row, "cadre", [(str(cadre), name) for cadre, name in zip(people, names, strict=True)])


class Hear(Step):
    """A member writes the opinion of the committee; all sign."""

    name, no, title = "hear", "R5", "审理"
    role, duty, certainty = Role.APPEAL_COMMITTEE, Duty.COMMITTEE_MEMBER, "a/excerpt"
    basis, deadline = "《公务员申诉规定》第5条、《公务员申诉规定（试行）》第26条", "RM-APPEAL-DECIDE"
    document, document_title = "R-COM", "审理意见"
    outcomes = Heard
    Facts = HearFacts

    def deadline_for(self, case: Case, subject: Any) -> str:
        """Within the time for the decision."""
        return "RM-REAPPEAL-DECIDE" if case.has("reappeal") else "RM-APPEAL-DECIDE"

    def on_desk(self, situation: Situation) -> dict[str, Any]:
        """One row a member."""
        return {"votes": [{"cadre": str(cadre)} for cadre in members(situation)]}

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Members only, each once; the opinion is the majority's; a review decision is looked at as well."""
        people = members(situation)
        if situation.actor is not None and situation.actor.cadre_id not in people:
            raise RuleBroken("您不是本案公正委员会的成员。", way_out="由组成决定所列成员办理。", rule="SD-6")
        if sorted(row["cadre"] for row in facts["votes"]) != sorted(people):
            raise RuleBroken("表决应当列出委员会的每名成员，一人一票。", way_out="按组成决定列出全部成员。", rule="R5-VOTE", field="votes")
        fault = opinion_fault(facts["outcome"], [row["vote"] for row in facts["votes"]])
        if fault is not None:
            raise RuleBroken(fault.reason, way_out=fault.way_out, rule=fault.rule, field="outcome")
        if filed(situation)["attacked"].get("after") and not facts["review_head"].strip():
            raise RuleBroken(
                "前一程序的决定也应当审理。", way_out="填写对复核（申诉处理）决定的审理意见。", rule="R5-HEADS", field="review_head"
            )
        if facts["outcome"] == Heard.REMAND and not facts["back_to"]:
            raise RuleBroken(
                "责令重新处理须写明从哪一环节开始。", way_out="选择重新核实认定或者重新提出建议。", rule="R6-REMAND", field="back_to"
            )
        check_result(situation, facts)

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """Every other member."""
        own = situation.actor.cadre_id if situation.actor else None
        return [Slot(self.role, "委员会成员", cadre) for cadre in members(situation) if cadre != own]

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, Any]:
        """The opinion."""
        return {
            "outcome": facts["outcome"],
            "measure": result_of(situation, facts),
            "back_to": facts["back_to"],
            "opinion": facts["opinion"],
        }

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """审理意见."""
        about = filed(situation)
        people = names_of([row["cadre"] for row in facts["votes"]])
        votes = tuple((name, str(Heard(row["vote"]).label), row["view"] or "——") for name, row in zip(people, facts["votes"], strict=True))
        return Sheet(
            rows=(
                ("申诉人", situation.case.cadre.name), ("被申诉机关", about["respondent"]["name"]), ("原决定", in_words(about["measure"])),
                ("请求", about["request"]),
            ),
            sections=(
                *(Section(title, lines(facts[name]) or ("不涉及",)) for name, title in HEADS.items()),
                Section("审理意见", (outcome_in_words(situation, facts, str(Heard(facts["outcome"]).label)) + "。", *lines(facts["opinion"]))),
            ),
            tables=(Table("表决", ("成员", "表决", "意见"), votes),),
        )  # fmt: skip
