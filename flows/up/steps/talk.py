"""U10 任职谈话: praise, shortcomings, requirements and the reply, before the post is taken."""

from flows import fields
from flows.paper import Section, Sheet, day, lines
from flows.roles import Duty, Role
from workflow_app.steps import Facts, RuleBroken, Situation, Slot, Step, type_facts


class TalkFacts(Facts):
    """The talk."""

    held_on = fields.a_date("谈话日期")
    place = fields.short_text("谈话地点")
    praise = fields.long_text("肯定的成绩和优点")
    shortcomings = fields.long_text("指出的不足")
    requirements = fields.long_text("提出的要求")
    reply = fields.long_text("本人表态")


class Talk(Step):
    """A leader named by the committee talks to the person, who signs."""

    name, no, title = "talk", "U10", "任职谈话"
    role, duty, certainty = Role.ORG_LEADER, Duty.AUTHOR, "a"
    basis = "《党政领导干部选拔任用工作条例》2014年第43条"
    document, document_title, signers = "U-TALK", "任职谈话记录", 2
    open_to_subject = tells = True
    Facts = TalkFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Held already; shortcomings were named."""
        if facts["held_on"] > situation.today:
            raise RuleBroken("谈话日期不能晚于今天。", way_out="谈话后再登记。", rule="U10-DATE", field="held_on")
        if len(facts["shortcomings"].strip()) < 2:
            raise RuleBroken("任职谈话应当指出不足。", way_out="补写指出的不足。", rule="U10-SHORT", field="shortcomings")

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """The person talked to."""
        return [Slot(Role.SUBJECT, "被谈话人", situation.case.cadre_id)]

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """The day."""
        return {"held_on": facts["held_on"]}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """任职谈话记录."""
        return Sheet(
            rows=(
                ("被谈话人", situation.case.cadre.name), ("拟任职务", situation.settled("initiate")["post"]), ("时间", day(facts["held_on"])),
                ("地点", facts["place"]),
            ),
            sections=(
                Section("一、肯定的成绩和优点", lines(facts["praise"])), Section("二、指出的不足", lines(facts["shortcomings"])),
                Section("三、提出的要求", lines(facts["requirements"])), Section("四、本人表态", lines(facts["reply"])),
            ),
        )  # fmt: skip
