"""D1 整改核查: the handler checks whether things improved."""

from django.db.models import TextChoices

from flows import fields
from flows.paper import Sheet
from flows.roles import Role
from workflow_app.steps import Facts, Situation, Step, type_facts


class Checked(TextChoices):
    """What the check found."""

    IMPROVED = "improved", "已改进，予以办结"
    NOT_IMPROVED = "not_improved", "未改进，报请启动核实"


class CheckFacts(Facts):
    """How it was checked and what was seen."""

    method = fields.long_text("核查方式")
    seen = fields.long_text("核查情况", "逐项写明要求、落实情况和证明。")
    outcome = fields.choice("核查结论", Checked.choices)
    reason = fields.long_text("理由")


class CheckRectification(Step):
    """The organization checks."""

    name, no, title = "check_rectification", "D1", "整改核查"
    role, certainty = Role.CASE_HANDLER, "a"
    basis = "《关于组织人事部门对领导干部进行提醒、函询和诫勉的实施细则》"
    document, document_title = "D-RECTC", "整改核查意见"
    outcomes = Checked
    Facts = CheckFacts

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """整改核查意见."""
        return Sheet(rows=(
            ("姓名", situation.case.cadre.name), ("核查方式", facts["method"]), ("核查情况", facts["seen"]),
            ("核查结论", Checked(facts["outcome"]).label), ("理由", facts["reason"]),
        ))  # fmt: skip
