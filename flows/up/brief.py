"""What has been established so far on the way up: what stands beside the form of whoever decides next."""

from __future__ import annotations

from flows.brief import day, opinions, say, votes
from flows.up.steps.examine import Examined
from workflow_app.models import Cadre, Case
from workflow_app.plain_words import Line


def brief(case: Case) -> list[Line]:
    """Heads and what the newest pass settled under them; a head that was not reached yet is left out."""
    return [*_chosen(case), *_examined(case), *_decided(case)]


def _chosen(case: Case) -> list[Line]:
    of = case.settled.get
    plan, report, totals = of("initiate", {}), of("report_recommendation", {}), of("score_applicants", {}).get("totals", [])
    return [
        *say("拟任职务", plan.get("post")), *say("任职条件", plan.get("conditions")),
        *say("谈话调研推荐", _votes(case, "recommend_by_interview")), *say("会议推荐", _votes(case, "recommend_by_meeting")),
        *say("推荐结果有效期", f"至{day(report['valid_until'])}" if report else ""), *say("竞争上岗成绩", _scores(totals)),
    ]  # fmt: skip


def _votes(case: Case, step: str) -> str:
    held = case.settled.get(step)
    if not held:
        return ""
    of = "，".join(f"{name}{count}票" for name, _, count in sorted(held["votes"], key=lambda row: -int(row[2])))
    return f"{day(held['held_on'])}，应到{held['due']}人，实到{held['present']}人：{of}"


def _scores(totals: list[list[str]]) -> str:
    names = dict(Cadre.objects.filter(pk__in=[cadre for cadre, _ in totals]).values_list("pk", "name")) if totals else {}
    return "\n".join(f"{names[int(cadre)]} {points}分" for cadre, points in totals)


def _examined(case: Case) -> list[Line]:
    of = case.settled.get
    appraisal, material, answers = of("appraise", {}), of("examine", {}), of("answer_check", {}).get("answers", [])
    tally = "，".join(f"{title}{count}票" for title, count in appraisal.get("tally", []))
    return [
        *say("民主测评", f"有效{appraisal['valid']}票：{tally}" if appraisal else ""),
        *say("考察结论", f"{Examined(material['result']).label}。{material.get('reason') or ''}" if material else ""),
        *say("主要不足", material.get("shortcomings")),
        *say("核查答复", "\n".join(f"{one['title']}：{one['answer']}（{day(one['answered_on'])}）" for one in answers)),
        *say("征求意见", opinions(of("give_opinion", {}))),
    ]


def _decided(case: Case) -> list[Line]:
    of = case.settled.get
    voted, notice, held = of("record_meeting", {}), of("post_notice", {}), of("appoint", {})
    reports = of("verify_report", {}).get("reports", [])
    return [
        *say("会议表决", f"{day(voted['held_on'])} {votes(voted['tally'])}" if voted else ""),
        *say("任职前公示", f"{day(notice['first_day'])}至{day(notice['last_day'])}" if notice else ""),
        *say("反映核查", "\n".join(f"{summary}：{result}" for summary, _, result in reports)),
        *say("任职时间", f"自{day(held['tenure_from'])}起计算" if held else ""),
        *say("试用期", f"至{day(held['trial_until'])}" if held.get("trial_until") else ""),
    ]
