"""U7 征求意见: one letter for each organ; an assisting authority has one month, and its silence is consent."""

from collections.abc import Mapping
from datetime import date

from flows import fields
from flows.figures import period
from flows.paper import Sheet, day
from flows.roles import Duty, Role
from workflow_app.steps import Facts, RuleBroken, Situation, Step, type_facts


def rule_for(kind: object) -> str:
    """The period of an opinion; for a lead authority no figure was found, so the default for other organs holds."""
    return "UP-COAUTH" if kind == "coauthority" else "DN-OPINION"


class AskFacts(Facts):
    """The letter."""

    question = fields.long_text("征求意见的问题", "一个明确的问题；不索取原始材料。")
    material = fields.long_text("附送材料目录")
    received_on = fields.a_date("对方收到日期")


class AskOpinion(Step):
    """The handler asks."""

    name, no, title = "ask_opinion", "U7", "征求意见"
    role, duty, certainty = Role.CASE_HANDLER, Duty.AUTHOR, "a"
    basis = "《党政领导干部选拔任用工作条例》2014年第34条"
    document, document_title = "U-ASKO", "征求意见函"
    Facts = AskFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """The organ has the letter."""
        if facts["received_on"] > situation.today:
            raise RuleBroken("收到日期不能晚于今天。", way_out="对方收到后再登记。", rule="U7-DATE", field="received_on")

    def begins(self, situation: Situation, facts: type_facts) -> Mapping[str, date]:
        """The organ's period counts from the day it has the letter."""
        return {rule_for(situation.subject.get("kind")): facts["received_on"]}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """征求意见函."""
        cadre = situation.case.cadre
        own = situation.subject.get("kind") == "coauthority"
        within = period(situation.case, rule_for(situation.subject.get("kind")))
        until = f"{within}内答复，逾期未答复视为同意" if own else f"{within}内答复（项目默认期限）"
        return Sheet(
            to=str(situation.subject["organ_name"]),
            paragraphs=(
                f"现就{cadre.name}（{cadre.post_title}）拟任{situation.settled('initiate')['post']}，征求你单位意见。", facts["question"],
                f"请自收到本函之日起{until}。",
            ),
            rows=(("附送材料", facts["material"]), ("收到日期", day(facts["received_on"]))),
        )  # fmt: skip
