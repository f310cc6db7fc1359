"""X 申请回避: own duty, or the application of anybody concerned."""

from flows import fields
from flows.paper import Sheet
from flows.people import CadreField, name_of, offer
from flows.roles import Role
from workflow_app.models import Cadre
from workflow_app.steps import Facts, Situation, Step, type_facts

GROUNDS = [("kin", "亲属关系"), ("interest", "与案件有利害关系"), ("witness", "本案证人"), ("other", "其他可能影响公正的关系")]


class ApplyFacts(Facts):
    """Who shall keep out, and why."""

    person = CadreField(label="申请回避的人员")
    ground = fields.choice("事由", GROUNDS)
    reason = fields.long_text("具体情况")

    def arrange(self, situation: Situation) -> None:
        """People with a hand in the case."""
        people = Cadre.objects.filter(hands__case=situation.case).distinct().order_by("number")
        offer(self, "person", [(str(person.pk), person.name) for person in people])


class ApplyRecusal(Step):
    """Anybody concerned applies."""

    name, no, title = "apply_recusal", "X", "申请回避"
    role, certainty = Role.CONCERNED, "a"
    basis = "《公务员法》第76条、第77条"
    document, document_title = "X-RECA", "回避申请书"
    open_to_subject = True
    Facts = ApplyFacts

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """Who is meant."""
        return {"person": facts["person"], "name": name_of(facts["person"])}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """回避申请书."""
        return Sheet(rows=(
            ("案号", situation.case.number), ("申请人", situation.actor.display_name if situation.actor else "——"),
            ("申请回避的人员", name_of(facts["person"])), ("事由", dict(GROUNDS)[facts["ground"]]), ("具体情况", facts["reason"]),
        ))  # fmt: skip
