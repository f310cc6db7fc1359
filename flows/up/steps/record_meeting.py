"""U8 讨论表决: the committee votes by M-1 to M-7; postponed, reconsidered with its own majority, or rejected."""

from django import forms
from django.db.models import TextChoices

from flows import fields
from flows.committee import MemberRow as CommitteeRow
from flows.committee import check_meeting, members_of, votes
from flows.paper import Section, Sheet, Table, day, lines
from flows.people import offer, seated
from flows.roles import Duty, Role
from flows.rules import meeting
from flows.up.validity import check_lapsed, check_valid
from workflow_app.steps import Facts, RuleBroken, Situation, Slot, Step, type_facts


class Voted(TextChoices):
    """What the meeting did."""

    ADOPT = "adopt", "通过"
    POSTPONE = "postpone", "缓议"
    RECONSIDER = "reconsider", "未通过，同意复议"
    REJECT = "reject", "未通过，停止"
    LAPSED = "lapsed", "推荐结果已经失效，不予表决，重新推荐"


class MeetingFacts(Facts):
    """The meeting as it was held."""

    rows = {"members": CommitteeRow}
    min_rows = {"members": 3}
    held_on = fields.a_date("会议日期")
    place = fields.short_text("会议名称和地点")
    consenting = fields.number("同意复议的成员数", 0, 99, "复议须经应到会成员过半数同意；不涉及复议的填0或者不填。", required=False)
    coordination = fields.long_text(
        "不同意见的协调结果", "征求意见中有不同意见的填写：正职报上级组织部门协调，副职由主管方决定。", required=False
    )
    outcome = fields.choice("会议结果", Voted.choices, "由票数计算：通过须同意过半，不通过须不同意过半，其余为缓议。")
    dissent = fields.long_text("不同意见", required=False)
    minutes = fields.long_text("会议纪要")

    @staticmethod
    def arrange_row(row: forms.Form, situation: Situation) -> None:
        """Members sit in the decision body."""
        offer(row, "cadre", seated(situation, Role.DECISION_BODY))


class RecordMeeting(Step):
    """The secretary records views and votes; an unlawful vote cannot be saved."""

    name, no, title = "record_meeting", "U8", "讨论表决"
    role, duty, certainty = Role.MEETING_SECRETARY, Duty.RECORDER, "a"
    basis = "《党政领导干部选拔任用工作条例》讨论决定规则"
    document, document_title, signers = "U-MEET", "会议纪要及表决记录", 2
    outcomes = Voted
    Facts = MeetingFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """M-1 to M-7, a result that is the vote's, and differences that were coordinated."""
        check_meeting(situation, facts)
        if facts["outcome"] == Voted.ADOPT:
            check_valid(situation, facts["held_on"], way_out="会议结果选择“推荐结果已经失效”，重新推荐。", field="outcome")
        if facts["outcome"] == Voted.LAPSED:
            check_lapsed(situation, facts["held_on"], way_out="按票数选择会议结果。")
        self._the_result_is_the_votes(facts)
        self._a_reconsideration_has_its_majority(situation, facts)
        if situation.case.has("disagreed") and not (facts["coordination"] or "").strip():
            chief = situation.settled("initiate").get("level") == "chief"
            way = "正职报上级组织部门协调" if chief else "副职由主管方决定"
            raise RuleBroken(
                f"征求意见中有不同意见，{way}，须写明结果。", way_out="填写协调结果。", rule="U7-DISAGREE", field="coordination"
            )

    def _the_result_is_the_votes(self, facts: type_facts) -> None:
        count, outcome = meeting.tally(members_of(facts)), facts["outcome"]
        if outcome == Voted.ADOPT and not count.adopted:
            raise RuleBroken(
                f"同意{count.agree}票，未超过应到会成员{count.due}人的半数，不能通过。",
                way_out="按票数选择缓议或者未通过。",
                rule="M-2",
                field="outcome",
            )
        if outcome == Voted.POSTPONE and count.result != "postpone":
            raise RuleBroken("同意或者不同意已超过半数，不能记为缓议。", way_out="按票数选择。", rule="M-2", field="outcome")
        if outcome in (Voted.REJECT, Voted.RECONSIDER) and count.result != "reject":
            raise RuleBroken("不同意未超过应到会成员的半数。", way_out="意见分歧较大的，应当缓议。", rule="M-4", field="outcome")

    def _a_reconsideration_has_its_majority(self, situation: Situation, facts: type_facts) -> None:
        again = situation.case.state == "reconsideration" and facts["outcome"] not in (Voted.POSTPONE, Voted.LAPSED)
        if facts["outcome"] != Voted.RECONSIDER and not again:
            return
        people = members_of(facts)
        if (facts["consenting"] or 0) > len(meeting.taking_part(people)):
            raise RuleBroken("同意复议的成员数不能多于到会成员数。", way_out="核对人数。", rule="M-5", field="consenting")
        if not meeting.may_reconsider(facts["consenting"] or 0, len(people)):
            raise RuleBroken(
                "复议须经应到会成员过半数同意。",
                way_out="填写同意复议的成员数；未过半的，记为缓议或者未通过。",
                rule="M-5",
                field="consenting",
            )

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """The chair signs."""
        chair = meeting.chair(members_of(facts))
        return [Slot(Role.DECISION_BODY, "会议主持人", chair.cadre if chair else None)]

    def hands(self, situation: Situation, facts: type_facts) -> list[tuple[int, str]]:
        """Everybody who votes decides."""
        return [(m.cadre, Duty.DECISION_MAKER) for m in meeting.taking_part(members_of(facts))]

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """The vote; the day of the decision is the day from which tenure counts."""
        count = meeting.tally(members_of(facts))
        return {
            "held_on": facts["held_on"], "vote_carried": facts["outcome"] == Voted.ADOPT and count.quorum and count.adopted,
            "tally": {"due": count.due, "present": count.present, "agree": count.agree, "disagree": count.disagree, "postpone": count.postpone},
        }  # fmt: skip

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """会议纪要及表决记录."""
        count = meeting.tally(members_of(facts))
        opinions = tuple(
            (str(one["organ"]), str(one["opinion"]), str(one["reason"]) or "无")
            for one in situation.settled("give_opinion").get("opinions", [])
        )
        return Sheet(
            rows=(
                ("议题", f"{situation.case.cadre.name}（{situation.case.cadre.post_title}）拟任{situation.settled('initiate')['post']}"),
                ("会议", facts["place"]), ("会议日期", day(facts["held_on"])), ("应到会／到会／回避", f"{count.due}／{count.present}／{count.recused}"),
                ("表决", f"同意{count.agree}，不同意{count.disagree}，缓议{count.postpone}"), ("结果", Voted(facts["outcome"]).label),
                ("同意复议的成员数", str(facts["consenting"] or "不涉及")), ("不同意见的协调结果", facts["coordination"] or "不涉及"),
                ("不同意见", facts["dissent"] or "无"),
            ),
            sections=(Section("会议纪要", lines(facts["minutes"])),),
            tables=(
                votes(facts), *([Table("征求意见情况", ("机关", "意见", "理由"), opinions)] if opinions else []),
            ),
        )  # fmt: skip
