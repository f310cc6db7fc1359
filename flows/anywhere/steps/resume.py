"""X 恢复: the days of suspension do not count for internal clocks."""

from flows import fields
from flows.paper import Sheet, Table, day
from flows.roles import Role
from workflow_app.because import on_paper
from workflow_app.periods import after_resuming
from workflow_app.steps import Facts, RuleBroken, Situation, Slot, Step, type_facts


class ResumeFacts(Facts):
    """Why the case goes on."""

    reason = fields.long_text("恢复理由", "写明中止事由如何消除。")


class Resume(Step):
    """The handler resumes the case."""

    name, no, title = "resume", "X", "恢复"
    role, basis = Role.CASE_HANDLER, "项目默认"
    document, document_title, signers = "X-RES", "恢复办理通知书", 2
    open_to_subject = True
    clock_effect = "go"
    Facts = ResumeFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Only a suspended case."""
        if not situation.case.suspended_on:
            raise RuleBroken("案件没有中止。", way_out="无需恢复。", rule="X-RES")

    def slots(self, situation: Situation, facts: type_facts) -> list[Slot]:
        """A second handler."""
        return [Slot(self.role, "复核人")]

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """恢复办理通知书."""
        case, today = situation.case, situation.today
        stood = tuple(
            (
                str(case.flow_class.node_of(one.item.step).step.title) if one.item else one.rule_id,
                day(one.last_day),
                day(answer.last_day),
                on_paper(answer.explanation),
            )
            for one, _, answer in after_resuming(case, today)
        )
        return Sheet(
            to=case.cadre.name,
            rows=(
                ("案号", case.number), ("中止日期", day(case.suspended_on)), ("恢复日期", day(today)), ("恢复理由", facts["reason"]),
                ("对期限的影响", "内部办理期限自恢复之日起继续计算，中止期间不计入"),
            ),
            tables=(Table("停止计算的期限", ("事项", "中止前届满日", "恢复后届满日", "期限的计算"), stood),) if stood else (),
        )  # fmt: skip
