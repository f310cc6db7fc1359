"""D7 调整建议: equal to or lighter than what the cadre was heard on; heavier is told and heard anew."""

from collections.abc import Mapping
from datetime import date

from django import forms
from django.db.models import TextChoices

from flows import fields
from flows.anywhere.evidence import answer_is_owed
from flows.law import KINDS
from flows.paper import Section, Sheet, day, lines
from flows.people import offer, organs
from flows.roles import Duty, Role
from flows.rules.measure import Measure, heavier, lighter
from workflow_app.models import Unit
from workflow_app.steps import Facts, RuleBroken, Situation, Slot, Step, type_facts


class Proposed(TextChoices):
    """What the organization department proposes. `heavier` is computed."""

    PROPOSE = "propose", "提出调整建议"
    KEEP = "keep", "维持原建议（说明对异议的答复）"
    HEAVIER = "heavier", "加重，重新告知本人"
    NONE = "none", "不予调整"
    RETURN = "return_evidence", "退回补充核实"


class ProposeFacts(Facts):
    """The proposal."""

    outcome = fields.choice("建议", [c for c in Proposed.choices if c[0] != "heavier"])
    kind = fields.kind("调整方式", required=False)
    months = fields.number("影响期（月）", 0, 36, "影响期为可配置数值，未由法律规定。", required=False)
    rank_steps = fields.number("降低层次", 0, 2, required=False)
    starts_on = fields.a_date("拟执行日期", required=False)
    pay_changes = fields.tick("工资待遇随之变更")
    placement = fields.long_text("安置意向", required=False)
    reason = fields.long_text("理由")
    discipline_organ = fields.choice("纪检监察机关", [], "必须征求意见。", required=False)
    co_authority = fields.choice("协管方", [], "双重管理的干部填写；期满未答复视为同意。", required=False)

    def arrange(self, situation: Situation) -> None:
        """Start from what remains after the hearing."""
        told = situation.settled("weigh_answer") or situation.settled("inform_cadre")
        for field, name in (("kind", "kind"),):
            self.fields[field].initial = told.get(name)
        for field in ("months", "rank_steps"):
            self.fields[field].initial = (told.get("measure") or {}).get(field)
        for field in ("discipline_organ", "co_authority"):
            self.fields[field].widget = forms.Select()
            offer(self, field, organs())


class Propose(Step):
    """The organization department proposes; author and approver differ."""

    name, no, title = "propose", "D7", "调整建议"
    role, duty = Role.ORG_LEADER, Duty.AUTHOR
    basis, deadline = "《推进领导干部能上能下规定》第7条（未核原文）", "DN-PROPOSE"
    document, document_title, signers = "D-PROP", "调整建议方案", 2
    outcomes = Proposed
    Facts = ProposeFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """A proposal is complete, leaves no request of the cadre open, asks the discipline organ, changes an uncontrollable plan."""
        if facts["outcome"] == Proposed.PROPOSE:
            self._evidence_asked_for_was_shown(situation)
            self._kind_and_organ_are_named(facts)
            self._an_uncontrollable_plan_changes(situation, facts)

    def _evidence_asked_for_was_shown(self, situation: Situation) -> None:
        if answer_is_owed(situation.case):
            raise RuleBroken("本人申请查阅证据，考察组还没有答复。", way_out="先由考察组办理“证据查阅答复”，再提出建议。", rule="X-EVID")

    def _kind_and_organ_are_named(self, facts: type_facts) -> None:
        if not facts["kind"]:
            raise RuleBroken("提出建议须写明调整方式。", way_out="选择调整方式。", rule="D7-KIND", field="kind")
        if not facts["discipline_organ"]:
            raise RuleBroken("须征求纪检监察机关意见。", way_out="选择纪检监察机关。", rule="D9-DISCIPLINE", field="discipline_organ")
        if facts["discipline_organ"] == facts["co_authority"]:
            raise RuleBroken("同一机关不能重复征求意见。", way_out="更换协管方或留空。", rule="D9-ORGANS", field="co_authority")

    def _an_uncontrollable_plan_changes(self, situation: Situation, facts: type_facts) -> None:
        assessed = situation.settled("assess_risk").get("measure")
        if situation.case.has("risk_uncontrolled") and assessed and not lighter(Measure.of(facts), Measure.of(assessed)):
            raise RuleBroken("风险评估不可控，方案必须改变。", way_out="改为较轻的方式，或不予调整。", rule="D6-CHANGE", field="kind")

    def outcome(self, situation: Situation, facts: type_facts) -> str:
        """Heavier than what the cadre was told goes back to D4."""
        if facts["outcome"] != Proposed.PROPOSE:
            return str(facts["outcome"])
        told = situation.settled("inform_cadre")
        return Proposed.HEAVIER if heavier(Measure.of(facts), Measure.of(told["measure"])) else Proposed.PROPOSE

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """SD-19."""
        return [Slot(self.role, "审批人", duty=Duty.APPROVER)]

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """The proposal; `keep` leaves it as it was."""
        if facts["outcome"] == Proposed.KEEP:
            return {**situation.settled("propose"), "objection_reply": facts["reason"]}
        told = situation.settled("inform_cadre")
        asked = [(facts["discipline_organ"], "discipline"), (facts["co_authority"], "coauthority")]
        return {
            "kind": facts["kind"], "measure": Measure.of(facts).plain() if facts["kind"] else None, "situations": told["situations"],
            "reason": facts["reason"], "placement": facts["placement"], "pay_changes": bool(facts["pay_changes"]), "proposed_on": situation.today,
            "organs": [
                {"organ": int(unit), "organ_name": Unit.objects.get(pk=unit).name, "kind": kind} for unit, kind in asked if unit
            ],
        }  # fmt: skip

    def begins(self, situation: Situation, facts: type_facts) -> Mapping[str, date]:
        """Sent back for evidence, verification is due anew from today."""
        return {"DN-VERIFY": situation.today} if facts["outcome"] == Proposed.RETURN else {}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """调整建议方案."""
        told, found = situation.settled("inform_cadre"), situation.settled("report_findings")
        kind = KINDS[facts["kind"]].title if facts["kind"] else "——"
        return Sheet(
            rows=(
                ("当事人", situation.case.cadre.name), ("单位及职务", situation.case.cadre.post_title),
                ("认定的情形", "；".join(fields.titles(told["situations"]))), ("建议", Proposed(self.outcome(situation, facts)).label),
                ("调整方式", kind), ("影响期", f"{facts['months'] or 0}个月（可配置数值）"), ("安置意向", facts["placement"] or "——"),
                ("拟执行日期", day(facts["starts_on"])), ("工资待遇变更", "是" if facts["pay_changes"] else "否"),
            ),
            sections=(Section("一、事实", lines(found.get("facts_found", ""))), Section("二、理由", lines(facts["reason"]))),
        )  # fmt: skip
