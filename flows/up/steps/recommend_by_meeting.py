"""U2 会议推荐: a meeting fills in recommendation ballots; only the tally is kept."""

from typing import Any

from flows import fields
from flows.paper import Sheet, day
from flows.roles import Duty, Role
from flows.up import tally
from workflow_app.steps import Facts, RuleBroken, Situation, Slot, Step, type_facts


class MeetingFacts(Facts):
    """The meeting."""

    rows = {"votes": tally.VoteRow}
    min_rows = {"votes": 1}
    row_titles = {"votes": "推荐票"}
    held_on = fields.a_date("会议日期")
    place = fields.short_text("会议地点")
    due = fields.number("应到人数", 1, 10000)
    present = fields.number("实到人数", 1, 10000)
    given = fields.number("发出票数", 1, 10000)
    returned = fields.number("收回票数", 0, 10000)
    valid = fields.number("有效票数", 0, 10000)


class RecommendByMeeting(Step):
    """The secretary records the ballots; a second one counts along."""

    name, no, title = "recommend_by_meeting", "U2", "会议推荐"
    role, duty, certainty = Role.MEETING_SECRETARY, Duty.RECORDER, "a"
    basis = "《党政领导干部选拔任用工作条例》第18—20条"
    document, document_title, signers = "U-RECM", "会议推荐情况", 2
    Facts = MeetingFacts

    def on_desk(self, situation: Situation) -> dict[str, Any]:
        """The person concerned is on the list."""
        return {"votes": tally.start(situation)}

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Ballots and votes add up."""
        tally.check(situation, facts)
        if not facts["valid"] <= facts["returned"] <= facts["given"] <= facts["present"]:
            raise RuleBroken("票数应当满足：有效票≤收回票≤发出票≤实到人数。", way_out="核对票数。", rule="U2-TALLY", field="valid")
        if any(row["votes"] > facts["valid"] for row in facts["votes"]):
            raise RuleBroken("得票不能多于有效票。", way_out="核对得票。", rule="U2-TALLY", field="votes")

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """Whoever counts along."""
        return [Slot(self.role, "监票人", duty=self.duty)]

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """Votes."""
        return tally.kept(facts)

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """会议推荐情况."""
        return Sheet(
            rows=(
                ("拟任职务", situation.settled("initiate")["post"]), ("会议日期", day(facts["held_on"])), ("会议地点", facts["place"]),
                ("应到／实到", f"{facts['due']}／{facts['present']}"),
                ("发出／收回／有效", f"{facts['given']}／{facts['returned']}／{facts['valid']}"),
            ),
            tables=(tally.table("推荐票", tally.kept(facts)["votes"]),),
        )  # fmt: skip
