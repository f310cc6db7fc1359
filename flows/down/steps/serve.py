"""D11 决定送达: the decision is served; the remedy periods start from this day."""

from datetime import date

from flows.down.service_receipt import ServiceFacts, check_service, receipt, service_slots
from flows.paper import Sheet
from flows.roles import Role
from workflow_app.steps import RuleBroken, Situation, Slot, Step, type_facts


class Serve(Step):
    """The handler serves the decision."""

    name, no, title = "serve", "D11", "决定送达"
    role, certainty, deadline = Role.CASE_HANDLER, "a", "DN-SERVE"
    basis = "《公务员申诉规定（试行）》第32条（类推）"
    document, document_title = "D-SERVE", "送达回证"
    open_to_subject = True
    starts = dict.fromkeys(("DN-FORMAL", "DN-PLACE", "RM-REVIEW-FILE", "RM-APPEAL-DIRECT"), "served_on")  # noqa: RUF012 - read only
    Facts = ServiceFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Rules of the mode, and not before the decision was issued."""
        check_service(situation, facts)
        decided = date.fromisoformat(str(situation.settled("decide")["decided_on"])[:10])
        if facts["served_on"] < decided:
            raise RuleBroken("送达日期不能早于决定作出之日。", way_out=f"决定日期为{decided}。", rule="D11-DATE", field="served_on")

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """Two deliverers when refused or left."""
        return service_slots(facts)

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """When and how."""
        return {"mode": facts["mode"], "served_on": facts["served_on"]}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """送达回证."""
        return receipt(situation, facts, "调整决定书")
