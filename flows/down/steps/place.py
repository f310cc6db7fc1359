"""D14 安置: a fitting post, training, a mentor."""

from django.db.models import TextChoices

from flows import fields
from flows.paper import Sheet, day
from flows.roles import Role
from workflow_app.models import Case
from workflow_app.steps import Facts, Situation, Step, type_facts


class Placed(TextChoices):
    """The result."""

    PLACED = "placed", "已安置"
    RETRAINING = "retraining", "离岗培训"
    DECLINED = "declined", "本人不接受"


class PlaceFacts(Facts):
    """The plan."""

    options = fields.long_text("岗位选项", "每行一个岗位。")
    match = fields.long_text("匹配理由")
    training = fields.long_text("培训安排", required=False)
    mentor = fields.short_text("联系帮助人", required=False, limit=60)
    salary = fields.short_text("工资待遇")
    starts_on = fields.a_date("到岗日期")
    outcome = fields.choice("安置结果", Placed.choices)
    wish = fields.long_text("本人意愿")


class Place(Step):
    """The placement office finds a post."""

    name, no, title = "place", "D14", "安置"
    role, basis, deadline = Role.PLACEMENT_OFFICE, "项目默认", "DN-PLACE"
    document, document_title = "D-PLACE", "安置方案"
    open_to_subject = True
    shelf = "手续和安置"
    switch = "placement"
    outcomes = Placed
    Facts = PlaceFacts

    def wanted(self, case: Case) -> bool:
        """Where switched on."""
        return case.on("placement")

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """安置方案."""
        return Sheet(rows=(
            ("姓名", situation.case.cadre.name), ("岗位选项", facts["options"]), ("匹配理由", facts["match"]), ("培训安排", facts["training"] or "无"),
            ("联系帮助人", facts["mentor"] or "——"), ("工资待遇", facts["salary"]), ("到岗日期", day(facts["starts_on"])),
            ("本人意愿", facts["wish"]), ("安置结果", Placed(facts["outcome"]).label),
        ))  # fmt: skip
