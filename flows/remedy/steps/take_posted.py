"""R4 收到按期寄出的补正材料: posted in time, arrived when the period was over: it is taken as completed in time (CPL 85)."""

from collections.abc import Mapping
from datetime import date

from flows import fields
from flows.paper import Section, Sheet, day, lines
from flows.remedy.counter import Letter, LetterFacts
from flows.remedy.matter import acceptance_rule, last_day_of
from workflow_app.steps import RuleBroken, Situation, type_facts
from workflow_app.uploads import FileField


class PostedFacts(LetterFacts):
    """What came by post, and the two days that the envelope and the register show."""

    received_on = fields.a_date("交邮日期", "按信封上的邮戳填写；是否如期，以这一天为准，路上的时间不算。")
    arrived_on = fields.a_date("本机关收到日期", "按收文登记填写。受理审查的期限从这一天重新起算。")
    text = fields.long_text("补交的内容", "对照补正通知书，照本人所写录入。")
    file = FileField(label="扫描件", help_text="信封（邮戳）和补交材料，扫描成一个文件。", required=True)


class TakePosted(Letter):
    """Two handlers of the accepting organ enter what the person concerned had posted in time."""

    name, no, title = "take_posted", "R4", "收到按期寄出的补正材料"
    basis = "《公务员申诉规定（试行）》第21条、《民事诉讼法》第85条（类推）"
    document, document_title = "R-SUP", "补正材料"
    Facts = PostedFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Posted on the last day at the latest; the scan is at hand."""
        super().check(situation, facts)
        last = last_day_of(situation.case, "RM-SUPPLEMENT")
        if last is None or facts["received_on"] > last:
            raise RuleBroken(
                f"补正期限至{day(last)}届满，材料是在期满以后寄出的。",
                way_out="按邮戳核对交邮日期；确已逾期的，决定不予受理时告知本人补齐后可以重新提出。",
                rule="RM-SUPPLEMENT",
                field="received_on",
            )

    def begins(self, situation: Situation, facts: type_facts) -> Mapping[str, date]:
        """The period for acceptance starts anew when the material arrives."""
        return {acceptance_rule(situation.case): facts["arrived_on"]}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """补正材料, entered from paper."""
        case = situation.case
        return Sheet(
            to=case.organ.organ_name or case.organ.name,
            rows=(
                ("申请人", case.cadre.name), ("需补正的材料", str(situation.settled("admit").get("missing", ""))),
                ("补正届满日", day(last_day_of(case, "RM-SUPPLEMENT"))), ("交邮日期", day(facts["received_on"])),
                ("收到日期", day(facts["arrived_on"])), ("是否如期", "是（以交邮日期为准）"), ("提出方式", "邮寄，经办人录入"),
            ),
            sections=(Section("补交的内容", lines(facts["text"])),),
            tables=(self.table(facts),),
        )  # fmt: skip
