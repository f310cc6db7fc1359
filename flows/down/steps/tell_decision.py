"""D11 调整谈话: the decision and the remedies are told in a talk."""

from datetime import date

from flows import fields
from flows.paper import Sheet, day, yes
from flows.roles import Role
from workflow_app.steps import Facts, RuleBroken, Situation, Slot, Step, type_facts


class TalkFacts(Facts):
    """The talk."""

    held_on = fields.a_date("谈话日期")
    place = fields.short_text("谈话地点")
    recorder = fields.short_text("记录人", limit=40)
    remedy_told = fields.tick("已告知复核、申诉的机关和期限")
    reply = fields.long_text("本人意见")
    refused = fields.tick("本人拒绝签名")
    refusal_note = fields.short_text("拒签情况", required=False)


class TellDecision(Step):
    """A leader tells the cadre."""

    name, no, title = "tell_decision", "D11", "调整谈话"
    role, basis = Role.ORG_LEADER, "《推进领导干部能上能下规定》第7条（未核原文）"
    document, document_title, signers = "D-TALKN", "调整谈话记录", 3
    open_to_subject = tells = True
    shelf = "谈话记录"
    Facts = TalkFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Held; remedies told; a refusal described."""
        if facts["held_on"] > situation.today:
            raise RuleBroken("谈话日期不能晚于今天。", way_out="谈话后再登记。", rule="D11-DATE", field="held_on")
        decided = situation.settled("decide").get("decided_on")
        if decided and facts["held_on"] < date.fromisoformat(str(decided)[:10]):
            raise RuleBroken("谈话日期不能早于决定作出之日。", way_out="按实际谈话日期填写。", rule="D11-DATE", field="held_on")
        if not facts["remedy_told"]:
            raise RuleBroken("应当告知复核、申诉的机关和期限。", way_out="告知后勾选。", rule="D11-REMEDY", field="remedy_told")
        if facts["refused"] and not facts["refusal_note"]:
            raise RuleBroken("拒绝签名须注明情况。", way_out="填写拒签情况。", rule="D11-REFUSAL", field="refusal_note")

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """A second talker, and the cadre unless the refusal is noted."""
        own = [] if facts["refused"] else [Slot(Role.SUBJECT, "被谈话人", situation.case.cadre_id)]
        return [Slot(Role.ORG_LEADER, "谈话人"), *own]

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """调整谈话记录."""
        return Sheet(rows=(
            ("被谈话人", situation.case.cadre.name), ("时间", day(facts["held_on"])), ("地点", facts["place"]), ("记录人", facts["recorder"]),
            ("已宣布决定", "是"), ("已告知救济途径", yes(facts["remedy_told"])), ("本人意见", facts["reply"]),
            ("拒签情况", facts["refusal_note"] or "无"),
        ))  # fmt: skip
