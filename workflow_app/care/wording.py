"""What a plan of help and a visit say on paper: plain values in the shape that the template of records prints. Papers are Chinese."""

from __future__ import annotations

from typing import Any

from django.utils.translation import override

from workflow_app.care import mentors, plans
from workflow_app.models import CarePlan, CareVisit, Mentor, Training

PLAN, VISIT = "帮扶计划", "回访记录"
NONE = "无"


def plan_content(plan: CarePlan) -> dict[str, Any]:
    """帮扶计划: who, aim, mentor, trainings. Of counselling only that it can be had, by the person's own consent."""
    with override("zh-hans"):
        decision = plans.decision_of(plan.case)
        rows = [_training(one) for one in plans.standing_trainings(plan)]
        named = [_mentor(one) for one in plan.mentors.select_related("mentor__unit", "mentor__post__unit").prefetch_related("words")]
    head, widths = ["内容", "地点", "补什么短板", "起止", "结果"], [24, 20, 24, 18, 14]
    told = "心理咨询由本人自愿，在系统中同意后安排，可以随时撤回；机关只登记日期，不登记内容，不影响考核和任用。"
    return {
        "to": "", "paragraphs": [], "sections": [{"title": "心理咨询", "paragraphs": [told]}], "rights": [],
        "tables": [{"title": "培训安排", "head": head, "widths": widths, "rows": rows}] if rows else [],
        "rows": [
            ("姓名", plan.cadre.name), ("单位及职务", plan.cadre.post_title), ("调整决定", decision.number if decision else NONE),
            ("帮扶目标", plan.aim), ("联系帮助人", "\n".join(named) or NONE), ("培训", NONE if not rows else "见下表"),
        ],
    }  # fmt: skip


def _training(one: Training) -> list[str]:
    return [one.course, one.place, one.gap, f"{one.first}至{one.last}", plans.outcome_of(one) or "尚未结束"]


def _mentor(one: Mentor) -> str:
    word = mentors.word_of(one)
    return f"{one.mentor.name}（{one.mentor.post_title}），{one.first}至{one.last}，{word.get_word_display() if word else '等待本人答复'}"


def visit_content(seen: CareVisit) -> dict[str, Any]:
    """回访记录: when, by whom, what the person asked for, what was promised until when."""
    kept = getattr(seen, "kept", None)
    rows = [
        ("姓名", seen.plan.cadre.name), ("单位及职务", seen.plan.cadre.post_title), ("回访日期", f"{seen.visited_on:%Y年%-m月%-d日}"),
        ("回访人", seen.visitors), ("本人提出", seen.asked), ("答应办理", seen.promised or NONE),
        ("办理期限", f"{seen.due_on:%Y年%-m月%-d日}" if seen.due_on else "——"),
        ("办理结果", f"{kept.done_on:%Y年%-m月%-d日}：{kept.text}" if kept else "——"),
    ]  # fmt: skip
    if seen.corrects_id:
        rows.append(("更正", seen.why))
    return {"to": "", "paragraphs": [], "rows": rows, "sections": [], "tables": [], "rights": []}
