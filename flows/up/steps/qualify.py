"""U3 资格审核: every bar of SEL 24; two are checked by the system from its own data, the others by a person with a reason."""

from typing import Any

from django import forms
from django.db.models import TextChoices

from flows import fields
from flows.paper import Sheet, Table
from flows.roles import Duty, Role
from flows.up import bars
from workflow_app.steps import Facts, RuleBroken, Situation, Slot, Step, type_facts


class Qualified(TextChoices):
    """The result; an exclusion is a record."""

    QUALIFIED = "qualified", "符合资格"
    EXCLUDED = "excluded", "不得列为考察对象"


class BarRow(forms.Form):
    """One bar that a person checks."""

    bar = forms.ChoiceField(label="不得列为考察对象的情形", choices=bars.BY_HAND)
    applies = forms.ChoiceField(label="结果", choices=[("", "请选择"), ("no", "不存在"), ("yes", "存在")])
    reason = fields.short_text("核对方式和理由", limit=300)


class QualifyFacts(Facts):
    """All bars."""

    rows = {"bars": BarRow}
    min_rows = {"bars": len(bars.BY_HAND)}
    row_titles = {"bars": "人工核对的情形"}
    outcome = fields.choice("审核结果", Qualified.choices)
    grade_note = fields.long_text("年度考核的核实说明", "系统没有上一年度等次时填写：结果是什么，依据哪份材料。", required=False)
    remark = fields.long_text("审核意见")


class Qualify(Step):
    """Two handlers check the bars; what the system knows cannot be overruled."""

    name, no, title = "qualify", "U3", "资格审核"
    role, duty, certainty = Role.CASE_HANDLER, Duty.AUTHOR, "a"
    basis = "《党政领导干部选拔任用工作条例》第23条、第24条"
    document, document_title, signers = "U-QUAL", "资格审核表", 2
    outcomes = Qualified
    Facts = QualifyFacts

    def on_desk(self, situation: Situation) -> dict[str, Any]:
        """One row for every bar."""
        return {"bars": [{"bar": name} for name, _ in bars.BY_HAND]}

    @staticmethod
    def _system(situation: Situation) -> list[tuple[str, bars.Finding]]:
        cadre = situation.case.cadre_id
        return [(bars.GRADE, bars.annual_grade(cadre, situation.today)), (bars.RESTRICTION, bars.restriction(cadre, situation.today))]

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Every bar once; the result follows from the bars."""
        if sorted(row["bar"] for row in facts["bars"]) != sorted(name for name, _ in bars.BY_HAND):
            raise RuleBroken("每一种情形都须核对，各列一行。", way_out="补齐或者删去重复的行。", rule="U3-BARS", field="bars")
        if any(len(row["reason"].strip()) < 2 for row in facts["bars"]):
            raise RuleBroken("人工核对的情形须写明核对方式和理由。", way_out="补写理由。", rule="U3-REASON", field="bars")
        barred = [words.words for _, words in self._system(situation) if words.barred]
        if barred and facts["outcome"] == Qualified.QUALIFIED:
            raise RuleBroken(
                f"系统核对：{'；'.join(barred)}，不得列为考察对象。", way_out="选择“不得列为考察对象”。", rule="U3-BAR", field="outcome"
            )
        unknown = [found for _, found in self._system(situation) if not found.known]
        if unknown and facts["outcome"] == Qualified.QUALIFIED and not facts["grade_note"].strip():
            raise RuleBroken(
                f"{unknown[0].words}，须人工核实并写明。", way_out="填写年度考核的核实说明。", rule="U3-BAR-3", field="grade_note"
            )
        ticked = any(row["applies"] == "yes" for row in facts["bars"])
        if ticked and facts["outcome"] == Qualified.QUALIFIED:
            raise RuleBroken("存在不得列为考察对象的情形。", way_out="选择“不得列为考察对象”。", rule="U3-BARS", field="outcome")
        if facts["outcome"] == Qualified.EXCLUDED and not ticked and not barred:
            raise RuleBroken("没有列明不得列为考察对象的情形。", way_out="勾选存在的情形并写明理由。", rule="U3-BARS", field="outcome")

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """SD-19."""
        return [Slot(self.role, "复核人", duty=Duty.APPROVER)]

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """资格审核表."""
        words, said = dict(bars.BY_HAND), {"yes": "存在", "no": "不存在"}
        by_hand = [(words[row["bar"]], said[row["applies"]], "人工核对", row["reason"]) for row in facts["bars"]]
        by_system = [
            (
                title,
                "存在" if one.barred else ("不存在" if one.known else "系统无数据"),
                "系统核对",
                one.words if one.known else f"{one.words}；{facts['grade_note']}",
            )
            for title, one in self._system(situation)
        ]
        return Sheet(
            rows=(
                ("人选", situation.case.cadre.name), ("现任单位及职务", situation.case.cadre.post_title),
                ("拟任职务", situation.settled("initiate")["post"]), ("审核结果", Qualified(facts["outcome"]).label), ("审核意见", facts["remark"]),
            ),
            tables=(Table("逐项核对", ("情形", "结果", "核对方式", "依据和理由"), (*by_system, *by_hand)),),
        )  # fmt: skip
