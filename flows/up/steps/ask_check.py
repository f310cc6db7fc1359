"""U6 请求核查: a clearance letter with one closed question to the competent organ; no raw data is asked for."""

from collections.abc import Mapping
from datetime import date

from flows import fields
from flows.figures import period
from flows.paper import Sheet, day
from flows.roles import Duty, Role
from workflow_app.steps import Facts, RuleBroken, Situation, Step, type_facts


def rule_for(check: object) -> str:
    """The period of a check."""
    return "UP-DISCIP-REPLY" if check == "discipline" else "UP-CHECK-REPLY"


class LetterFacts(Facts):
    """The letter."""

    question = fields.short_text("核查的问题", "一个封闭式问题，不索取原始材料。", limit=200)
    legal_basis = fields.short_text("依据")
    period = fields.short_text("核查的期间", "例如“现任职务以来”。", limit=100)
    received_on = fields.a_date("对方收到日期")

    def arrange(self, situation: Situation) -> None:
        """The question of this check."""
        self.fields["question"].initial = situation.subject.get("question", "")


class AskCheck(Step):
    """The handler asks one organ."""

    name, no, title = "ask_check", "U6", "请求核查"
    role, duty, basis = Role.CASE_HANDLER, Duty.AUTHOR, "凡提四必（未核原文）；答复期限为项目默认"
    certainty = "b"
    document, document_title = "U-ASK", "核查函"
    Facts = LetterFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """The organ has the letter; it asks one question."""
        if facts["received_on"] > situation.today:
            raise RuleBroken("收到日期不能晚于今天。", way_out="对方收到后再登记。", rule="U6-DATE", field="received_on")
        if facts["question"].count("？") + facts["question"].count("?") != 1:
            raise RuleBroken("核查函只提一个封闭式问题。", way_out="只保留一个问题。", rule="U6-QUESTION", field="question")

    def begins(self, situation: Situation, facts: type_facts) -> Mapping[str, date]:
        """The organ's period counts from the day it has the letter."""
        return {rule_for(situation.subject.get("check")): facts["received_on"]}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """核查函."""
        cadre = situation.case.cadre
        return Sheet(
            to=str(situation.subject["organ_name"]),
            paragraphs=(
                f"现就{cadre.name}（{cadre.post_title}）拟任{situation.settled('initiate')['post']}，请你单位核查并答复下列问题：", facts["question"],
                f"请自收到本函之日起{period(situation.case, rule_for(situation.subject.get('check')))}内答复“无问题”“有问题”或者“尚不能确定”（期限为项目默认）。只答复结论，不附原始材料。",
            ),
            rows=(("核查事项", str(situation.subject["title"])), ("依据", facts["legal_basis"]), ("核查的期间", facts["period"]), ("收到日期", day(facts["received_on"]))),
        )  # fmt: skip
