"""X 申请延期: the person concerned asks for more time to answer, and has it (P: once, on request, before the end)."""

from flows import fields
from flows.paper import Sheet, day
from flows.people import offer
from flows.roles import Role
from workflow_app import clock
from workflow_app.because import on_paper
from workflow_app.law import rules_of
from workflow_app.models import Deadline
from workflow_app.periods import answer_of, check_extension
from workflow_app.plain_words import Page
from workflow_app.steps import Facts, RuleBroken, Situation, Step, type_facts


def extensible(situation: Situation) -> list[Deadline]:
    """The person's own running periods that may still be extended."""
    rules = rules_of(situation.case.law_id)
    running = Deadline.objects.filter(case=situation.case, closed_at=None, fired_at=None, item__desk__role=Role.SUBJECT)
    ahead = running.filter(last_day__gte=situation.today).order_by("last_day", "id")
    return [one for one in ahead if one.rule_id in rules and one.extensions < rules[one.rule_id].extend_times]


def longer(situation: Situation, one: Deadline) -> clock.Answer:
    """The last day that the whole extension gives."""
    rule = rules_of(situation.case.law_id)[one.rule_id]
    return answer_of(situation.case, one.rule_id, one.starts_on, extend=one.extended_by + rule.extend_by, suspended=one.suspensions)


class AskExtensionFacts(Facts):
    """Which period, and why."""

    period = fields.choice("延长哪一个期限", [])
    reason = fields.long_text("理由", "例如：正在住院，需要时间收集证据。")

    def arrange(self, situation: Situation) -> None:
        """The person's own periods, with the day they end and the day they would end."""
        found = extensible(situation)
        offer(
            self, "period", [(str(one.pk), f"现在到{day(one.last_day)}，延长后到{day(longer(situation, one).last_day)}") for one in found]
        )


class AskExtension(Step):
    """The person concerned asks; asked for in time, the period is extended by what the rule allows."""

    name, no, title = "ask_extension", "X", "申请延期"
    role, basis = Role.SUBJECT, "项目默认：陈述申辩期限依申请延长一次"
    document, document_title = "X-EXTA", "延期申请书"
    open_to_subject = True
    shelf = "我提交的材料"
    clock_effect = "extend"
    meant = "时间不够的，可以延长一次。期满以前提出就行，提出后马上生效，不用等批准。"
    pages = (Page("申请延长期限", ("period", "reason"), "每个期限只能延长一次，一次延足。"),)
    Facts = AskExtensionFacts

    def barred(self, situation: Situation) -> RuleBroken | None:
        """There must be something to extend."""
        if extensible(situation):
            return None
        return RuleBroken(
            "现在没有可以延长的期限：没有正在计算的答复期限，或者已经延长过。",
            way_out="请在原期限内提交；来不及的，先提交主要意见。",
            rule="X-EXT",
        )

    def check(self, situation: Situation, facts: type_facts) -> None:
        """One of the own running periods, before its end, once."""
        barred = self.barred(situation)
        if barred is not None:
            raise barred
        one = next((one for one in extensible(situation) if str(one.pk) == str(facts["period"])), None)
        if one is None:
            raise RuleBroken("这个期限不能延长。", way_out="重新选择。", rule="X-EXT", field="period")
        check_extension(situation.case, one, rules_of(situation.case.law_id)[one.rule_id].extend_by)

    def settle(self, situation: Situation, facts: type_facts) -> dict[str, object]:
        """For the clock: the whole length that the rule allows."""
        one = Deadline.objects.get(pk=facts["period"])
        return {"deadline_id": one.pk, "by": rules_of(situation.case.law_id)[one.rule_id].extend_by}

    def content(self, situation: Situation, facts: type_facts) -> Sheet:
        """延期申请书."""
        one = Deadline.objects.get(pk=facts["period"])
        rule = rules_of(situation.case.law_id)[one.rule_id]
        extended = longer(situation, one)
        return Sheet(rows=(
            ("案号", situation.case.number), ("申请人", situation.case.cadre.name), ("原届满日", day(one.last_day)),
            ("延长", f"{rule.extend_by}{clock.UNITS[rule.unit]}"), ("延长后的届满日", day(extended.last_day)), ("期限的计算", on_paper(extended.explanation)), ("理由", facts["reason"]),
            ("效力", "依申请延长一次，提出时生效（项目默认）"),
        ))  # fmt: skip
