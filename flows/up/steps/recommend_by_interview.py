"""U2 谈话调研推荐: talks, a tally per person, and whether a meeting is still needed."""

from typing import Any

from django.db.models import TextChoices

from flows import fields
from flows.paper import Sheet, day, yes
from flows.roles import Duty, Role
from flows.up import tally
from workflow_app.steps import Facts, RuleBroken, Situation, Slot, Step, type_facts

CONDITIONS = {
    "unit_is_small": "单位人数较少",
    "same_audience": "谈话调研推荐和会议推荐的参加人员范围基本相同",
    "concentrated": "谈话调研推荐意见集中",
}


class Talked(TextChoices):
    """What follows the talks."""

    MEETING = "meeting", "继续（会议推荐或者推荐报告）"
    DROP_MEETING = "drop_meeting", "不再进行会议推荐（须同时具备三项条件）"


class InterviewFacts(Facts):
    """The talks."""

    rows = {"votes": tally.VoteRow}
    min_rows = {"votes": 1}
    row_titles = {"votes": "推荐票"}
    held_on = fields.a_date("谈话完成日期")
    due = fields.number("应谈人数", 1, 10000)
    present = fields.number("实谈人数", 1, 10000)
    unit_is_small = fields.tick(CONDITIONS["unit_is_small"])
    same_audience = fields.tick(CONDITIONS["same_audience"])
    concentrated = fields.tick(CONDITIONS["concentrated"])
    outcome = fields.choice("下一步", Talked.choices)
    summary = fields.long_text("谈话情况")


class RecommendByInterview(Step):
    """Two members of the examination team talk and count."""

    name, no, title = "recommend_by_interview", "U2", "谈话调研推荐"
    role, duty, certainty = Role.EXAMINATION_TEAM, Duty.INVESTIGATOR, "a"
    basis = "《党政领导干部选拔任用工作条例》第18—20条"
    document, document_title, signers = "U-RECI", "谈话调研推荐情况", 2
    outcomes = Talked
    Facts = InterviewFacts

    def on_desk(self, situation: Situation) -> dict[str, Any]:
        """The person concerned is on the list."""
        return {"votes": tally.start(situation)}

    def check(self, situation: Situation, facts: type_facts) -> None:
        """The tally adds up; the meeting is dropped under all three conditions, and only when it is still ahead."""
        tally.check(situation, facts)
        if facts["outcome"] != Talked.DROP_MEETING:
            return
        missing = [words for name, words in CONDITIONS.items() if not facts[name]]
        if missing:
            raise RuleBroken(f"尚不具备：{'；'.join(missing)}。", way_out="继续进行会议推荐。", rule="U2-DROP", field="outcome")
        if situation.settled("initiate").get("meeting_first"):
            raise RuleBroken("会议推荐已在谈话之前进行，不存在省略。", way_out="选择“继续”。", rule="U2-DROP", field="outcome")

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """A second member (SD-1)."""
        return [Slot(self.role, "考察组成员", duty=self.duty)]

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """Votes, and whether the meeting may be dropped."""
        return tally.kept(facts) | {"meeting_droppable": all(facts[name] for name in CONDITIONS)}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """谈话调研推荐情况."""
        return Sheet(
            rows=(
                ("拟任职务", situation.settled("initiate")["post"]), ("完成日期", day(facts["held_on"])),
                ("应谈／实谈", f"{facts['due']}／{facts['present']}"), *((words, yes(facts[name])) for name, words in CONDITIONS.items()),
                ("下一步", Talked(facts["outcome"]).label), ("谈话情况", facts["summary"]),
            ),
            tables=(tally.table("推荐票", tally.kept(facts)["votes"]),),
        )  # fmt: skip
