"""D2 启动审批: two leaders, author and approver, decide whether to open."""

from django.db.models import TextChoices

from flows import fields
from flows.paper import Sheet
from flows.roles import Duty, Role
from workflow_app.steps import Facts, Situation, Slot, Step, type_facts


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

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """SD-19: the approver is another person."""
        return [Slot(self.role, "审批人", duty=Duty.APPROVER)]

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """What may be verified."""
        return {"situations": facts["situations"], "scope": facts["scope"]}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """启动核实审批表."""
        cadre = situation.case.cadre
        return Sheet(rows=(
            ("姓名", cadre.name), ("单位及职务", cadre.post_title), ("已掌握的事实", facts["facts_known"]),
            ("拟核实的情形", "；".join(fields.titles(facts["situations"]))), ("核实范围", facts["scope"]),
            ("审批意见", Approved(facts["outcome"]).label), ("理由", facts["reason"]),
        ))  # fmt: skip
