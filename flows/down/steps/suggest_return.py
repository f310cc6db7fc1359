"""D16 重新使用建议: on the closed case, from the day the restriction is over."""

from datetime import date
from typing import Any

from django.db.models import TextChoices

from flows import fields
from flows.figures import reckoned
from flows.paper import Sheet, day
from flows.roles import Role
from flows.rules.restriction import bar_of, ends_on, is_over
from workflow_app.steps import Facts, RuleBroken, Situation, Slot, Step, type_facts


class Suggested(TextChoices):
    """The suggestion."""

    SUGGESTED = "suggested", "建议重新使用"
    NOT_YET = "not_yet", "暂不建议"


class ReturnFacts(Facts):
    """Results and opinions."""

    results = fields.long_text("影响期满后的实绩")
    opinions = fields.long_text("各方面意见")
    outcome = fields.choice("建议", Suggested.choices)
    proposal = fields.long_text("建议内容")


class SuggestReturn(Step):
    """The organization department suggests that the cadre may rise again."""

    name, no, title = "suggest_return", "D16", "重新使用建议"
    role, basis = Role.ORG_LEADER, "《公务员职务任免与职务升降规定（试行）》；影响期为项目默认"
    document, document_title, signers = "D-RISE", "重新使用建议", 2
    after_end = True
    outcomes = Suggested
    Facts = ReturnFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Only after a decision, and only when its restriction is over."""
        decided = situation.settled("decide")
        if not decided:
            raise RuleBroken("本案没有作出调整决定。", way_out="无需提出重新使用建议。", rule="D16-DECISION")
        effective, months = date.fromisoformat(str(decided["effective_on"])[:10]), int(decided["months"])
        if not is_over(effective_on=effective, months=months, today=situation.today):
            raise RuleBroken(
                "影响期尚未届满。", way_out=f"{ends_on(effective_on=effective, months=months)}的次日起可以提出。", rule="D16-BAR"
            )

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """SD-19."""
        return [Slot(self.role, "审批人")]

    def lead(self, situation: Situation, facts: type_facts) -> dict[str, Any] | None:
        """The suggestion lies on the desk that moves to fill posts."""
        if facts["outcome"] != Suggested.SUGGESTED:
            return None
        return {"rule_id": "D16", "suggests": "RETURN", "summary": facts["proposal"][:300], "role": Role.ORG_LEADER}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """重新使用建议."""
        return Sheet(rows=(
            ("姓名", situation.case.cadre.name), ("影响期届满", day(self._end(situation))), *self._reckoned(situation), ("实绩", facts["results"]), ("各方面意见", facts["opinions"]),
            ("建议", Suggested(facts["outcome"]).label), ("建议内容", facts["proposal"]),
        ))  # fmt: skip

    @staticmethod
    def _reckoned(situation: Situation) -> tuple[tuple[str, str], ...]:
        decided = situation.settled("decide")
        if not decided or not int(decided["months"]):
            return ()
        start = date.fromisoformat(str(decided["effective_on"])[:10])
        return (("影响期的计算", reckoned(situation.case, bar_of(str(decided["kind"])), start, lasting=int(decided["months"]))),)

    def _end(self, situation: Situation) -> date | None:
        decided = situation.settled("decide")
        return (
            ends_on(effective_on=date.fromisoformat(str(decided["effective_on"])[:10]), months=int(decided["months"])) if decided else None
        )
