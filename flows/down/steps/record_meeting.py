"""D10 会议表决: the committee votes by the meeting rules M-1 to M-7."""

from collections.abc import Mapping
from datetime import date

from django import forms
from django.db.models import TextChoices

from flows import fields
from flows.committee import MemberRow, check_meeting, members_of, votes
from flows.law import KINDS
from flows.paper import Section, Sheet, day, lines
from flows.people import offer, seated
from flows.roles import Duty, Role
from flows.rules import meeting
from flows.rules.measure import Measure, lighter
from workflow_app.steps import Facts, RuleBroken, Situation, Slot, Step, type_facts


class Voted(TextChoices):
    """What the meeting did."""

    ADOPT = "adopt", "通过建议"
    ADOPT_LIGHTER = "adopt_lighter", "通过较轻的方式"
    HEAVIER = "heavier", "认为应当加重，退回重新建议"
    POSTPONE = "postpone", "缓议"
    REJECT = "reject", "不予调整"
    RETURN_EVIDENCE = "return_evidence", "退回补充核实"
    RETURN_PROPOSAL = "return_proposal", "退回重新建议"


class MeetingFacts(Facts):
    """The meeting as it was held."""

    rows = {"members": MemberRow}  # noqa: RUF012 - read only
    min_rows = {"members": 3}  # noqa: RUF012 - read only
    held_on = fields.a_date("会议日期")
    place = fields.short_text("会议名称和地点")
    outcome = fields.choice(
        "会议结果", Voted.choices, "由票数计算：通过须同意过半，不予调整和加重须不同意过半，退回须不同意和缓议合计过半，其余为缓议。"
    )
    kind = fields.kind("通过的较轻方式", required=False)
    months = fields.number("影响期（月）", 0, 36, required=False)
    dissent = fields.long_text("不同意见", required=False)
    minutes = fields.long_text("会议纪要")

    @staticmethod
    def arrange_row(row: forms.Form, situation: Situation) -> None:
        """Members sit in the decision body."""
        offer(row, "cadre", seated(situation, Role.DECISION_BODY))


class RecordMeeting(Step):
    """The secretary records views and votes; an unlawful vote cannot be saved."""

    name, no, title = "record_meeting", "D10", "会议表决"
    role, certainty, deadline = Role.MEETING_SECRETARY, "a", "DN-DECIDE"
    duty = Duty.RECORDER
    basis = "《党政领导干部选拔任用工作条例》讨论决定规则"
    document, document_title = "D-MEET", "会议纪要及表决记录"
    outcomes = Voted
    Facts = MeetingFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """M-1 to M-7, and a result that is the vote's."""
        check_meeting(situation, facts)
        self._the_result_is_the_votes(facts)
        if facts["outcome"] == Voted.ADOPT_LIGHTER:
            self._lighter_is_lighter(situation, facts)

    def _the_result_is_the_votes(self, facts: type_facts) -> None:
        count, outcome = meeting.tally(members_of(facts)), facts["outcome"]
        if outcome == Voted.HEAVIER and count.result != "reject":
            raise RuleBroken(
                "不同意建议的未超过应到会成员的半数，不能退回加重。", way_out="按票数选择通过或缓议。", rule="M-2", field="outcome"
            )
        if outcome in (Voted.RETURN_EVIDENCE, Voted.RETURN_PROPOSAL) and not count.against:
            raise RuleBroken(
                "不同意和缓议合计未超过应到会成员的半数，不能退回。", way_out="按票数选择通过或缓议。", rule="M-2", field="outcome"
            )
        if outcome == Voted.POSTPONE and count.result == "reject":
            raise RuleBroken("不同意已超过半数，不能记为缓议。", way_out="选择不予调整或退回。", rule="M-2", field="outcome")
        if outcome in (Voted.ADOPT, Voted.ADOPT_LIGHTER) and not count.adopted:
            raise RuleBroken(
                f"同意{count.agree}票，未超过应到会成员{count.due}人的半数，不能通过。",
                way_out="按票数选择缓议或不予调整。",
                rule="M-2",
                field="outcome",
            )
        if outcome == Voted.REJECT and count.result != "reject":
            raise RuleBroken("不同意未超过应到会成员的半数。", way_out="意见分歧较大的，应当缓议。", rule="M-4", field="outcome")
        if count.adopted and outcome == Voted.POSTPONE:
            raise RuleBroken("同意已超过半数，不能记为缓议。", way_out="按票数选择通过。", rule="M-2", field="outcome")

    def _lighter_is_lighter(self, situation: Situation, facts: type_facts) -> None:
        proposed = Measure.of(situation.settled("propose")["measure"])
        if not facts["kind"] or not lighter(Measure.of(facts), proposed):
            raise RuleBroken("须选择轻于建议的方式。", way_out="选择较轻方式，或选择“通过建议”。", rule="D10-LIGHTER", field="kind")

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """The chair signs."""
        chair = meeting.chair(members_of(facts))
        return [Slot(Role.DECISION_BODY, "会议主持人", chair.cadre if chair else None)]

    def hands(self, situation: Situation, facts: type_facts) -> list[tuple[int, str]]:
        """Everybody who votes decides."""
        return [(m.cadre, Duty.DECISION_MAKER) for m in meeting.taking_part(members_of(facts))]

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """What was adopted."""
        proposal, count = situation.settled("propose"), meeting.tally(members_of(facts))
        lighter = facts["outcome"] == Voted.ADOPT_LIGHTER
        return {
            "kind": facts["kind"] if lighter else proposal["kind"], "measure": Measure.of(facts).plain() if lighter else proposal["measure"],
            "tally": {"due": count.due, "present": count.present, "agree": count.agree, "disagree": count.disagree, "postpone": count.postpone},
            "held_on": facts["held_on"],
        }  # fmt: skip

    def begins(self, situation: Situation, facts: type_facts) -> Mapping[str, date]:
        """Sent back for evidence, verification is due anew from today."""
        return {"DN-VERIFY": situation.today} if facts["outcome"] == Voted.RETURN_EVIDENCE else {}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """会议纪要及表决记录."""
        count = meeting.tally(members_of(facts))
        kind = facts["kind"] if facts["outcome"] == Voted.ADOPT_LIGHTER else situation.settled("propose")["kind"]
        return Sheet(
            rows=(
                ("议题", f"{situation.case.cadre.name}（{situation.case.cadre.post_title}）调整事项"), ("会议", facts["place"]),
                ("会议日期", day(facts["held_on"])), ("应到会／到会／回避", f"{count.due}／{count.present}／{count.recused}"),
                ("表决", f"同意{count.agree}，不同意{count.disagree}，缓议{count.postpone}"), ("结果", Voted(facts["outcome"]).label),
                ("调整方式", KINDS[kind].title), ("不同意见", facts["dissent"] or "无"),
            ),
            sections=(Section("会议纪要", lines(facts["minutes"])),),
            tables=(votes(facts),),
        )  # fmt: skip
