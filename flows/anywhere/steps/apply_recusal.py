"""X 申请回避: own duty, or the application of anybody concerned. The person keeps out until it is decided."""

from flows import fields
from flows.paper import Sheet
from flows.people import CadreField, name_of, offer, part_of, roles_of
from flows.roles import Role
from workflow_app.hands import desk_for, on_paper
from workflow_app.plain_words import Page
from workflow_app.steps import Beside, Facts, Refused, RuleBroken, Situation, Slot, Step, type_facts

GROUNDS = [("kin", "亲属关系"), ("interest", "与案件有利害关系"), ("witness", "本案证人"), ("other", "其他可能影响公正的关系")]


class ApplyFacts(Facts):
    """Who shall keep out, and why."""

    person = CadreField(label="申请回避的人员")
    ground = fields.choice("事由", GROUNDS)
    reason = fields.long_text("具体情况")
    from_paper = fields.tick("这是本人书面提出的申请", "本人没有账号、书面申请的勾选；另一名经办人核对签名。")

    def arrange(self, situation: Situation) -> None:
        """People who work on the case; whether it came on paper is asked only of a handler, about somebody without an account."""
        offer(self, "person", part_of(situation))
        if not _may_enter_paper(situation):
            self.fields.pop("from_paper")


class ApplyRecusal(Step):
    """Anybody concerned applies."""

    name, no, title = "apply_recusal", "X", "申请回避"
    role, certainty = Role.CONCERNED, "a"
    basis = "《公务员法》第76条、第77条"
    document, document_title = "X-RECA", "回避申请书"
    open_to_subject = True
    shelf = "我提交的材料"
    meant = "办理您案件的人与您或者案件有利害关系的，您可以请求换人。决定以前，这个人暂停办理。"
    pages = (
        Page("请谁回避", ("person",), "只列出办理过本案的人员；没有列出的人，没有参与办理。"),
        Page("为什么", ("ground", "reason"), "写清楚是什么关系，或者为什么可能不公正。"),
    )
    Facts = ApplyFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """On paper only from somebody without an account. Not about the person concerned, and not twice about the same person."""
        if facts.get("from_paper") and not _may_enter_paper(situation):
            raise RuleBroken(
                "只有承办机关经办人可以录入没有账号的当事人的书面申请。",
                way_out="由本人登录后提出，或者以自己的名义申请。",
                rule="R-PAPER",
                field="from_paper",
            )
        if facts["person"] == situation.case.cadre_id:
            raise RuleBroken("当事人不适用回避。", way_out="选择办理本案的人员。", rule="SD-11", field="person")
        if str(facts["person"]) in situation.case.kept_out:
            raise RuleBroken("该人员已在等待回避决定或者已经回避。", way_out="查看案件页的回避申请和决定。", rule="SD-12", field="person")

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """A second handler under what came on paper."""
        return [Slot(Role.CASE_HANDLER, "核对人")] if facts.get("from_paper") else []

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """Who is meant."""
        return {"person": facts["person"], "name": name_of(facts["person"])}

    def beside(self, situation: Situation, facts: type_facts) -> list[Beside]:
        """The decision waits at once on the desk of whoever decides."""
        subject = {"person": facts["person"], "name": name_of(facts["person"])}
        return [Beside("decide_recusal", self._deciding_desk(situation, facts["person"]), subject)]

    def _deciding_desk(self, situation: Situation, person: int) -> int:
        """SD-13: the head of the organ; for the head one level up, and where there is none, the organ's committee (P)."""
        units = list(reversed(situation.case.organ.ancestor_ids))
        if Role.ORG_LEADER not in roles_of(situation, person):
            return desk_for(Role.ORG_LEADER, units)
        above = [unit for unit in units if unit != situation.case.organ_id]
        try:
            return desk_for(Role.ORG_LEADER, above)
        except Refused:
            return desk_for(Role.DECISION_BODY, units)

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """回避申请书."""
        return Sheet(rows=(
            ("案号", situation.case.number), ("申请人", _applicant(situation, facts)),
            ("申请回避的人员", name_of(facts["person"])), ("事由", dict(GROUNDS)[facts["ground"]]), ("具体情况", facts["reason"]),
            ("效力", "回避决定作出前，该人员暂停办理本案"),
        ))  # fmt: skip


def _may_enter_paper(situation: Situation) -> bool:
    actor = situation.actor
    if actor is None or actor.cadre_id in (None, situation.case.cadre_id) or not on_paper(situation.case):
        return False
    return Role.CASE_HANDLER in roles_of(situation, actor.cadre_id)


def _applicant(situation: Situation, facts: type_facts) -> str:
    """Who applies. Somebody without a cadre's record acts for the person concerned; the signature names both."""
    actor = situation.actor
    if facts.get("from_paper"):
        return f"{situation.case.cadre.name}（书面提出，经办人录入）"
    return actor.display_name if actor is not None and actor.cadre_id else situation.case.cadre.name
