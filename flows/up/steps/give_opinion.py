"""U7 意见答复: agree, disagree; only an assisting authority's silence is consent, and it is shown as such."""

from collections.abc import Mapping
from typing import Any

from django.db.models import TextChoices

from flows import fields
from flows.figures import period
from flows.paper import Sheet
from flows.roles import Role
from flows.up.steps.ask_opinion import rule_for
from workflow_app.models import Case
from workflow_app.steps import Facts, RuleBroken, Situation, Step, type_facts


class Opinion(TextChoices):
    """The answer."""

    AGREE = "agree", "同意"
    DISAGREE = "disagree", "不同意"
    DEEMED = "deemed_agreed", "视为同意（未答复）"


class OpinionFacts(Facts):
    """Answer, reason, signer."""

    outcome = fields.choice("意见", [c for c in Opinion.choices if c[0] != "deemed_agreed"])
    reason = fields.long_text("理由", "只写结论和理由，不附原始材料。", required=False)
    signer = fields.short_text("签发人", limit=40)


class GiveOpinion(Step):
    """The organ asked gives its opinion."""

    name, no, title = "give_opinion", "U7", "意见答复"
    role, certainty, deadline = Role.OPINION_ORGAN, "a", "UP-COAUTH"
    basis = "《党政领导干部选拔任用工作条例》2014年第34条"
    document, document_title = "U-REPLY", "复函"
    outcomes = Opinion
    Facts = OpinionFacts

    def speaks_for(self, subject: Mapping[str, Any], outcome: str) -> int | None:
        """The organ asked; that it kept silent is a paper of the organ that waited."""
        return int(subject["organ"]) if subject.get("organ") and outcome != Opinion.DEEMED else None

    def deadline_for(self, case: Case, subject: Mapping[str, Any]) -> str | None:
        """An assisting authority has one month."""
        return rule_for(subject.get("kind"))

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Disagreement has its reason; nobody but the calendar deems."""
        if facts["outcome"] == Opinion.DEEMED:
            raise RuleBroken("视为同意只能由期限届满产生。", way_out="选择同意或者不同意。", rule="UP-COAUTH", field="outcome")
        if facts["outcome"] == Opinion.DISAGREE and not facts["reason"].strip():
            raise RuleBroken("不同意须写明理由。", way_out="填写理由。", rule="U7-REASON", field="reason")

    def silence(self, situation: Situation) -> type_facts | None:
        """Deemed consent, of an assisting authority only."""
        if situation.subject.get("kind") != "coauthority":
            return None
        return {"outcome": Opinion.DEEMED, "reason": "", "signer": ""}

    def paper_title(self, outcome: str) -> str:
        """Silence has its own paper."""
        return "未答复情况记录" if outcome == Opinion.DEEMED else self.document_title

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """All answers."""
        before = list(situation.settled("give_opinion").get("opinions", []))
        own = {
            "organ": situation.subject.get("organ_name"), "kind": situation.subject.get("kind"), "opinion": Opinion(facts["outcome"]).label,
            "reason": facts["reason"],
        }  # fmt: skip
        return {"opinions": [*before, own]}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """复函, or the record that none came."""
        silent = facts["outcome"] == Opinion.DEEMED
        return Sheet(
            to="" if silent else situation.case.organ.organ_name or situation.case.organ.name,
            rows=(
                ("答复机关", str(situation.subject.get("organ_name", ""))), ("关于", situation.case.cadre.name),
                ("意见", Opinion(facts["outcome"]).label), ("理由", f"收到征求意见函{period(situation.case, 'UP-COAUTH')}内未答复，按规定视为同意。" if silent else facts["reason"] or "无"),
                ("签发人", facts["signer"] or "——"),
            )
        )  # fmt: skip
