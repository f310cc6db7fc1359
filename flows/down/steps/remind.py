"""D1 谈话提醒: a reminder talk, signed by the cadre or the refusal noted."""

from django.db.models import TextChoices

from flows import fields
from flows.down.early import check_day
from flows.paper import Sheet, day
from flows.roles import Role
from workflow_app.steps import Facts, RuleBroken, Situation, Slot, Step, type_facts


class Reminded(TextChoices):
    """How the talk ended."""

    REPORT_ASKED = "report_asked", "要求提交整改情况报告"
    CLOSED = "closed", "情况已说明清楚，予以了结"


class RemindFacts(Facts):
    """The talk as it was held."""

    held_on = fields.a_date("谈话日期")
    place = fields.short_text("谈话地点")
    recorder = fields.short_text("记录人", limit=40)
    matters = fields.long_text("提醒事项")
    explanation = fields.long_text("本人说明")
    request = fields.long_text("提出的要求")
    outcome = fields.choice("谈话结果", Reminded.choices)
    refused = fields.tick("本人拒绝签名", "拒绝签名的，注明情况；拒签不作为认可或者不利依据。")
    refusal_note = fields.short_text("拒签情况", required=False)


class Remind(Step):
    """A leader of the organization department reminds the cadre."""

    name, no, title = "remind", "D1", "谈话提醒"
    role, certainty = Role.ORG_LEADER, "a"
    basis = "《关于组织人事部门对领导干部进行提醒、函询和诫勉的实施细则》"
    document, document_title, signers = "D-REMIND", "谈话提醒记录", 2
    open_to_subject = tells = True
    shelf = "谈话记录"
    switch = "reminding"
    outcomes = Reminded
    starts = {"DN-RECTIFY": "held_on"}  # noqa: RUF012 - read only
    Facts = RemindFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """A refusal to sign is described; a talk lies in the past."""
        check_day(situation, facts["held_on"], field="held_on", title="谈话日期")
        if facts["refused"] and not facts["refusal_note"]:
            raise RuleBroken("拒绝签名须注明情况。", way_out="填写拒签情况。", rule="D1-REFUSAL", field="refusal_note")

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """The cadre signs, unless the refusal is noted."""
        return [] if facts["refused"] else [Slot(Role.SUBJECT, "被谈话人", situation.case.cadre_id)]

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """Whether a report was asked for."""
        return {"report_asked": facts["outcome"] == Reminded.REPORT_ASKED, "request": facts["request"]}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """谈话提醒记录."""
        return Sheet(rows=(
            ("被谈话人", situation.case.cadre.name), ("单位及职务", situation.case.cadre.post_title), ("时间", day(facts["held_on"])),
            ("地点", facts["place"]), ("谈话人", situation.actor.display_name if situation.actor else "——"),
            ("记录人", facts["recorder"]), ("提醒事项", facts["matters"]), ("本人说明", facts["explanation"]),
            ("提出的要求", facts["request"]), ("谈话结果", Reminded(facts["outcome"]).label),
            ("拒签情况", facts["refusal_note"] or "无"),
        ))  # fmt: skip
