"""D15 跟踪评估: the three visits are summed up."""

from flows import fields
from flows.paper import Section, Sheet, lines
from flows.roles import Role
from workflow_app.steps import Facts, Situation, Step, type_facts


class EvaluateFacts(Facts):
    """The evaluation."""

    support = fields.long_text("已给予的支持")
    summary = fields.long_text("综合评价")
    proposal = fields.long_text("后续建议")


class EvaluateFollowUp(Step):
    """The organization department evaluates."""

    name, no, title = "evaluate_follow_up", "D15", "跟踪评估"
    role, basis, deadline = Role.ORG_LEADER, "项目默认", "DN-VISIT-3"
    document, document_title = "D-EVAL", "跟踪评估报告"
    Facts = EvaluateFacts

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """跟踪评估报告."""
        return Sheet(
            rows=(("姓名", situation.case.cadre.name), ("单位及职务", situation.case.cadre.post_title)),
            sections=(
                Section("一、三次回访", tuple(situation.settled("follow_up").get("visits", []))), Section("二、已给予的支持", lines(facts["support"])),
                Section("三、综合评价", lines(facts["summary"])), Section("四、后续建议", lines(facts["proposal"])),
            ),
        )  # fmt: skip
