"""D6 社会风险评估: six indicators, 0 to 5 each (P)."""

from django.db.models import TextChoices

from flows import fields
from flows.paper import Sheet, Table
from flows.roles import Role
from workflow_app.models import Case
from workflow_app.steps import Facts, RuleBroken, Situation, Step, type_facts

INDICATORS = {
    "acceptance": "群众接受度", "opinion": "舆论风险", "team": "班子稳定", "continuity": "工作连续性", "rights": "个人权益", "dispute": "法律争议",
}  # fmt: skip
UNCONTROLLED, WITH_MEASURES = 20, 12


class Level(TextChoices):
    """Computed from the sum."""

    CONTROLLABLE = "controllable", "可控"
    WITH_MEASURES = "with_measures", "采取措施后可控"
    NOT_CONTROLLABLE = "not_controllable", "不可控，须调整方案"


class RiskFacts(Facts):
    """Scores and measures."""

    acceptance = fields.number("群众接受度", 0, 5, "0为无风险，5为风险最高。")
    opinion = fields.number("舆论风险", 0, 5)
    team = fields.number("班子稳定", 0, 5)
    continuity = fields.number("工作连续性", 0, 5)
    rights = fields.number("个人权益", 0, 5)
    dispute = fields.number("法律争议", 0, 5)
    grounds = fields.long_text("评分依据")
    measures = fields.long_text("防控措施", required=False)


class AssessRisk(Step):
    """The handler assesses how the change would be received."""

    name, no, title = "assess_risk", "D6", "社会风险评估"
    role, deadline = Role.CASE_HANDLER, "DN-RISK"
    basis, certainty = "《重大行政决策程序暂行条例》第22至24条（类推）", "a"
    document, document_title, signers = "D-RISK", "干部调整风险评估表", 2
    switch = "risk"
    outcomes = Level
    Facts = RiskFacts

    def wanted(self, case: Case) -> bool:
        """For removal and demotion, once for a plan."""
        return case.on("risk") and case.has("sensitive") and not case.has("risk_weighed")

    def outcome(self, situation: Situation, facts: type_facts) -> str:
        """By the sum of the six."""
        total = sum(facts[name] for name in INDICATORS)
        if total >= UNCONTROLLED:
            return Level.NOT_CONTROLLABLE
        return Level.WITH_MEASURES if total >= WITH_MEASURES else Level.CONTROLLABLE

    def check(self, situation: Situation, facts: type_facts) -> None:
        """From 12 points on, measures are named."""
        if self.outcome(situation, facts) == Level.WITH_MEASURES and not facts["measures"]:
            raise RuleBroken("总分12分以上须写明防控措施。", way_out="填写防控措施。", rule="D6-MEASURES", field="measures")

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """Score and level, and the plan they are about."""
        plan = situation.settled("weigh_answer") or situation.settled("inform_cadre")
        return {
            "score": sum(facts[name] for name in INDICATORS), "level": self.outcome(situation, facts), "measures": facts["measures"],
            "measure": plan.get("measure"),
        }  # fmt: skip

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """干部调整风险评估表."""
        scores = tuple((title, str(facts[name])) for name, title in INDICATORS.items())
        total = sum(facts[name] for name in INDICATORS)
        return Sheet(
            rows=(
                ("当事人", situation.case.cadre.name), ("总分", f"{total}分"), ("等级", Level(self.outcome(situation, facts)).label),
                ("评分依据", facts["grounds"]), ("防控措施", facts["measures"] or "无"),
            ),
            tables=(Table("六项指标（项目默认）", ("指标", "分值（0—5）"), scores),),
        )  # fmt: skip
