"""U2 民主推荐报告: enough support, or not concentrated. The result is valid for a year, a span that never rolls."""

from collections.abc import Mapping
from datetime import date

from django.db.models import TextChoices

from flows import fields
from flows.figures import length, reckoned, years
from flows.paper import Section, Sheet, day, lines, yes
from flows.roles import Duty, Role
from flows.up import tally
from workflow_app.clock import add_months
from workflow_app.steps import Facts, RuleBroken, Situation, Step, type_facts


class Recommended(TextChoices):
    """What the recommendation came to."""

    ENOUGH = "enough", "推荐意见集中，列为考察对象人选"
    REPEAT = "repeat", "推荐意见不集中，重新推荐"
    STOP = "stop", "推荐意见不集中，停止"


class ReportFacts(Facts):
    """The report."""

    outcome = fields.choice("推荐结果", Recommended.choices)
    analysis = fields.long_text("综合分析", "得票只供参考，不简单以票取人。")


class ReportRecommendation(Step):
    """The organization department weighs the recommendation."""

    name, no, title = "report_recommendation", "U2", "民主推荐报告"
    role, duty, certainty = Role.ORG_LEADER, Duty.AUTHOR, "a"
    basis = "《党政领导干部选拔任用工作条例》第18—20条"
    document, document_title = "U-REC", "民主推荐情况报告"
    outcomes = Recommended
    Facts = ReportFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Nobody without a single vote has enough support."""
        name = situation.case.cadre.name
        own = [count for _, votes in self._votes(situation) for one, _, count in votes if one == name]
        if facts["outcome"] == Recommended.ENOUGH and not any(own):
            raise RuleBroken(
                f"{name}在民主推荐中没有得票，不能列为考察对象人选。", way_out="选择重新推荐或者停止。", rule="U2-SUPPORT", field="outcome"
            )

    def _votes(self, situation: Situation) -> list[tuple[str, list[list[object]]]]:
        ways = (("谈话调研推荐", "recommend_by_interview"), ("会议推荐", "recommend_by_meeting"))
        return [(title, situation.settled(step)["votes"]) for title, step in ways if situation.settled(step)]

    def _completed_on(self, situation: Situation) -> date:
        days = [
            str(situation.settled(step)["held_on"])
            for step in ("recommend_by_interview", "recommend_by_meeting")
            if situation.settled(step)
        ]
        return date.fromisoformat(max(days)[:10])

    def begins(self, situation: Situation, facts: type_facts) -> Mapping[str, date]:
        """The result is valid from the day the recommendation was completed."""
        return {"UP-REC-VALID": self._completed_on(situation)} if facts["outcome"] == Recommended.ENOUGH else {}

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """Until when."""
        completed = self._completed_on(situation)
        return {"completed_on": completed, "valid_until": add_months(completed, length(situation.case, "UP-REC-VALID"))}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """民主推荐情况报告."""
        plan = situation.settled("initiate")
        held = "；".join(
            f"{title}：应参加{situation.settled(step)['due']}人，实参加{situation.settled(step)['present']}人，{day(situation.settled(step)['held_on'])}"
            for title, step in (("谈话调研推荐", "recommend_by_interview"), ("会议推荐", "recommend_by_meeting")) if situation.settled(step)
        )  # fmt: skip
        return Sheet(
            rows=(
                ("拟任职务", plan["post"]), ("方式和顺序", held), ("定向推荐", yes(plan.get("directed"))), ("推荐结果", Recommended(facts["outcome"]).label),
                ("结果有效期至", day(add_months(self._completed_on(situation), length(situation.case, "UP-REC-VALID")))),
                ("有效期的计算", reckoned(situation.case, "UP-REC-VALID", self._completed_on(situation))),
                ("有效范围", "只对本职位有效" if plan.get("directed") else f"{years(situation.case, 'UP-REC-VALID')}内有效"),
            ),
            sections=(Section("综合分析", lines(facts["analysis"])),),
            tables=tuple(tally.table(f"{title}得票", votes) for title, votes in self._votes(situation)),
        )  # fmt: skip
