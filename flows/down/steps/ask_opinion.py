"""D9 征求意见: one letter for each organ."""

from collections.abc import Mapping
from datetime import date

from flows import fields
from flows.figures import period
from flows.law import KINDS
from flows.paper import Sheet, day
from flows.roles import Role
from workflow_app.steps import Facts, RuleBroken, Situation, Step, type_facts

COAUTHORITY = "DN-COAUTH"


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
    Facts = AskFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """The organ has the letter, and not before there was a proposal to ask about: silence may count from that day."""
        if facts["received_on"] > situation.today:
            raise RuleBroken("收到日期不能晚于今天。", way_out="对方收到后再登记。", rule="D9-DATE", field="received_on")
        proposed = situation.settled("propose").get("proposed_on")
        if proposed and facts["received_on"] < date.fromisoformat(str(proposed)[:10]):
            raise RuleBroken("收到日期不能早于调整建议之日。", way_out="按对方实际收到的日期填写。", rule="D9-DATE", field="received_on")

    def begins(self, situation: Situation, facts: type_facts) -> Mapping[str, date]:
        """The organ's period counts from the day it has the letter."""
        return {_rule(situation): facts["received_on"]}

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """Who knows of the case from now on."""
        return {"organ": situation.subject["organ_name"]}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """征求意见函."""
        proposal = situation.settled("propose")
        rule = _rule(situation)
        within = f"{period(situation.case, rule)}内答复" + ("，逾期未答复视为同意" if rule == COAUTHORITY else "（项目默认期限）")
        return Sheet(
            to=str(situation.subject["organ_name"]),
            paragraphs=(
                f"现就{situation.case.cadre.name}（{situation.case.cadre.post_title}）拟作{KINDS[proposal['kind']].title}，征求你单位意见。",
                facts["question"], f"请自收到本函之日起{within}。",
            ),
            rows=(("附送材料", facts["material"]), ("收到日期", day(facts["received_on"]))),
        )  # fmt: skip


def _rule(situation: Situation) -> str:
    """An assisting authority has a month, other organs ten working days."""
    return COAUTHORITY if situation.subject.get("kind") == "coauthority" else "DN-OPINION"
