"""D9 征求意见: one letter for each organ."""

from flows import fields
from flows.law import KINDS
from flows.paper import Sheet, day
from flows.roles import Role
from workflow_app.steps import Facts, RuleBroken, Situation, Step, type_facts


class AskFacts(Facts):
    """The letter."""

    question = fields.long_text("征求意见的问题", "一个明确的问题；不索取原始材料。")
    material = fields.long_text("附送材料目录")
    received_on = fields.a_date("对方收到日期")


class AskOpinion(Step):
    """The handler asks."""

    name, no, title = "ask_opinion", "D9", "征求意见"
    role, certainty = Role.CASE_HANDLER, "a"
    basis = "《党政领导干部选拔任用工作条例》2014年第34条（类推）"
    document, document_title = "D-ASK", "征求意见函"
    starts = {"DN-OPINION": "received_on", "DN-COAUTH": "received_on"}  # noqa: RUF012 - read only
    Facts = AskFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """The organ has the letter."""
        if facts["received_on"] > situation.today:
            raise RuleBroken("收到日期不能晚于今天。", way_out="对方收到后再登记。", rule="D9-DATE", field="received_on")

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """征求意见函."""
        proposal = situation.settled("propose")
        period = "1个月内答复，逾期未答复视为同意" if situation.subject.get("kind") == "coauthority" else "10个工作日内答复（项目默认期限）"
        return Sheet(
            to=str(situation.subject["organ_name"]),
            paragraphs=(
                f"现就{situation.case.cadre.name}（{situation.case.cadre.post_title}）拟作{KINDS[proposal['kind']].title}，征求你单位意见。",
                facts["question"], f"请自收到本函之日起{period}。",
            ),
            rows=(("附送材料", facts["material"]), ("收到日期", day(facts["received_on"]))),
        )  # fmt: skip
