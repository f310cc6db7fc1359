"""What has been established so far on the way down: what stands beside the form of whoever decides next."""

from __future__ import annotations

from typing import Any

from flows import fields
from flows.brief import day, opinions, say, votes
from flows.down.steps.answer import Answered
from flows.down.steps.assess_risk import Level
from flows.down.steps.review_legality import Reviewed
from flows.down.steps.weigh_tolerance import Tolerated
from flows.law import KINDS
from workflow_app.models import Case, Service
from workflow_app.plain_words import Line


def brief(case: Case) -> list[Line]:
    """Heads and what the newest pass settled under them; a head that was not reached yet is left out."""
    return [*_found(case), *_heard(case), *_weighed(case), *_proposed(case)]


def _found(case: Case) -> list[Line]:
    of = case.settled.get
    clue, opening, plan = of("register_clue", {}), of("approve_opening", {}), of("plan_examination", {})
    found, talks = of("report_findings", {}), of("record_interview", {}).get("count")
    asked = opening.get("situations") or clue.get("situations") or []
    gathered = [f"证据{len(of('list_evidence', {}).get('names', []))}件", f"个别谈话{talks}次" if talks else ""]
    return [
        *say("线索", clue.get("summary") if not found else ""),
        *say("拟核实的情形", "；".join(fields.titles(asked)) if not found else ""),
        *say("考察组", "、".join(plan.get("team_names", []))),
        *say("证据材料", "，".join(part for part in gathered if part) if "list_evidence" in case.settled else ""),
        *say("查明的事实", found.get("facts_found")), *say("认定的情形", "；".join(fields.titles(found.get("situations") or []))),
        *say("考察结论", found.get("conclusion")),
    ]  # fmt: skip


def _heard(case: Case) -> list[Line]:
    told, served, answer = (case.settled.get(name, {}) for name in ("inform_cadre", "serve_information", "answer"))
    points = "\n".join(f"{n}. {text}" for n, text in enumerate(answer.get("points", []), 1))
    return [
        *say("告知", f"拟{_kind(told)}，{day(told['informed_on'])}告知" if told else ""),
        *say("告知书送达", f"{day(served['served_on'])} {Service.Mode(served['mode']).label}" if served else ""),
        *say("陈述申辩", _answered(case, points) if answer or case.has("hearing_closed") else ""),
        *say("采纳情况", "\n".join(case.settled.get("weigh_answer", {}).get("points", []))),
    ]  # fmt: skip


def _answered(case: Case, points: str) -> str:
    if points:
        return points
    filed = case.settled.get("answer", {}).get("filed")
    return "已提交" if filed else f"{Answered.WAIVED.label}、{Answered.SILENT.label}或者当面陈述，见文书"


def _weighed(case: Case) -> list[Line]:
    tolerance, risk = case.settled.get("weigh_tolerance", {}), case.settled.get("assess_risk", {})
    return [
        *say("容错认定", f"{Tolerated(tolerance['conclusion']).label}。{tolerance.get('reason') or ''}" if tolerance else ""),
        *say("社会风险", f"{risk['score']}分，{Level(risk['level']).label}" if risk else ""),
    ]


def _proposed(case: Case) -> list[Line]:
    of = case.settled.get
    proposal, review, voted, decided = of("propose", {}), of("review_legality", {}), of("record_meeting", {}), of("decide", {})
    return [
        *say("调整建议", f"{_kind(proposal)}。{proposal.get('reason') or ''}" if proposal.get("kind") else ""),
        *say("拟安置", proposal.get("placement")),
        *say("合法性审查", Reviewed(review["conclusion"]).label if review else ""),
        *say("征求意见", opinions(of("give_opinion", {}))),
        *say("对异议的答复", proposal.get("objection_reply")),
        *say("会议表决", f"{day(voted['held_on'])} {votes(voted['tally'])}" if voted else ""),
        *say("决定", f"{_kind(decided)}，{day(decided['effective_on'])}起执行" if decided else ""),
    ]


def _kind(settled: dict[str, Any]) -> str:
    months = int((settled.get("measure") or {}).get("months") or 0)
    title = KINDS[settled["kind"]].title
    return f"{title}，影响期{months}个月" if months else title
