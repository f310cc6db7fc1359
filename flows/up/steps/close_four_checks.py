"""U6 凡提四必: the four answers side by side; all clear, or the case stops. Names who is consulted next."""

from django import forms
from django.db.models import TextChoices

from flows import fields
from flows.paper import Sheet, Table, day
from flows.people import offer, organs
from flows.roles import Duty, Role
from flows.up.guards import CHECKS
from workflow_app.models import Unit
from workflow_app.steps import Facts, RuleBroken, Situation, Step, type_facts


class Closed(TextChoices):
    """The result."""

    CLEAR = "clear", "四项核查全部通过，征求意见"
    STOP = "stop", "考察或者核查不通过，停止"


class ClosingFacts(Facts):
    """The form."""

    outcome = fields.choice("结果", Closed.choices)
    remark = fields.long_text("审核意见")
    organs = forms.MultipleChoiceField(
        label="征求意见的机关", required=False, widget=forms.CheckboxSelectMultiple, help_text="主管方和其他需要征求意见的机关；至少一个。"
    )
    co_authority = forms.ChoiceField(label="协管方", required=False, help_text="双重管理的干部填写；期满未答复视为同意。")

    def arrange(self, situation: Situation) -> None:
        """Organs with a desk for opinions."""
        offer(self, "organs", situation.once("organs", organs))
        offer(self, "co_authority", situation.once("organs", organs))


class CloseFourChecks(Step):
    """The leader sums up; nothing is decided that the answers do not say."""

    name, no, title = "close_four_checks", "U6", "凡提四必"
    role, duty, certainty = Role.ORG_LEADER, Duty.AUTHOR, "b"
    basis = "凡提四必（未核原文）"
    document, document_title = "U-4CHK", "凡提四必审核表"
    outcomes = Closed
    by_hand = False
    Facts = ClosingFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Clear needs four clear answers and a finished examination; a stop needs something adverse."""
        adverse = situation.case.state == "stopping"
        if facts["outcome"] == Closed.STOP and not adverse:
            raise RuleBroken(
                "考察和四项核查均已通过，没有停止的事由。", way_out="选择“四项核查全部通过”。", rule="U6-STOP", field="outcome"
            )
        if facts["outcome"] != Closed.CLEAR:
            return
        if adverse or not all(situation.case.has(f"clear_{name}") for name in CHECKS):
            raise RuleBroken("考察或者四项核查没有全部通过。", way_out="选择“停止”。", rule="U6-CLEAR", field="outcome")
        if situation.case.suspended_on:
            raise RuleBroken("案件已经中止。", way_out="办理“恢复”后继续。", rule="X-SUSP")
        if not facts["organs"] and not facts["co_authority"]:
            raise RuleBroken("至少向一个机关征求意见。", way_out="选择主管方或者协管方。", rule="U7-ORGANS", field="organs")
        if facts["co_authority"] in facts["organs"]:
            raise RuleBroken("同一机关不能既作主管方又作协管方。", way_out="只选一处。", rule="U7-ORGANS", field="co_authority")

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """Who is consulted."""
        if facts["outcome"] != Closed.CLEAR:
            return {}
        kinds = [(organ, "lead") for organ in facts["organs"]] + ([(facts["co_authority"], "coauthority")] if facts["co_authority"] else [])
        names = dict(Unit.objects.filter(pk__in=[int(organ) for organ, _ in kinds]).values_list("pk", "name"))
        return {"organs": [{"organ": int(organ), "organ_name": names[int(organ)], "kind": kind} for organ, kind in kinds]}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """凡提四必审核表."""
        given = {one["check"]: one for one in situation.settled("answer_check").get("answers", [])}
        rows = tuple(
            (str(one["title"]), str(one["unit"]), *self._answer(given.get(one["check"])))
            for one in situation.settled("announce_examination")["checks"]
        )
        return Sheet(
            rows=(
                ("姓名", situation.case.cadre.name), ("现任单位及职务", situation.case.cadre.post_title),
                ("拟任职务", situation.settled("initiate")["post"]), ("结果", Closed(facts["outcome"]).label), ("审核意见", facts["remark"]),
            ),
            tables=(Table("四项核查", ("事项", "核查机关", "日期", "结果", "签发人", "备注"), rows),),
        )  # fmt: skip

    @staticmethod
    def _answer(one: dict[str, str] | None) -> tuple[str, ...]:
        return (day(one["answered_on"]), one["answer"], one["signer"], one["remark"] or "无") if one else ("——", "未答复", "——", "——")
