"""D4 告知书送达: the notice reaches the cadre; the period to answer starts."""

from flows.paper import Sheet
from flows.roles import Role
from flows.service_receipt import ServiceFacts, ServiceStep, check_issued, check_service, receipt, service_slots, service_values
from workflow_app.models import Case
from workflow_app.steps import Situation, Slot, type_facts


class ServeInformation(ServiceStep):
    """The handler serves the notice."""

    name, no, title = "serve_information", "D4", "告知书送达"
    role, certainty = Role.CASE_HANDLER, "a"
    basis = "《公务员申诉规定（试行）》第32条（类推）"
    document, document_title = "D-SERVE", "送达回证"
    open_to_subject = True
    shelf = "送达回证"
    starts = {"DN-HEARING": "served_on"}  # noqa: RUF012 - read only
    Facts = ServiceFacts

    def served_step(self, case: Case) -> str:
        """Whose paper is served."""
        return "inform_cadre"

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Rules of the mode, and not before the notice was issued."""
        check_service(situation, facts)
        check_issued(facts, situation.settled("inform_cadre").get("informed_on"), "D4-DATE")

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """Two deliverers when refused or left."""
        return service_slots(facts)

    def service(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """Into the ledger of services."""
        return service_values(facts, of=self.served_step(situation.case))

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """When and how."""
        return {"mode": facts["mode"], "served_on": facts["served_on"]}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """送达回证."""
        return receipt(situation, facts, "陈述申辩告知书")
