"""R5 延长审理: once, at most 30 days, in writing before the last day."""

from typing import Any

from flows import fields
from flows.paper import Sheet, day
from flows.remedy.matter import FILED_AS, filed
from flows.roles import Duty, Role
from workflow_app import clock
from workflow_app.because import on_paper
from workflow_app.law import rules_of
from workflow_app.models import Deadline
from workflow_app.steps import Facts, RuleBroken, Situation, Step, type_facts

RULES = ("RM-APPEAL-DECIDE", "RM-REAPPEAL-DECIDE")


class ExtendFacts(Facts):
    """How long, and why."""

    days = fields.number("延长（日）", 1, 366)  # how many are lawful says the rule
    reason = fields.long_text("案情复杂的理由")


class Extend(Step):
    """The appeal office extends the time for the decision."""

    name, no, title = "extend", "R5", "延长审理"
    role, duty, certainty = Role.APPEAL_OFFICE, Duty.ADMITTER, "a"
    basis = "《公务员法》第96条"
    document, document_title, formal = "R-EXT", "延长审理期限决定书", True
    open_to_subject = True
    shelf = "受理和告知"
    clock_effect = "extend"
    Facts = ExtendFacts

    def _running(self, situation: Situation) -> Deadline:
        found = Deadline.objects.filter(case=situation.case, rule_id__in=RULES, closed_at=None).order_by("-id").first()
        if found is None:
            raise RuleBroken("没有正在计算的审理期限。", way_out="受理后才能延长。", rule="RM-APPEAL-DECIDE")
        return found

    def check(self, situation: Situation, facts: type_facts) -> None:
        """Before the last day, once, within the cap of the rule."""
        running = self._running(situation)
        rule = rules_of(situation.case.law_id)[running.rule_id]
        if running.extensions >= rule.extend_times:
            raise RuleBroken("审理期限只能延长一次。", way_out="在已延长的期限内作出决定。", rule=rule.rule_id)
        if situation.today > running.last_day:
            raise RuleBroken(f"期限已于{running.last_day}届满，不能再延长。", way_out="尽快作出决定。", rule=rule.rule_id)
        if facts["days"] > rule.extend_by:
            raise RuleBroken(
                f"最多延长{rule.extend_by}日。", way_out=f"填写不超过{rule.extend_by}的天数。", rule=rule.rule_id, field="days"
            )

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, Any]:
        """For the clock, now and when the next item opens."""
        running = self._running(situation)
        return {"deadline_id": running.pk, "by": facts["days"], "rule": running.rule_id}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """延长审理期限决定书."""
        running = self._running(situation)
        rule = rules_of(situation.case.law_id)[running.rule_id]
        longer = min(facts["days"], rule.extend_by * rule.extend_times)
        new = clock.last_day(rule=rule, start=running.starts_on, calendar=clock.calendar_from_db(), extend=longer)
        return Sheet(
            to=situation.case.cadre.name,
            paragraphs=(
                f"你提出的{FILED_AS[filed(situation)['level']]}（{situation.case.number}）案情复杂，决定延长审理期限{facts['days']}日。",
            ),
            rows=(
                ("原届满日", day(running.last_day)),
                ("延长后届满日", day(new.last_day)),
                ("期限的计算", on_paper(new.explanation)),
                ("理由", facts["reason"]),
            ),
        )
