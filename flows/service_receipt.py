"""送达: how a paper reached the person. Shared by every service step (APL08 art. 32)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from flows import fields
from flows.paper import Sheet, day, yes
from flows.roles import Role
from workflow_app import clock
from workflow_app.because import on_paper
from workflow_app.law import known_rules, rules_of
from workflow_app.models import Case, Deadline, Service
from workflow_app.steps import Facts, RuleBroken, Situation, Slot, Step, type_facts

RULE = "RM-ANNOUNCE"


def deemed(case: Case, announced_on: date) -> tuple[date, Mapping[str, Any]]:
    """When a paper served by public notice counts as served, and why then: as its running period says, else counted now."""
    if case.settled.get("announce_service"):
        running = Deadline.objects.filter(case=case, rule_id=RULE, closed_at=None, starts_on=announced_on).order_by("-id").first()
        if running is not None:
            return running.last_day, running.explanation
    rule = (rules_of(case.law_id) if case.law_id else known_rules())[RULE]
    answer = clock.last_day(rule=rule, start=announced_on, calendar=clock.calendar_from_db())
    return answer.last_day, answer.explanation


def deemed_on(case: Case, announced_on: date) -> date:
    """The day on which a paper served by public notice counts as served."""
    return deemed(case, announced_on)[0]


Mode = Service.Mode


class ServiceStep(Step):
    """A step that proves service. A public notice that it was announced by serves by itself on its last day."""

    def served_step(self, case: Case) -> str:
        """Whose paper is served."""
        raise NotImplementedError(self.name)

    def silence(self, situation: Situation) -> type_facts | None:
        """The receipt of a public notice whose period is over; None while none was posted."""
        posted = situation.settled("announce_service")
        if not posted:
            return None
        announced_on = date.fromisoformat(posted["announced_on"])
        return {
            "mode": str(Mode.ANNOUNCE), "announced_on": announced_on, "served_on": deemed_on(situation.case, announced_on), "receiver": "",
            "relation": "", "refusal": "", "witnesses": "", "consent": False,
        }  # fmt: skip


class ServiceFacts(Facts):
    """The receipt."""

    mode = fields.choice("送达方式", Mode.choices)
    served_on = fields.a_date("送达日期", "以回证上签收的日期为准；邮寄的，以邮件回执上的日期为准；公告送达的，填公告期满之日。")
    receiver = fields.short_text("签收人", required=False, limit=40)
    relation = fields.short_text("与本人关系", "家属代收时填写。", required=False, limit=40)
    refusal = fields.short_text("拒收情况", required=False)
    witnesses = fields.short_text("见证人（两名）", "留置送达时填写，用顿号分开。", required=False, limit=60)
    announced_on = fields.a_date("公告日期", required=False)
    consent = fields.tick("本人已书面同意电子送达")


def check_service(situation: Situation, facts: type_facts) -> None:
    """The day is past, and the mode has what it needs."""
    mode = facts["mode"]
    if facts["served_on"] > situation.today:
        raise RuleBroken("送达日期不能晚于今天。", way_out="送达后再登记。", rule="送达", field="served_on")
    if mode in (Mode.IN_PERSON, Mode.RELATIVE, Mode.POST) and not facts["receiver"]:
        raise RuleBroken("须写明签收人。", way_out="填写回证（邮寄的，邮件回执）上的签收人。", rule="送达", field="receiver")
    if mode == Mode.RELATIVE and not facts["relation"]:
        raise RuleBroken(
            "家属代收须写明与本人的关系。", way_out="填写关系；不是同住成年家属的，改用其他方式。", rule="送达", field="relation"
        )
    if mode == Mode.LEFT and len({w.strip() for w in facts["witnesses"].split("、") if w.strip()}) < 2:
        raise RuleBroken("留置送达须有两名见证人。", way_out="填写两名见证人。", rule="送达", field="witnesses")
    if mode == Mode.ANNOUNCE:
        _check_announced(situation, facts)
    if mode == Mode.ONLINE and not facts["consent"]:
        raise RuleBroken("电子送达须有本人事先书面同意。", way_out="取得同意，或改用其他方式。", rule="送达", field="consent")


def check_issued(facts: type_facts, issued_on: object, rule: str) -> None:
    """No service, and no announcement of one, before the paper was issued: it would shorten the person's period."""
    if not issued_on:
        return
    first = date.fromisoformat(str(issued_on)[:10])
    for name, title in (("served_on", "送达日期"), ("announced_on", "公告日期")):
        if facts[name] and facts[name] < first:
            raise RuleBroken(f"{title}不能早于文书作出之日。", way_out=f"文书日期为{day(first)}。", rule=rule, field=name)


def _check_announced(situation: Situation, facts: type_facts) -> None:
    if not facts["announced_on"]:
        raise RuleBroken("公告送达须写明公告日期。", way_out="填写公告日期。", rule=RULE, field="announced_on")
    last = deemed_on(situation.case, facts["announced_on"])
    if facts["served_on"] < last:
        raise RuleBroken(
            f"公告送达至{day(last)}期满，期满视为送达。",
            way_out="先办理“送达公告”；期满之日系统自动作出送达回证，不必再登记。",
            rule=RULE,
            field="served_on",
        )
    if facts["served_on"] > last:  # deemed by the calendar: a late registration moves no period that runs from it
        raise RuleBroken(
            f"公告送达以期满之日{day(last)}为送达日期，与何时登记无关。",
            way_out=f"送达日期填写{day(last)}。",
            rule=RULE,
            field="served_on",
        )


def service_values(facts: type_facts, *, of: str) -> dict[str, Any]:
    """The row of the ledger of services; `of` is the step whose paper was served."""
    names = ("mode", "served_on", "receiver", "relation", "refusal", "witnesses", "announced_on")
    return {"of": of, "consent": bool(facts["consent"]), **{name: facts[name] for name in names}}


def service_slots(facts: type_facts) -> list[Slot]:
    """Two deliverers sign when the paper was refused or left."""
    return [Slot(Role.CASE_HANDLER, "送达人")] if facts["mode"] == Mode.LEFT or facts["refusal"] else []


def receipt(situation: Situation, facts: type_facts, document: str) -> Sheet:
    """送达回证."""
    return Sheet(rows=(
        ("送达文书", document), ("受送达人", situation.case.cadre.name), ("送达方式", Mode(facts["mode"]).label),
        ("送达日期", day(facts["served_on"])), ("签收人", facts["receiver"] or "——"), ("与本人关系", facts["relation"] or "——"),
        ("拒收情况", facts["refusal"] or "无"), ("见证人", facts["witnesses"] or "——"),
        ("公告日期", day(facts["announced_on"])), *_why(situation, facts), ("同意电子送达", yes(facts["consent"])),
    ))  # fmt: skip


def _why(situation: Situation, facts: type_facts) -> tuple[tuple[str, str], ...]:
    if facts["mode"] != Mode.ANNOUNCE or not facts["announced_on"]:
        return ()
    return (("送达日期的计算", on_paper(deemed(situation.case, facts["announced_on"])[1])),)
