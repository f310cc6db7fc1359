"""R5 组成公正委员会: one committee a case, odd, fresh, one chair."""

from typing import Any

from django import forms
from django.db.models import Q

from flows import fields
from flows.paper import Sheet, Table
from flows.people import CadreField, name_of, names_of, offer, seated
from flows.remedy.matter import filed
from flows.roles import Duty, Role
from flows.rules.remedy import committee_fault
from workflow_app.models import Case, Representation, Tie
from workflow_app.steps import Facts, RuleBroken, Situation, Step, type_facts


class Member(forms.Form):
    """One member."""

    cadre = CadreField(label="委员")
    chair = fields.tick("主任")
    no_tie = fields.tick("与本案没有应当回避的关系")


class CommitteeFacts(Facts):
    """Members and chair."""

    rows = {"committee": Member}
    min_rows = {"committee": 3}
    row_titles = {"committee": "委员会成员"}
    note = fields.long_text("组成说明", required=False)

    @staticmethod
    def arrange_row(row: forms.Form, situation: Situation) -> None:
        """People at the committee's desk of this organ who are not kept out."""
        out = situation.case.kept_out
        offer(row, "cadre", [one for one in seated(situation, Role.APPEAL_COMMITTEE) if one[0] not in out])


class FormCommittee(Step):
    """The appeal office forms the committee; nobody sits who had a hand in an earlier stage."""

    name, no, title = "form_committee", "R5", "组成公正委员会"
    role, duty, certainty = Role.APPEAL_OFFICE, Duty.ADMITTER, "a/excerpt"
    basis = "《公务员申诉规定》第5条"
    deadline = "RM-APPEAL-DECIDE"
    document, document_title = "R-COMF", "公正委员会组成决定"
    open_to_subject = True
    shelf = "受理和告知"
    Facts = CommitteeFacts

    def deadline_for(self, case: Case, subject: Any) -> str:
        """Within the time for the decision."""
        return "RM-REAPPEAL-DECIDE" if case.has("reappeal") else "RM-APPEAL-DECIDE"

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Odd, distinct, one chair, no ties. That they are fresh is asked by the door (SD-6)."""
        people = [row["cadre"] for row in facts["committee"]]
        fault = committee_fault(people, [row["cadre"] for row in facts["committee"] if row["chair"]])
        if fault is not None:
            raise RuleBroken(fault.reason, way_out=fault.way_out, rule=fault.rule, field="committee")
        stands = Representation.objects.filter(principal=situation.case.cadre_id, standing="VALID", account__cadre__in=people).first()
        if stands is not None:
            raise RuleBroken(f"{stands.name}代当事人办理，不得担任委员。", way_out="更换成员。", rule="SD-11", field="committee")
        tied = self._tied(situation, people) + [row["cadre"] for row in facts["committee"] if not row["no_tie"]]
        if tied:
            raise RuleBroken(
                f"{name_of(tied[0])}有应当回避的关系。", way_out="更换成员，并确认没有回避关系。", rule="SD-10", field="committee"
            )

    def _tied(self, situation: Situation, people: list[int]) -> list[int]:
        subject = situation.case.cadre_id
        ties = Tie.objects.filter(Q(one=subject, other__in=people) | Q(other=subject, one__in=people))
        return [tie.one_id if tie.other_id == subject else tie.other_id for tie in ties]

    def hands(self, situation: Situation, facts: type_facts) -> list[tuple[int, str]]:
        """Every member."""
        return [(row["cadre"], Duty.COMMITTEE_MEMBER) for row in facts["committee"]]

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, Any]:
        """Members and chair."""
        return {
            "members": [row["cadre"] for row in facts["committee"]],
            "chair": next(row["cadre"] for row in facts["committee"] if row["chair"]),
        }

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """公正委员会组成决定."""
        people = names_of([row["cadre"] for row in facts["committee"]])
        rows = tuple((name, "主任" if row["chair"] else "委员") for name, row in zip(people, facts["committee"], strict=True))
        about = filed(situation)
        return Sheet(
            rows=(
                ("案号", situation.case.number), ("申诉人", situation.case.cadre.name), ("被申诉机关", about["respondent"]["name"]),
                ("人数", f"{len(rows)}人（单数），一案一委员会"), ("组成说明", facts["note"] or "——"),
                ("回避权利", "申诉人认为成员有应当回避情形的，可以申请回避。"),
            ),
            tables=(Table("成员", ("姓名", "职务"), rows),),
        )  # fmt: skip
