"""U2c 报名资格审查: every applicant, after applications have closed; what the system knows cannot be overruled."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import TextChoices

from flows import fields
from flows.paper import Sheet, Table
from flows.people import CadreField, names_of, offer
from flows.roles import Duty, Role
from flows.up import bars
from flows.up.panel import LEAST_PANEL, judging
from workflow_app.steps import Facts, RuleBroken, Situation, Slot, Step, type_facts

LEAST = 2  # a competition of one is none (P)


class Admitted(TextChoices):
    """What follows."""

    PROCEED = "proceed", "进入评分"
    AGAIN = "announce_again", "合格人数不足，重新公告"
    STOP = "stop", "停止竞争上岗"


class ApplicantRow(forms.Form):
    """One applicant."""

    cadre = CadreField(label="报名人")
    eligible = forms.ChoiceField(label="审查结果", choices=[("yes", "合格"), ("no", "不合格")])
    reason = fields.short_text("理由", limit=300)


class CheckFacts(Facts):
    """Everybody who applied."""

    rows = {"applicants": ApplicantRow}
    min_rows = {"applicants": 0}
    row_titles = {"applicants": "报名人"}
    outcome = fields.choice("处理", Admitted.choices)
    remark = fields.long_text("审查情况")

    @staticmethod
    def arrange_row(row: forms.Form, situation: Situation) -> None:
        """Applicants only."""
        offer(row, "cadre", [(str(one["cadre"]), f"{one['name']}（{one['post_title']}）") for one in applicants(situation)])


def applicants(situation: Situation) -> list[dict[str, Any]]:
    """Who has applied."""
    return list(situation.settled("apply_for_post").get("applicants", []))


def eligible(facts: type_facts) -> list[int]:
    """Who was found eligible."""
    return [int(row["cadre"]) for row in facts["applicants"] if row["eligible"] == "yes"]


class CheckApplicants(Step):
    """Two handlers check the qualification of every applicant."""

    name, no, title = "check_applicants", "U2c", "资格审查"
    role, duty, deadline = Role.CASE_HANDLER, Duty.AUTHOR, "UP-COMP-APPLY"
    basis = "《党政领导干部选拔任用工作条例》第24条"
    document, document_title, signers = "U-APPCHK", "报名资格审查表", 2
    outcomes = Admitted
    Facts = CheckFacts

    def on_desk(self, situation: Situation) -> dict[str, Any]:
        """Every applicant, with what the system's own data say."""
        return {"applicants": [self._row(situation, int(one["cadre"])) for one in applicants(situation)]}

    def _row(self, situation: Situation, cadre: int) -> dict[str, Any]:
        found = self._found(situation, cadre)
        words = "；".join(one.words for one in found)
        return {"cadre": cadre, "eligible": "no" if any(one.barred for one in found) else "yes", "reason": words}

    @staticmethod
    def _found(situation: Situation, cadre: int) -> list[bars.Finding]:
        return [bars.annual_grade(cadre, situation.today), bars.restriction(cadre, situation.today)]

    def check(self, situation: Situation, facts: type_facts) -> None:
        """After the last day; every applicant once; nobody whom a bar keeps out; enough to compete."""
        last = date.fromisoformat(str(situation.settled("announce_competition")["last_day"])[:10])
        if situation.today <= last:
            raise RuleBroken(f"报名至{last}24时截止，截止前不得审查。", way_out="截止后办理。", rule="UP-COMP-APPLY")
        wanted, stated = [int(one["cadre"]) for one in applicants(situation)], [row["cadre"] for row in facts["applicants"]]
        if sorted(wanted) != sorted(stated):
            raise RuleBroken("应当逐一列明全部报名人，每人一行。", way_out="补齐或者删去重复的报名人。", rule="U2C-ALL", field="applicants")
        for row in facts["applicants"]:
            for found in self._found(situation, row["cadre"]):
                if found.barred and row["eligible"] == "yes":
                    raise RuleBroken(f"{found.words}，不得列为合格。", way_out="改为不合格并写明理由。", rule="U3-BAR", field="applicants")
        if facts["outcome"] == Admitted.PROCEED and len(eligible(facts)) < LEAST:
            raise RuleBroken("合格人数不足2人，不能形成竞争。", way_out="选择重新公告或者停止。", rule="U2C-FEW", field="outcome")
        self._enough_may_judge(situation, facts)

    @staticmethod
    def _enough_may_judge(situation: Situation, facts: type_facts) -> None:
        able, out = judging(situation, eligible(facts))
        if facts["outcome"] == Admitted.PROCEED and len(able) < LEAST_PANEL:
            raise RuleBroken(
                f"评委{'、'.join(names_of(out))}与报名人有回避关系，能够评分的不足{LEAST_PANEL}人。", way_out="选择重新公告，并更换评委。",
                rule="SD-10", field="outcome",
            )  # fmt: skip

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """SD-19."""
        return [Slot(self.role, "复核人", duty=Duty.APPROVER)]

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """Who competes."""
        return {"eligible": eligible(facts)}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """报名资格审查表."""
        names = {int(one["cadre"]): one for one in applicants(situation)}
        rows = tuple(
            (
                names[row["cadre"]]["name"],
                names[row["cadre"]]["post_title"],
                "合格" if row["eligible"] == "yes" else "不合格",
                row["reason"],
            )
            for row in facts["applicants"]
        )
        return Sheet(
            rows=(("职位", situation.settled("initiate")["post"]), ("报名人数", str(len(rows))), ("处理", Admitted(facts["outcome"]).label),
                ("应当回避的评委", "、".join(names_of(judging(situation, eligible(facts))[1])) or "无"), ("审查情况", facts["remark"]),
            ),
            tables=(Table("审查结果", ("姓名", "单位及职务", "结果", "理由"), rows),) if rows else (),
        )  # fmt: skip
