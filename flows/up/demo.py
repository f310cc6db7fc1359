"""What people write in the demonstration's cases on the way up. Invented, and lawful by the steps' own rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django import forms

from flows.up import steps
from flows.up.bars import BY_HAND, annual_grade, restriction
from flows.up.steps.announce_examination import CHECKS
from workflow_app.clock import TZ
from workflow_app.models import Cadre, Case, Unit
from workflow_app.steps import Step

POST = "云溪市水利局局长"
type_people = Callable[[str, int], list[int]]
FORMS = {step.name: step.Facts for step in vars(steps).values() if isinstance(step, type) and issubclass(step, Step)}
ORGANS = {"archive": "YX-95", "matters": "YX-96", "discipline": "YX-90", "petition": "YX-97"}
TEXTS = {
    "vacancy_ground": "原局长到龄退休，职位空缺。", "conditions": "任乡科级副职二年以上，熟悉本领域工作。", "scope": "市直机关和县区乡科级副职。",
    "timetable": "本月内完成推荐和考察。", "reason": "工作需要，符合条件。", "summary": "谈话人员普遍认为该同志担当作为、熟悉业务。", "place": "市委办公楼三楼会议室",
    "analysis": "推荐意见集中，与平时了解一致。", "remark": "核对无误。", "grounds": "综合推荐、考核和一贯表现，人岗相适。", "tasks": "考察德、能、勤、绩、廉。",
    "posted_in": "市直机关公告栏和内部网", "supervision_phone": "12380", "method": "个别谈话、民主测评、查阅资料、实地走访。", "description": "该单位一名中层干部",
    "interviewee": "（密封）", "virtue": "政治坚定，作风正派。", "ability": "熟悉水利业务，组织能力较强。", "diligence": "长期在一线，汛期连续值守。",
    "results": "牵头完成三座水库除险加固。", "integrity": "遵守廉洁纪律，未发现问题。", "strengths": "善于协调复杂工程。", "shortcomings": "有时工作方法偏急，对年轻干部带得不够。",
    "legal_basis": "选拔任用工作有关规定", "period": "任现职务以来", "signer": "郑安", "question": "对该同志任职有无不同意见？", "material": "考察材料摘要。",
    "minutes": "会议逐一发表意见，一致同意。", "nation": "汉族", "education": "大学，工学学士", "party": "中共党员", "work_since": "1998.08",
    "resume": "1998.08—2009.03　云溪市水利局科员、副科长\n2009.03—2016.05　云溪市水利局工程科科长\n2016.05至今　现任职务", "appraisal": "担当作为，实绩突出；工作方法有时偏急。",
    "phone": "0571-12380", "address": "云溪市府前路1号市委组织部", "contact": "0571-12380", "grade_note": "在系统启用前已考核称职，见考核登记表。",
}  # fmt: skip


def candidate(city: Unit) -> Cadre:
    """The first deputy of the city's departments whom no bar keeps out and who has no login as a person concerned."""
    today = date.today()
    deputies = Cadre.objects.filter(
        unit__parent=city, unit__name__contains="水利", post__level="TOWN_DEPUTY", account__isnull=True
    ).select_related("unit", "post__unit")
    return next(
        one for one in deputies.order_by("number") if not annual_grade(one.pk, today).barred and not restriction(one.pk, today).barred
    )


def facts(step: str, case: Case, at: datetime, people: type_people, subject: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Facts of a step: what stands above for each field, and what the step needs beside it."""
    today, form = at.astimezone(TZ).date(), FORMS[step]
    found = {name: _value(name, field, today) for name, field in form.base_fields.items()} | {name: [] for name in form.rows}
    special = SPECIAL.get(step)
    return found | (special(case, today, people, subject or {}) if special else {})


def _value(name: str, field: forms.Field, today: date) -> Any:
    if isinstance(field, forms.BooleanField):
        return name not in ("elected", "directed", "filing_required")
    if isinstance(field, forms.DateField):
        return today
    if isinstance(field, forms.IntegerField):
        return field.min_value or 0
    if isinstance(field, forms.ChoiceField):
        return next((value for value, _title in list(field.widget.choices)), "")  # type: ignore[attr-defined]
    return TEXTS.get(name, "") if field.required or name == "grade_note" else ""


def _votes(case: Case, count: int) -> list[dict[str, Any]]:
    return [{"name": case.cadre.name, "post_title": case.cadre.post_title, "votes": count}]


def _organ(code: str) -> str:
    return str(Unit.objects.get(code=code).pk)


def _members(people: type_people) -> list[dict[str, Any]]:
    cadres = people("decision_body", 9)
    return [
        {
            "cadre": cadre,
            "leader": n == len(cadres),
            "stand_in": False,
            "present": True,
            "recused": False,
            "order": n,
            "view": "agree",
            "vote": "agree",
        }
        for n, cadre in enumerate(cadres, 1)
    ]


type_special = Callable[[Case, date, type_people, Mapping[str, Any]], dict[str, Any]]
SPECIAL: dict[str, type_special] = {
    "initiate": lambda case, today, people, about: {"post": _post(case), "level": "chief", "posts": 1},
    "recommend_by_interview": lambda case, today, people, about: {"due": 46, "present": 43, "votes": _votes(case, 35), "outcome": "meeting"},
    "recommend_by_meeting": lambda case, today, people, about: {
        "due": 62, "present": 58, "given": 58, "returned": 58, "valid": 57, "votes": _votes(case, 49),
    },
    "announce_competition": lambda case, today, people, about: {
        "post": case.settled["initiate"]["post"], "days": 10, "panel": [{"cadre": cadre} for cadre in people("competition_panel", 5)],
        "groups": [{"group": "笔试", "weight": 40}, {"group": "面试", "weight": 35}, {"group": "民主测评", "weight": 25}],
    },
    "qualify": lambda case, today, people, about: {"bars": [{"bar": name, "applies": "no", "reason": "查阅档案、谈话了解。"} for name, _ in BY_HAND]},
    "announce_examination": lambda case, today, people, about: {
        "begins_on": today + timedelta(days=5), "team": [{"cadre": cadre, "phone": "0571-0001"} for cadre in people("examination_team", 3)],
        **{f"{name}_organ": _organ(code) for name, code in ORGANS.items()},
    },
    "plan_examination": lambda case, today, people, about: {"team": [{"cadre": cadre, "no_tie": True} for cadre in people("examination_team", 3)]},
    "record_interview": lambda case, today, people, about: {"talk": [{"question": "该同志工作表现如何？", "answer": "敢担当，肯吃苦，有时偏急。"}]},
    "appraise": lambda case, today, people, about: {
        "due": 62, "given": 60, "returned": 60, "valid": 59, "excellent": 48, "competent": 10, "basic": 1, "incompetent": 0,
    },
    "ask_check": lambda case, today, people, about: {"question": about.get("question", CHECKS[0][2])},
    "close_four_checks": lambda case, today, people, about: {"organs": [_organ("YX-91")], "co_authority": ""},
    "record_meeting": lambda case, today, people, about: {"members": _members(people), "consenting": None},
    "decide": lambda case, today, people, about: {"begun": case.settled["initiate"]["post"]},
    "post_notice": lambda case, today, people, about: {"proposed": case.settled["initiate"]["post"], "days": 7},
}  # fmt: skip


def _post(case: Case) -> str:
    return case.cadre.name.removesuffix("人选（待定）") if not case.cadre.active else POST
