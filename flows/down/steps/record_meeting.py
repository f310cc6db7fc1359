"""D10 会议表决: the committee votes by the meeting rules M-1 to M-7."""

from django import forms
from django.db.models import TextChoices

from flows import fields
from flows.law import KINDS
from flows.paper import Section, Sheet, Table, lines
from flows.people import CadreField, names_of, offer, seated
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


class MemberRow(forms.Form):
    """One member who should attend."""

    cadre = CadreField(label="成员")
    leader = fields.tick("主要负责人")
    present = fields.tick("到会")
    recused = fields.tick("回避")
    order = fields.number("发言顺序", 1, 99, required=False)
    view = forms.ChoiceField(label="意见", choices=meeting.VIEWS, required=False)
    vote = forms.ChoiceField(label="表决", choices=meeting.VIEWS, required=False)


class MeetingFacts(Facts):
    """The meeting as it was held."""

    rows = {"members": MemberRow}  # noqa: RUF012 - read only
    min_rows = {"members": 3}  # noqa: RUF012 - read only
    held_on = fields.a_date("会议日期")
    place = fields.short_text("会议名称和地点")
    outcome = fields.choice("会议结果", Voted.choices, "通过、缓议、不予调整由票数计算，须与票数一致。")
    kind = fields.kind("通过的较轻方式", required=False)
    months = fields.number("影响期（月）", 0, 36, required=False)
    dissent = fields.long_text("不同意见", required=False)
    minutes = fields.long_text("会议纪要")

    @staticmethod
    def arrange_row(row: forms.Form, situation: Situation) -> None:
        """Members sit in the decision body."""
        offer(row, "cadre", seated(situation, Role.DECISION_BODY))


def members_of(facts: type_facts) -> list[meeting.Member]:
    """The members as the rules see them."""
    rows = facts["members"]
    names = names_of([row["cadre"] for row in rows])
    return [
        meeting.Member(
            row["cadre"], name, bool(row["present"]), bool(row["recused"]), bool(row["leader"]), row["order"] or 0, row["view"], row["vote"]
        )
        for row, name in zip(rows, names, strict=True)
    ]


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
        people = [row["cadre"] for row in facts["members"]]
        if len(set(people)) != len(people):
            raise RuleBroken("成员有重复。", way_out="每名应到会成员只列一行。", rule="M-2", field="members")
        if facts["held_on"] > situation.today:
            raise RuleBroken("会议日期不能晚于今天。", way_out="会后再登记。", rule="M-7", field="held_on")
        self._the_meeting_is_lawful(facts)
        self._the_result_is_the_votes(facts)
        if facts["outcome"] == Voted.ADOPT_LIGHTER:
            self._lighter_is_lighter(situation, facts)

    def _the_meeting_is_lawful(self, facts: type_facts) -> None:
        fault = meeting.broken(members_of(facts))
        if fault is not None:
            raise RuleBroken(fault.reason, way_out=fault.way_out, rule=fault.rule, field="members")

    def _the_result_is_the_votes(self, facts: type_facts) -> None:
        count, outcome = meeting.tally(members_of(facts)), facts["outcome"]
        if outcome in (Voted.ADOPT, Voted.ADOPT_LIGHTER) and not count.adopted:
            raise RuleBroken(f"同意{count.agree}票，未超过应到会成员{count.due}人的半数，不能通过。", way_out="按票数选择缓议或不予调整。", rule="M-2", field="outcome")
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
        chair = next((row["cadre"] for row in facts["members"] if row["leader"] and row["present"] and not row["recused"]), None)
        return [Slot(Role.DECISION_BODY, "会议主持人", chair)]

    def hands(self, situation: Situation, facts: type_facts) -> list[tuple[int, str]]:
        """Everybody who votes decides."""
        return [(m.cadre, Duty.DECISION_MAKER) for m in members_of(facts) if m.present and not m.recused]

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """What was adopted."""
        proposal, count = situation.settled("propose"), meeting.tally(members_of(facts))
        lighter = facts["outcome"] == Voted.ADOPT_LIGHTER
        return {
            "kind": facts["kind"] if lighter else proposal["kind"], "measure": Measure.of(facts).plain() if lighter else proposal["measure"],
            "tally": {"due": count.due, "present": count.present, "agree": count.agree, "disagree": count.disagree, "postpone": count.postpone},
            "held_on": facts["held_on"],
        }  # fmt: skip

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """会议纪要及表决记录."""
        people, words = members_of(facts), dict(meeting.VIEWS)
        count = meeting.tally(people)
        rows = tuple(
            (str(m.order or "——"), m.name, "回避" if m.recused else ("到会" if m.present else "缺席"), words[m.view], words[m.vote])
            for m in sorted(people, key=lambda m: (m.order == 0, m.order))
        )
        kind = facts["kind"] if facts["outcome"] == Voted.ADOPT_LIGHTER else situation.settled("propose")["kind"]
        return Sheet(
            rows=(
                ("议题", f"{situation.case.cadre.name}（{situation.case.cadre.post_title}）调整事项"), ("会议", facts["place"]),
                ("会议日期", str(facts["held_on"])), ("应到会／到会／回避", f"{count.due}／{count.present}／{count.recused}"),
                ("表决", f"同意{count.agree}，不同意{count.disagree}，缓议{count.postpone}"), ("结果", Voted(facts["outcome"]).label),
                ("调整方式", KINDS[kind].title), ("不同意见", facts["dissent"] or "无"),
            ),
            sections=(Section("会议纪要", lines(facts["minutes"])),),
            tables=(Table("成员意见和表决（按发言顺序）", ("顺序", "成员", "到会", "意见", "表决"), rows),),
        )  # fmt: skip
