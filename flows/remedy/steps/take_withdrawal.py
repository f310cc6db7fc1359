"""RW 收到书面撤回申请: somebody who files in the portal withdraws by letter; two handlers enter it, the organ answers it."""

from flows import fields
from flows.paper import Sheet, day
from flows.remedy.counter import Letter, LetterFacts
from workflow_app.hands import on_paper
from workflow_app.steps import RuleBroken, Situation, type_facts
from workflow_app.uploads import FileField


class WithdrawalFacts(LetterFacts):
    """What the letter says, and how it was made sure that it comes from the person."""

    received_on = fields.a_date("本人提出的日期", "当面递交的，填递交日期；邮寄的，填交邮日期（邮戳）。")
    arrived_on = fields.a_date("本机关收到日期", "按收文登记填写。")
    reason = fields.long_text("撤回的原因", "照本人所写录入；没有写的不填。", required=False)
    verified = fields.short_text("怎样向本人核实", "写明核实的时间和方式，例如：收信当天由经办人当面向本人核实。")
    voluntary = fields.tick("已向本人核实，撤回出于本人自愿")
    file = FileField(label="扫描件", help_text="本人签名的书面撤回申请。", required=True)


class TakeWithdrawal(Letter):
    """Two handlers of the organ that has the remedy enter the letter."""

    name, no, title = "take_withdrawal", "RW", "收到书面撤回申请"
    basis = "《公务员申诉规定（试行）》第22条"
    document, document_title = "R-WD", "撤回申请书"
    answered_by = "end"
    Facts = WithdrawalFacts

    def barred(self, situation: Situation) -> RuleBroken | None:
        """Whoever has no account withdraws by the act of withdrawal itself, entered like everything they write."""
        if on_paper(situation.case):
            return RuleBroken("本人没有账号，书面撤回用“撤回”录入。", way_out="发起“撤回”。", rule="R-PAPER")
        return None

    def check(self, situation: Situation, facts: type_facts) -> None:
        """A signed letter is at hand, and somebody has asked the person."""
        if barred := self.barred(situation):
            raise barred
        super().check(situation, facts)
        if not facts["voluntary"]:
            raise RuleBroken(
                "撤回须出于本人自愿。", way_out="向本人核实；本人不撤回的，不录入，继续办理。", rule="RW-WILL", field="voluntary"
            )

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """撤回申请书, entered from a letter."""
        case = situation.case
        return Sheet(
            to=case.organ.organ_name or case.organ.name,
            rows=(
                ("申请人", case.cadre.name), ("案号", case.number), ("撤回的原因", facts["reason"] or "未说明"), ("自愿", "是"),
                ("提出方式", "书面提出，经办人录入"), ("提出日期", day(facts["received_on"])), ("收到日期", day(facts["arrived_on"])),
                ("向本人核实", facts["verified"]),
            ),
            tables=(self.table(facts),),
        )  # fmt: skip
