"""A case in memory, somebody who acts, and a paper in print: no database, no door."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.conf import settings
from django.template import Context, Engine
from django_fsm import TransitionNotAllowed

from flows.down.case import DownCase
from flows.down.states import State
from workflow_app.clock import TZ
from workflow_app.models import Account, Cadre, Post, Unit
from workflow_app.plain import content_of
from workflow_app.steps import RuleBroken, Situation, Step, type_facts

TODAY = date(2026, 3, 20)
MEASURE = {"kind": "REMOVE", "months": 12, "rank_steps": 0, "pay_cut": 0}
PAPER = {
    "title": "文书", "number": "云组〔2026〕1号", "organ": "中共云溪市委组织部", "issued_on": "2026年3月20日", "code": "D", "case_no": "云组案〔2026〕1号",
    "demo": True, "signatures": [{"title": "承办人", "name": "李敏文", "time": "2026-03-20 09:00"}],
}  # fmt: skip
_engine = Engine(dirs=[settings.BASE_DIR / "templates"], string_if_invalid="缺少变量")


def case(state: str = "served", *, settled: dict[str, Any] | None = None, marks: tuple[str, ...] = (), **values: Any) -> DownCase:
    """王建国's case."""
    city = Unit(pk=1, name="云溪市", organ_name="中共云溪市委组织部", path="/1/")
    office = Unit(pk=2, name="市交通运输局", path="/1/2/")
    wang = Cadre(pk=7, number="YX00001", name="王建国", unit=office, post=Post(pk=3, unit=office, title="副局长"))
    values.setdefault("created", datetime(2026, 3, 2, 9, tzinfo=TZ))
    return DownCase(
        pk=1, number="云组案〔2026〕1号", cadre=wang, organ=city, state=state, settled=settled or {}, marks=list(marks), **values
    )


def situation(
    of: DownCase | None = None, *, today: date = TODAY, actor: Account | None = None, subject: dict[str, Any] | None = None
) -> Situation:
    """The case on a day."""
    return Situation(case=of or case(), actor=actor, at=datetime.combine(today, time(9), TZ), subject=subject or {})


def somebody(cadre: int = 11, name: str = "李敏文") -> Account:
    """An actor, by the key of their cadre."""
    return Account(pk=cadre, username=f"u{cadre}", cadre=Cadre(pk=cadre, number=f"C{cadre}", name=name))


def demanded(step: Step) -> set[str]:
    """What the form of a step asks for without fail: fields, and lists that need a row."""
    return {*step.Facts(data={}).errors, *(name for name in step.Facts.rows if step.Facts.min_rows.get(name))}


def sources(step: Step) -> set[str]:
    """States in which a step may lawfully be taken."""
    transition = getattr(DownCase, step.name)._django_fsm
    return {str(state) for state in State if transition.has_transition(state)}


def moved(step: Step, of: DownCase, outcome: str = "done", **noted: Any) -> str:
    """The state to which an act leads that settles `noted`; "" when it is not lawful."""
    of.settled = {**of.settled, step.name: noted}
    of.take_note(step.name)
    try:
        getattr(of, step.name)(outcome)
    except TransitionNotAllowed:
        return ""
    return str(of.state)


def refusal(step: Step, facts: type_facts, at: Situation) -> tuple[str, str]:
    """Rule and field by which the facts are refused; ("", "") when they are not."""
    try:
        step.check(at, facts)
    except RuleBroken as broken:
        assert broken.reason and broken.way_out
        return broken.rule, broken.field
    return "", ""


def printed(step: Step, facts: type_facts, at: Situation, folder: str = "down") -> str:
    """The paper in HTML; a variable that the template misses fails the test."""
    content = content_of(step.content(at, facts))
    paper = PAPER | {"title": step.paper_title(step.outcome(at, facts)), "code": step.document}
    html = _engine.get_template(f"documents/{folder}/{step.name}.html").render(Context({"paper": paper, "c": content, "watermark": False}))
    assert "缺少变量" not in html
    assert f"<h1>{paper['title']}</h1>" in html
    return str(html)
