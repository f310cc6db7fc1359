"""D4 陈述申辩采纳: every point is checked, accepted or not with a reason."""

from collections.abc import Mapping
from datetime import date

from django import forms
from django.db.models import TextChoices

from flows import fields, team
from flows.paper import Sheet, Table
from flows.roles import Duty, Role
from flows.rules.measure import Measure, lighter
from workflow_app.steps import Facts, RuleBroken, Situation, Slot, Step, type_facts


class Weighed(TextChoices):
    """What the answer changes."""

    KEPT = "kept", "维持认定"
    LIGHTENED = "lightened", "减轻认定"
    DROPPED = "dropped", "撤销认定"
    MORE_EVIDENCE = "more_evidence", "补充核实"


ACCEPTED = [("yes", "采纳"), ("part", "部分采纳"), ("no", "不采纳")]


class PointRow(forms.Form):
    """One point and what became of it."""

    point = fields.long_text("本人意见")
    accepted = fields.choice("是否采纳", ACCEPTED)
    reason = fields.long_text("理由和证据")


class WeighFacts(Facts):
    """Point by point, and the result."""

    rows = {"points": PointRow}  # noqa: RUF012 - read only
    min_rows = {"points": 1}  # noqa: RUF012 - read only
    outcome = fields.choice("结论", Weighed.choices)
    kind = fields.kind("减轻后的拟调整方式", required=False)
    months = fields.number("减轻后的影响期（月）", 0, 36, required=False)
    tolerance_claimed = fields.tick("依职权提起容错认定")
    reason = fields.long_text("结论理由")


class WeighAnswer(Step):
    """The team checks what the cadre said."""

    name, no, title = "weigh_answer", "D4", "陈述申辩采纳"
    role, duty = Role.EXAMINATION_TEAM, Duty.INVESTIGATOR
    basis, certainty, deadline = "《处分条例》第39条、《政务处分法》第43条（类推）", "a", "DN-ADOPT"
    document, document_title, signers = "D-ADOPT", "陈述申辩采纳情况说明", 2
    open_to_subject = True
    shelf = "对我的意见的答复"
    outcomes = Weighed
    Facts = WeighFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Every point is answered; lightening is lighter: nobody is worse off for answering."""
        team.check_member(situation)
        self._every_point_is_weighed(situation, facts)
        if facts["outcome"] == Weighed.LIGHTENED:
            self._lightened_is_lighter(situation, facts)

    def _every_point_is_weighed(self, situation: Situation, facts: type_facts) -> None:
        made = len(situation.settled("answer").get("points", []))
        if len(facts["points"]) < made:
            raise RuleBroken(f"本人提出{made}点意见，须逐点说明。", way_out="补齐每一点的采纳情况。", rule="D4-EACH", field="points")

    def _lightened_is_lighter(self, situation: Situation, facts: type_facts) -> None:
        told = Measure.of(situation.settled("inform_cadre")["measure"])
        if not facts["kind"] or not lighter(Measure.of(facts), told):
            raise RuleBroken("减轻后的方式须轻于已告知的方式。", way_out="选择较轻的方式或较短的影响期。", rule="D4-LIGHTER", field="kind")

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """The second member."""
        return team.second_signs(situation)

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """What remains."""
        told = situation.settled("inform_cadre")
        lighter = facts["outcome"] == Weighed.LIGHTENED
        return {
            "points": [f"{row['point']}——{dict(ACCEPTED)[row['accepted']]}：{row['reason']}" for row in facts["points"]],
            "kind": facts["kind"] if lighter else told["kind"], "measure": Measure.of(facts).plain() if lighter else told["measure"],
            "tolerance_claimed": bool(facts["tolerance_claimed"]),
        }  # fmt: skip

    def begins(self, situation: Situation, facts: type_facts) -> Mapping[str, date]:
        """Sent back for evidence, verification is due anew from today."""
        return {"DN-VERIFY": situation.today} if facts["outcome"] == Weighed.MORE_EVIDENCE else {}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """陈述申辩采纳情况说明."""
        words = dict(ACCEPTED)
        rows = tuple((str(n), row["point"], words[row["accepted"]], row["reason"]) for n, row in enumerate(facts["points"], 1))
        return Sheet(
            rows=(("陈述人", situation.case.cadre.name), ("结论", Weighed(facts["outcome"]).label), ("结论理由", facts["reason"])),
            tables=(Table("逐点核实情况", ("序号", "本人意见", "是否采纳", "理由和证据"), rows),),
        )
