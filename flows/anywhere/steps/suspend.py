"""X 中止: internal clocks stop; statutory ones and the person's own acts go on."""

from django.db.models import TextChoices

from flows import fields
from flows.paper import Sheet, day
from flows.roles import Role
from workflow_app.steps import Facts, RuleBroken, Situation, Slot, Step, type_facts


class Suspended(TextChoices):
    """Suspend, or, for a removal with a pending investigation only, go on."""

    SUSPENDED = "suspended", "中止办理"
    GO_ON = "go_on", "不中止，继续办理"


GROUNDS = [("recusal", "等待回避决定"), ("illness", "本人患病"), ("investigation", "本人正被立案审查调查"), ("other", "其他")]


class SuspendFacts(Facts):
    """Ground and effect."""

    outcome = fields.choice("办理", Suspended.choices, "“不中止”仅在征求意见显示正被立案、且拟作免职时可选。")
    ground = fields.choice("事由", GROUNDS)
    reason = fields.long_text("理由")
    expected_on = fields.a_date("预计恢复日期", required=False)


class Suspend(Step):
    """The handler suspends the case."""

    name, no, title = "suspend", "X", "中止"
    role, certainty = Role.CASE_HANDLER, "a"
    basis = "《政务处分法》第52条（类推）"
    document, document_title, signers = "X-SUSP", "中止办理通知书", 2
    open_to_subject = True
    clock_effect = "stop"
    outcomes = Suspended
    Facts = SuspendFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Not twice; going on is a removal's exception."""
        if situation.case.suspended_on:
            raise RuleBroken("案件已经中止。", way_out="恢复后再办理。", rule="X-SUSP")
        if facts["outcome"] == Suspended.GO_ON:
            removal = situation.settled("propose").get("kind") == "REMOVE"
            if situation.case.state != "pending" or not removal:
                raise RuleBroken(
                    "只有拟作免职、且征求意见显示正被立案的，才可以不中止。", way_out="选择中止办理。", rule="GSL-52", field="outcome"
                )

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """A second handler."""
        return [Slot(self.role, "复核人")]

    def paper_title(self, outcome: str) -> str:
        """Going on has its own paper."""
        return "不予中止说明" if outcome == Suspended.GO_ON else self.document_title

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """中止办理通知书."""
        return Sheet(to=situation.case.cadre.name, rows=(
            ("案号", situation.case.number), ("办理", Suspended(facts["outcome"]).label), ("事由", dict(GROUNDS)[facts["ground"]]),
            ("理由", facts["reason"]), ("对期限的影响", "内部办理期限停止计算；法定期限和本人的权利期限不受影响"),
            ("预计恢复日期", day(facts["expected_on"])),
        ))  # fmt: skip
