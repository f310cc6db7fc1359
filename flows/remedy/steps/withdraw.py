"""RW 撤回: in writing, of one's own will, before the decision."""

from flows import fields
from flows.paper import Sheet
from flows.remedy.counter import ask_days_of_paper, check_days_of_paper, rows_of_paper
from flows.roles import Role
from workflow_app.plain_words import Page
from workflow_app.steps import Facts, RuleBroken, Situation, Step, type_facts


class WithdrawFacts(Facts):
    """Why, and that nobody pressed."""

    reason = fields.long_text("撤回的原因", required=False)
    voluntary = fields.tick("撤回出于本人自愿")
    received_on = fields.a_date("本人提出的日期", "当面递交的，填递交日期；邮寄的，填交邮日期（邮戳）。", required=False)
    arrived_on = fields.a_date("本机关收到日期", "按收文登记填写。", required=False)

    def arrange(self, situation: Situation) -> None:
        """Only a handler who enters a paper says when it came."""
        ask_days_of_paper(self, situation)


class Withdraw(Step):
    """The person concerned withdraws; the organ may end the case, or go on."""

    name, no, title = "withdraw", "RW", "撤回"
    role, certainty = Role.SUBJECT, "a/excerpt"
    basis = "《公务员申诉规定（试行）》第22条"
    document, document_title = "R-WD", "撤回申请书"
    open_to_subject = True
    shelf = "我提交的材料"
    meant = "决定作出以前，您可以书面撤回。撤回以后，机关可以终结本案，并告知双方。"
    withdraws = True
    answered_by = "end"
    Facts = WithdrawFacts
    pages = (Page("撤回申请", ("reason", "voluntary"), "撤回后，机关可以终结本案；终结前，您可以随时查询进展。"),)

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Of one's own will; what came on paper did not come tomorrow."""
        check_days_of_paper(situation, facts)
        if not facts["voluntary"]:
            raise RuleBroken("撤回须出于本人自愿。", way_out="如受到压力，请联系审计监督人员。", rule="RW-WILL", field="voluntary")

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """撤回申请书."""
        return Sheet(
            to=situation.case.organ.organ_name or situation.case.organ.name,
            rows=(
                ("申请人", situation.case.cadre.name),
                ("案号", situation.case.number),
                ("撤回的原因", facts["reason"] or "未说明"),
                ("自愿", "是"),
                *rows_of_paper(situation, facts),
            ),
        )
