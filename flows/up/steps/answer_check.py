"""U6 核查答复: one dated answer – clear, adverse or pending. Pending blocks, adverse stops; silence is never clear."""

from collections.abc import Mapping
from typing import Any

from django.db.models import TextChoices

from flows import fields
from flows.paper import Sheet, day
from flows.roles import Role
from flows.up.steps.ask_check import rule_for
from workflow_app.hands import desk_for
from workflow_app.models import Case
from workflow_app.steps import Beside, Facts, RuleBroken, Situation, Step, type_facts


class Answered(TextChoices):
    """The answer."""

    CLEAR = "clear", "无问题"
    ADVERSE = "adverse", "有问题"
    PENDING = "pending", "尚不能确定"


class AnswerFacts(Facts):
    """One answer, one date, one signer."""

    outcome = fields.choice("答复", Answered.choices)
    answered_on = fields.a_date("答复日期")
    signer = fields.short_text("签发人", limit=40)
    remark = fields.short_text("说明", "只写结论性说明，不写核查内容。", required=False)


class AnswerCheck(Step):
    """The competent organ answers."""

    name, no, title = "answer_check", "U6", "核查答复"
    role, certainty, deadline = Role.OPINION_ORGAN, "b", "UP-CHECK-REPLY"
    basis = "凡提四必（未核原文）；答复期限为项目默认"
    document, document_title = "U-ANS", "核查意见回复函"
    outcomes = Answered
    Facts = AnswerFacts

    def speaks_for(self, subject: Mapping[str, Any], outcome: str) -> int | None:
        """The organ asked."""
        return int(subject["organ"]) if subject.get("organ") else None

    def deadline_for(self, case: Case, subject: Mapping[str, Any]) -> str | None:
        """The discipline organ's period has its own rule."""
        return rule_for(subject.get("check"))

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Dated, not in the future."""
        if facts["answered_on"] > situation.today:
            raise RuleBroken("答复日期不能晚于今天。", way_out="更正日期。", rule="U6-DATE", field="answered_on")

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """All answers so far; the newest of each check counts."""
        check = str(situation.subject.get("check"))
        before = [one for one in situation.settled("answer_check").get("answers", []) if one["check"] != check]
        own = {
            "check": check, "title": situation.subject.get("title"), "organ": situation.subject.get("organ_name"),
            "answer": Answered(facts["outcome"]).label, "answered_on": facts["answered_on"], "signer": facts["signer"], "remark": facts["remark"],
        }  # fmt: skip
        return {"answers": [*before, own], "clear": check if facts["outcome"] == Answered.CLEAR else ""}

    def beside(self, situation: Situation, facts: type_facts) -> list[Beside]:
        """Adverse while others are still open: the leader closes the case at once."""
        if facts["outcome"] != Answered.ADVERSE or situation.case.awaited < 2:
            return []
        return [Beside("close_four_checks", desk_for("org_leader", list(reversed(situation.case.organ.ancestor_ids))), {})]

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """核查意见回复函."""
        return Sheet(
            to=situation.case.organ.organ_name or situation.case.organ.name,
            rows=(
                ("答复机关", str(situation.subject.get("organ_name"))), ("核查对象", situation.case.cadre.name),
                ("核查事项", str(situation.subject.get("title"))), ("答复", Answered(facts["outcome"]).label),
                ("答复日期", day(facts["answered_on"])), ("签发人", facts["signer"]), ("说明", facts["remark"] or "无"),
            ),
        )  # fmt: skip
