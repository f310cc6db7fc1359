"""R4 补正: the person completes the material; not completed in time, it is not accepted."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import TextChoices

from flows import fields
from flows.paper import Section, Sheet, Table, day, lines
from flows.remedy.counter import arrived_on, ask_days_of_paper, check_days_of_paper, rows_of_paper
from flows.remedy.matter import acceptance_rule, last_day_of
from flows.roles import Role
from workflow_app.enclosures import FilesField
from workflow_app.plain_words import Page
from workflow_app.steps import Facts, RuleBroken, Situation, Step, type_facts


class Supplemented(TextChoices):
    """The outcome."""

    SUPPLEMENTED = "supplemented", "已补正"
    LAPSED = "lapsed", "期满未补正"


class SupplementFacts(Facts):
    """What is put in."""

    text = fields.long_text("补正说明", "对照补正通知书，逐项写明补交了什么。")
    enclosures = FilesField(label="补交的附件")
    arrived_on = fields.a_date("本机关收到日期", "按收文登记填写。受理审查的期限从这一天重新起算；不填的，从今天起算。", required=False)

    def arrange(self, situation: Situation) -> None:
        """Only a handler who enters a paper says when it came."""
        ask_days_of_paper(self, situation)


class Supplement(Step):
    """The person concerned completes the material."""

    name, no, title = "supplement", "R4", "补正"
    role, certainty, deadline = Role.SUBJECT, "a/excerpt", "RM-SUPPLEMENT"
    basis = "《公务员申诉规定（试行）》第21条"
    document, document_title = "R-SUP", "补正材料"
    open_to_subject = True
    shelf = "我提交的材料"
    meant = "受理机关要求您补交材料。如期补齐，就重新审查；期满没有补的，不予受理。"
    outcomes = Supplemented
    Facts = SupplementFacts
    pages = (Page("补正哪些材料", ("text", "enclosures")),)

    def check(self, situation: Situation, facts: type_facts) -> None:
        """It says something; what came on paper did not come tomorrow."""
        check_days_of_paper(situation, facts)
        if not facts["text"].strip():
            raise RuleBroken("补正须写明补交的内容。", way_out="对照补正通知书填写。", rule="R4-SUPPLEMENT", field="text")

    def outcome(self, situation: Situation, facts: type_facts) -> str:
        """Only expiry makes it lapse."""
        return Supplemented.LAPSED if facts.get("outcome") == Supplemented.LAPSED else Supplemented.SUPPLEMENTED

    def silence(self, situation: Situation) -> type_facts:
        """Not completed in time."""
        return {"outcome": Supplemented.LAPSED, "text": "", "enclosures": []}

    def begins(self, situation: Situation, facts: type_facts) -> Mapping[str, date]:
        """The period for acceptance starts anew when the material arrives, or when it is clear that none came."""
        lapsed = self.outcome(situation, facts) == Supplemented.LAPSED
        return {acceptance_rule(situation.case): situation.today if lapsed else arrived_on(situation, facts)}

    def paper_title(self, outcome: str) -> str:
        """A lapse has its own paper; whether the filing is refused a person decides, in writing (admit)."""
        return "期满未补正情况记录" if outcome == Supplemented.LAPSED else self.document_title

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """补正材料, or the record that none came."""
        missing = str(situation.settled("admit").get("missing", ""))
        if self.outcome(situation, facts) == Supplemented.LAPSED:
            return Sheet(
                to=situation.case.organ.organ_name or situation.case.organ.name,
                paragraphs=(
                    f"补正通知书送达后，补正期限至{day(last_day_of(situation.case, self.deadline))}届满，期限内没有收到补正材料。",
                    "本记录只说明这一事实。是否受理，由受理机关审查后书面决定；在期限内交邮的，以邮戳为准。",
                ),
                sections=(Section("需补正的材料", lines(missing)),),
            )
        files: tuple[Any, ...] = tuple((one["name"], f"{one['size'] // 1024 + 1} KB") for one in facts.get("enclosures") or [])
        return Sheet(
            to=situation.case.organ.organ_name or situation.case.organ.name,
            rows=(("申请人", situation.case.cadre.name), ("需补正的材料", missing), *rows_of_paper(situation, facts)),
            sections=(Section("补正说明", lines(facts["text"])),),
            tables=(Table("附件", ("文件名", "大小"), files),) if files else (),
        )
