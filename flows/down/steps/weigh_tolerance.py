"""D5 容错认定: a panel outside the examination team applies the three distinctions."""

from django import forms
from django.db.models import TextChoices

from flows import fields
from flows.paper import Sheet
from flows.people import CadreField, names_of, offer, seated
from flows.roles import Duty, Role
from workflow_app.models import Case
from workflow_app.steps import Facts, RuleBroken, Situation, Slot, Step, type_facts


class Tolerated(TextChoices):
    """What the panel concludes."""

    EXONERATED = "exonerated", "予以容错免责"
    MITIGATED = "mitigated", "从轻"
    NOT_APPLICABLE = "not_applicable", "不适用容错"


class PanelRow(forms.Form):
    """One member."""

    cadre = CadreField(label="成员")


class ToleranceFacts(Facts):
    """The test."""

    rows = {"panel": PanelRow}  # noqa: RUF012 - read only
    min_rows = {"panel": 3}  # noqa: RUF012 - read only
    claim = fields.long_text("容错请求")
    distinctions = fields.long_text(
        "三个区分", "缺乏经验、先行先试的失误与明知故犯；无明确限制的探索与明令禁止后的行为；推动发展的无意过失与谋取私利。"
    )
    rules_kept = fields.long_text("是否符合规定")
    motive = fields.long_text("动机和是否谋取私利")
    procedure = fields.long_text("决策程序和事后补救")
    outcome = fields.choice("认定结论", Tolerated.choices)
    reason = fields.long_text("理由")

    @staticmethod
    def arrange_row(row: forms.Form, situation: Situation) -> None:
        """Members sit at the panel's desk."""
        offer(row, "cadre", seated(situation, Role.TOLERANCE_PANEL))


class WeighTolerance(Step):
    """The panel weighs."""

    name, no, title = "weigh_tolerance", "D5", "容错认定"
    role, duty = Role.TOLERANCE_PANEL, Duty.TOLERANCE_PANEL
    basis, deadline = "三个区分开来", "DN-TOLERANCE"
    document, document_title = "D-TOL", "容错免责认定书"
    open_to_subject = True
    shelf = "对我的意见的答复"
    switch = "tolerance"
    outcomes = Tolerated
    Facts = ToleranceFacts

    def wanted(self, case: Case) -> bool:
        """When claimed by the cadre or raised ex officio, once a round."""
        return case.on("tolerance") and case.has("tolerance_claimed") and not case.has("tolerance_weighed")

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Three different members; the actor is one."""
        panel = [row["cadre"] for row in facts["panel"]]
        if len(set(panel)) < 3 or len(set(panel)) != len(panel):
            raise RuleBroken("认定组应当由三名以上不同的人员组成。", way_out="增加或更换成员。", rule="SD-8", field="panel")
        if situation.actor is not None and situation.actor.cadre_id not in panel:
            raise RuleBroken("您不在所列认定组成员中。", way_out="由成员办理。", rule="SD-8", field="panel")

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """All members."""
        own = situation.actor.cadre_id if situation.actor else None
        return [Slot(self.role, "认定组成员", row["cadre"]) for row in facts["panel"] if row["cadre"] != own]

    def hands(self, situation: Situation, facts: type_facts) -> list[tuple[int, str]]:
        """Every member weighs."""
        return [(row["cadre"], Duty.TOLERANCE_PANEL) for row in facts["panel"]]

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """The conclusion."""
        return {"conclusion": facts["outcome"], "reason": facts["reason"]}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """容错免责认定书."""
        return Sheet(rows=(
            ("当事人", situation.case.cadre.name), ("认定组成员", "、".join(names_of([row["cadre"] for row in facts["panel"]]))),
            ("容错请求", facts["claim"]), ("三个区分", facts["distinctions"]), ("是否符合规定", facts["rules_kept"]),
            ("动机", facts["motive"]), ("程序和补救", facts["procedure"]), ("认定结论", Tolerated(facts["outcome"]).label),
            ("理由", facts["reason"]),
        ))  # fmt: skip
