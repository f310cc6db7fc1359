"""R6 送达: after R2, R4 and R6. Every period of a remedy starts from a proven service."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flows import fields
from flows.paper import Sheet
from flows.roles import Role
from flows.service_receipt import ServiceFacts, ServiceStep, check_issued, check_service, receipt, service_slots, service_values
from workflow_app.models import Case, Document
from workflow_app.steps import RuleBroken, Situation, Slot, type_facts


class ServeFacts(ServiceFacts):
    """The receipt, and when the original organ got the decision that it has to carry out."""

    organ_received_on = fields.a_date("原处理机关收到日期", "变更、撤销、责令重新处理的填写。", required=False)


class ServeDecision(ServiceStep):
    """The handler of the organ serves its paper."""

    name, no, title = "serve_decision", "R6", "送达"
    role, certainty = Role.CASE_HANDLER, "a"
    basis = "《公务员申诉规定（试行）》第32条"
    document, document_title = "D-SERVE", "送达回证"
    open_to_subject = True
    shelf = "送达回证"
    Facts = ServeFacts

    def served_step(self, case: Case) -> str:
        """Whose paper is served now."""
        if case.state == "decided":
            return "review" if case.has("review") else "decide"
        return "review" if case.has("review") else "admit"

    def silence(self, situation: Situation) -> type_facts | None:
        """As of any service; the day on which the original organ got the decision was given with the announcement."""
        silent = super().silence(situation)
        got = situation.settled("announce_service").get("organ_received_on")
        return {**silent, "organ_received_on": date.fromisoformat(got) if got else None} if silent else None

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Rules of the mode; not before the paper; a correction needs the day the original organ got it."""
        check_service(situation, facts)
        made = self._paper(situation).issued_on
        check_issued(facts, made, "R6-DATE")
        if situation.case.has("to_correct"):
            got = facts["organ_received_on"]
            if not got or got < made or got > situation.today:
                raise RuleBroken(
                    "须写明原处理机关收到决定的日期。",
                    way_out="填写决定作出之后、今天之前的日期。",
                    rule="RM-CORRECT",
                    field="organ_received_on",
                )

    def _paper(self, situation: Situation) -> Document:
        return Document.objects.filter(case=situation.case, step=self.served_step(situation.case)).latest("id")

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """Two deliverers when refused or left."""
        return service_slots(facts)

    def service(self, situation: Situation, facts: type_facts) -> dict[str, Any]:
        """Into the ledger of services."""
        return service_values(facts, of=self.served_step(situation.case))

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """When and how."""
        return {"mode": facts["mode"], "served_on": facts["served_on"]}

    def begins(self, situation: Situation, facts: type_facts) -> Mapping[str, date]:
        """What the served paper starts."""
        case, day = situation.case, facts["served_on"]
        if case.state == "asked":
            return {"RM-SUPPLEMENT": day}
        if case.state != "decided":
            return {}
        correct = {"RM-CORRECT": facts["organ_received_on"]} if case.has("to_correct") else {}
        if case.has("revoked") or case.has("remanded"):
            return correct
        if case.has("review"):
            return {"RM-APPEAL-AFTER": day, **correct}
        return {"RM-REAPPEAL-FILE": day, **correct} if situation.settled("decide").get("reappealable") else correct

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """送达回证."""
        return receipt(situation, facts, str(self._paper(situation)))
