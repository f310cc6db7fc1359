"""X 延期: one running period is extended, within its cap, before it ends."""

from flows import fields
from flows.paper import Sheet, day
from flows.people import offer
from flows.roles import Role
from workflow_app.because import on_paper
from workflow_app.clock import UNITS
from workflow_app.models import Deadline
from workflow_app.periods import answer_of, check_extension
from workflow_app.steps import Facts, RuleBroken, Situation, Step, type_facts


class ExtendFacts(Facts):
    """Which period, by how much, why."""

    period = fields.choice("期限", [])
    by = fields.number("延长", 1, 60, "单位与原期限相同；不超过规则允许的长度。")
    reason = fields.long_text("理由")

    def arrange(self, situation: Situation) -> None:
        """Periods that still run."""
        running = Deadline.objects.filter(case=situation.case, closed_at=None, fired_at=None, item__isnull=False)
        offer(self, "period", [(str(one.pk), f"{one.rule_id}，届满日{one.last_day}") for one in running])


class Extend(Step):
    """A leader extends."""

    name, no, title = "extend", "X", "延期"
    role, basis = Role.ORG_LEADER, "各期限规则"
    document, document_title = "X-EXT", "延期通知书"
    open_to_subject = True
    clock_effect = "extend"
    Facts = ExtendFacts

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Before the end, by no more and no more often than the rule allows."""
        one = Deadline.objects.get(pk=facts["period"])
        if one.last_day < situation.today:
            raise RuleBroken("期限已经届满，不能延长。", way_out="按期满后的规定办理。", rule=one.rule_id, field="period")
        check_extension(situation.case, one, facts["by"])

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """For the clock."""
        return {"deadline_id": int(facts["period"]), "by": facts["by"]}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """延期通知书."""
        one = Deadline.objects.get(pk=facts["period"])
        longer = answer_of(situation.case, one.rule_id, one.starts_on, extend=one.extended_by + facts["by"], suspended=one.suspensions)
        return Sheet(rows=(
            ("案号", situation.case.number), ("延期事项", str(one.item.flow_task.step.title) if one.item else one.rule_id), ("原届满日", day(one.last_day)),
            ("延长", f"{facts['by']}{UNITS[longer.explanation['unit']]}"), ("延长后届满日", day(longer.last_day)),
            ("计算说明", on_paper(longer.explanation)), ("理由", facts["reason"]),
        ))  # fmt: skip
