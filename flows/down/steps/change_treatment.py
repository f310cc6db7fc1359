"""D12 待遇变更: pay follows the post."""

from flows import fields
from flows.paper import Sheet, Table, day
from flows.roles import Role
from workflow_app.models import Case
from workflow_app.steps import Facts, Situation, Slot, Step, type_facts


class TreatmentFacts(Facts):
    """Before, after, from when."""

    before = fields.short_text("变更前职务层次和级别")
    after = fields.short_text("变更后职务层次和级别")
    pay_before = fields.short_text("变更前工资项目")
    pay_after = fields.short_text("变更后工资项目")
    from_on = fields.a_date("执行日期")
    ground = fields.long_text("依据")


class ChangeTreatment(Step):
    """The handler records what changes."""

    name, no, title = "change_treatment", "D12", "待遇变更"
    role, basis, certainty = Role.CASE_HANDLER, "《公务员法》第50条", "a"
    document, document_title, signers = "D-PAY", "工资待遇变更表", 2
    open_to_subject = True
    shelf = "手续和安置"
    Facts = TreatmentFacts

    def wanted(self, case: Case) -> bool:
        """When the decision changes pay."""
        return case.has("pay_changes")

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """A second handler checks."""
        return [Slot(self.role, "复核人")]

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """工资待遇变更表."""
        rows = (("职务层次和级别", facts["before"], facts["after"]), ("工资项目", facts["pay_before"], facts["pay_after"]))
        return Sheet(
            rows=(("姓名", situation.case.cadre.name), ("执行日期", day(facts["from_on"])), ("依据", facts["ground"])),
            tables=(Table("变更情况", ("项目", "变更前", "变更后"), rows),),
        )
