"""X 回避决定: granted with a substitute named, or refused with a reason (SD-13)."""

from django.db.models import TextChoices

from flows import fields
from flows.paper import Sheet
from flows.roles import Role
from workflow_app.steps import Facts, RuleBroken, Situation, Step, type_facts


class Decided(TextChoices):
    """The decision."""

    GRANTED = "granted", "准予回避"
    REFUSED = "refused", "驳回申请"


class DecideFacts(Facts):
    """Decision, substitute, reason."""

    outcome = fields.choice("决定", Decided.choices)
    substitute = fields.short_text("接替人员", required=False, limit=40)
    reason = fields.long_text("理由")
    recheck = fields.long_text("此前所做工作的复查意见", "准予回避的，此前的工作不当然无效，但须复查。", required=False)


class DecideRecusal(Step):
    """The head of the organ decides."""

    name, no, title = "decide_recusal", "X", "回避决定"
    role, certainty, deadline = Role.ORG_LEADER, "a", "DN-RECUSAL"
    basis = "《处分条例》第43条、《政务处分法》第48条（类推）"
    document, document_title = "X-RECD", "回避决定书"
    open_to_subject = True
    outcomes = Decided
    Facts = DecideFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """An application exists; nobody decides about themself; a grant names the substitute."""
        asked = situation.settled("apply_recusal")
        if not asked:
            raise RuleBroken("没有待决定的回避申请。", way_out="先由有关人员提出申请。", rule="SD-12")
        if situation.actor is not None and situation.actor.cadre_id == asked["person"]:
            raise RuleBroken("不得决定本人的回避。", way_out="由其他负责人或上一级机关决定。", rule="SD-13")
        if facts["outcome"] == Decided.GRANTED and not facts["substitute"]:
            raise RuleBroken("准予回避须写明接替人员。", way_out="填写接替人员。", rule="SD-14", field="substitute")

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """回避决定书."""
        return Sheet(rows=(
            ("案号", situation.case.number), ("申请回避的人员", str(situation.settled("apply_recusal").get("name", ""))),
            ("决定", Decided(facts["outcome"]).label), ("接替人员", facts["substitute"] or "——"), ("理由", facts["reason"]),
            ("复查意见", facts["recheck"] or "——"),
        ))  # fmt: skip
