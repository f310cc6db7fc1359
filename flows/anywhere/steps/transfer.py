"""X 移送: a clue of a violation leaves this procedure."""

from flows import fields
from flows.paper import Sheet, lines
from flows.people import offer, organs
from flows.roles import Duty, Role
from workflow_app.models import Unit
from workflow_app.steps import Facts, Situation, Slot, Step, type_facts


class TransferFacts(Facts):
    """To whom, and what is handed over."""

    organ = fields.choice("接收机关", [])
    clue = fields.long_text("涉嫌违纪违法的线索")
    material = fields.long_text("移送材料目录")

    def arrange(self, situation: Situation) -> None:
        """Organs with a desk for opinions."""
        offer(self, "organ", organs())


class Transfer(Step):
    """Two leaders hand the clue to the discipline organ; the case ends here."""

    name, no, title = "transfer", "X", "移送"
    role, duty, certainty = Role.ORG_LEADER, Duty.AUTHOR, "a"
    basis = "《公务员法》第57条"
    document, document_title, signers = "X-XFER", "移送函", 2
    overriding = True
    withheld = ""  # whether and when the person hears of it is for the organ that takes the clue over
    Facts = TransferFacts

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """SD-19."""
        return [Slot(self.role, "审批人", duty=Duty.APPROVER)]

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """移送函."""
        return Sheet(
            to=Unit.objects.get(pk=facts["organ"]).name,
            paragraphs=(f"我机关在办理{situation.case.number}案件中发现下列线索，按管理权限移送你单位处理。", *lines(facts["clue"])),
            rows=(("当事人", situation.case.cadre.name), ("移送材料", facts["material"])),
        )
