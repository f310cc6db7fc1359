"""D9 意见答复: the organ answers; only an assisting authority's silence is consent."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import TextChoices

from flows import fields
from flows.paper import Sheet
from flows.roles import Role
from workflow_app.models import Case
from workflow_app.steps import Facts, Situation, Step, type_facts


class Opinion(TextChoices):
    """The answer."""

    NO_OBJECTION = "no_objection", "无不同意见"
    OBJECTION = "objection", "有不同意见"
    PENDING_CASE = "pending_case", "本人正被立案审查调查"
    DEEMED = "deemed", "视为同意（未答复）"


class OpinionFacts(Facts):
    """Answer, reason, signer."""

    outcome = fields.choice("意见", [c for c in Opinion.choices if c[0] != "deemed"])
    reason = fields.long_text("理由", "只写结论和理由，不附原始材料。")
    signer = fields.short_text("签发人", limit=40)


class GiveOpinion(Step):
    """The organ asked gives its opinion."""

    name, no, title = "give_opinion", "D9", "意见答复"
    role, certainty, deadline = Role.OPINION_ORGAN, "a", "DN-OPINION"
    basis = "《党政领导干部选拔任用工作条例》2014年第34条（类推）"
    document, document_title = "D-REPLY", "复函"
    outcomes = Opinion
    Facts = OpinionFacts

    def speaks_for(self, subject: Mapping[str, Any], outcome: str) -> int | None:
        """The organ asked; that it kept silent is a paper of the organ that waited."""
        return int(subject["organ"]) if subject.get("organ") and outcome != Opinion.DEEMED else None

    def deadline_for(self, case: Case, subject: Mapping[str, Any]) -> str | None:
        """An assisting authority has one month."""
        return "DN-COAUTH" if subject.get("kind") == "coauthority" else "DN-OPINION"

    def silence(self, situation: Situation) -> type_facts | None:
        """Deemed consent, of an assisting authority only."""
        if situation.subject.get("kind") != "coauthority":
            return None
        return {"outcome": Opinion.DEEMED, "reason": "", "signer": ""}

    def paper_title(self, outcome: str) -> str:
        """Silence has its own paper."""
        return "未答复情况记录" if outcome == Opinion.DEEMED else self.document_title

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """All answers of this round."""
        before = list(situation.settled("give_opinion").get("opinions", []))
        own = {"organ": situation.subject.get("organ_name"), "opinion": Opinion(facts["outcome"]).label, "reason": facts["reason"]}
        return {"opinions": [*before, own]}

    def begins(self, situation: Situation, facts: type_facts) -> Mapping[str, date]:
        """The meeting is due from the last answer."""
        return {"DN-DECIDE": situation.today}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """复函, or the record that none came."""
        silent = facts["outcome"] == Opinion.DEEMED
        return Sheet(
            to="" if silent else situation.case.organ.organ_name or situation.case.organ.name,
            rows=(
                ("答复机关", str(situation.subject.get("organ_name", ""))), ("关于", situation.case.cadre.name),
                ("意见", Opinion(facts["outcome"]).label), ("理由", facts["reason"] or "期满未答复，按规定视为同意。"),
                ("签发人", facts["signer"] or "——"),
            )
        )  # fmt: skip
