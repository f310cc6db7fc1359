"""D4 陈述笔录: the cadre is heard in person by two members."""

from django import forms

from flows import fields, team
from flows.paper import Section, Sheet, day, yes
from flows.roles import Duty, Role
from workflow_app.steps import Facts, RuleBroken, Situation, Slot, Step, type_facts


class Exchange(forms.Form):
    """Question and answer."""

    question = fields.short_text("问", limit=500)
    answer = fields.long_text("答")


class StatementFacts(Facts):
    """The record of the hearing."""

    rows = {"talk": Exchange}  # noqa: RUF012 - read only
    min_rows = {"talk": 1}  # noqa: RUF012 - read only
    held_on = fields.a_date("日期")
    place = fields.short_text("地点")
    recorder = fields.short_text("记录人", limit=40)
    recusal_told = fields.tick("已告知申请回避的权利")
    read_back = fields.tick("笔录已交本人核对")
    corrections = fields.long_text("本人的更正", required=False)
    refused = fields.tick("本人拒绝签名")
    refusal_note = fields.short_text("拒签情况", required=False)


class RecordStatement(Step):
    """Two members hear the cadre."""

    name, no, title = "record_statement", "D4", "陈述笔录"
    role, duty = Role.EXAMINATION_TEAM, Duty.INVESTIGATOR
    basis, certainty = "《处分条例》第39条（类推）", "a"
    document, document_title, signers = "D-REC", "陈述笔录", 3
    open_to_subject = True
    shelf = "谈话记录"
    Facts = StatementFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Members; rights told; read back; a refusal described."""
        team.check_member(situation)
        if facts["held_on"] > situation.today:
            raise RuleBroken("日期不能晚于今天。", way_out="谈话后再登记。", rule="D4-DATE", field="held_on")
        if not facts["recusal_told"]:
            raise RuleBroken("应当告知本人申请回避的权利。", way_out="告知后勾选。", rule="SD-12", field="recusal_told")
        if not facts["read_back"]:
            raise RuleBroken("笔录应当交本人核对。", way_out="核对后勾选。", rule="D4-READBACK", field="read_back")
        if facts["refused"] and not facts["refusal_note"]:
            raise RuleBroken("拒绝签名须注明情况。", way_out="填写拒签情况。", rule="D4-REFUSAL", field="refusal_note")

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """The second asker, and the cadre unless the refusal is noted."""
        own = [] if facts["refused"] else [Slot(Role.SUBJECT, "陈述人", situation.case.cadre_id)]
        return [*team.second_signs(situation), *own]

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """陈述笔录."""
        return Sheet(
            rows=(
                ("陈述人", situation.case.cadre.name), ("时间", day(facts["held_on"])), ("地点", facts["place"]), ("记录人", facts["recorder"]),
                ("已告知申请回避的权利", yes(facts["recusal_told"])), ("已核对", yes(facts["read_back"])),
                ("本人的更正", facts["corrections"] or "无"), ("拒签情况", facts["refusal_note"] or "无"),
            ),
            sections=tuple(Section(f"问：{row['question']}", (f"答：{row['answer']}",)) for row in facts["talk"]),
        )  # fmt: skip
