"""A case on the way up in memory, somebody who acts, and a paper in print."""

from __future__ import annotations

from copy import copy
from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.template import Context, Engine
from django_fsm import TransitionNotAllowed

from flows.up.case import UpCase
from tests.flows.down.stand import PAPER, somebody
from workflow_app.clock import TZ
from workflow_app.models import Account, Cadre, Post, Unit
from workflow_app.plain import content_of
from workflow_app.steps import RuleBroken, Situation, Step, type_facts

TODAY = date(2026, 3, 20)
POST = "市水利局局长"
PLAN = {"post": POST, "level": "chief", "elected": False, "directed": False, "order": "interview_first", "posts": 1, "meeting_first": False}
TEAM = {"team": [11, 12, 13], "team_names": ["李敏文", "赵磊安", "陈静平"]}
_engine = Engine(dirs=[settings.BASE_DIR / "templates"], string_if_invalid="缺少变量")


def case(state: str = "motion", *, settled: dict[str, Any] | None = None, marks: tuple[str, ...] = (), **values: Any) -> UpCase:
    """王建国's case, its motion approved."""
    city = Unit(pk=1, name="云溪市", organ_name="中共云溪市委组织部", path="/1/")
    office = Unit(pk=2, name="市交通运输局", path="/1/2/")
    wang = Cadre(
        pk=7, number="YX00001", name="王建国", sex="男", birth_month="1974-05", unit=office, post=Post(pk=3, unit=office, title="副局长")
    )
    return UpCase(
        pk=1, number="云组上〔2026〕1号", cadre=wang, organ=city, state=state, settled={"initiate": PLAN} | (settled or {}), marks=list(marks),
        **values,
    )  # fmt: skip


def situation(
    of: UpCase | None = None, *, today: date = TODAY, actor: Account | None = None, subject: dict[str, Any] | None = None
) -> Situation:
    """The case on a day."""
    return Situation(case=of or case(), actor=actor, at=datetime.combine(today, time(9), TZ), subject=subject or {})


def member(number: int = 11) -> Account:
    """A member of the examination team."""
    return somebody(number)


def refusal(step: Step, facts: type_facts, at: Situation) -> tuple[str, str]:
    """Rule and field by which the facts are refused; ("", "") when they are not."""
    try:
        step.check(at, facts)
    except RuleBroken as broken:
        assert broken.reason and broken.way_out
        return broken.rule, broken.field
    return "", ""


def moved(of: UpCase, step: str, outcome: str = "done", **noted: Any) -> str:
    """The state to which an act leads that settles `noted`; "" when it is not lawful."""
    after = copy(of)
    after.marks, after.settled = list(of.marks), {**of.settled, step: {**of.settled.get(step, {}), **noted}}
    after.take_note(step)
    try:
        getattr(after, step)(outcome)
    except (TransitionNotAllowed, KeyError):
        return ""
    return str(after.state)


def printed(step: Step, facts: type_facts, at: Situation) -> str:
    """The paper in HTML; a variable that the template misses fails the test."""
    content = content_of(step.content(at, facts))
    paper = PAPER | {"title": step.paper_title(step.outcome(at, facts)), "code": step.document}
    html = _engine.get_template(f"documents/up/{step.name}.html").render(Context({"paper": paper, "c": content, "watermark": False}))
    assert "缺少变量" not in html
    assert f"<h1>{paper['title']}</h1>" in html
    return str(html)
