"""X 撤回陈述: the cadre withdraws the statement until the decision; its record stays."""

from flows import fields
from flows.paper import Sheet
from flows.roles import Role
from workflow_app.steps import Facts, RuleBroken, Situation, Step, type_facts


class WithdrawFacts(Facts):
    """Why."""

    reason = fields.long_text("撤回说明", required=False)
    voluntary = fields.tick("撤回出于本人自愿")


class WithdrawStatement(Step):
    """The person concerned withdraws."""

    name, no, title = "withdraw_statement", "X", "撤回陈述"
    role, basis = Role.SUBJECT, "项目默认"
    document, document_title = "X-SWD", "撤回陈述申请"
    open_to_subject = withdraws = True
    shelf = "我提交的材料"
    meant = "收回您已经提交的书面陈述。收回以后，原来的记录仍然保留。"
    Facts = WithdrawFacts

    def barred(self, situation: Situation) -> RuleBroken | None:
        """There is a statement that still stands, and no decision yet."""
        if not situation.settled("answer").get("filed"):
            return RuleBroken("没有可以撤回的书面陈述。", way_out="无需办理。", rule="X-SWD")
        if situation.settled("withdraw_statement"):
            return RuleBroken("书面陈述已经撤回。", way_out="无需再次办理。", rule="X-SWD")
        if situation.settled("decide"):
            return RuleBroken("决定已经作出，不能撤回陈述。", way_out="可以申请复核或者提出申诉。", rule="X-SWD")
        return None

    def check(self, situation: Situation, facts: type_facts) -> None:
        """There is something to withdraw, and a free will."""
        barred = self.barred(situation)
        if barred is not None:
            raise barred
        if not facts["voluntary"]:
            raise RuleBroken("撤回须出于本人自愿。", way_out="如受到压力，请联系审计监督人员。", rule="X-SWD", field="voluntary")

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """That it was withdrawn: a new hearing forgets it."""
        return {"withdrawn_on": situation.today}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """撤回陈述申请."""
        return Sheet(
            rows=(("申请人", situation.case.cadre.name), ("撤回说明", facts["reason"] or "无"), ("自愿", "是"), ("原陈述记录", "保留"))
        )
