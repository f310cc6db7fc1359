"""A meeting of the committee as a form and a table: who attended, what each said and how each voted (M-1 to M-7)."""

from __future__ import annotations

from django import forms

from flows import fields
from flows.paper import Table
from flows.people import CadreField, names_of, seated
from flows.roles import Role
from flows.rules import meeting
from workflow_app.steps import RuleBroken, Situation, type_facts


class MemberRow(forms.Form):
    """One member who should attend."""

    cadre = CadreField(label="成员")
    leader = fields.tick("主要负责人")
    stand_in = fields.tick("代为主持")
    present = fields.tick("到会")
    recused = fields.tick("回避")
    order = fields.number("发言顺序", 1, 99, required=False)
    view = forms.ChoiceField(label="意见", choices=meeting.VIEWS, required=False)
    vote = forms.ChoiceField(label="表决", choices=meeting.VIEWS, required=False)


def members_of(facts: type_facts) -> list[meeting.Member]:
    """The members as the rules see them."""
    rows = facts["members"]
    names = names_of([row["cadre"] for row in rows])
    return [
        meeting.Member(
            row["cadre"],
            name,
            bool(row["present"]),
            bool(row["recused"]),
            bool(row["leader"]),
            row["order"] or 0,
            row["view"],
            row["vote"],
            stand_in=bool(row.get("stand_in")),
        )  # fmt: skip
        for row, name in zip(rows, names, strict=True)
    ]


def check_meeting(situation: Situation, facts: type_facts) -> None:
    """Raise RuleBroken when the meeting as recorded breaks M-1 to M-7."""
    people = [row["cadre"] for row in facts["members"]]
    if len(set(people)) != len(people):
        raise RuleBroken("成员有重复。", way_out="每名应到会成员只列一行。", rule="M-2", field="members")
    left_out = [name for cadre, name in seated(situation, Role.DECISION_BODY) if int(cadre) not in people]
    if left_out:  # a smaller number of members due would make quorum and majority cheaper
        raise RuleBroken(
            f"应到会成员没有列全：{'、'.join(left_out)}。", way_out="缺席和回避的成员也要列入，注明未到会或者回避。", rule="M-1", field="members"
        )  # fmt: skip
    if facts["held_on"] > situation.today:
        raise RuleBroken("会议日期不能晚于今天。", way_out="会后再登记。", rule="M-7", field="held_on")
    fault = meeting.broken(members_of(facts))
    if fault is not None:
        raise RuleBroken(fault.reason, way_out=fault.way_out, rule=fault.rule, field="members")


def votes(facts: type_facts) -> Table:
    """Views and votes in the order of speaking."""
    words = dict(meeting.VIEWS)
    rows = tuple(
        (str(m.order or "——"), m.name, "回避" if m.recused else ("到会" if m.present else "缺席"), words[m.view], words[m.vote])
        for m in sorted(members_of(facts), key=lambda m: (m.order == 0, m.order))
    )
    return Table("成员意见和表决（按发言顺序）", ("顺序", "成员", "到会", "意见", "表决"), rows)
