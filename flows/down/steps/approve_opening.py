"""D2 启动审批: two leaders, author and approver, decide whether to open."""

from collections.abc import Mapping
from datetime import date

from django.db.models import TextChoices

from flows import fields
from flows.paper import Sheet, yes
from flows.roles import Duty, Role
from workflow_app.steps import Facts, RuleBroken, Situation, Slot, Step, type_facts


class Approved(TextChoices):
    """The decision on opening."""

    APPROVE = "approve", "同意启动"
    RETURN = "return", "退回补充线索"
    REFUSE = "refuse", "不同意启动"


class ApproveFacts(Facts):
    """Basis and scope of the opening."""

    facts_known = fields.long_text("已掌握的事实")
    situations = fields.situations("拟核实的情形")
    scope = fields.long_text("核实范围", "只限于与情形有关的履职事实。")
    team = fields.short_text("拟派考察组", "组长和成员的来源单位；成员由考察方案确定。")
    no_tie = fields.tick("审批人声明与当事人无亲属关系和其他可能影响公正的关系")
    outcome = fields.choice("审批意见", Approved.choices)
    reason = fields.long_text("理由")

    def arrange(self, situation: Situation) -> None:
        """Start from the clue."""
        clue = situation.settled("register_clue")
        self.fields["facts_known"].initial = clue.get("summary", "")
        self.fields["situations"].initial = clue.get("situations", [])


class ApproveOpening(Step):
    """The organization department's leaders decide whether facts are to be verified."""

    name, no, title = "approve_opening", "D2", "启动审批"
    role, duty = Role.ORG_LEADER, Duty.AUTHOR
    basis, deadline = "项目默认", "DN-OPEN"
    document, document_title, signers = "D-OPEN", "启动核实审批表", 2
    outcomes = Approved
    Facts = ApproveFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Whoever has a tie does not decide (SD-10, SD-12)."""
        if not facts["no_tie"]:
            raise RuleBroken("审批人须声明与当事人无回避关系。", way_out="有回避关系的，由其他负责人审批。", rule="SD-12", field="no_tie")

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """SD-19: the approver is another person."""
        return [Slot(self.role, "审批人", duty=Duty.APPROVER)]

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """What may be verified."""
        return {"situations": facts["situations"], "scope": facts["scope"]}

    def begins(self, situation: Situation, facts: type_facts) -> Mapping[str, date]:
        """Verification is due from the approval."""
        return {"DN-VERIFY": situation.today} if facts["outcome"] == Approved.APPROVE else {}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """启动核实审批表."""
        cadre = situation.case.cadre
        return Sheet(rows=(
            ("姓名", cadre.name), ("单位及职务", cadre.post_title), ("已掌握的事实", facts["facts_known"]),
            ("拟核实的情形", "；".join(fields.titles(facts["situations"]))), ("核实范围", facts["scope"]),
            ("拟派考察组", facts["team"]), ("已声明无回避关系", yes(facts["no_tie"])), ("审批意见", Approved(facts["outcome"]).label), ("理由", facts["reason"]),
        ))  # fmt: skip
