"""个别谈话, the same on the way down and on the way up: two members talk to somebody who knows; read back and signed."""

from __future__ import annotations

from django import forms

from flows import fields, team
from flows.paper import Section, Sheet, day, yes
from flows.roles import Duty, Role
from workflow_app.steps import Facts, RuleBroken, Situation, Slot, Step, type_facts


class Answered(forms.Form):
    """One question and its answer."""

    question = fields.short_text("问", limit=500)
    answer = fields.long_text("答")


class InterviewFacts(Facts):
    """The talk."""

    rows = {"talk": Answered}  # noqa: RUF012 - read only
    min_rows = {"talk": 1}  # noqa: RUF012 - read only
    held_on = fields.a_date("谈话日期")
    place = fields.short_text("谈话地点")
    interviewee = fields.short_text("谈话对象（密封）", "只供内部查阅，不向本人公开。", limit=60)
    description = fields.short_text("可公开的说明", "例如“该单位一名中层干部”。")
    read_back = fields.tick("记录已交谈话对象核对")


class Interview(Step):
    """What both ways share; each gives number, basis and paper. It may be held as often as needed."""

    name, title = "record_interview", "个别谈话"
    role, duty = Role.EXAMINATION_TEAM, Duty.INVESTIGATOR
    document_title, signers = "个别谈话记录", 2
    sealed = ("interviewee",)
    Facts = InterviewFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Members only; held already; read back."""
        team.check_member(situation)
        if facts["held_on"] > situation.today:
            raise RuleBroken("谈话日期不能晚于今天。", way_out="谈话后再登记。", rule=f"{self.no}-DATE", field="held_on")
        if not facts["read_back"]:
            raise RuleBroken("谈话记录应当交谈话对象核对。", way_out="核对后勾选。", rule=f"{self.no}-READBACK", field="read_back")

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """The second member."""
        return team.second_signs(situation)

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """How many talks this round had."""
        return {"count": int(situation.settled("record_interview").get("count", 0)) + 1}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """个别谈话记录. The paper names the interviewee only by the description that may be disclosed."""
        return Sheet(
            rows=(
                ("时间", day(facts["held_on"])), ("地点", facts["place"]), ("谈话对象", facts["description"]),
                ("已核对", yes(facts["read_back"])),
            ),
            sections=tuple(Section(f"问：{row['question']}", (f"答：{row['answer']}",)) for row in facts["talk"]),
            page_signer="谈话对象",
        )  # fmt: skip
