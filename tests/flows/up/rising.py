"""Lives of a case on the way up, told act by act through the door."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms

from flows.up.bars import BY_HAND
from flows.up.path import UpPath
from tests.story import Town, fresh, item_of, key, sign_all
from workflow_app import conduct
from workflow_app.models import Account, Cadre, Case, Deadline, Notice, Post, Record, Unit, WorkItem

POST = "市水利局局长"
LEFT = {
    "elected", "directed", "exempt_ground", "filing_required", "filed_on", "elected_on", "no_trial_ground", "exceptional_ground",
    "coordination", "grade_note", "consenting", "chosen",
}  # fmt: skip


def _value(town: Town, name: str, bound: forms.Field) -> Any:
    if name in LEFT or not bound.required and not isinstance(bound, forms.BooleanField):
        empty = {forms.BooleanField: False, forms.DateField: None, forms.IntegerField: None, forms.TypedChoiceField: None}
        return next((value for kind, value in empty.items() if isinstance(bound, kind)), "")
    if isinstance(bound, forms.BooleanField):
        return True
    if isinstance(bound, forms.DateField):
        return town.today
    if isinstance(bound, forms.IntegerField):
        return bound.min_value or 0
    if isinstance(bound, forms.ChoiceField):
        return bound.choices[0][0] if bound.choices else ""
    return f"{bound.label}：情况属实，材料齐全。"


def team(town: Town) -> list[int]:
    return [town.cadre(f"examination_team{n}") for n in (1, 2, 3)]


def voters(town: Town, agree: int = 9, against: str = "disagree") -> list[dict[str, Any]]:
    """The committee of nine; the leader is the ninth and speaks last."""
    return [
        {"cadre": town.cadre(f"decision_body{n}"), "leader": n == 9, "stand_in": False, "present": True, "recused": False, "order": n,
         "view": "agree" if n <= agree else against, "vote": "agree" if n <= agree else against}
        for n in range(1, 10)
    ]  # fmt: skip


def _recommended(town: Town, about: Cadre) -> dict[str, Any]:
    return {"due": 40, "present": 36, "votes": [{"name": about.name, "post_title": about.post_title, "votes": 30}]}


def post_of(town: Town) -> Post:
    """The post as the people data have it."""
    found = Post.objects.filter(unit__path__startswith=town.city.path, unit__name__endswith="水利局", level__endswith="_HEAD").first()
    if found is None:
        unit = Unit.objects.create(code="YX-SL", name="市水利局", kind="DEPARTMENT", parent=town.city)
        unit.path = f"{town.city.path}{unit.pk}/"
        unit.save()
        found = Post.objects.create(unit=unit, title="局长", level="COUNTY_HEAD", leadership_post=True, is_leading_member=True)
    return found


SPECIAL: dict[str, Any] = {
    "initiate": lambda t, c: {"post": POST, "level": "chief", "posts": 1, "outcome": "approve"},
    "recommend_by_interview": lambda t, c: _recommended(t, c) | {"outcome": "meeting"},
    "recommend_by_meeting": lambda t, c: _recommended(t, c) | {"given": 36, "returned": 36, "valid": 35},
    "announce_competition": lambda t, c: {
        "post": POST, "days": 5, "groups": [{"group": "笔试", "weight": 40}, {"group": "面试", "weight": 35}, {"group": "民主测评", "weight": 25}],
        "panel": [{"cadre": t.cadre(f"competition_panel{n}")} for n in (1, 2, 3)],
    },
    "apply_for_post": lambda t, c: {"attached": []},
    "qualify": lambda t, c: {"bars": [{"bar": name, "applies": "no", "reason": "查阅档案和谈话了解。"} for name, _ in BY_HAND], "grade_note": "2025年度考核称职，见考核登记表。"},
    "announce_examination": lambda t, c: {
        "begins_on": t.today + timedelta(days=4), "team": [{"cadre": one, "phone": "0571-0000"} for one in team(t)],
        **{f"{name}_organ": str(t.discipline.pk) for name in ("archive", "matters", "discipline", "petition")},
    },
    "plan_examination": lambda t, c: {"team": [{"cadre": one, "no_tie": True} for one in team(t)]},
    "record_interview": lambda t, c: {"talk": [{"question": "工作表现如何？", "answer": "工作扎实。"}], "description": "一名中层干部"},
    "appraise": lambda t, c: {"due": 40, "given": 38, "returned": 38, "valid": 36, "excellent": 30, "competent": 5, "basic": 1, "incompetent": 0},
    "ask_check": lambda t, c: {"question": "是否存在影响任职的问题？"},
    "answer_check": lambda t, c: {"outcome": "clear", "remark": ""},
    "close_four_checks": lambda t, c: {"outcome": "clear", "organs": [str(t.discipline.pk)], "co_authority": ""},
    "give_opinion": lambda t, c: {"outcome": "agree"},
    "record_meeting": lambda t, c: {"members": voters(t), "outcome": "adopt"},
    "decide": lambda t, c: {"begun": POST, "outcome": "notice"},
    "post_notice": lambda t, c: {"proposed": POST, "days": 5},
    "verify_report": lambda t, c: {"outcome": "no_effect"},
    "appoint": lambda t, c: {"post": POST, "outcome": "on_trial", "held": post_of(t).pk},
    "conclude_probation": lambda t, c: {"vote_due": 40, "vote_valid": 38, "vote_good": 36, "outcome": "confirmed"},
}  # fmt: skip


def facts_for(town: Town, step: str, about: Cadre | None = None, **changes: Any) -> dict[str, Any]:
    """Lawful facts of a step: every field of its form filled, then `changes`."""
    form = UpPath.node_of(step).step.Facts
    facts = {name: _value(town, name, bound) for name, bound in form.base_fields.items()}
    facts |= {name: [] for name in form.rows}
    facts |= SPECIAL.get(step, lambda town, about: {})(town, about or town.wang)
    return facts | changes


def open_case(town: Town, cadre: Cadre | None = None, by: str = "org_leader1", lead: Any = None, **changes: Any) -> Case:
    """A motion by one leader, approved by another."""
    about = cadre or town.wang
    what = {"cadre": about, "organ": town.city, "facts": facts_for(town, "initiate", about, **changes)}
    actor = town.people[by]
    seen = conduct.preview_opening(UpPath, **what, by=actor, at=town.at).content_hash
    case = conduct.open(UpPath, **what, seen=seen, by=actor, at=town.at, key=key(), lead=lead)
    sign_all(town, item_of(case, "initiate"))
    return fresh(case)


def actor_for(town: Town, item: WorkItem, number: int = 1) -> Account:
    """Somebody at the item's desk."""
    role = item.flow_task.step.role
    if role == "subject":
        return town.people["wang"]
    if role == "opinion_organ" and item.desk.unit_id == town.partner.pk:
        return town.people[f"partner{number}"]
    return town.people[f"{role}{number}"]


def act(town: Town, case: Case, step: str, *, by: Account | None = None, item: WorkItem | None = None, **changes: Any) -> Record | None:
    """Preview, complete, and all further signatures."""
    item = item or item_of(case, step)
    actor = by or actor_for(town, item)
    facts = facts_for(town, step, fresh(case).cadre, **changes)
    seen = conduct.preview(item, facts=facts, by=actor, at=town.at).content_hash
    record = conduct.complete(item, facts=facts, seen=seen, by=actor, at=town.at, key=key())
    return record or sign_all(town, item)


def begin(town: Town, case: Case, step: str, *, by: str, **changes: Any) -> Record | None:
    """An act that is not the case's turn."""
    item = conduct.begin(case, step, by=town.people[by], at=town.at, key=key())
    return act(town, case, step, by=town.people[by], item=item, **changes)


def run(town: Town, case: Case, *steps: Any) -> Case:
    """Act after act: names, or (name, changes)."""
    for one in steps:
        step, changes = (one, {}) if isinstance(one, str) else one
        act(town, case, step, **changes)
    return fresh(case)


TO_CANDIDATE = ("recommend_by_interview", "recommend_by_meeting", "report_recommendation", "qualify", "confirm_candidates")


def examine(town: Town, case: Case, *, checks: int = 4) -> Case:
    """Announced, planned, talked, appraised, examined, and the four checks asked and answered."""
    run(town, case, "announce_examination")
    town.later(days=4)
    run(town, case, "plan_examination")
    begin(town, case, "record_interview", by="examination_team1")
    run(town, case, "appraise", "examine", *["ask_check"] * checks)
    return run(town, case, *["answer_check"] * checks)


def to_notice(town: Town, case: Case) -> Case:
    """From the motion to the posted notice."""
    run(town, case, *TO_CANDIDATE)
    examine(town, case)
    return run(town, case, "close_four_checks", "ask_opinion", "give_opinion", "record_meeting", "decide", "post_notice")


def to_appointed(town: Town, case: Case, **appointed: Any) -> Case:
    """From the motion to the appointment, the notice run in full."""
    to_notice(town, case)
    town.later(days=8)
    return run(town, case, "close_notice", "talk", ("appoint", appointed))


def end_trial(town: Town, case: Case) -> None:
    """The timer fires a month before the year ends; then the year ends."""
    timer = Deadline.objects.get(case=case, rule_id="UP-PROB", item__status="SCHEDULED")
    town.at = timer.fires_at
    assert conduct.expire(timer.pk, at=town.at) == "open_item"
    town.later(days=31)


def reported(town: Town, case: Case, text: str = "该同志在项目招标中有不当行为，请核查。", **who: str) -> Any:
    """Somebody outside reports."""
    notice = Notice.objects.filter(case=case).latest("id")
    return conduct.report(notice, text=text, name=who.get("name", ""), contact=who.get("contact", ""), upload=None, at=town.at, key=key())
